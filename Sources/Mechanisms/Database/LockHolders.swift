/// The lock holders of one database, so that closing it ends them.
final class LockHolders: Sendable {
    private struct State {
        var holders: [ObjectIdentifier: PostgresLockHolder] = [:]
        var isClosed = false
    }

    private let state = Locked(State())

    /// False when the database is closed.
    func add(_ holder: PostgresLockHolder) -> Bool {
        state.withLock { state in
            guard !state.isClosed else { return false }
            state.holders[ObjectIdentifier(holder)] = holder
            return true
        }
    }

    func remove(_ holder: PostgresLockHolder) {
        state.withLock { _ = $0.holders.removeValue(forKey: ObjectIdentifier(holder)) }
    }

    func closeAll() {
        let holders = state.withLock { state in
            state.isClosed = true
            return Array(state.holders.values)
        }
        for holder in holders { holder.release() }
    }
}
