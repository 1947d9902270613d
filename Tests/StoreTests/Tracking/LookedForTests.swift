import Database
import Media
import Store
import TestSupport
import Testing

@Suite("Requests as a look into the library's index needs them", .timeLimit(.minutes(10)))
struct LookedForTests {
    @Test(
        "a request has traces until it was looked for once, and again as soon as a file or an item of it is known",
        arguments: TestDatabase.backends)
    func traces(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            try await bench.book(bench.seerr(.approved, id: 1, tmdb: 9))
            #expect(try await bench.traces() == [true])
            try await bench.inLedger { ledger in try ledger.request(1)?.jellyfinRead(at: ledger.tx.now) }
            #expect(try await bench.traces() == [false])
            try await bench.book(bench.radarr(.grabbed, key: "a", tmdb: 9, download: "a"))
            #expect(try await bench.stage(1) == .indexed)
            #expect(try await bench.traces() == [false])
            bench.clock.advance(.seconds(5))
            try await bench.book(bench.radarr(.imported, key: "1", tmdb: 9, download: "a"))
            #expect(try await bench.traces() == [true])
            bench.clock.advance(.seconds(5))
            try await bench.book(bench.radarr(.fileRemoved, key: "1", tmdb: 9, download: "a"))
            #expect(try await bench.stage(1).map { $0.rank < Stage.importing.rank } == true)
            #expect(try await bench.traces() == [true])
        }
    }

    @Test("names the same requests as the list of open ones", arguments: TestDatabase.backends)
    func same(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            for id in 1...4 { try await bench.book(bench.seerr(.approved, id: Int64(id), tmdb: Int64(id))) }
            try await bench.book(bench.seerr(.declined, id: 2, tmdb: 2))
            let (looked, open) = try await bench.store.read { (try $0.lookedFor(), try $0.openRequests()) }
            #expect(looked.map(\.id) == open.map(\.id))
            #expect(looked.map(\.tmdb) == open.map(\.tmdb))
            #expect(looked.count == 3)
        }
    }
}

extension StoreBench {
    fileprivate func traces() async throws -> [Bool] { try await store.read { try $0.lookedFor() }.map(\.hasTraces) }
}
