import Testing

@testable import Simulator

@Suite struct FlowTests {
    private func engine(seed: UInt64 = 7) -> FlowEngine {
        FlowEngine(dice: Dice(seed: seed), services: ["radarr", "radarr/4k", "sonarr"])
    }

    @Test("A film goes from the request to Jellyfin with its ids")
    func film() {
        let engine = engine()
        engine.with { state in
            let title = state.title(for: FlowWish())
            _ = state.request(title)
        }
        engine.advance(by: 60)
        let torrent = engine.torrents.first
        #expect(torrent?.phase == .downloading)
        #expect(torrent?.hash.count == 40)
        engine.advance(by: 60)
        #expect((engine.torrents.first?.revision ?? 0) > (torrent?.revision ?? 0))
        engine.advance(by: 3_600)
        #expect(engine.torrents.first?.phase == .seeding)
        let playable = engine.with { $0.isPlayable(1, 0, is4K: false) }
        #expect(playable)
        #expect(engine.with { $0.requests[0].status } == .completed)
    }

    @Test("A season comes as one pack, a season with an unaired episode as single files")
    func seasons() {
        let engine = engine()
        engine.with { state in
            _ = state.request(state.title(for: FlowWish(isFilm: false, seasons: [6])))
            _ = state.request(state.title(for: FlowWish(isFilm: false, seasons: [4], unaired: 1)))
        }
        engine.advance(by: 3 * 3_600)
        #expect(engine.torrents.map(\.files.count).sorted() == [1, 1, 1, 6])
        #expect(
            engine.with { state in state.titles[1].units.map { state.isPlayable(2, $0, is4K: false) } }
                == [true, true, true, false])
        engine.advance(by: 8 * 86_400)
        #expect(engine.with { $0.isPlayable(2, 3, is4K: false) })
    }

    @Test("Anime passes Shoko: detected, hashed, matched, then the series")
    func anime() async {
        let engine = engine()
        let happenings = engine.shokoHappenings()
        engine.with { state in
            _ = state.request(state.title(for: FlowWish(isFilm: false, isAnime: true, seasons: [1])))
        }
        engine.advance(by: 3_600)
        var names: [String] = []
        for await happening in happenings {
            switch happening {
            case .detected: names.append("detected")
            case .hashed: names.append("hashed")
            case .matched(let file):
                names.append("matched")
                #expect(file.crossReferences.first?.seriesID == nil)
            case .seriesUpdated: names.append("series")
            default: names.append("other")
            }
            if names.count == 5 { break }
        }
        #expect(names == ["detected", "hashed", "matched", "series", "other"])
        #expect(engine.shokoFiles.first?.crossReferences.first?.seriesID == 501)
        #expect(engine.with { $0.isPlayable(1, 0, is4K: false) })
    }

    @Test("Steps of any length lead to the same happenings")
    func determinism() {
        let (one, other) = (engine(), engine())
        for engine in [one, other] {
            engine.with { state in
                _ = state.request(state.title(for: FlowWish()))
                _ = state.request(state.title(for: FlowWish(isFilm: false, isAnime: true, seasons: [5])))
            }
        }
        one.advance(by: 4_000)
        for _ in 0..<800 { other.advance(by: 5) }
        #expect(one.torrents == other.torrents)
        #expect(one.shokoFiles == other.shokoFiles)
        #expect(one.with { $0.items } == other.with { $0.items })
    }

    @Test("A stopped torrent keeps its bytes and goes on when started")
    func stopping() {
        let engine = engine()
        engine.with { state in
            state.delays.stalls = 0
            _ = state.request(state.title(for: FlowWish()))
        }
        engine.advance(by: 70)
        let hash = engine.torrents.first?.hash ?? ""
        #expect(engine.stopTorrent(hash.uppercased()))
        let stopped = engine.torrent(hash)
        engine.advance(by: 3_600)
        #expect(engine.torrent(hash) == stopped)
        #expect(engine.startTorrent(hash))
        engine.advance(by: 3_600)
        #expect(engine.torrent(hash)?.phase == .seeding)
        #expect(engine.removeTorrent(hash))
        #expect(engine.torrents.isEmpty)
    }
}
