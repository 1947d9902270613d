/// A one-way switch: once triggered, it stays so.
public final class ShutdownSignal: Sendable {
    private struct State: Sendable {
        var isTriggered = false
        var lastWaiter = 0
        var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Locked(State())

    /// Makes a signal that has not been triggered.
    public init() {}

    /// Whether `trigger()` has been called.
    public var isTriggered: Bool { state.withLock { $0.isTriggered } }

    /// Wakes everyone who waits, now and in future; further calls do nothing.
    public func trigger() {
        let waiters = state.withLock { state in
            state.isTriggered = true
            defer { state.waiters = [:] }
            return Array(state.waiters.values)
        }
        for waiter in waiters { waiter.resume() }  // outside the lock: resuming runs code that is not ours
    }

    /// Returns when the signal is triggered or the calling task is cancelled, whichever is first.
    public func wait() async {
        let id = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if state.isTriggered || Task.isCancelled { return true }
                    state.waiters[id] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: id) }?.resume()
        }
    }
}
