import Changes
import Database
import Media
import Store
import TestSupport
import Testing

@Suite("Ids, identities and counters", .timeLimit(.minutes(10)))
struct IdentityTests {
    @Test("ids are taken once, by whoever asks, and never again", arguments: TestDatabase.backends)
    func ids(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            let taken = try await withThrowingTaskGroup(of: [Int64].self) { group in
                for number in 0..<40 {
                    group.addTask {
                        try await bench.store.write { tx in
                            let first = try tx.reserveIDs(.requests, 1 + number % 5)
                            return Array(first..<(first + 1 + Int64(number % 5)))
                        }
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(taken.sorted() == Array(1...120))
            #expect(try await bench.store.read { try $0.lastRequestID() } == 120)
        }
    }

    @Test("a transaction that fails gives its ids, rows, counts and news back", arguments: TestDatabase.backends)
    func rollback(backend: Backend) async throws {
        struct Stop: Error {}
        try await StoreBench.with(backend) { bench in
            try await bench.add([NewTitle(title: "One", tmdb: 1)])
            await #expect(throws: Stop.self) {
                try await bench.store.write { tx in
                    _ = try tx.reserveIDs(.requests)
                    tx.count(RequestCount(mediaType: .movie, state: .available, origin: .librarySync), 1)
                    try tx.emit(.request, object: 2)
                    throw Stop()
                }
            }
            #expect(try await bench.store.read { try $0.lastRequestID() } == 1)
            #expect(try await bench.store.read { try $0.lastEventID() } == 0)
            #expect(try await bench.add([NewTitle(title: "Two", tmdb: 2)]) == [2])
            try await expectCounters(bench)
        }
    }

    @Test("a removed row's id is not used again", arguments: TestDatabase.backends)
    func neverReused(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            let ids = try await bench.add([NewTitle(title: "One", tmdb: 1), NewTitle(title: "Two", tmdb: 2)], job: 5)
            let changes = try await bench.store.read { try $0.changes(of: 5, after: 0, limit: 10) }
            for change in changes {
                #expect(try await bench.store.write { try $0.undo(change) } == .reverted)
            }
            #expect(try await bench.add([NewTitle(title: "Three", tmdb: 1)]) == [ids[1] + 1])
            try await expectCounters(bench)
        }
    }

    @Test("of two rows with one identity the later loses, whole", arguments: TestDatabase.backends)
    func unique(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            try await bench.add([NewTitle(title: "One", tmdb: 1, imdb: "tt1")])
            await #expect(throws: (any Error).self) {
                try await bench.add([NewTitle(title: "Two", tmdb: 2), NewTitle(title: "Again", tmdb: 3, imdb: "tt1")])
            }
            #expect(try await bench.store.read { try $0.rowCount(of: "requests") } == 1)
            #expect(try await bench.store.read { try $0.rowCount(of: "request_keys") } == 2)
            try await expectCounters(bench)
            // Another type, another round: another identity.
            try await bench.add([
                NewTitle(title: "Series", type: .tv, tmdb: 1), NewTitle(title: "Round two", tmdb: 1, round: 2),
            ])
        }
    }

    @Test("many adding one title at once: one wins", arguments: TestDatabase.backends)
    func race(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            let wins = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<12 {
                    group.addTask { (try? await bench.add([NewTitle(title: "One", tmdb: 1)])) != nil }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(wins == 1)
            try await expectCounters(bench)
        }
    }

    @Test("counters equal the rows after any operations", arguments: TestDatabase.backends, 1...4)
    func counters(backend: Backend, seed: Int) async throws {
        try await StoreBench.with(backend) { bench in
            var random = SeededRandom(seed: UInt64(seed))
            var number: Int64 = 0
            for step in 1...30 {
                switch random.below(3) {
                case 0:
                    let titles = (0...random.below(5)).map { _ -> NewTitle in
                        number += 1
                        return NewTitle(
                            title: "T\(number)", type: random.pick(MediaType.allCases),
                            stage: random.pick(Stage.allCases),
                            tmdb: number)
                    }
                    try await bench.add(titles, job: Int64(step))
                case 1:
                    let id = 1 + Int64(random.below(Int(max(1, number))))
                    guard let row = try await bench.store.read({ try $0.request(id) }) else { continue }
                    let (stage, version) = (random.pick(Stage.allCases), random.chance(80) ? row.version : 99)
                    let done = try await bench.store.write {
                        try $0.setStage(id, to: stage, from: row.state, version: version)
                    }
                    #expect(done == (version == row.version && stage != row.state) || stage == row.state)
                default:
                    let job = Int64(1 + random.below(step))
                    let changes = try await bench.store.read { try $0.changes(of: job, after: 0, limit: 2) }
                    for change in changes { _ = try await bench.store.write { try $0.undo(change) } }
                }
                try await expectCounters(bench)
            }
        }
    }

    private func expectCounters(_ bench: StoreBench) async throws {
        let (counted, real) = try await bench.store.read { reader in
            var real: [RequestCount: Int64] = [:]
            try reader.query(
                "SELECT media_type, state, origin, count(*) FROM requests GROUP BY media_type, state, origin"
            ) {
                guard let type = MediaType(rawValue: $0.text(0)), let state = Stage(rawValue: $0.text(1)),
                    let origin = Origin(rawValue: $0.text(2))
                else { return }
                real[RequestCount(mediaType: type, state: state, origin: origin)] = $0.integer(3)
            }
            return (try reader.requestCounts().filter { $0.value != 0 }, real)
        }
        #expect(counted == real)
    }
}
