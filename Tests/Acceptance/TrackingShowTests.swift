import Foundation
import Testing

/// Group C of the acceptance scenarios: seasons and episodes.
@Suite struct TrackingShowTests {
    let show = Show.salt

    func approved(_ stack: FakeStack, seasons: String? = nil) async throws -> Int {
        try #require(try await stack.hook("jellyseerr", show.seerr("MEDIA_AUTO_APPROVED", seasons: seasons)))
    }

    static func importing(_ show: Show, _ numbers: ClosedRange<Int>, _ stack: FakeStack) async throws {
        for number in numbers {
            stack.fake.world { $0.sonarr.episodes[number - 1] = show.listedEpisode(number, hasFile: true) }
            try await stack.hook("sonarr", show.imported(number))
        }
    }

    /// Sonarr knows the series, and these episodes of it.
    static func known(_ show: Show, _ episodes: [JSON]) -> @Sendable (inout FakeWorld) -> Void {
        { world in
            world.sonarr.titles = [show.listed]
            world.sonarr.episodes = episodes
        }
    }

    @Test("C1: a pack's grab makes thirteen episodes, one download and one entry")
    func packGrab() async throws {
        try await FakeStack.run { stack in
            let id = try await approved(stack)
            #expect(try await stack.hook("sonarr", show.grab()) == id)
            let detail = try await stack.expect(id, state: "indexed")
            #expect(detail.episodes.map(\.episode) == Array(1...13))
            #expect(Set(detail.episodes.map(\.state)) == ["indexed"])
            #expect(detail.episodes.allSatisfy { $0.title == "Part \($0.episode)" })
            #expect(Set(detail.episodes.map(\.torrentHash)).count == 1)
            #expect(detail.events.filter { $0 == "grabbed" }.count == 1)
            #expect(detail.timeline.last?.text == "Grabbed S01E01–E13, 13 episodes")
        }
    }

