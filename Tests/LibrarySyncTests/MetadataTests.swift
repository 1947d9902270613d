import Database
import Jobs
import LibrarySync
import Media
import Store
import TestSupport
import Testing

/// `metadata_update`: NULL fields of every row, in any stage; never adds.
@Suite("Metadata update", .timeLimit(.minutes(10)))
struct MetadataTests {
    @Test("fills rows of every stage, leaves their stage, and adds nothing", arguments: TestDatabase.backends)
    func everyStage(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            let stages = Stage.allCases
            bench.stack.change { content in
                content.items = (1...stages.count + 3).map { FakeItem.movie($0, imdb: "tt\($0)") }
                content.entries["radarr.test"] = (1...stages.count + 3).map { .movie(Int64($0) + 100, tmdb: Int64($0)) }
            }
            try await bench.seed(stages.enumerated().map { SeedRow.movie(Int64($0.offset) + 1, $0.element) })
            let run = try await bench.run(.metadata)
            #expect(run.report?.totalScanned == stages.count && run.report?.updated == stages.count)
            #expect(run.report?.added == 0)
            let rows = try await bench.rows()
            #expect(rows.map(\.state) == stages)
            for row in rows {
                #expect(
                    row.jellyfin != nil && row.imdb != nil && row.radarr != nil && row.year == 2_020, "\(row.state)")
            }
            let again = try await bench.run(.metadata)
            #expect(again.report?.updated == 0 && again.skipped("unchanged") == stages.count)
        }
    }

    @Test("a row of which Jellyfin holds nothing gets the *arr's values", arguments: TestDatabase.backends)
    func unheld(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { content in
                content.entries["radarr.test"] = [.movie(11, tmdb: 1)]
                content.entries["sonarr.test"] = [.series(12, tvdb: 2)]
            }
            try await bench.seed(.movie(1, .downloading), .tv(2, .requested), .movie(3, .requested))
            let run = try await bench.run(.metadata)
            #expect(run.report?.totalScanned == 3 && run.report?.updated == 2 && run.skipped("unchanged") == 1)
            let rows = try await bench.rows()
            #expect(rows[0].radarr?.id == 11 && rows[0].year == 2_019 && rows[1].sonarr?.id == 12)
            #expect(try await bench.run(.metadata).report?.updated == 0)
        }
    }

    @Test("counts rows, not items: conflicts, held back, ambiguous", arguments: TestDatabase.backends)
    func counters(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { $0.items = [FakeItem.movie(1), FakeItem.movie(2), FakeItem.movie(3, imdb: "tt4")] }
            try await bench.seed(
                .movie(1), .movie(1),
                .movie(2) {
                    $0.year = 1_990; $0.overview = "x"; $0.poster = "x"; $0.jellyfin = FakeItem.itemID(2)
                    $0.availableAt = 1_600_000_000_000
                },
                .movie(3), .movie(4) { $0.imdb = "tt4" })
            try await bench.edit("UPDATE requests SET year = 1980 WHERE id = 1")
            let held = try await bench.run(.metadata) { $0.updatesExisting = false }
            #expect(held.report?.totalScanned == 5 && held.skipped("update_disabled") == 2)
            #expect(held.skipped("conflict") == 1 && held.report?.conflicts == 2)
            let run = try await bench.run(.metadata)
            #expect(run.report?.updated == 2 && run.skipped("conflict") == 1 && run.skipped("quarantined") == 2)
        }
    }
}
