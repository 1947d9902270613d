import Database
import Jobs
import LibrarySync
import Media
import Store
import TestSupport
import Testing

/// The rows of library-sync.md §2.
@Suite("Library sync, matching", .timeLimit(.minutes(10)))
struct MatchingTests {
    @Test(
        "several items of one id are one title; the playable one with the lowest id speaks",
        arguments: TestDatabase.backends)
    func severalItems(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            let stub = FakeItem.movie(1, id: FakeItem.itemID(1)).with {
                $0.path = nil; $0.sources = 0
            }
            bench.stack.change { content in
                content.items = [
                    stub, FakeItem.movie(1, id: FakeItem.itemID(900)), FakeItem.movie(1, id: FakeItem.itemID(800)),
                    FakeItem.movie(1, id: FakeItem.itemID(850)),
                ]
            }
            let run = try await bench.run()
            #expect(run.report?.added == 1 && run.skipped("same_medium") == 3)
            #expect(try await bench.rows().map { $0.jellyfin?.id.text } == [FakeItem.itemID(800)])
            let again = try await bench.run()
            #expect(again.skipped("unchanged") == 1 && again.skipped("same_medium") == 3 && again.report?.drift == 0)
        }
    }

    @Test("every open row of a title is filled; the item counts once", arguments: TestDatabase.backends)
    func severalRows(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { content in
                content.items = [FakeItem.movie(1), FakeItem.series(2)]
                content.entries["radarr.test"] = [.movie(11, tmdb: 1)]
            }
            let ids = try await bench.seed(.movie(1, .failed), .movie(1), .movie(1, .declined), .tv(2), .tv(2))
            let run = try await bench.run()
            #expect(run.report?.updated == 2 && run.report?.rowsUpdated == 4 && run.report?.becameAvailable == 1)
            let rows = try await bench.rows()
            #expect(rows.map { $0.jellyfin != nil } == [true, true, false, true, true])
            #expect(rows[2].state == .declined && rows.count == ids.count)
        }
    }

    @Test(
        "one of several rows changed since the plan: the item still counts as updated", arguments: TestDatabase.backends
    )
    func oneOfSeveralStale(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { $0.items = [FakeItem.movie(1), FakeItem.movie(2)] }
            let ids = try await bench.seed(.movie(1), .movie(1), .movie(2), .movie(2))
            let dry = try await bench.run { $0.isDryRun = true }
            #expect(dry.report?.updated == 2 && dry.report?.rowsUpdated == 4)
            for id in [ids[0], ids[2], ids[3]] {
                try await bench.edit("UPDATE requests SET version = 7 WHERE id = $1", [.integer(id)])
            }
            let run = try await bench.run { $0.plan = dry.id }
            #expect(run.report?.updated == 1 && run.report?.stale == 1 && run.report?.rowsUpdated == 1)
        }
    }

    @Test("a film never matches a series of the same TMDB number", arguments: TestDatabase.backends)
    func namespaces(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { $0.items = [FakeItem.series(70, tmdb: 5)] }
            try await bench.seed(.movie(5))
            let run = try await bench.run()
            #expect(run.report?.added == 1)
            #expect(try await bench.rows()[0].jellyfin == nil)
        }
    }

    @Test("keys are tried in order, without case and blanks", arguments: TestDatabase.backends)
    func keys(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { content in
                content.items = [
                    FakeItem.movie(0, "A", id: FakeItem.itemID(1)).with { $0.providers = [("IMDB", " TT0001 ")] },
                    FakeItem.movie(0, "B", id: FakeItem.itemID(2)).with {
                        $0.providers = [("tmdb", "0603"), ("Imdb", "")]
                    },
                    FakeItem.series(0, "C", id: FakeItem.itemID(3)).with {
                        $0.providers = [("TMDB", "9"), ("Tvdb", " ")]
                    },
                ]
            }
            try await bench.seed(
                .movie(nil) { $0.imdb = "tt0001" }, .movie(603), .tv(8) { $0.tmdb = 9 })
            let run = try await bench.run()
            #expect(run.report?.added == 0 && run.report?.updated == 3 && run.report?.conflicts == 0)
            let again = try await bench.run()
            #expect(again.skipped("unchanged") == 3)
        }
    }

    @Test("films known by their TVDB number only are one film, and come once", arguments: TestDatabase.backends)
    func tvdbOnly(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            let films = [31, 32].map { number in
                FakeItem.movie(0, "Film", id: FakeItem.itemID(number)).with { $0.providers = [("Tvdb", "77")] }
            }
            bench.stack.change { $0.items = films }
            let run = try await bench.run()
            #expect(run.report?.added == 1 && run.skipped("same_medium") == 1)
            #expect(try await bench.run().report?.added == 0)
        }
    }

    @Test(
        "an item that lost the ids its row was filled with comes as a row of its own", arguments: TestDatabase.backends)
    func idsLost(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            let bare = FakeItem.movie(0, "Film", id: FakeItem.itemID(5))
            bench.stack.change { $0.items = [bare] }
            try await bench.run()
            bench.stack.change { $0.items = [bare.with { $0.providers = [("Tmdb", "5")] }] }
            let filled = try await bench.run()
            #expect(filled.report?.updated == 1)
            bench.stack.change { $0.items = [bare, FakeItem.movie(5, id: FakeItem.itemID(6))] }
            let run = try await bench.run()
            #expect(run.job.state == .succeeded, "\(run.job.error ?? "")")
            #expect(try await bench.run().report?.added == 0)
        }
    }

    @Test("titles are never compared", arguments: TestDatabase.backends)
    func titles(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { $0.items = [FakeItem.movie(2, "Same Name")] }
            try await bench.seed(
                .movie(1) {
                    $0.title = "Same Name"; $0.year = 2_020
                })
            #expect(try await bench.run().report?.added == 1)
        }
    }

    @Test("an item without ids is known again by server and item id only", arguments: TestDatabase.backends)
    func withoutIDs(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            let item = FakeItem.movie(0, "Home Video", id: FakeItem.itemID(5))
            bench.stack.change { $0.items = [item] }
            #expect(try await bench.run().report?.added == 1)
            #expect(try await bench.run().skipped("unchanged") == 1)
            try await bench.edit("UPDATE requests SET state = 'deleted'")
            try await bench.edit("DELETE FROM counters WHERE name LIKE 'requests|%'")
            try await bench.edit("INSERT INTO counters(name, n) VALUES('requests|movie|deleted|library_sync', 1)")
            #expect(try await bench.run().skipped("deleted_by_choice") == 1)
            let run = try await bench.run { $0.includesDeleted = true }
            #expect(run.job.state == .succeeded && run.report?.added == 1, "\(run.job.error ?? "")")
            #expect(try await bench.run().skipped("unchanged") == 1)
        }
    }

    @Test(
        "a declined row stays, and a new one is added; so for a deleted one on demand", arguments: TestDatabase.backends
    )
    func closedRows(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { $0.items = [FakeItem.movie(1, imdb: "tt1"), FakeItem.movie(2, imdb: "tt2")] }
            try await bench.seed(.movie(1, .declined), .movie(2, .deleted))
            let first = try await bench.run()
            #expect(first.report?.added == 1 && first.skipped("deleted_by_choice") == 1)
            let second = try await bench.run { $0.includesDeleted = true }
            #expect(second.report?.added == 1 && second.skipped("unchanged") == 1)
            #expect(try await bench.rows().map(\.state) == [.declined, .deleted, .available, .available])
            #expect(try await bench.run().skipped("unchanged") == 2)
        }
    }

    @Test("a library row deleted again and again comes back as a new row each time", arguments: TestDatabase.backends)
    func rounds(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { $0.items = [FakeItem.movie(1, imdb: "tt1")] }
            try await bench.run()
            for round in 1...3 {
                try await bench.edit("UPDATE requests SET state = 'deleted'")
                try await bench.edit("DELETE FROM counters WHERE name LIKE 'requests|%'")
                try await bench.edit(
                    "INSERT INTO counters(name, n) VALUES('requests|movie|deleted|library_sync', $1)",
                    [.integer(Int64(round))])
                let run = try await bench.run { $0.includesDeleted = true }
                #expect(run.job.state == .succeeded && run.report?.added == 1, "\(run.job.error ?? "")")
            }
        }
    }

    @Test("two films sharing an IMDb number stay two, whichever is listed first", arguments: TestDatabase.backends)
    func sharedIMDb(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            let (one, other) = (FakeItem.movie(1, imdb: "tt5"), FakeItem.movie(2, imdb: "tt5"))
            bench.stack.change { $0.items = [one] }
            try await bench.run()
            bench.stack.change { $0.items = [other, one] }
            let run = try await bench.run()
            #expect(run.job.state == .succeeded, "\(run.job.error ?? "")")
            #expect(run.report?.added == 1 && run.skipped("unchanged") == 1)
            #expect(try await bench.run().skipped("unchanged") == 2)
        }
    }
}
