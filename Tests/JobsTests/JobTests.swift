import Changes
import Database
import Jobs
import Media
import Store
import TestSupport
import Testing

@Suite("Jobs", .timeLimit(.minutes(10)))
struct JobTests {
    @Test("gathers, plans and applies; a dry run stops before", arguments: TestDatabase.backends)
    func whole(backend: Backend) async throws {
        try await JobsBench.with(backend) { bench in
            let dry = try #require(try await bench.run(FakeJob(subjects: 1_234), isDryRun: true))
            #expect(dry.state == .succeeded && dry.isDryRun && dry.plannedAt != nil)
            #expect(dry.result == #"{"planned":1234,"applied":0}"#)
            #expect(try await bench.applied() == nil)
            let real = try #require(try await bench.run(FakeJob(subjects: 1_234)))
            #expect(real.state == .succeeded && real.result == #"{"planned":1234,"applied":1234}"#)
            #expect(real.finishedAt != nil && real.owner == nil && real.errorCode == nil)
            #expect(try await bench.applied() == 1_234)
            #expect(bench.jobs.runningIDs.isEmpty && bench.jobs.progress(of: real.id) == nil)
        }
    }

    @Test("a stored plan is applied without gathering", arguments: TestDatabase.backends)
    func plan(backend: Backend) async throws {
        try await JobsBench.with(backend) { bench in
            let dry = try #require(try await bench.run(FakeJob(subjects: 7), isDryRun: true))
            let job = FakeJob(subjects: 99) { place in if place == .gather { throw FakeJob.Failure() } }
            let real = try #require(try await bench.run(job, planOf: dry.id))
            #expect(real.state == .succeeded && real.result == #"{"planned":7,"applied":7}"#)
            let missing = try #require(try await bench.run(FakeJob(), planOf: 999))
            #expect(missing.state == .failed && missing.errorCode == "plan_missing")
        }
    }

    @Test(
        "fails wherever it fails, and writes nothing", arguments: TestDatabase.backends,
        [
            FakeJob.Place.gather, .plan, .apply, .finish,
        ])
    func fails(backend: Backend, place: FakeJob.Place) async throws {
        try await JobsBench.with(backend) { bench in
            let job = FakeJob { here in if here == place { throw JobFailure(code: "my_code", detail: "because") } }
            let record = try #require(try await bench.run(job))
            #expect(record.state == .failed && record.errorCode == "my_code" && record.error == "because")
            #expect(record.result == nil)
            #expect(try await bench.applied() == nil)
            // The lane is free again, and what is no JobFailure is named too.
            let other = FakeJob { here in if here == place { throw FakeJob.Failure() } }
            #expect(try await bench.run(other)?.errorCode == "internal")
            #expect(try await bench.run(FakeJob())?.state == .succeeded)
        }
    }

    @Test(
        "cancelled before the final transaction it stops; after that it is too late", arguments: TestDatabase.backends,
        [
            FakeJob.Place.gather, .plan, .apply, .finish,
        ])
    func cancel(backend: Backend, place: FakeJob.Place) async throws {
        let isInTime = place == .gather || place == .plan
        try await JobsBench.with(backend) { bench in
            let gate = Gate()
            let job = FakeJob { here in if here == place { gate.stopHere() } }
            let id = try await bench.jobs.start(JobsBench.new(), job)
            await gate.reached()
            #expect(bench.jobs.runningIDs == [id])
            // The final transaction holds the writer, so a late cancel is answered from memory.
            let isAccepted = try await bench.jobs.cancel(id)
            #expect(isAccepted == isInTime)
            gate.open()
            let record = try #require(try await bench.jobs.wait(for: id))
            #expect(record.state == (isInTime ? .cancelled : .succeeded))
            #expect(try await bench.applied() == (isInTime ? nil : 3))
            #expect(try await bench.jobs.cancel(id) == false)
        }
    }

