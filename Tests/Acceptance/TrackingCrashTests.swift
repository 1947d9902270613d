import Foundation
import Testing

/// F16 to F18: a power cut between any two steps, and an hour without Marquee.
@Suite struct TrackingCrashTests {
    let film = Film.violet

    /// The stages of a film's way, each with what makes it happen.
    private func steps(_ stack: FakeStack) -> [(state: String, cause: () async throws -> Void)] {
        let film = film
        let torrent: (Double, String) -> Void = { progress, state in
            stack.fake.world { $0.torrents[film.hash.lowercased()] = film.torrent(progress: progress, state: state) }
        }
        return [
            ("approved", { try await stack.hook("jellyseerr", film.seerr("MEDIA_AUTO_APPROVED")) }),
            ("indexed", { try await stack.hook("radarr", film.grab()) }),
            ("downloading", { torrent(0.3, "downloading") }),
            ("download_done", { torrent(1, "uploading") }),
            ("syncing_library", { try await stack.hook("radarr", film.imported()) }),
            ("available", { stack.fake.world { $0.items = [film.inJellyfin()] } }),
        ]
    }

    @Test("F16: killed after every step, a film's story is the same", arguments: [true, false])
    func killedBetweenSteps(_ waits: Bool) async throws {
        try await FakeStack.run { stack in
            var id: Int?
            for (state, cause) in steps(stack) {
                try await cause()
                // Without waiting the kill comes between the 202 and whatever follows it.
                if waits, let id { try await stack.expect(id, state: state) }
                await stack.crash()
                try await stack.restart()
                if id == nil { id = try await stack.all().first?.id }
                try await stack.expect(id, state: state)
            }
            let detail = try await stack.expect(id, state: "available")
            #expect(detail.jellyfinId == film.item)
            #expect(try await stack.all().count == 1)
            #expect(Set(detail.events).count == detail.events.count, "\(detail.events)")
            #expect(detail.events.contains("grabbed") && detail.events.contains("imported"))
        }
    }

    @Test("F16: killed during a pack's imports, every episode is right after them")
    func killedDuringPack() async throws {
        let show = Show(episodes: 6)
        try await FakeStack.run(prepare: { world in
            world.sonarr.titles = [show.listed]
            world.sonarr.episodes = show.listedEpisodes()
        }) { stack in
            let id = try await stack.hook("jellyseerr", show.seerr("MEDIA_AUTO_APPROVED"))
            try await stack.hook("sonarr", show.grab())
            for number in show.range {
                stack.fake.world { $0.sonarr.episodes[number - 1] = show.listedEpisode(number, hasFile: true) }
                try await stack.hook("sonarr", show.imported(number))
                if number % 2 == 0 {
                    await stack.crash()
                    try await stack.restart()
                }
            }
            let detail = try await stack.expect(id, state: "syncing_library")
            for number in show.range { #expect(detail.episode(1, number)?.path == show.path(number)) }
            stack.fake.world { $0.items = [show.seriesInJellyfin] + show.range.map { show.inJellyfin($0) } }
            try await stack.expect(id, state: "available")
        }
    }

    @Test("F17: checks that were due while Marquee was dead are made at the start")
    func overdueChecks() async throws {
        let film = film
        let slow = [
            "MARQUEE_POLL_JELLYFIN": "10m", "MARQUEE_POLL_JELLYFIN_ACTIVE": "10m", "MARQUEE_POLL_JELLYFIN_FULL": "1h",
            "MARQUEE_POLL_JELLYFIN_FULL_ACTIVE": "1h",
        ]
        try await FakeStack.run(slow) { stack in
            try await stack.hook("jellyseerr", film.seerr("MEDIA_AUTO_APPROVED"))
            try await stack.hook("radarr", film.grab())
            let id = try await stack.hook("radarr", film.imported())
            await stack.crash()
            stack.fake.world { $0.items = [film.inJellyfin()] }
            try await stack.restart()
            try await stack.expect(id, state: "available", within: .seconds(20))
        }
    }

    @Test("F18: what happened while Marquee was down is known soon after its start, at the services' times")
    func hourAway() async throws {
        let film = film
        let grabTime = TrackingFilmTests.time(.now.addingTimeInterval(-1_800))
        let importTime = TrackingFilmTests.time(.now.addingTimeInterval(-600))
        try await FakeStack.run(prepare: { world in
            world.seerrRequests = [film.seerrRequest(status: 2)]
            world.seerrTitles = ["movie/\(film.tmdb)": film.tmdbTitle]
            world.radarr.titles = [film.listed(hasFile: true)]
            world.radarr.history = [
                film.history("grabbed", at: grabTime), film.history("downloadFolderImported", at: importTime),
            ]
            world.torrents[film.hash.lowercased()] = film.torrent(progress: 1, state: "uploading")
            world.items = [film.inJellyfin()]
        }) { stack in
            _ = await eventually(.seconds(20)) { (try? await stack.all().first?.state) == "available" }
            let detail = try #require(try await stack.all().first)
            #expect(detail.state == "available")
            #expect(detail.jellyfinId == film.item)
            let grab = try await stack.expect(detail.id) { $0.events.contains("grabbed") }
            #expect(grab.timeline.first { $0.event == "grabbed" }?.at.hasPrefix(grabTime.prefix(19)) == true)
            #expect(grab.timeline.first { $0.event == "imported" }?.at.hasPrefix(importTime.prefix(19)) == true)
        }
    }
}
