import Dashboard
import Database
import Media
import Store
import TestSupport
import Testing

@testable import API

@Suite("Episodes of a page")
struct EpisodeBoardTests {
    private func episode(
        _ season: Int, _ number: Int, _ stage: Stage = .requested, _ class: UnitState.Class = .counted
    ) -> Episode {
        var episode = Episode(UnitNumber(season, number))
        episode.stage = stage
        episode.class = `class`
        return episode
    }

    private func download(_ id: Int64, _ units: [(Int, Int)], at time: Int64 = 1_000) -> Download {
        var download = Download(
            service: "sonarr", instance: "default", downloadID: "d\(id)",
            grabbedAt: Timestamp(milliseconds: time))
        download.id = id
        download.units = units.map { UnitNumber($0.0, $0.1) }
        download.size = 1_000
        return download
    }

    private func row(_ seasons: [Int]) async throws -> RequestRecord {
        var found: RequestRecord?
        try await TestStore.with { store in
            try await store.write { tx in
                _ = try tx.raw.execute(
                    """
                    INSERT INTO requests(id, media_type, origin, title, title_key, state, uncertain, created_at,
                        updated_at, state_changed_at, version, seasons)
                    VALUES(1, 'tv', 'request', 'T', 't', 'requested', 0, 0, 0, 0, 1, $1)
                    """, [.text(seasons.map(String.init).joined(separator: ","))])
            }
            found = try await store.read { try $0.request(1) }
        }
        return try #require(found)
    }

    @Test("seasons asked for come filled, the others on demand, specials last")
    func seasons() async throws {
        let episodes = [episode(0, 1), episode(1, 1, .available), episode(1, 2), episode(2, 1)]
        let board = EpisodeBoard(try await row([1]), episodes, [], version: 5)
        let grid = board.grid()
        #expect(grid.seasons.map(\.number) == [1, 2, 0])
        #expect(grid.seasons.map { $0.episodes?.count } == [2, nil, nil])
        #expect(grid.seasons[0].available == 1 && grid.seasons[0].aired == 2)
        #expect(board.grid(opened: [2]).seasons.map { $0.episodes?.count } == [2, 1, nil])
        let whole = board.grid(isWhole: true)
        #expect(whole.seasons.map { $0.episodes?.count } == [2, 1, 1])
        #expect(whole.seasons.map(\.isRequested) == [true, false, false])
    }

    @Test("a pack is each run of consecutive episodes of one live download, newest grab first in doubt")
    func packs() async throws {
        let episodes = (1...12).map { episode(1, $0, .downloading) }
        let pack = download(1, [1, 2, 3, 5, 6, 9].map { (1, $0) })
        var failed = download(2, [(1, 10), (1, 11)])
        failed.failedAt = Timestamp(milliseconds: 5)
        let newer = download(3, [(1, 6)], at: 2_000)
        let board = EpisodeBoard(try await row([]), episodes, [pack, failed, newer], version: 1)
        let shown = board.grid().seasons[0].packs.map { [$0.first, $0.last] }
        #expect(shown == [[1, 3]])
        #expect(
            EpisodeBoard(try await row([]), episodes, [pack], version: 1).grid().seasons[0].packs
                .map { [$0.first, $0.last] } == [[1, 3], [5, 6]])
    }

    @Test("a patch holds what differs from what any open page shows, whoever else looked in between")
    func memory() async throws {
        let row = try await row([1])
        var random = SeededRandom(seed: 11)
        var episodes = (1...70).map { episode(1, $0) }
        func prints() -> EpisodeMemory.Fingerprints {
            EpisodeBoard(row, episodes, [], version: 1).grid(isWhole: true).fingerprints
        }
        let memory = EpisodeMemory()
        let page = EpisodeMemory.Page(1, PageContext())
        #expect(memory.changes(page, prints()) == nil)
        /// What each open page shows, by element.
        var pages = [prints()]
        for _ in 0..<300 {
            episodes[random.below(70)].stage = random.pick([.requested, .downloading, .available])
            if random.chance(30) {
                // A page is opened before the event reaches anybody.
                memory.note(page, prints())
                pages.append(prints())
            }
            // Sometimes nobody listens, and no patch is made.
            if random.chance(30) { continue }
            let fresh = prints()
            let sent = try #require(memory.changes(page, fresh))
            for index in pages.indices {
                for id in sent { pages[index][id] = fresh[id] }
                #expect(pages[index] == fresh)
            }
        }
    }
}