    @Test("two at once: the second is told which one runs", arguments: TestDatabase.backends)
    func two(backend: Backend) async throws {
        try await JobsBench.with(backend) { bench in
            let gate = Gate()
            let id = try await bench.jobs.start(
                JobsBench.new(), FakeJob { here in if here == .gather { gate.stopHere() } })
            await gate.reached()
            let busy = await #expect(throws: JobRunning.self) {
                _ = try await bench.jobs.start(JobsBench.new(), FakeJob())
            }
            #expect(busy?.job == id && busy?.kind == "library_sync")
            gate.open()
            #expect(try await bench.jobs.wait(for: id)?.state == .succeeded)
            #expect(try await bench.run(FakeJob())?.state == .succeeded)
        }
    }

    @Test("waiting for a job ends with whoever waits, and the job goes on", .timeLimit(.minutes(1)))
    func impatient() async throws {
        try await JobsBench.with(.sqlite) { bench in
            let gate = Gate()
            let id = try await bench.jobs.start(
                JobsBench.new(), FakeJob { here in if here == .gather { gate.stopHere() } })
            await gate.reached()
            let jobs = bench.jobs
            let waiting = Task { try await jobs.wait(for: id) }
            waiting.cancel()
            await #expect(throws: CancellationError.self) { _ = try await waiting.value }
            gate.open()
            #expect(try await bench.jobs.wait(for: id)?.state == .succeeded)
        }
    }

    @Test("without its lease nothing of it is committed", arguments: TestDatabase.backends)
    func leaseLost(backend: Backend) async throws {
        try await JobsBench.with(backend) { bench in
            let gate = Gate()
            let id = try await bench.jobs.start(
                JobsBench.new(), FakeJob { here in if here == .gather { gate.stopHere() } })
            await gate.reached()
            bench.clock.advance(.seconds(60))
            #expect(try await bench.store.write { try $0.interruptJob(id) })
            gate.open()
            let record = try #require(try await bench.jobs.wait(for: id))
            #expect(record.state == .interrupted)
            #expect(try await bench.applied() == nil)
        }
    }

    @Test("what an earlier process left running is interrupted", arguments: TestDatabase.backends)
    func recover(backend: Backend) async throws {
        try await JobsBench.with(backend) { bench in
            let (lapsed, _) = try await bench.store.write { tx in
                try tx.startJob(JobsBench.new(), owner: "dead", lease: .seconds(30))
            }
            bench.clock.advance(.seconds(31))
            let (young, _) = try await bench.store.write { tx in
                try tx.startJob(JobsBench.new(lane: "other"), owner: "alive", lease: .seconds(30))
            }
            try await bench.jobs.recover(isStart: true)
            let states = try await bench.store.read { [try $0.job(lapsed)?.state, try $0.job(young)?.state] }
            // On SQLite there is no other process.
            #expect(states == [.interrupted, backend == .sqlite ? .interrupted : .running])
            #expect(try await bench.run(FakeJob())?.state == .succeeded)
        }
    }

    @Test(
        "stopping Marquee interrupts a job, even in its final transaction", arguments: TestDatabase.backends,
        [
            FakeJob.Place.plan, .apply,
        ])
    func stop(backend: Backend, place: FakeJob.Place) async throws {
        try await JobsBench.with(backend) { bench in
            let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
            var job = FakeJob(subjects: 2_000)
            job.waitsForStop = (place, arrived)
            let id = try await bench.jobs.start(JobsBench.new(), job)
            for await _ in arrivals {}
            await bench.jobs.stop()
            let record = try #require(try await bench.store.read { try $0.job(id) })
            #expect(record.state == .interrupted)
            #expect(try await bench.applied() == nil)
            // A plan that was complete can still be applied, and only that.
            let resumed = try #require(try await bench.run(FakeJob(), planOf: id))
            #expect(resumed.state == (record.plannedAt != nil ? .succeeded : .failed))
            #expect(try await bench.applied() == (record.plannedAt != nil ? 2_000 : nil))
        }
    }

    @Test("nobody waits for a job that is not there")
    func missing() async throws {
        try await JobsBench.with(.sqlite) { bench in
            let record = try await bench.jobs.wait(for: 12)
            #expect(record?.id == nil)
            #expect(try await bench.jobs.cancel(12) == false)
            await #expect(throws: JobFailure.self) { try await bench.jobs.undo(12, lane: "sync", by: "me") }
        }
    }

    @Test("a job's end is told to listeners after it is stored")
    func news() async throws {
        try await JobsBench.with(.sqlite) { bench in
            let news = bench.store.changes.subscribe()
            let id = try await bench.jobs.start(JobsBench.new(), FakeJob())
            for await change in news where change.topic == .job && change.object == id && change.id != nil {
                if try await bench.store.read({ try $0.job(id)?.state }) == .succeeded { break }
            }
        }
    }
}
