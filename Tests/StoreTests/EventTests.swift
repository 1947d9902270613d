import Changes
import Database
import Media
import Store
import TestSupport
import Testing

@Suite("Events and findings", .timeLimit(.minutes(10)))
struct EventTests {
    @Test("are kept in the order of their commits and told after them", arguments: TestDatabase.backends)
    func order(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            let follower = Task { try await bench.store.follow() }
            defer { follower.cancel() }
            if backend == .postgresql { try await hearsNews(bench) }
            let news = bench.store.changes.subscribe(limit: 1_000)
            let first = try await bench.store.read { try $0.lastEventID() }
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<50 {
                    group.addTask {
                        try? await bench.store.write {
                            try $0.emit(.request, object: Int64(number), data: "{\"n\":\(number)}")
                        }
                    }
                }
            }
            let stored = try #require(try await bench.store.read { try $0.events(after: first) })
            #expect(stored.compactMap(\.id) == Array(first + 1...first + 50))
            #expect(Set(stored.compactMap(\.object)) == Set(0..<50))
            var told: Set<Int64> = []
            for await change in news where change.topic == .request {
                told.insert(change.id ?? 0)
                #expect(stored.contains(change))
                if told.count == 50 { break }
            }
            let later = try await bench.store.read { try $0.events(after: first + 48) }
            #expect(later?.compactMap(\.id) == [first + 49, first + 50])
            #expect(try await bench.store.read { try $0.events(after: first + 50) }?.isEmpty == true)
            // Ids that were never given: the listener comes from another database.
            #expect(try await bench.store.read { try $0.events(after: first + 51) } == nil)
        }
    }

    /// Emits until the log is being followed: what came before is nobody's news.
    private func hearsNews(_ bench: StoreBench) async throws {
        let news = bench.store.changes.subscribe()
        let caller = Task {
            while !Task.isCancelled {
                try await bench.store.write { try $0.emit(.health) }
                try await Task.sleep(for: .milliseconds(20))
            }
        }
        for await _ in news { break }
        caller.cancel()
        _ = try? await caller.value
    }

    @Test(
        "old ones are forgotten, but never the newest ten thousand or the last ten minutes",
        arguments: TestDatabase.backends)
    func pruning(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            func emit(_ count: Int) async throws {
                try await bench.store.write { tx in for _ in 0..<count { try tx.emit(.job) } }
            }
            func kept() async throws -> ClosedRange<Int64>? {
                try await bench.store.read { reader in
                    try reader.first("SELECT min(id), max(id) FROM events") { $0.integer(0)...$0.integer(1) }
                }
            }
            try await emit(50)
            bench.clock.advance(.seconds(700))
            try await bench.store.write { try $0.pruneEvents() }
            #expect(try await kept() == 1...50)
            try await emit(10_010)
            try await bench.store.write { try $0.pruneEvents() }
            #expect(try await kept() == 51...10_060)
            bench.clock.advance(.seconds(601))
            try await bench.store.write { try $0.pruneEvents() }
            #expect(try await kept() == 61...10_060)
            #expect(try await bench.store.read { try $0.events(after: 59, limit: 5) } == nil)
            #expect(
                try await bench.store.read { try $0.events(after: 60, limit: 5) }?.compactMap(\.id) == Array(61...65))
        }
    }

    @Test("a listener that falls behind is cut off; the others go on")
    func slowListener() async throws {
        let changes = Changes()
        let (slow, quick) = (changes.subscribe(limit: 2), changes.subscribe(limit: 100))
        changes.publish((1...5).map { Change(id: Int64($0), topic: .job) })
        var seen: [Int64?] = []
        for await change in slow { seen.append(change.id) }
        #expect(seen == [1, 2])
        var all: [Int64?] = []
        for await change in quick {
            all.append(change.id)
            if all.count == 5 { break }
        }
        #expect(all == [1, 2, 3, 4, 5])
    }

    private func finding(_ subject: String, _ kind: String = "conflict", detail: String = "{}") -> NewFinding {
        NewFinding(
            kind: kind, subject: subject, request: nil, mediaType: .movie, title: "T", year: 2_000, detail: detail)
    }

    @Test(
        "a finding is one per subject, seen again or gone; an ignored one stays ignored",
        arguments: TestDatabase.backends)
    func findings(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            func report(_ job: Int64, _ subjects: String...) async throws {
                let new = subjects.map { finding($0) }
                try await bench.store.write { tx in
                    for one in new { try tx.report(one, job: job) }
                    try tx.closeFindings(notSeenBy: job, kinds: ["conflict"])
                }
            }
            func states() async throws -> [String] {
                try await bench.store.read { try $0.findings(state: nil, limit: 10) }.map {
                    "\($0.subject) \($0.state.rawValue)"
                }
            }
            try await report(1, "a", "b")
            try await report(2, "b", "c")
            #expect(try await states().sorted() == ["a gone", "b open", "c open"])
            let ids = try await bench.store.read { try $0.findings(state: .open, limit: 10) }.map(\.id)
            #expect(try await bench.store.read { try $0.findingCount(state: .open) } == 2)
            for (id, choice) in zip(ids, [FindingChoice.ignoreAlways, .ignore]) {
                let outcome = try await bench.store.write { try $0.settle(finding: id, choice, by: "me") }
                guard case .settled(let settled) = outcome else { return #expect(Bool(false)) }
                #expect(settled.resolvedBy == "me" && settled.choice == choice.rawValue && settled.resolvedAt != nil)
            }
            try await report(3, "a", "b", "c")
            #expect(try await states().sorted() == ["a open", "b ignored", "c open"])
            guard case .missing = try await bench.store.write({ try $0.settle(finding: 999, .ignore, by: "me") }) else {
                return #expect(Bool(false))
            }
        }
    }

    @Test(
        "a value is taken over only where the row still holds what the finding shows", arguments: TestDatabase.backends)
    func settling(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            let id = try await bench.add([NewTitle(title: "T", tmdb: 1, imdb: "tt1")])[0]
            let detail = #"{"conflicts":[{"field":"imdb_id","stored":"tt1","found":"tt2"}]}"#
            func report() async throws -> Int64 {
                let new = NewFinding(
                    kind: "conflict", subject: "s", request: id, mediaType: .movie, title: "T", year: nil,
                    detail: detail)
                return try await bench.store.write { tx in
                    try tx.report(new, job: 1)
                    return try tx.raw.findings(state: .open, limit: 1)[0].id
                }
            }
            let first = try await report()
            _ = try await bench.store.write { try $0.settle(finding: first, .useFound, by: "me") }
            #expect(try await bench.store.read { try $0.request(id)?.imdb } == "tt2")
            let values = try await bench.store.read { reader in
                try reader.rows("SELECT value FROM request_keys WHERE kind = 'imdb'") { $0.text(0) }
            }
            #expect(values == ["tt2"])
            let again = try await report()
            guard
                case .notApplicable = try await bench.store.write({ try $0.settle(finding: again, .useFound, by: "me") }
                )
            else { return #expect(Bool(false)) }
            #expect(try await bench.store.read { try $0.finding(again)?.state } == .open)
        }
    }
}
