import Foundation
import Testing

/// Which episodes count, and which season they belong to (scenarios.md C7 to C13).
extension TrackingShowTests {
    @Test("C7: only aired episodes count, and one that airs makes the request incomplete again")
    func airing() async throws {
        let show = Show(episodes: 12)
        let future = ["airDateUtc": "2031-01-01T20:00:00Z", "airDate": "2031-01-01"] as [String: JSON]
        let listed = show.range.map { number in
            number == 1 ? show.listedEpisode(1, hasFile: true) : show.listedEpisode(number, future)
        }
        try await FakeStack.run(prepare: { world in
            Self.known(show, listed)(&world)
            world.items = [show.seriesInJellyfin, show.inJellyfin(1)]
        }) { stack in
            let id = try await approved(stack)
            let first = try await stack.expect(id, state: "available")
            #expect(first.episodesAvailable == 1)
            #expect(first.episodesAired == 1)
            #expect(first.episodesTotal == 12)
            #expect(first.episodes.filter { !$0.aired }.count == 11)
            #expect(first.episodes.filter { !$0.aired }.allSatisfy { $0.airDate?.hasPrefix("2031-01-01") == true })
            stack.fake.world { $0.sonarr.episodes[1] = show.listedEpisode(2) }
            let second = try await stack.expect(id, within: .seconds(20)) {
                $0.state != "available" && $0.episodesAired == 2
            }
            #expect(second.episodesAvailable == 1)
            #expect(try await stack.hook("sonarr", show.grab([2])) == id)
            try await stack.expect(id, state: "indexed")
        }
    }

    @Test("C8: one of twelve aired episodes is not available")
    func oneOfTwelve() async throws {
        let show = Show(episodes: 12)
        try await FakeStack.run(prepare: { world in
            Self.known(show, show.listedEpisodes())(&world)
            world.items = [show.seriesInJellyfin, show.inJellyfin(1)]
        }) { stack in
            let id = try await approved(stack)
            let detail = try await stack.expect(id) { $0.episodesAvailable == 1 && $0.episodesAired == 12 }
            #expect(detail.state != "available")
            #expect(detail.partiallyAvailable)
        }
    }

    @Test("C9: the first season in Jellyfin says nothing of the second")
    func otherSeason() async throws {
        let show = Show(episodes: 3)
        let second = (1...3).map { show.listedEpisode($0, season: 2) }
        try await FakeStack.run(prepare: { world in
            Self.known(show, show.listedEpisodes(hasFile: true) + second)(&world)
            world.items = [show.seriesInJellyfin] + (1...3).map { show.inJellyfin($0) }
        }) { stack in
            let id = try await approved(stack, seasons: "2")
            let detail = try await stack.expect(id) { $0.episodesAired == 3 }
            #expect(detail.state == "approved")
            let verdict = try await stack.server.call("POST", "/api/requests/\(id)/verify")
            #expect(verdict.status == 200, "\(verdict.text)")
            #expect(verdict["result"] as? String == "not_found", "\(verdict.text)")
            let after = try await stack.expect(id, state: "approved")
            #expect(after.episodesAvailable == 0)
            #expect(after.episodesTotal == 3)
        }
    }

    @Test("C10: an import of an episode nobody named yet makes its row")
    func unknownEpisode() async throws {
        try await FakeStack.run { stack in
            let id = try await approved(stack)
            #expect(try await stack.hook("sonarr", show.imported(7)) == id)
            let detail = try await stack.expect(id) { $0.episodes.count == 1 }
            #expect(detail.episode(1, 7)?.path == show.path(7))
        }
    }

    @Test("C11: an episode that Jellyfin announces is matched through its series")
    func episodeAdded() async throws {
        let show = show
        let slow = [
            "MARQUEE_POLL_JELLYFIN": "10m", "MARQUEE_POLL_JELLYFIN_ACTIVE": "10m",
            "MARQUEE_POLL_JELLYFIN_FULL": "1h", "MARQUEE_POLL_JELLYFIN_FULL_ACTIVE": "1h",
        ]
        try await FakeStack.run(
            slow,
            prepare: { world in
                Self.known(show, [show.listedEpisode(1), show.listedEpisode(2)])(&world)
                world.items = [show.seriesInJellyfin, show.inJellyfin(1)]
            }
        ) { stack in
            let id = try await approved(stack)
            try await stack.expect(id, within: .seconds(20)) { $0.episodesAvailable == 1 }
            stack.fake.world { $0.items.append(show.inJellyfin(2)) }
            #expect(try await stack.hook("jellyfin", show.itemAdded(2)) == id)
            let detail = try await stack.expect(id, state: "available", within: .seconds(30))
            #expect(detail.jellyfinId == show.item)
        }
    }

    @Test("C12: an unmonitored episode without file does not block the rest")
    func unmonitored() async throws {
        let show = Show(episodes: 3)
        try await FakeStack.run(prepare: { world in
            let listed = [
                show.listedEpisode(1, hasFile: true), show.listedEpisode(2, hasFile: true),
                show.listedEpisode(3, ["monitored": false]),
            ]
            Self.known(show, listed)(&world)
            world.items = [show.seriesInJellyfin, show.inJellyfin(1), show.inJellyfin(2)]
        }) { stack in
            let detail = try await stack.expect(try await approved(stack), state: "available")
            #expect(detail.episodesAvailable == 2)
            #expect(detail.episodesAired == 2)
        }
    }

    @Test("C13: what a pack holds beyond the request is listed apart and not counted")
    func beyondScope() async throws {
        let show = Show(episodes: 2)
        try await FakeStack.run(prepare: { world in
            let others = [show.listedEpisode(1, season: 2), show.listedEpisode(1, season: 0)]
            Self.known(show, show.listedEpisodes() + others)(&world)
        }) { stack in
            let id = try await approved(stack)
            var grab = show.grab([1, 2])
            let extra = [show.grab([1], season: 2), show.grab([1], season: 0)].map { $0["episodes"] }
            var episodes: [JSON] = []
            for list in [grab["episodes"]] + extra { if case .array(let some) = list { episodes += some } }
            grab["episodes"] = .array(episodes)
            #expect(try await stack.hook("sonarr", grab) == id)
            let detail = try await stack.expect(id) {
                $0.state == "indexed" && $0.episodesAired == 2 && $0.episodesTotal == 2
            }
            #expect(detail.episodesTotal == 2)
            let beyond = detail.episodes.filter { $0.season != 1 }
            #expect(beyond.count == 2)
            #expect(beyond.allSatisfy { $0.requested == false })
        }
    }
}
