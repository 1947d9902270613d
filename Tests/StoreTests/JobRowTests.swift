import Changes
import Database
import Media
import Store
import TestSupport
import Testing

@Suite("Job rows", .timeLimit(.minutes(10)))
struct JobRowTests {
    private func start(_ bench: StoreBench, lane: String? = "sync", owner: String = "a") async throws -> (
        id: Int64, isNew: Bool
    ) {
        try await bench.store.write { tx in
            let (id, running) = try tx.startJob(
                NewJob(kind: "library_sync", startedBy: "me", lane: lane), owner: owner, lease: .seconds(30))
            return (id, running == nil)
        }
    }

    @Test("one job holds a lane until it is over", arguments: TestDatabase.backends)
    func lane(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            let first = try await start(bench)
            #expect(first.isNew)
            let second = try await start(bench)
            #expect(!second.isNew && second.id == first.id)
            #expect(try await start(bench, lane: nil).isNew)
            #expect(try await start(bench, lane: "other").isNew)
            let lease = JobLease(job: first.id, owner: "a")
            #expect(try await bench.store.write { try $0.finishJob(lease, as: .succeeded, result: "{}") })
            #expect(try await start(bench).isNew)
            #expect(try await bench.store.read { try $0.lastFinished(kind: "library_sync")?.id } == first.id)
        }
    }

    @Test("many starting at once: one gets the lane", arguments: TestDatabase.backends)
    func race(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            let winners = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<12 { group.addTask { try await start(bench, owner: "o\(number)").isNew } }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(winners == 1)
        }
    }

    @Test("without its lease a job can neither end, nor save progress, nor commit", arguments: TestDatabase.backends)
    func lease(backend: Backend) async throws {
        struct Lost: Error {}
        try await StoreBench.with(backend) { bench in
            let job = try await start(bench).id
            let stranger = JobLease(job: job, owner: "b")
            await #expect(throws: Lost.self) {
                try await bench.store.writeAlone { tx in
                    try tx.emit(.request, object: 1)
                    guard try tx.finishJob(stranger, as: .succeeded, result: "{}") else { throw Lost() }
                }
            }
            #expect(try await bench.store.read { try $0.job(job)?.state } == .running)
            let saved = try await bench.store.write {
                try $0.saveProgress(stranger, phase: "x", done: 1, total: nil, counts: "{}", renew: .seconds(30))
            }
            #expect(saved == nil)
            #expect(try await bench.store.read { try $0.job(job)?.phase } == nil)
        }
    }

    @Test("jobs whose lease has lapsed are interrupted; others are left alone", arguments: TestDatabase.backends)
    func lapsed(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            let old = try await start(bench).id
            bench.clock.advance(.seconds(20))
            let young = try await start(bench, lane: "other").id
            bench.clock.advance(.seconds(15))
            let now = bench.clock.now
            #expect(try await bench.store.read { try $0.lapsedJobs(at: now) } == [old])
            #expect(try await bench.store.write { try $0.interruptJob(old) })
            #expect(try await bench.store.write { try $0.interruptJob(old) } == false)
            #expect(try await bench.store.read { try $0.job(old)?.state } == .interrupted)
            #expect(try await bench.store.read { try $0.job(young)?.state } == .running)
            #expect(try await start(bench).isNew)
            let limit = Timestamp(milliseconds: .max)
            #expect(try await bench.store.read { try $0.lapsedJobs(at: limit) }.count == 2)
        }
    }

    @Test("renewed progress keeps the lease and tells of a cancel", arguments: TestDatabase.backends)
    func progress(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            let lease = JobLease(job: try await start(bench).id, owner: "a")
            func save() async throws -> Bool? {
                try await bench.store.write {
                    try $0.saveProgress(
                        lease, phase: "plan", done: 5, total: 9, counts: #"{"added":1}"#, renew: .seconds(30))
                }
            }
            bench.clock.advance(.seconds(25))
            #expect(try await save() == false)
            bench.clock.advance(.seconds(25))
            let now = bench.clock.now
            #expect(try await bench.store.read { try $0.lapsedJobs(at: now) }.isEmpty)
            #expect(try await bench.store.write { try $0.requestCancel(lease.job) })
            #expect(try await save() == true)
            let record = try #require(try await bench.store.read { try $0.job(lease.job) })
            #expect(record.phase == "plan" && record.done == 5 && record.total == 9 && record.isCancelRequested)
            #expect(try await bench.store.write { try $0.finishJob(lease, as: .cancelled, result: nil) })
            #expect(try await bench.store.write { try $0.requestCancel(lease.job) } == false)
        }
    }

    @Test("lists are filtered, newest first, and paged by id", arguments: TestDatabase.backends)
    func lists(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            for _ in 0..<5 { _ = try await start(bench, lane: nil) }
            let lease = JobLease(job: 3, owner: "a")
            _ = try await bench.store.write {
                try $0.finishJob(lease, as: .failed, result: nil, errorCode: "x", error: "y")
            }
            let page = try await bench.store.read { try $0.jobs(before: 4, limit: 2) }
            #expect(page.map(\.id) == [3, 2])
            let failed = try await bench.store.read { try $0.jobs(kind: "library_sync", state: .failed) }
            #expect(failed.map(\.id) == [3] && failed[0].errorCode == "x")
            #expect(try await bench.store.read { try $0.jobCount(state: .running) } == 4)
            #expect(try await bench.store.read { try $0.jobs(kind: "nothing") }.isEmpty)
        }
    }
}
