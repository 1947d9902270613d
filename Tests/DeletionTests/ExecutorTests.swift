import Jobs
import Media
import Store
import TestSupport
import Testing

@testable import Deletion

@Suite(.timeLimit(.minutes(5))) struct ExecutorTests {
    @Test("everything is called once, in order, and proven gone") func whole() async throws {
        try await DeletionBench.with { bench in
            let world = FakeWorld(bench.targets)
            let id = try await bench.begin()
            try await bench.carryOut(id, world)
            #expect(world.calls == bench.targets && world.present.isEmpty)
            let log = try #require(try await bench.deletion(id))
            #expect(log.status == .complete)
            for target in bench.targets {
                let states = log.steps.filter { $0.key == target }.map(\.status)
                #expect(states == [.pending, .acknowledged, .confirmed, .verified])
            }
            #expect(try await bench.store.read { try $0.request(1)?.state } == .deleted)
        }
    }

    @Test("what is gone already counts as done and is not called") func alreadyGone() async throws {
        try await DeletionBench.with { bench in
            let world = FakeWorld(Array(bench.targets.dropFirst()))
            let id = try await bench.begin()
            try await bench.carryOut(id, world)
            #expect(world.calls == Array(bench.targets.dropFirst()))
            #expect(try await bench.deletion(id)?.status == .complete)
        }
    }

    @Test(
        "one broken service never stops the others; a retry repeats only what failed",
        arguments: [DeletionService.qbittorrent, .radarr, .jellyfin, .jellyseerr],
        [FakeWorld.Fault.down, .refuses, .changed, .lies])
    func faults(service: DeletionService, fault: FakeWorld.Fault) async throws {
        try await DeletionBench.with { bench in
            let world = FakeWorld(bench.targets)
            world.set(fault, of: service)
            let id = try await bench.begin()
            try await bench.carryOut(id, world)
            let log = try #require(try await bench.deletion(id))
            #expect(log.status == .incomplete && log.phase == .done)
            for step in log.steps.newest where bench.targets.contains(step.key) {
                #expect(step.status == (step.service == service ? .failed : .verified), "\(step)")
                #expect(step.service != service || step.error != nil)
            }
            #expect(try await bench.store.read { try $0.request(1)?.state } == .available)

            world.set(nil, of: service)
            let before = world.calls.count
            try await bench.store.write { tx in
                try tx.reopenDeletion(id)
                for step in log.steps.newest where step.status == .failed {
                    try tx.step(step.key, .pending, log: id)
                }
            }
            try await bench.carryOut(id, world)
            #expect(world.calls.dropFirst(before).allSatisfy { $0.service == service })
            #expect(try await bench.deletion(id)?.status == .complete)
            #expect(world.present.isEmpty)
        }
    }

    @Test("a row of the same title that appeared meanwhile is not taken along") func newcomer() async throws {
        try await DeletionBench.with { bench in
            let world = FakeWorld(bench.targets)
            let id = try await bench.begin()
            try await bench.store.write { try $0.insertSample(2) }
            try await bench.carryOut(id, world)
            #expect(world.calls.isEmpty)
            let log = try #require(try await bench.deletion(id))
            #expect(log.status == .incomplete)
            #expect(
                log.steps.newest.filter { $0.status == .failed }.allSatisfy {
                    $0.error?.contains("target_changed") == true
                })
        }
    }

    /// The course of a whole deletion, cut off behind each of its steps, the call under way having gone out or not.
    @Test("resumes from every prefix of its steps, and calls nothing twice that it knows is done") func everyPrefix()
        async throws
    {
        var course: [DeletionStep] = []
        var targets: [DeletionStep.Key] = []
        try await DeletionBench.with { bench in
            let id = try await bench.begin()
            targets = bench.targets
            try await bench.carryOut(id, FakeWorld(targets))
            course = try #require(try await bench.deletion(id)).steps
        }
        let first = course.count - targets.count * 3
        for cut in first...course.count {
            for wentOut in [true, false] {
                let known = Array(course[first..<cut])
                try await DeletionBench.with { bench in
                    let id = try await bench.begin()
                    let world = FakeWorld(targets)
                    for step in known where step.status == .confirmed { world.remove(step.key) }
                    // Of a call under way nobody knows whether it took effect.
                    if wentOut, let last = known.last, last.status == .acknowledged { world.remove(last.key) }
                    try await bench.store.write { tx in
                        try tx.move(deletion: id, to: .executing)
                        for step in known { try tx.step(step.key, step.status, log: id) }
                    }
                    try await bench.carryOut(id, world)
                    let log = try #require(try await bench.deletion(id))
                    #expect(log.status == .complete && world.present.isEmpty, "cut \(cut)")
                    let confirmed = known.filter { $0.status == .confirmed || $0.status == .verified }.map(\.key)
                    #expect(Set(world.calls).isDisjoint(with: confirmed), "cut \(cut)")
                    #expect(Set(world.calls).count == world.calls.count, "cut \(cut)")
                }
            }
        }
    }

    @Test("a run that is cut off in a call stores no result, and goes on with a look", arguments: 1...5, [true, false])
    func cutOff(at number: Int, afterEffect: Bool) async throws {
        try await DeletionBench.with { bench in
            let world = FakeWorld(bench.targets) { call, isDone in
                if call == number && isDone == afterEffect { unsafe withUnsafeCurrentTask { unsafe $0?.cancel() } }
            }
            let id = try await bench.begin()
            let run = Task { try await bench.executor(world).run([id], Progress()) }
            await #expect(throws: CancellationError.self) { try await run.value }
            let stopped = try #require(try await bench.deletion(id))
            #expect(stopped.phase == .executing)
            #expect(stopped.steps.last?.status == .acknowledged)

            let calls = world.calls.count
            try await bench.carryOut(id, world)
            #expect(try await bench.deletion(id)?.status == .complete)
            // The fake's call took effect in either case: what is gone is not called again.
            #expect(world.calls.count == bench.targets.count && calls == number)
        }
    }
}
