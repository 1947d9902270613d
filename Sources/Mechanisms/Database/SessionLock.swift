/// A named lock that one session holds: leadership among replicas.
///
/// Lost when the connection that holds it goes away; then another replica may hold it at once, so stop leading.
public final class SessionLock: Sendable {
    private struct State {
        var isHeld = true
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    /// As given to `Database.tryLock`.
    public let name: String
    private let state = Locked(State())
    private let onRelease: @Sendable () -> Void

    init(_ name: String, onRelease: @escaping @Sendable () -> Void) {
        self.name = name
        self.onRelease = onRelease
    }

    deinit { onRelease() }

    /// False once released or lost.
    public var isHeld: Bool { state.withLock(\.isHeld) }

    /// Returns when the lock is released or lost.
    public func ended() async {
        await withCheckedContinuation { continuation in
            let now = state.withLock { state in
                guard state.isHeld else { return true }
                state.waiting.append(continuation)
                return false
            }
            if now { continuation.resume() }
        }
    }

    /// Gives the lock back; does nothing the second time.
    public func release() {
        markEnded()
        onRelease()
    }

    /// Called when the lock is gone, for whatever reason.
    func markEnded() {
        let waiting = state.withLock { state in
            state.isHeld = false
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}
