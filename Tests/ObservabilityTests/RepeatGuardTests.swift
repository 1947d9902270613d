import Observability
import TestSupport
import Testing

@Suite struct RepeatGuardTests {
    private let clock = ManualClock()

    @Test("a failure shows at once, then hourly with the number hidden in between")
    func hourly() {
        let guarded = RepeatGuard(clock: clock)
        #expect(guarded.admit("sonarr") == 0)
        for _ in 0..<5 { #expect(guarded.admit("sonarr") == nil) }
        clock.advance(by: .seconds(3599))
        #expect(guarded.admit("sonarr") == nil)
        clock.advance(by: .seconds(1))
        #expect(guarded.admit("sonarr") == 6)
        #expect(guarded.admit("sonarr") == nil)
    }

    @Test("failures are told apart, and one that ended shows at once when it comes back")
    func cleared() {
        let guarded = RepeatGuard(clock: clock)
        #expect(guarded.admit("a") == 0)
        #expect(guarded.admit("b") == 0)
        #expect(guarded.admit("a") == nil)
        #expect(guarded.clear("a") == 2)
        #expect(guarded.clear("a") == 0)
        #expect(guarded.admit("a") == 0)
    }

    @Test("the number of failures remembered is bounded")
    func bounded() {
        let guarded = RepeatGuard(capacity: 2, clock: clock)
        for key in ["a", "b", "c"] {
            #expect(guarded.admit(key) == 0)
            clock.advance(by: .seconds(1))
        }
        #expect(guarded.admit("c") == nil)
        #expect(guarded.admit("a") == 0)
    }

    @Test("a logger writes a guarded line once, then with its count")
    func logger() {
        let lines = Lines()
        let logger = Logger("sync", sink: lines.sink())
        let guarded = RepeatGuard(clock: clock)
        for _ in 0..<3 { logger.warn("upstream_down", "down", ["service": "sonarr"], once: guarded, key: "sonarr") }
        clock.advance(by: .seconds(3600))
        logger.warn("upstream_down", "down", ["service": "sonarr"], once: guarded, key: "sonarr")
        #expect(lines.all.count == 2)
        #expect(lines.last.contains(#""service":"sonarr","repeated":2"#))
    }
}
