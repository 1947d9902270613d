import Media
import Store
import Testing

@testable import Tracking

@Suite("Which services answer", .timeLimit(.minutes(5)))
struct ReachTests {
    private func at(_ seconds: Int64) -> Timestamp { Timestamp(milliseconds: seconds * 1_000) }

    @Test("an outage lasts from the first failure to the next success, and is told once")
    func spans() {
        let reach = Reach()
        #expect(!reach.succeeded("radarr", "queue", at: at(1)))
        #expect(reach.failed("radarr", "queue", "refused", since: at(10)))
        #expect(!reach.failed("radarr", "queue", "refused", since: at(20)))
        #expect(reach.pastOutages.isEmpty && reach.outages["radarr"]?.since == at(10))
        #expect(reach.succeeded("radarr", "queue", at: at(30)))
        let over = TrackingRules.PastOutage(since: at(10), until: at(30))
        #expect(reach.outages.isEmpty && reach.pastOutages == ["radarr": [over]])
        #expect(reach.takeEnded() == [EndedOutage(instance: "radarr", span: over)])
        #expect(reach.takeEnded().isEmpty)
    }

    @Test("one reader's success does not end another's failure; a reader that has nothing to ask for ends its own")
    func readers() {
        let reach = Reach()
        #expect(reach.failed("radarr", "history", "500", since: at(10)))
        for second in [11, 12, 13] {
            #expect(!reach.succeeded("radarr", "queue", at: at(Int64(second))))
            #expect(!reach.failed("radarr", "history", "500", since: at(Int64(second))))
        }
        #expect(reach.outages["radarr"]?.since == at(10) && reach.pastOutages.isEmpty)
        #expect(!reach.failed("radarr", "titles", "500", since: at(20)))
        #expect(!reach.succeeded("radarr", "history", at: at(30)))
        #expect(reach.outages["radarr"]?.since == at(20))
        #expect(reach.rested("radarr", "titles", at: at(40)))
        #expect(reach.outages.isEmpty && reach.lastReads["radarr"] == at(30))
    }

    @Test("outages are known again after a restart, each once, the oldest forgotten")
    func restart() async throws {
        try await TrackingBench.with { bench in
            bench.tracking.noteFailure(of: "radarr", "queue", Refused(), since: bench.clock.now)
            bench.clock.advance(.seconds(300))
            bench.tracking.noteSuccess(of: "radarr", "queue")
            let reconciliation = Reconciliation(tracking: bench.tracking, librarian: nil)
            _ = try await reconciliation.makeDueChecks()
            let stored = try await bench.store.read { try $0.outages() }
            #expect(stored.map(\.instance) == ["radarr"])
            let reach = Reach()
            reach.recall(stored)
            reach.recall(stored)
            #expect(reach.pastOutages == bench.tracking.reach.pastOutages)
            bench.clock.advance(.seconds(31 * 86_400))
            try await bench.store.write { try $0.addOutages([]) }
            #expect(try await bench.store.read { try $0.outages() }.isEmpty)
        }
    }

    @Test("what waited through an outage has that much more time")
    func derived() async throws {
        try await TrackingBench.with(["radarr"]) { bench in
            let id = try await bench.ask(1, tmdb: 7)
            bench.clock.advance(.seconds(3_600))
            bench.tracking.noteFailure(of: "radarr", "queue", Refused(), since: bench.clock.now)
            bench.clock.advance(.seconds(7_200))
            bench.tracking.noteSuccess(of: "radarr", "queue")
            let reconciliation = Reconciliation(tracking: bench.tracking, librarian: nil)
            _ = try await reconciliation.makeDueChecks()
            #expect(try await bench.row(id)?.attention == nil)
            bench.clock.advance(.seconds(3_599))
            _ = try await reconciliation.makeDueChecks()
            #expect(try await bench.row(id)?.attention == nil)
            bench.clock.advance(.seconds(1))
            _ = try await reconciliation.makeDueChecks()
            #expect(try await bench.row(id)?.attention?.code == .notGrabbed)
        }
    }

    private struct Refused: Error {}
}
