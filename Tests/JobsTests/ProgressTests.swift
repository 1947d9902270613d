import Jobs
import Synchronization
import TestSupport
import Testing

@Suite("Progress")
struct ProgressTests {
    /// A time that tests move.
    private final class Watch: Sendable {
        private let instant = Mutex(ContinuousClock.now)

        var now: ContinuousClock.Instant { instant.withLock { $0 } }
        func advance(_ step: Duration) { instant.withLock { $0 += step } }
    }

    @Test("says rate and time left from what the phase has done so far")
    func rates() {
        let watch = Watch()
        let progress = Progress { watch.now }
        progress.report("gather", done: 0, total: 1_000)
        #expect(progress.snapshot.rate == nil && progress.snapshot.etaSeconds == nil)
        watch.advance(.seconds(2))
        progress.report("gather", done: 500, total: 1_000)
        #expect(progress.snapshot.rate == 250 && progress.snapshot.etaSeconds == 2)
        watch.advance(.seconds(2))
        progress.report("gather", done: 990, total: 1_000)
        #expect(progress.snapshot.rate == 247.5 && progress.snapshot.etaSeconds == 1)
        progress.report("gather", done: 1_000, total: 1_000)
        #expect(progress.snapshot.etaSeconds == 0)
    }

    @Test("starts anew with each phase, and keeps the counters")
    func phases() {
        let watch = Watch()
        let progress = Progress { watch.now }
        progress.report("gather", done: 10, total: 10, counts: #"{"added":1}"#)
        watch.advance(.seconds(5))
        progress.report("plan", done: 3)
        let snapshot = progress.snapshot
        #expect(snapshot.phase == "plan" && snapshot.done == 3 && snapshot.total == nil)
        #expect(snapshot.rate == nil && snapshot.etaSeconds == nil && snapshot.counts == #"{"added":1}"#)
        watch.advance(.seconds(1))
        progress.report("plan", done: 6)
        #expect(progress.snapshot.rate == 6 && progress.snapshot.etaSeconds == nil)
    }

    @Test("says nothing about speed before a fifth of a second, nor with nothing done, nor beyond the total")
    func edges() {
        let watch = Watch()
        let progress = Progress { watch.now }
        progress.report("gather", done: 100, total: 1_000)
        watch.advance(.milliseconds(199))
        progress.report("gather", done: 200, total: 1_000)
        #expect(progress.snapshot.rate == nil)
        watch.advance(.seconds(9))
        progress.report("gather", done: 0, total: 1_000)
        #expect(progress.snapshot.rate == nil)
        progress.report("gather", done: 2_000, total: 1_000)
        #expect(progress.snapshot.etaSeconds == 0)
    }

    @Test("a cancel is heard at the next safe point")
    func cancel() throws {
        let progress = Progress()
        try progress.checkCancellation()
        #expect(progress.cancel())
        #expect(throws: JobCancelled.self) { try progress.checkCancellation() }
    }
}
