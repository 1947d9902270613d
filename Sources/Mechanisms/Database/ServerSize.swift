/// The size of a database on a server, measured now and then.
final class ServerSize: Sendable {
    private struct State {
        var bytes: Int64 = 0
        var measuredAt: ContinuousClock.Instant?
        var isMeasuring = false
    }

    private let state = Locked(State())

    var bytes: Int64 { state.withLock(\.bytes) }

    /// True for the one caller that should measure now.
    func startsMeasuring() -> Bool {
        state.withLock { state in
            let isFresh = state.measuredAt.map { ContinuousClock.now - $0 < .seconds(60) } ?? false
            guard !isFresh, !state.isMeasuring else { return false }
            state.isMeasuring = true
            return true
        }
    }

    /// Ends a measurement; nil when it failed.
    func measured(_ bytes: Int64?) {
        state.withLock { state in
            state.isMeasuring = false
            state.measuredAt = .now
            if let bytes { state.bytes = bytes }
        }
    }
}
