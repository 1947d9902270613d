import Database
import Jobs
import LibrarySync
import Media
import Store
import TestSupport
import Testing

/// The kinds of library-sync.md §7.
@Suite("Library sync, drift", .timeLimit(.minutes(10)))
struct DriftTests {
    private static let complete: @Sendable (inout SeedRow) -> Void = { row in
        row.year = 2_020
        row.overview = "x"
        row.poster = "x"
        row.availableAt = 1_600_000_000_000
    }

    @Test("a moved item has another id: reported, and adopted only when asked", arguments: TestDatabase.backends)
    func replaced(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { $0.items = [FakeItem.movie(1, id: FakeItem.itemID(100))] }
            let id = try await bench.seed(
                .movie(1) {
                    Self.complete(&$0); $0.jellyfin = FakeItem.itemID(1)
                })[0]
            let seen = try await bench.run()
            #expect(seen.report?.drift == 1 && seen.skipped("unchanged") == 1)
            #expect(try await bench.findings().map(\.kind) == ["item_replaced"])
            #expect(try await bench.row(id)?.jellyfin?.id.text == FakeItem.itemID(1))
            let dry = try await bench.run {
                $0.adoptsReplacedIDs = true; $0.isDryRun = true
            }
            let adopted = try await bench.run { $0.adoptsReplacedIDs = true }
            #expect(adopted.report?.updated == 1 && adopted.report?.rowsUpdated == 1)
            #expect(adopted.report?.json == dry.report?.json.replacing(seenCalls(dry), with: seenCalls(adopted)))
            #expect(try await bench.row(id)?.jellyfin?.id.text == FakeItem.itemID(100))
            #expect(try await bench.findings().isEmpty)
            let keys = try await bench.store.read { reader in
                try reader.rows("SELECT value FROM request_keys WHERE kind = 'jellyfin'") { $0.text(0) }
            }
            #expect(keys == [FakeItem.itemID(100)])
            #expect(try await bench.run().skipped("unchanged") == 1)
        }
    }

    private func seenCalls(_ run: Run) -> String { "\"upstream_calls\":\(run.report?.upstreamCalls ?? -1)" }

    @Test("a row may adopt an id and have NULL fields filled in one run", arguments: TestDatabase.backends)
    func adoptsAndFills(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { $0.items = [FakeItem.movie(1, imdb: "tt1", id: FakeItem.itemID(100))] }
            let id = try await bench.seed(.movie(1) { $0.jellyfin = FakeItem.itemID(1) })[0]
            let run = try await bench.run { $0.adoptsReplacedIDs = true }
            #expect(run.report?.updated == 1 && run.report?.rowsUpdated == 1 && run.report?.stale == 0)
            let row = try #require(try await bench.row(id))
            #expect(row.jellyfin?.id.text == FakeItem.itemID(100) && row.imdb == "tt1" && row.year == 2_020)
        }
    }

    @Test("a plan to adopt that comes too late is stale", arguments: TestDatabase.backends)
    func staleAdoption(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { $0.items = [FakeItem.movie(1, id: FakeItem.itemID(100))] }
            let id = try await bench.seed(.movie(1) { $0.jellyfin = FakeItem.itemID(1) })[0]
            let dry = try await bench.run {
                $0.adoptsReplacedIDs = true; $0.isDryRun = true
            }
            try await bench.edit("UPDATE requests SET version = 9")
            let run = try await bench.run {
                $0.plan = dry.id; $0.adoptsReplacedIDs = true
            }
            #expect(run.report?.stale == 1 && run.report?.updated == 0 && run.report?.rowsUpdated == 0)
            #expect(try await bench.row(id)?.jellyfin?.id.text == FakeItem.itemID(1))
        }
    }

    @Test("adopted by a click on the finding", arguments: TestDatabase.backends)
    func settled(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { $0.items = [FakeItem.movie(1, id: FakeItem.itemID(100))] }
            let id = try await bench.seed(
                .movie(1) {
                    Self.complete(&$0); $0.jellyfin = FakeItem.itemID(1)
                })[0]
            try await bench.run()
            let finding = try #require(try await bench.findings().first)
            let outcome = try await bench.store.write { try $0.settle(finding: finding.id, .adopt, by: "tester") }
            guard case .settled = outcome else { return #expect(Bool(false), "\(outcome)") }
            #expect(try await bench.row(id)?.jellyfin?.id.text == FakeItem.itemID(100))
            #expect(try await bench.run().report?.drift == 0)
        }
    }

    @Test("an item id that names another film by now", arguments: TestDatabase.backends)
    func reassigned(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { $0.items = [FakeItem.movie(2, id: FakeItem.itemID(1))] }
            try await bench.seed(
                .movie(1) {
                    Self.complete(&$0); $0.jellyfin = FakeItem.itemID(1)
                })
            let before = try await bench.contents()
            let run = try await bench.run()
            #expect(run.report?.drift == 1)
            #expect(try await bench.findings().map(\.kind) == ["id_reassigned"])
            #expect(try await bench.contents() == before)
        }
    }

    @Test("an item id that names a series by now is no film's", arguments: TestDatabase.backends)
    func otherKind(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { $0.items = [FakeItem.series(7, id: FakeItem.itemID(1))] }
            try await bench.seed(.movie(1) { $0.jellyfin = FakeItem.itemID(1) })
            let run = try await bench.run()
            #expect(run.report?.added == 1 && run.report?.drift == 1)
            #expect(try await bench.findings().map(\.kind) == ["id_reassigned"])
            #expect(try await bench.run().skipped("unchanged") == 1)
        }
    }

    @Test("an *arr id that is gone, and one that names another film", arguments: TestDatabase.backends)
    func arr(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { content in
                content.items = [FakeItem.movie(1), FakeItem.movie(2)]
                content.entries["radarr.test"] = [.movie(12, tmdb: 1), .movie(13, tmdb: 2)]
            }
            try await bench.seed(
                .movie(1) { $0.radarr = 11 }, .movie(2) { $0.radarr = 12 }, .movie(3, .requested) { $0.radarr = 99 },
                .movie(4, .deleted) { $0.radarr = 98 })
            let run = try await bench.run()
            #expect(run.report?.drift == 3)
            #expect(try await bench.findings().map(\.kind).sorted() == ["arr_missing", "arr_missing", "id_reassigned"])
            #expect(try await bench.rows().map { $0.radarr?.id } == [11, 12, 99, 98])
        }
    }

    @Test("an *arr entry without a usable number is there all the same", arguments: TestDatabase.backends)
    func entryWithoutNumber(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { content in
                content.items = [FakeItem.movie(1)]
                content.entries["radarr.test"] = [.movie(11, tmdb: 0)]
            }
            try await bench.seed(.movie(1) { $0.radarr = 11 })
            #expect(try await bench.run().report?.drift == 0)
        }
    }

    @Test("declined and deleted rows never drift", arguments: TestDatabase.backends)
    func closed(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { $0.items = [FakeItem.movie(9)] }
            try await bench.seed(
                .movie(1, .declined) { $0.jellyfin = FakeItem.itemID(1) },
                .movie(2, .deleted) { $0.jellyfin = FakeItem.itemID(2) })
            #expect(try await bench.run().report?.drift == 0)
            #expect(try await bench.run(.metadata).report?.drift == 0)
        }
    }
}
