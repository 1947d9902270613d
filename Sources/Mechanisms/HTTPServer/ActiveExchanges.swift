import Lifecycle

/// The requests that are being read, worked on, or answered.
final class ActiveExchanges: Sendable {
    private struct State: Sendable {
        var exchanges: [ObjectIdentifier: Exchange] = [:]
        var emptied: ShutdownSignal?
    }

    private let state = Locked(State())

    func add(_ exchange: Exchange) {
        state.withLock { $0.exchanges[ObjectIdentifier(exchange)] = exchange }
    }

    func remove(_ exchange: Exchange) {
        let emptied = state.withLock { state in
            state.exchanges[ObjectIdentifier(exchange)] = nil
            return state.exchanges.isEmpty ? state.emptied : nil
        }
        emptied?.trigger()
    }

    /// Returns once there are none, or the caller is cancelled.
    func waitUntilNone() async {
        let emptied = ShutdownSignal()
        let isEmpty = state.withLock { state in
            state.emptied = emptied
            return state.exchanges.isEmpty
        }
        if !isEmpty { await emptied.wait() }
    }

    func killAll() {
        let all = state.withLock { Array($0.exchanges.values) }
        for exchange in all { exchange.kill() }
    }
}
