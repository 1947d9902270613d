import Glibc

/// A lock around state that curl's thread and Swift tasks share.
///
/// `Synchronization.Mutex` would do, but the thread sanitizer does not see it in C callbacks and reports races that are
/// none (traps.md).
@safe
final class PThreadLock<State>: @unchecked Sendable {  // proof: the state is reached under the mutex only
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private var state: State

    init(_ state: State) {
        self.state = state
        unsafe mutex = .allocate(capacity: 1)
        unsafe mutex.initialize(to: pthread_mutex_t())
        unsafe pthread_mutex_init(mutex, nil)
    }

    deinit {
        unsafe pthread_mutex_destroy(mutex)
        unsafe mutex.deallocate()
    }

    /// Runs a short closure alone; it must not wait and not call out.
    func withLock<Result>(_ body: (inout State) throws -> Result) rethrows -> Result {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        return try body(&state)
    }
}
