import Foundation
import Testing

/// Group F of the acceptance scenarios: limits, failures of services, and what people can do.
@Suite struct TrackingAttentionTests {
    let film = Film.violet

    func approved(_ stack: FakeStack) async throws -> Int {
        try #require(try await stack.hook("jellyseerr", film.seerr("MEDIA_AUTO_APPROVED")))
    }

    func grabbed(_ stack: FakeStack) async throws -> Int {
        let id = try await approved(stack)
        try await stack.hook("radarr", film.grab())
        return id
    }

    /// Every code, reason, source and action is there, and the condition is noted once.
    func check(_ detail: TrackedDetail, _ code: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let trouble = detail.attention
        #expect(trouble?.code == code, "\(FakeStack.summary(detail))", sourceLocation: sourceLocation)
        #expect(trouble?.reason.isEmpty == false, sourceLocation: sourceLocation)
        #expect(trouble?.source != nil, "\(code) has no source", sourceLocation: sourceLocation)
        #expect(trouble?.actions.isEmpty == false, "\(code) offers nothing", sourceLocation: sourceLocation)
        #expect(
            detail.events.filter { $0 == "attention" }.count <= 1, "\(detail.timeline.map(\.text))",
            sourceLocation: sourceLocation)
    }

    @Test(
        "F1: a stage that lasts beyond its limit calls for attention once, and stays",
        arguments: ["approved", "indexed", "downloading", "download_done", "importing", "syncing_library"])
    func limits(_ stage: String) async throws {
        let film = film
        let limit = ["downloading": "DOWNLOADING", "syncing_library": "NOT_APPEARING"][stage] ?? stage.uppercased()
        try await FakeStack.run(
            ["MARQUEE_LIMIT_\(limit)": "2s"],
            prepare: { world in
                world.radarr.titles = [film.listed(hasFile: stage == "syncing_library")]
            }
        ) { stack in
            let id = try await approved(stack)
            if stage != "approved" { try await stack.hook("radarr", film.grab()) }
            let torrent: (Double, String)? =
                switch stage {
                case "downloading": (0.5, "downloading")
                case "download_done", "importing": (1, "uploading")
                default: nil
                }
            if let torrent {
                stack.fake.world { world in
                    world.torrents[film.hash.lowercased()] = film.torrent(progress: torrent.0, state: torrent.1)
                    world.radarr.queue = [
                        film.queued(
                            status: torrent.0 < 1 ? "downloading" : "completed",
                            tracked: stage == "importing"
                                ? "importing" : torrent.0 < 1 ? "downloading" : "importPending")
                    ]
                }
            }
            if stage == "syncing_library" { try await stack.hook("radarr", film.imported()) }
            try await stack.expect(id, state: stage)
            let detail = try await stack.expect(id, within: .seconds(15)) { $0.attention != nil }
            #expect(detail.state == stage)
            check(
                detail, stage == "approved" ? "not_grabbed" : stage == "syncing_library" ? "not_appearing" : "timeout")
            let since = detail.attention?.since
            await stack.afterReads(6, of: "radarr", path: "api/v3/queue")
            let later = try await stack.expect(id, state: stage)
            #expect(later.attention?.since == since)
            check(later, detail.attention?.code ?? "")
        }
    }

    @Test("F2: where every release is rejected the *arr's own reasons are shown, grouped")
    func rejected() async throws {
        let film = film
        try await FakeStack.run(
            ["MARQUEE_LIMIT_APPROVED": "1s"],
            prepare: { world in
                world.radarr.titles = [film.listed()]
                world.radarr.missing = [film.listed()]
                world.radarr.releases = (0..<5).map { number in
                    [
                        "title": .string(film.release), "approved": false, "rejected": true, "indexer": "Nebula",
                        "rejections": [.string(number < 3 ? "Unknown Movie" : "Not an upgrade")], "size": 1,
                        "protocol": "torrent",
                    ]
                }
            }
        ) { stack in
            let detail = try await stack.expect(try await approved(stack), within: .seconds(90)) {
                $0.attention?.code == "releases_rejected"
            }
            #expect(detail.attention?.source == "radarr")
            #expect(detail.attention?.reason.contains("Unknown Movie") == true)
            #expect(detail.attention?.reason.contains("3") == true)
            #expect(detail.state == "approved")
            #expect(stack.fake.world { $0.calls(to: "radarr").filter { $0.hasSuffix("release") }.count } == 1)
        }
    }

    @Test("F2: an unreleased film calls nobody")
    func unreleased() async throws {
        let film = film
        try await FakeStack.run(
            ["MARQUEE_LIMIT_APPROVED": "1s", "MARQUEE_LIMIT_NOT_GRABBED": "1s"],
            prepare: { world in
                let dates: [String: JSON] = [
                    "isAvailable": false, "inCinemas": "2031-01-01T00:00:00Z", "digitalRelease": "2031-06-01T00:00:00Z",
                    "status": "announced",
                ]
                world.radarr.titles = [film.listed(hasFile: false, dates)]
                world.radarr.missing = [film.listed(hasFile: false, dates)]
            }
        ) { stack in
            let id = try await approved(stack)
            await stack.afterReads(10, of: "radarr", path: "api/v3/movie")
            let detail = try await stack.detail(id)
            #expect(detail.attention == nil, "\(FakeStack.summary(detail))")
            #expect(detail.state == "approved")
        }
    }

    @Test("F3: a broken torrent calls at once, and recovery clears it", arguments: ["error", "missingFiles"])
    func brokenTorrent(_ state: String) async throws {
        let film = film
        try await FakeStack.run { stack in
            let id = try await grabbed(stack)
            stack.fake.world { $0.torrents[film.hash.lowercased()] = film.torrent(progress: 0.4, state: state) }
            let detail = try await stack.expect(id) { $0.attention != nil }
            check(detail, "download_error")
            #expect(detail.state == "downloading")
            stack.fake.world { $0.torrents[film.hash.lowercased()] = film.torrent(progress: 0.5, state: "downloading") }
            try await stack.expect(id) { $0.attention == nil && $0.state == "downloading" }
        }
    }

    @Test("F3: a torrent without progress is stalled after its limit, and progress clears it")
    func stalled() async throws {
        let film = film
        try await FakeStack.run(["MARQUEE_LIMIT_DOWNLOAD_STALLED": "2s"]) { stack in
            let id = try await grabbed(stack)
            stack.fake.world {
                $0.torrents[film.hash.lowercased()] = film.torrent(progress: 0.4, state: "stalledDL", ["dlspeed": 0])
            }
            let detail = try await stack.expect(id, within: .seconds(15)) { $0.attention != nil }
            check(detail, "download_stalled")
            stack.fake.world { $0.torrents[film.hash.lowercased()] = film.torrent(progress: 0.6, state: "downloading") }
            try await stack.expect(id) { $0.attention == nil && $0.progress?.percent == 60 }
        }
    }

    @Test("F4: a blocked import is importing, with the *arr's message word for word")
    func blockedImport() async throws {
        let film = film
        let words = "Not a Custom Format upgrade for existing movie file(s)"
        try await FakeStack.run { stack in
            let id = try await grabbed(stack)
            stack.fake.world { world in
                world.torrents[film.hash.lowercased()] = film.torrent(progress: 1, state: "uploading")
                world.radarr.queue = [
                    film.queued(
                        status: "completed", tracked: "importBlocked", left: 0,
                        [
                            "trackedDownloadStatus": "warning",
                            "statusMessages": [["title": .string(film.release), "messages": [.string(words)]]],
                        ])
                ]
            }
            let detail = try await stack.expect(id) { $0.attention != nil }
            check(detail, "import_blocked")
            #expect(detail.state == "importing")
            #expect(detail.attention?.reason.contains(words) == true, "\(detail.attention?.reason ?? "")")
        }
    }

    @Test("F4: the same told by a webhook")
    func blockedImportByHook() async throws {
        let film = film
        try await FakeStack.run(prepare: {
            $0.torrents[film.hash.lowercased()] = film.torrent(progress: 1, state: "uploading")
        }) { stack in
            let id = try await grabbed(stack)
            try await stack.hook("radarr", film.needsHand("Found archive file, might need to be extracted"))
            let detail = try await stack.expect(id) { $0.attention?.code == "import_blocked" }
            #expect(detail.attention?.reason.contains("Found archive file, might need to be extracted") == true)
        }
    }

    @Test("F5: finished but not in Radarr's queue is named as that")
    func notInQueue() async throws {
        let film = film
        try await FakeStack.run(
            ["MARQUEE_LIMIT_DOWNLOAD_DONE": "2s"],
            prepare: {
                $0.torrents[film.hash.lowercased()] = film.torrent(progress: 1, state: "uploading")
            }
        ) { stack in
            let id = try await grabbed(stack)
            let detail = try await stack.expect(id, within: .seconds(15)) { $0.attention != nil }
            #expect(detail.attention?.reason.contains("queue") == true, "\(detail.attention?.reason ?? "")")
        }
    }
}
