import Foundation
import Testing

/// Group F of the acceptance scenarios: limits, failures of services, and what people can do.
@Suite struct TrackingAttentionTests {
    let film = Film.violet

    private func approved(_ stack: FakeStack) async throws -> Int {
        try #require(try await stack.hook("jellyseerr", film.seerr("MEDIA_AUTO_APPROVED")))
    }

    private func grabbed(_ stack: FakeStack) async throws -> Int {
        let id = try await approved(stack)
        try await stack.hook("radarr", film.grab())
        return id
    }

    /// Every code, reason, source and action is there, and the condition is noted once.
    private func check(_ detail: TrackedDetail, _ code: String, sourceLocation: SourceLocation = #_sourceLocation) {
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

    @Test("F6: verify or retry of what is playable by now makes it available", arguments: ["verify", "retry"])
    func nowPlayable(_ action: String) async throws {
        let film = film
        let slow = [
            "MARQUEE_POLL_JELLYFIN": "10m", "MARQUEE_POLL_JELLYFIN_ACTIVE": "10m", "MARQUEE_POLL_JELLYFIN_FULL": "1h",
            "MARQUEE_POLL_JELLYFIN_FULL_ACTIVE": "1h", "MARQUEE_LIMIT_INDEXED": "1s",
        ]
        try await FakeStack.run(slow) { stack in
            let id = try await grabbed(stack)
            try await stack.expect(id) { $0.attention?.code == "timeout" }
            stack.fake.world { $0.items = [film.inJellyfin()] }
            let answer = try await stack.server.call("POST", "/api/requests/\(id)/\(action)")
            #expect(answer.status == 200, "\(answer.text)")
            if action == "verify" { #expect(answer["result"] as? String == "playable") }
            let detail = try await stack.expect(id, state: "available", within: .seconds(2))
            #expect(detail.jellyfinId == film.item)
            #expect(detail.attention == nil)
        }
    }

    @Test("F7: a retry makes exactly one search, or changes nothing")
    func retry() async throws {

        try await FakeStack.run { stack in
            let id = try await grabbed(stack)
            stack.fake.world { $0.faults["radarr/api/v3/command"] = .status(500) }
            let before = try await stack.detail(id).settled
            let refused = try await stack.server.call("POST", "/api/requests/\(id)/retry")
            #expect(refused.status == 502, "\(refused.text)")
            #expect(try await stack.detail(id).settled == before)
            stack.fake.world { world in
                world.faults = [:]
                world.calls = []
            }
            let taken = try await stack.server.call("POST", "/api/requests/\(id)/retry")
            #expect(taken.status == 200, "\(taken.text)")
            #expect((taken["action"] as? String)?.isEmpty == false)
            let commands = stack.fake.world { $0.calls.filter { $0.path == "api/v3/command" }.map(\.body) }
            #expect(commands.count == 1)
            #expect(commands.first?.contains("MoviesSearch") == true)
            #expect(commands.first?.contains("52") == true)
        }
    }

    @Test("F7: a retry of a season searches for what has aired and is missing")
    func retrySeason() async throws {
        let show = Show(episodes: 4)
        try await FakeStack.run(prepare: { world in
            world.sonarr.titles = [show.listed]
            world.sonarr.episodes = [
                show.listedEpisode(1, hasFile: true), show.listedEpisode(2), show.listedEpisode(3),
                show.listedEpisode(4, ["airDateUtc": "2031-01-01T00:00:00Z"]),
            ]
            world.items = [show.seriesInJellyfin, show.inJellyfin(1)]
        }) { stack in
            let id = try await stack.hook("jellyseerr", show.seerr("MEDIA_AUTO_APPROVED"))
            try await stack.expect(id) { $0.episodesAvailable == 1 && $0.episodesAired == 3 && !$0.ids.sonarr.isEmpty }
            let taken = try await stack.server.call("POST", "/api/requests/\(id ?? 0)/retry")
            #expect(taken.status == 200, "\(taken.text)")
            let commands = stack.fake.world { $0.calls.filter { $0.path == "api/v3/command" }.map(\.body) }
            #expect(commands.count == 1)
            let body = commands.first ?? ""
            #expect(body.contains("EpisodeSearch") && body.contains("1102") && body.contains("1103"), "\(body)")
            #expect(!body.contains("1101") && !body.contains("1104"), "\(body)")
        }
    }

    @Test("F8: a retry of a blocked import asks the *arr to look at its downloads")
    func retryImport() async throws {
        let film = film
        try await FakeStack.run { stack in
            let id = try await grabbed(stack)
            stack.fake.world { world in
                world.torrents[film.hash.lowercased()] = film.torrent(progress: 1, state: "uploading")
                world.radarr.queue = [film.queued(status: "completed", tracked: "importBlocked", left: 0)]
            }
            try await stack.expect(id, state: "importing")
            let taken = try await stack.server.call("POST", "/api/requests/\(id)/retry")
            #expect(taken.status == 200, "\(taken.text)")
            let commands = stack.fake.world { $0.calls.filter { $0.path == "api/v3/command" }.map(\.body) }
            #expect(commands.count == 1)
            #expect(commands.first?.contains("RefreshMonitoredDownloads") == true)
        }
    }

    @Test("F9: a failed download, then another that succeeds: both are in the story")
    func failedThenGrabbed() async throws {
        let film = film
        var next = film
        next.hash = "8888222233334444555566667777888899990000"
        let second = next
        try await FakeStack.run(repeats: false) { stack in
            let id = try await grabbed(stack)
            stack.fake.world {
                $0.radarr.history = [
                    film.history("downloadFailed", at: TrackingFilmTests.time(.now.addingTimeInterval(1)))
                ]
            }
            let failed = try await stack.expect(id, state: "failed")
            check(failed, "download_error")
            #expect(failed.attention?.reason.contains("Unpacking failed") == true)
            try await Task.sleep(for: .milliseconds(1_500))
            try await stack.hook("radarr", second.grab())
            try await stack.expect(id, state: "indexed")
            stack.fake.world { $0.items = [film.inJellyfin()] }
            try await stack.hook("radarr", second.imported())
            let detail = try await stack.expect(id, state: "available")
            #expect(detail.stages.contains("failed"))
            #expect(detail.stages.filter { $0 == "indexed" }.count == 2, "\(detail.stages)")
        }
    }

    @Test("F10: an override holds with the user's name, wants an item that exists, and can be cleared")
    func override() async throws {
        let film = film
        try await FakeStack.run(prepare: { $0.items = [Film.second.inJellyfin()] }) { stack in
            let id = try await approved(stack)
            func order(_ body: JSON) async throws -> Answer {
                try await stack.server.call("POST", "/api/requests/\(id)/override", body: body.text)
            }
            let unknown = try await order([
                "state": "available", "jellyfin_id": .string(film.item), "reason": "I can see it",
            ])
            #expect(unknown.status == 422, "\(unknown.text)")
            try await stack.expect(id, state: "approved")
            let known = try await order([
                "state": "available", "jellyfin_id": .string(Film.second.item), "reason": "filed under another name",
            ])
            #expect(known.status == 200, "\(known.text)")
            let detail = try await stack.expect(id, state: "available")
            #expect(detail.jellyfinId == Film.second.item)
            let texts = detail.timeline.map(\.text).joined(separator: "\n")
            #expect(texts.contains("filed under another name"))
            let cleared = try await order(["clear": true, "reason": "a mistake"])
            #expect(cleared.status == 200, "\(cleared.text)")
            let after = try await stack.expect(id, state: "approved")
            #expect(after.jellyfinId == nil)
        }
    }

    @Test("F11: an expired session is one login, a wrong password one attempt", arguments: [false, true])
    func session(_ hasNewLogin: Bool) async throws {
        let film = film
        let login = ["QBITTORRENT_USERNAME": "admin", "QBITTORRENT_PASSWORD": "adminadmin"]
        try await FakeStack.run(
            login,
            prepare: { world in
                world.sessions = []
                world.hasNewLogin = hasNewLogin
                world.torrents[film.hash.lowercased()] = film.torrent(progress: 0.2, state: "downloading")
            }
        ) { stack in
            let id = try await grabbed(stack)
            try await stack.expect(id) { $0.progress?.percent == 20 }
            let logins = { stack.fake.world { $0.calls(to: "qbittorrent").filter { $0.hasSuffix("login") }.count } }
            #expect(logins() == 1)
            stack.fake.world { world in
                world.sessions = []
                world.torrents[film.hash.lowercased()] = film.torrent(progress: 0.3, state: "downloading")
            }
            try await stack.expect(id) { $0.progress?.percent == 30 }
            #expect(logins() == 2)
        }
    }

    @Test("F11 and F12: a wrong password is tried once and told", arguments: [false, true])
    func wrongPassword(_ hasNewLogin: Bool) async throws {
        let login = [
            "QBITTORRENT_USERNAME": "admin", "QBITTORRENT_PASSWORD": "wrong",
            "MARQUEE_LIMIT_UPSTREAM_UNREACHABLE": "1s",
        ]
        try await FakeStack.run(
            login,
            prepare: { world in
                world.sessions = []
                world.hasNewLogin = hasNewLogin
            }
        ) { stack in
            let id = try await grabbed(stack)
            let detail = try await stack.expect(id, within: .seconds(20)) {
                $0.attention?.code == "upstream_unreachable"
            }
            #expect(detail.attention?.reason.contains("password") == true, "\(detail.attention?.reason ?? "")")
            let logins = stack.fake.world { $0.calls(to: "qbittorrent").filter { $0.hasSuffix("login") }.count }
            #expect(logins <= 2, "\(logins) attempts")
        }
    }

    @Test("F14: while every service is broken nothing changes, and hooks and pages go on", arguments: ["500", "html"])
    func allBroken(_ kind: String) async throws {
        let film = film
        let fault: FakeWorld.Fault = kind == "html" ? .webPage : .status(500)
        try await FakeStack.run(
            ["MARQUEE_LIMIT_UPSTREAM_UNREACHABLE": "1s"],
            prepare: {
                $0.torrents[film.hash.lowercased()] = film.torrent(progress: 0.4, state: "downloading")
                $0.radarr.titles = [film.listed()]
                $0.radarr.queue = [film.queued()]
            }
        ) { stack in
            let id = try await grabbed(stack)
            try await stack.expect(id, state: "downloading")
            stack.fake.world { world in
                for service in ["jellyfin", "jellyseerr", "radarr", "sonarr", "qbittorrent"] {
                    world.faults[service] = fault
                }
            }
            let detail = try await stack.expect(id, within: .seconds(20)) {
                $0.attention?.code == "upstream_unreachable"
            }
            #expect(detail.state == "downloading")
            let start = ContinuousClock.now
            try await stack.hook("jellyseerr", Film.second.seerr("MEDIA_APPROVED"))
            #expect(try await stack.server.get("/api/requests").status == 200)
            #expect(try await stack.server.get("/").status == 200)
            #expect(ContinuousClock.now - start < .seconds(4))
            stack.fake.world { $0.faults = [:] }
            try await stack.expect(id, within: .seconds(30)) { $0.attention == nil }
        }
    }

    @Test("F19: verify while Jellyfin is down knows nothing and changes nothing")
    func verifyWhileDown() async throws {
        try await FakeStack.run { stack in
            let id = try await grabbed(stack)
            stack.fake.world { $0.faults["jellyfin"] = .status(503) }
            let before = try await stack.expect(id, state: "indexed").settled
            let answer = try await stack.server.call("POST", "/api/requests/\(id)/verify")
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer["result"] as? String == "unknown")
            #expect(try await stack.detail(id).settled == before)
        }
    }

    @Test("F21: a flood of one *arr's webhooks is a handful of queue reads")
    func flood() async throws {
        let slow = ["MARQUEE_POLL_ARR_QUEUE": "10m", "MARQUEE_POLL_ARR_QUEUE_ACTIVE": "10m"]
        try await FakeStack.run(slow, repeats: false) { stack in
            _ = try await grabbed(stack)
            let reads = { stack.fake.world { $0.calls(to: "radarr").filter { $0 == "GET api/v3/queue" }.count } }
            let before = reads()
            await withTaskGroup(of: Void.self) { group in
                for lane in 0..<10 {
                    group.addTask {
                        for number in 0..<50 {
                            var film = Film.second
                            film.tmdb = 900_000 + lane * 100 + number
                            film.hash = String(repeating: "C", count: 34) + String(100_000 + lane * 100 + number)
                            _ = try? await stack.post("radarr", film.grab().text)
                        }
                    }
                }
            }
            let didRead = await eventually(.seconds(30)) { reads() > before }
            #expect(didRead)
            #expect(reads() - before <= 8, "\(reads() - before) reads")
        }
    }
}