    @Test("C2: every file of a pack finds its episode, in any order")
    func packImport() async throws {
        let show = show
        try await FakeStack.run(prepare: Self.known(show, show.listedEpisodes())) { stack in
            let id = try await approved(stack)
            try await stack.hook("sonarr", show.grab())
            var random = SystemRandomNumberGenerator()
            let hooks = (show.range.map { show.imported($0) } + [show.importComplete()]).shuffled(using: &random)
            stack.fake.world { $0.sonarr.episodes = show.listedEpisodes(hasFile: true) }
            for hook in hooks { #expect(try await stack.hook("sonarr", hook) == id) }
            let detail = try await stack.expect(id) { ["importing", "syncing_library"].contains($0.state) }
            for number in show.range { #expect(detail.episode(1, number)?.path == show.path(number)) }
        }
    }

    @Test("C3: the request is where its least advanced episode is")
    func aggregate() async throws {
        let show = Show(episodes: 5)
        try await FakeStack.run(prepare: { world in
            Self.known(show, show.listedEpisodes())(&world)
            world.items = [show.seriesInJellyfin] + (1...3).map { show.inJellyfin($0) }
        }) { stack in
            let id = try await approved(stack)
            try await stack.hook("sonarr", show.grab())
            try await Self.importing(show, 1...3, stack)
            stack.fake.world { $0.torrents[show.hash.lowercased()] = show.torrent(progress: 0.5, state: "downloading") }
            try await partly(stack, id)
            try await Self.importing(show, 4...5, stack)
            try await wholly(stack, id)
        }
    }

    func partly(_ stack: FakeStack, _ id: Int) async throws {
        let detail = try await stack.expect(id) {
            $0.state == "downloading" && $0.episodesAvailable == 3 && $0.episodesAired == 5
        }
        #expect(detail.partiallyAvailable)
    }

    func wholly(_ stack: FakeStack, _ id: Int) async throws {
        try await stack.expect(id) { $0.state == "importing" || $0.state == "syncing_library" }
        let items = [show.inJellyfin(4), show.inJellyfin(5)]
        stack.fake.world { $0.items += items }
        let detail = try await stack.expect(id, state: "available")
        #expect(detail.episodesAvailable == 5)
        #expect(!detail.partiallyAvailable)
        #expect(detail.jellyfinId == show.item)
        let second = detail.episode(1, 2)?.jellyfinId
        #expect(second == show.item(2))
    }

    @Test("C3: one failed episode ranks as approved; all failed is failed")
    func failures() async throws {
        let show = Show(episodes: 3)
        let hashes = (1...3).map { String(repeating: "\($0)", count: 40) }
        try await FakeStack.run(repeats: false, prepare: Self.known(show, show.listedEpisodes())) { stack in
            let id = try await approved(stack)
            for number in show.range { try await stack.hook("sonarr", show.grab([number], hash: hashes[number - 1])) }
            try await stack.expect(id, state: "indexed")
            func failed(_ number: Int) -> JSON {
                [
                    "id": .int(50 + number), "seriesId": .int(show.sonarr), "episodeId": .int(show.id(number)),
                    "sourceTitle": .string(show.release([number])),
                    "date": .string(TrackingFilmTests.time(.now.addingTimeInterval(2))),
                    "downloadId": .string(hashes[number - 1]), "eventType": "downloadFailed",
                    "quality": ["quality": ["name": "WEBDL-1080p"]], "data": ["message": "Unpacking failed"],
                    "series": show.listed, "episode": show.listedEpisode(number),
                ]
            }
            try await stack.hook("sonarr", show.imported(1, hash: hashes[0]))
            try await stack.hook("sonarr", show.imported(2, hash: hashes[1]))
            stack.fake.world { $0.sonarr.history = [failed(3)] }
            try await stack.expect(id, state: "approved")
        }
        try await FakeStack.run(repeats: false, prepare: Self.known(show, show.listedEpisodes())) { stack in
            let id = try await approved(stack)
            try await stack.hook("sonarr", show.grab())
            try await stack.expect(id, state: "indexed")
            stack.fake.world { world in
                world.sonarr.history = show.range.map { number in
                    [
                        "id": .int(50 + number), "seriesId": .int(show.sonarr), "episodeId": .int(show.id(number)),
                        "sourceTitle": .string(show.release(Array(show.range))),
                        "date": .string(TrackingFilmTests.time(.now.addingTimeInterval(2))),
                        "downloadId": .string(show.hash),
                        "eventType": "downloadFailed", "data": ["message": "Unpacking failed"],
                        "series": show.listed, "episode": show.listedEpisode(number),
                    ]
                }
            }
            let detail = try await stack.expect(id, state: "failed")
            #expect(detail.attention?.code == "download_error")
            #expect(detail.attention?.reason.contains("Unpacking failed") == true)
        }
    }

    @Test("C4: three of thirteen playable is shown as such")
    func partly() async throws {
        let show = show
        try await FakeStack.run(prepare: { world in
            Self.known(show, show.listedEpisodes())(&world)
            world.items = [show.seriesInJellyfin] + (1...3).map { show.inJellyfin($0) }
        }) { stack in
            let id = try await approved(stack)
            let detail = try await stack.expect(id) { $0.episodesAvailable == 3 }
            #expect(detail.episodesAired == 13)
            #expect(detail.episodesTotal == 13)
            #expect(detail.partiallyAvailable)
            #expect(detail.state == "approved")
        }
    }

    @Test("C5: three grabs are three downloads, weighed by size on the request")
    func threeDownloads() async throws {
        let show = Show(episodes: 3)
        let hashes = (1...3).map { String(repeating: "\($0)", count: 40) }
        try await FakeStack.run(prepare: Self.known(show, show.listedEpisodes())) { stack in
            let id = try await approved(stack)
            for number in show.range {
                try await stack.hook(
                    "sonarr", show.grab([number], hash: hashes[number - 1], size: number * 1_000_000_000))
            }
            stack.fake.world { world in
                for number in 1...3 {
                    world.torrents[hashes[number - 1]] = show.torrent(
                        progress: [0.1, 0.5, 0.9][number - 1], state: "downloading", size: number * 1_000_000_000)
                }
            }
            // (0.1 + 2 × 0.5 + 3 × 0.9) / 6
            let detail = try await stack.expect(id) { $0.progress.map { abs($0.percent - 63.3) < 0.2 } ?? false }
            #expect(detail.progress?.speed == 3_000_000)
            #expect(Set(detail.episodes.map(\.torrentHash)).count == 3)
            #expect(detail.episodes.compactMap(\.progress?.percent) == [10, 50, 90])
        }
    }

    @Test("C6: a pack beside a torrent for one episode, queue sizes not summed")
    func packAndSingle() async throws {
        let show = Show(episodes: 4, size: 4_000_000_000)
        let single = String(repeating: "5", count: 40)
        try await FakeStack.run(prepare: Self.known(show, show.listedEpisodes())) { stack in
            let id = try await approved(stack)
            try await stack.hook("sonarr", show.grab([1, 2, 3]))
            try await stack.hook("sonarr", show.grab([4], hash: single, size: 1_000_000_000))
            stack.fake.world { world in
                world.sonarr.queue = [1, 2, 3].map { show.queued($0) } + [show.queued(4, hash: single)]
                world.torrents[show.hash.lowercased()] = show.torrent(progress: 0.5, state: "downloading")
                world.torrents[single] = show.torrent(progress: 0.25, state: "downloading", size: 1_000_000_000)
            }
            // (4 × 0.5 + 1 × 0.25) / 5
            let detail = try await stack.expect(id) { $0.progress?.percent == 45 }
            #expect(detail.progress?.bytesTotal == 5_000_000_000)
            #expect(detail.episode(1, 4)?.torrentHash == single)
            #expect(detail.episode(1, 1)?.torrentHash == show.hash.lowercased())
        }
    }

    @Test("C14: episodes of a pack show their own progress")
    func packFiles() async throws {
        let show = Show(episodes: 2, size: 2_000)
        try await FakeStack.run(prepare: Self.known(show, show.listedEpisodes())) { stack in
            let id = try await approved(stack)
            try await stack.hook("sonarr", show.grab())
            stack.fake.world { world in
                world.torrents[show.hash.lowercased()] = show.torrent(progress: 0.5, state: "downloading")
                world.torrentFiles[show.hash.lowercased()] = [
                    [
                        "index": 0, "name": "pack/Salt.and.Iron.S01E01.mkv", "size": 1_000, "progress": 0.9,
                        "priority": 1,
                    ],
                    [
                        "index": 1, "name": "pack/Salt.and.Iron.S01E02.mkv", "size": 1_000, "progress": 0.1,
                        "priority": 1,
                    ],
                ]
            }
            try await stack.expect(id) {
                $0.episode(1, 1)?.progress?.percent == 90 && $0.episode(1, 2)?.progress?.percent == 10
            }
        }
    }

    @Test("C15: a season Sonarr does not number leads to its monitored ones, and says so")
    func seasonUnknownToSonarr() async throws {
        let show = Show(episodes: 3)
        try await FakeStack.run(prepare: Self.known(show, show.listedEpisodes())) { stack in
            let id = try await approved(stack, seasons: "4")
            let detail = try await stack.expect(id) { $0.episodesTotal == 3 }
            #expect(detail.note?.isEmpty == false, "\(detail.note ?? "no note")")
        }
    }

    @Test("C16: virtual episodes prove nothing")
    func virtualEpisodes() async throws {
        let show = Show(episodes: 2)
        try await FakeStack.run(prepare: { world in
            Self.known(show, show.listedEpisodes())(&world)
            world.items = [
                show.seriesInJellyfin, show.inJellyfin(1, ["LocationType": "Virtual"]).without("Path", "MediaSources"),
                show.inJellyfin(2, ["LocationType": "Virtual"]),
            ]
        }) { stack in
            let id = try await approved(stack)
            try await stack.expect(id) { $0.episodesAired == 2 }
            await stack.afterReads(4, of: "jellyfin", path: "Items")
            let detail = try await stack.expect(id, state: "approved")
            #expect(detail.episodesAvailable == 0)
        }
    }

    @Test("C17: a season that has not aired says when it will, and needs nobody")
    func notAired() async throws {
        let show = Show(episodes: 3)
        let listed = show.range.map {
            show.listedEpisode($0, ["airDateUtc": "2031-02-03T20:00:00Z", "airDate": "2031-02-03"])
        }
        let limits = ["MARQUEE_LIMIT_APPROVED": "1s", "MARQUEE_LIMIT_NOT_GRABBED": "1s"]
        try await FakeStack.run(limits, prepare: Self.known(show, listed)) { stack in
            let id = try await approved(stack)
            let detail = try await stack.expect(id) {
                $0.note?.contains("2031-02-03") == true || $0.note?.contains("2031") == true
            }
            #expect(detail.state == "approved")
            await stack.afterReads(6, of: "sonarr", path: "api/v3/episode")
            #expect(try await stack.detail(id).attention == nil)
        }
    }

    @Test("C18: without a readable list of episodes nothing is available; with it the counts are right")
    func unreadableList() async throws {
        let show = Show(episodes: 2)
        try await FakeStack.run(prepare: { world in
            Self.known(show, show.listedEpisodes())(&world)
            world.faults["sonarr/api/v3/episode"] = .status(500)
            world.items = [show.seriesInJellyfin, show.inJellyfin(1)]
        }) { stack in
            let id = try await approved(stack)
            try await stack.hook("sonarr", show.imported(1))
            await stack.afterReads(4, of: "jellyfin", path: "Items")
            #expect(try await stack.detail(id).state != "available")
            stack.fake.world { $0.faults = [:] }
            let detail = try await stack.expect(id, within: .seconds(20)) { $0.episodesAired == 2 }
            #expect(detail.episodesAvailable == 1)
            #expect(detail.state != "available")
        }
    }
}
