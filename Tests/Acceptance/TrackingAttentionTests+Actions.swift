import Foundation
import Testing

/// What a person can do about it: verify, retry, override (tracking.md §6).
extension TrackingAttentionTests {
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
            // Histories count in whole seconds: the failure is after the grab, the next grab after the failure.
            let failure = Date.now.addingTimeInterval(1)
            stack.fake.world {
                $0.radarr.history = [film.history("downloadFailed", at: TrackingFilmTests.time(failure))]
            }
            let failed = try await stack.expect(id, state: "failed")
            check(failed, "download_error")
            #expect(failed.attention?.reason.contains("Unpacking failed") == true)
            #expect(await eventually { Date.now > failure.addingTimeInterval(0.1) })
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
}
