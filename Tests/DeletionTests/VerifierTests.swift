import Jobs
import Media
import Store
import TestSupport
import Testing

@testable import Deletion

@Suite(.timeLimit(.minutes(5))) struct VerifierTests {
    @Test("gone at any reading is verified; still there at the last has failed", arguments: 1...4)
    func schedule(goneAt: Int) async throws {
        try await DeletionBench.with { bench in
            let world = FakeWorld(bench.targets)
            world.set(.lies, of: .radarr)
            let id = try await bench.begin()
            try await bench.executor(world).run([id], Progress())
            try await bench.handOver(id)
            let waits: [Duration] = [.seconds(1), .seconds(1), .seconds(1)]
            for reading in 1...3 {
                guard let held = try await bench.deletion(id), held.phase == .verifying else { break }
                if reading == goneAt { for key in world.present { world.remove(key) } }
                try await bench.verifier(world, waits).read(held)
                bench.clock.advance(.seconds(1))
            }
            let log = try #require(try await bench.deletion(id))
            #expect(log.status == (goneAt <= 3 ? .complete : .incomplete))
            if goneAt > 3 { #expect(log.steps.newest.contains { $0.status == .failed && $0.error == "still there" }) }
        }
    }

    @Test("what cannot be read stays open, is asked again, and fails only after a day") func unreadable() async throws {
        try await DeletionBench.with { bench in
            let world = FakeWorld(bench.targets)
            world.set(.unreadable, of: .jellyfin)
            let id = try await bench.begin()
            try await bench.executor(world).run([id], Progress())
            try await bench.handOver(id)
            for _ in 0..<30 {
                let held = try #require(try await bench.deletion(id))
                #expect(held.phase == .verifying && held.status == .inProgress)
                try await bench.verifier(world, [.seconds(1), .seconds(1)]).read(held)
                bench.clock.advance(.seconds(60))
            }
            let open = try #require(try await bench.deletion(id))
            #expect(open.steps.newest.filter { $0.status == .confirmed }.map(\.service) == [.jellyfin])
            bench.clock.advance(.seconds(24 * 3_600))
            try await bench.verifier(world, [.seconds(1), .seconds(1)]).read(open)
            let log = try #require(try await bench.deletion(id))
            #expect(log.status == .incomplete)
            #expect(log.steps.newest.first { $0.service == .jellyfin }?.error?.hasPrefix("Could not verify") == true)
        }
    }

    @Test("a slow library is asked once more, and at most once in ten minutes") func nudges() async throws {
        try await DeletionBench.with { bench in
            let world = FakeWorld(bench.targets)
            world.set(.lies, of: .jellyfin)
            let id = try await bench.begin()
            try await bench.carryOut(id, world, nil)
            #expect(world.nudges == [.jellyfin])
        }
    }

    @Test("the usual schedule gives Jellyfin a reading more than the others; one's own list ends all")
    func readings() {
        var usual: [Duration] = []
        for reads in 0..<6 { usual.append(ReadSchedule(nil, reads: reads).next) }
        #expect(usual == [30, 60, 120, 300, 600, 60].map { Duration.seconds($0) })
        #expect(ReadSchedule(nil, reads: 5).isLast(for: .radarr) && !ReadSchedule(nil, reads: 5).isLast(for: .jellyfin))
        #expect(ReadSchedule(nil, reads: 6).isLast(for: .jellyfin))
        let own = ReadSchedule([.seconds(1), .seconds(2)], reads: 1)
        #expect(own.isLast(for: .jellyfin) && own.isLast(for: .radarr))
        #expect(!ReadSchedule([.seconds(1), .seconds(2)], reads: 0).isLast(for: .radarr))
    }
}
