/// What the outside may know of the writer's thread.
final class WriterLife: Sendable {
    private struct State {
        var lastBeat = ContinuousClock.now
        var isIdle = true
        var isClosing = false
    }

    private let state = Locked(State())

    /// The last sign of life; while there is nothing to do, now.
    var lastBeat: ContinuousClock.Instant {
        state.withLock { $0.isIdle ? .now : $0.lastBeat }
    }

    /// Notes a sign of life; false when the work should stop.
    func beat() -> Bool {
        state.withLock { state in
            state.lastBeat = .now
            return !state.isClosing
        }
    }

    func setIdle(_ idle: Bool) {
        state.withLock { state in
            state.isIdle = idle
            state.lastBeat = .now
        }
    }

    func close() { state.withLock { $0.isClosing = true } }
}
