import Database
import FoundationEssentials
import Jobs
import LibrarySync
import Media
import Store
import TestSupport
import Testing

/// G6 and the rest of library-sync.md §4 on undo.
@Suite("Library sync, undo", .timeLimit(.minutes(10)))
struct UndoTests {
    private func undo(_ job: Int64, _ bench: Bench) async throws -> UndoReport {
        let id = try await bench.syncs.undo(job, by: "tester")
        let record = try #require(try await bench.jobs.wait(for: id))
        #expect(record.state == .succeeded && record.undoOf == job)
        try await bench.checkConsistency()
        #expect(try await bench.store.read { try $0.job(job)?.undoneBy } == id)
        return try JSONDecoder().decode(UndoReport.self, from: Data((record.result ?? "").utf8))
    }

    @Test("takes back every fill and addition: requests and keys are as before", arguments: TestDatabase.backends)
    func exact(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { content in
                content.items =
                    (1...20).map { FakeItem.movie($0, "Fílm \($0)", imdb: "tt\($0)") } + [FakeItem.series(30)]
                content.entries["radarr.test"] = (1...20).map { .movie(Int64($0) + 100, tmdb: Int64($0)) }
            }
            try await bench.seed(.movie(1), .movie(2) { $0.overview = "own" }, .movie(nil) { $0.imdb = "tt3" }, .tv(30))
            let before = try await bench.contents()
            let run = try await bench.run()
            #expect(run.report?.added == 17 && run.report?.rowsUpdated == 4)
            let report = try await undo(run.id, bench)
            #expect(report.kept == 0)
            #expect(try await bench.contents() == before)
            // Everything comes again, with new row ids.
            #expect(try await bench.run().report?.added == 17)
        }
    }

    @Test("G6: a value edited since stays and is named", arguments: TestDatabase.backends)
    func edited(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { $0.items = [FakeItem.movie(1, imdb: "tt1")] }
            let id = try await bench.seed(.movie(1))[0]
            let run = try await bench.run()
            try await bench.edit(
                "UPDATE requests SET overview = 'mine', version = version + 1 WHERE id = $1", [.integer(id)])
            let report = try await undo(run.id, bench)
            #expect(report.kept == 1)
            #expect(report.keptDetails.map(\.field) == ["overview"] && report.keptDetails.map(\.requestID) == [id])
            let row = try #require(try await bench.row(id))
            #expect(row.overview == "mine" && row.jellyfin == nil && row.imdb == nil && row.tmdb == 1)
        }
    }

    @Test("an added row that something else touched stays", arguments: TestDatabase.backends)
    func touched(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { $0.items = [FakeItem.movie(1), FakeItem.movie(2), FakeItem.movie(3)] }
            let run = try await bench.run()
            let ids = try await bench.rows().map(\.id)
            let observation = Observation(
                service: "radarr", instance: "default", channel: .webhook, fact: .hasFile, naturalKey: "f",
                observedAt: bench.setup.now, receivedAt: bench.setup.now)
            try await bench.store.write { tx in
                try tx.record(observation, for: ids[0])
                _ = try tx.raw.execute(
                    "UPDATE requests SET title = 'Mine', version = version + 1 WHERE id = $1", [.integer(ids[1])])
            }
            let report = try await undo(run.id, bench)
            #expect(report.reverted == 1 && report.kept == 2)
            #expect(try await bench.rows().map(\.id) == [ids[0], ids[1]])
        }
    }

    @Test("a value that a later run wrote again stays", arguments: TestDatabase.backends)
    func laterRun(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { $0.items = [FakeItem.movie(1)] }
            let id = try await bench.seed(.movie(1))[0]
            let first = try await bench.run()
            try await bench.edit("UPDATE requests SET overview = NULL, version = version + 1")
            let second = try await bench.run()
            #expect(second.report?.updated == 1)
            #expect(try await undo(first.id, bench).keptDetails.map(\.field) == ["overview"])
            #expect(try await bench.row(id)?.overview == "An overview.")
            #expect(try await undo(second.id, bench).reverted == 1)
            #expect(try await bench.row(id)?.overview == nil)
        }
    }

    @Test("only once, and only what wrote something", arguments: TestDatabase.backends)
    func refusals(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { $0.items = [FakeItem.movie(1)] }
            let dry = try await bench.run { $0.isDryRun = true }
            await #expect(throws: JobFailure.self) { try await bench.syncs.undo(dry.id, by: "tester") }
            let run = try await bench.run()
            _ = try await undo(run.id, bench)
            await #expect(throws: JobFailure.self) { try await bench.syncs.undo(run.id, by: "tester") }
            await #expect(throws: JobFailure.self) { try await bench.syncs.undo(999, by: "tester") }
        }
    }

    @Test("a stage stays, for what was seen was seen", arguments: TestDatabase.backends)
    func stages(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { $0.items = [FakeItem.movie(1)] }
            let id = try await bench.seed(.movie(1, .failed))[0]
            let run = try await bench.run()
            let report = try await undo(run.id, bench)
            #expect(report.keptDetails.map(\.field) == ["state"])
            #expect(try await bench.row(id)?.state == .available)
            #expect(try await bench.row(id)?.jellyfin == nil)
        }
    }
}
