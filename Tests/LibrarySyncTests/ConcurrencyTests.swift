import Database
import HTTPClient
import Jobs
import LibrarySync
import Media
import Store
import Synchronization
import TestSupport
import Testing

/// G11, G12 and what may happen while a run is under way.
@Suite("Library sync, concurrency", .timeLimit(.minutes(10)))
struct ConcurrencyTests {
    @Test(
        "G11: identical runs join, others are told which runs; every title comes once", arguments: TestDatabase.backends
    )
    func joins(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { $0.items = (1...1_000).map { FakeItem.movie($0) } }
            let options = SyncOptions(.library)
            let starts = try await withThrowingTaskGroup(of: SyncStart.self) { group in
                for _ in 0..<6 { group.addTask { try await bench.syncs.start(options, by: "tester") } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let jobs = Set(starts.map(\.job))
            for job in jobs { _ = try await bench.jobs.wait(for: job) }
            #expect(starts.count { !$0.joined } == jobs.count)
            #expect(try await bench.rows().count == 1_000)
        }
    }

    @Test("while one runs, another kind is refused by name", arguments: TestDatabase.backends)
    func refuses(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { $0.items = [FakeItem.movie(1)] }
            let held = try await bench.store.write { tx in
                try tx.startJob(
                    NewJob(
                        kind: "library_sync", startedBy: "other", params: #"{"mode":"library_sync"}"#,
                        lane: Jobs.syncLane),
                    owner: "elsewhere", lease: .seconds(30)
                ).id
            }
            do {
                _ = try await bench.syncs.start(SyncOptions(.metadata), by: "tester")
                Issue.record("two syncs at once")
            } catch let busy as JobRunning {
                #expect(busy.job == held && busy.kind == "library_sync")
            }
        }
    }

    @Test("cancelled while it gathers: nothing is written", arguments: TestDatabase.backends, [1, 2, 4])
    func cancelled(backend: Backend, call: Int) async throws {
        try await Bench.with(backend) { bench in
            let gate = Gate()
            bench.stack.change { content in
                content.items = (1...1_200).map { FakeItem.movie($0) }
                content.fault = { _, number in
                    if number == call { gate.stopHere() }
                    return nil
                }
            }
            let before = try await bench.dump()
            let start = try await bench.syncs.start(SyncOptions(.library), by: "tester")
            await gate.reached()
            #expect(try await bench.jobs.cancel(start.job))
            gate.open()
            let record = try #require(try await bench.jobs.wait(for: start.job))
            #expect(record.state == .cancelled)
            #expect(try await bench.dump() == before)
            #expect(try await bench.jobs.cancel(start.job) == false)
        }
    }

    @Test("G12: Marquee stops in the middle: interrupted, nothing written, lane free", arguments: TestDatabase.backends)
    func stopped(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            let gate = Gate()
            bench.stack.change { content in
                content.items = (1...1_200).map { FakeItem.movie($0) }
                content.fault = { _, number in
                    if number == 2 { gate.stopUntilCancelled() }
                    return nil
                }
            }
            let before = try await bench.dump()
            let start = try await bench.syncs.start(SyncOptions(.library), by: "tester")
            await gate.reached()
            await bench.jobs.stop()
            let record = try #require(try await bench.store.read { try $0.job(start.job) })
            #expect(record.state == .interrupted)
            #expect(try await bench.dump() == before)
            #expect(try await bench.run().report?.added == 1_200)
        }
    }

    @Test("a job whose process died is interrupted; its complete plan can be applied", arguments: TestDatabase.backends)
    func died(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { $0.items = [FakeItem.movie(1), FakeItem.movie(2)] }
            let job = try await bench.run { $0.isDryRun = true }.id
            // What a process that died between plan and apply leaves behind.
            try await bench.edit(
                """
                UPDATE jobs SET dry_run = 0, state = 'running', lane = 'sync', owner = 'gone', lease_until = 0,
                    finished_at = NULL WHERE id = $1
                """, [.integer(job)])
            try await bench.jobs.recover(isStart: true)
            let record = try #require(try await bench.store.read { try $0.job(job) })
            #expect(record.state == .interrupted && record.plannedAt != nil)
            let run = try await bench.run { $0.plan = job }
            #expect(run.job.state == .succeeded && run.report?.added == 2, "\(run.job.error ?? "")")
            #expect(try await bench.rows().count == 2)
        }
    }

    @Test("a row that comes between plan and apply makes the addition stale", arguments: TestDatabase.backends)
    func arrivesMeanwhile(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { $0.items = [FakeItem.movie(1, imdb: "tt1"), FakeItem.movie(2)] }
            let dry = try await bench.run { $0.isDryRun = true }
            try await bench.seed(.movie(nil, .requested) { $0.imdb = "tt1" })
            let run = try await bench.run { $0.plan = dry.id }
            #expect(run.report?.added == 1 && run.report?.stale == 1)
            #expect(try await bench.rows().count == 2)
        }
    }
}
