import Glibc

/// A value behind a pthread lock, for short synchronous state that threads of C libraries touch too.
///
/// `Synchronization.Mutex` does the same for Swift's own tasks, but ThreadSanitizer does not see its locking and reports
/// false races (spec/traps.md).
@safe
// proof: `value` is only reached between lock and unlock of `mutex`.
public final class Locked<Value: Sendable>: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private var value: Value

    /// Puts a value behind a new lock.
    public init(_ value: Value) {
        self.value = value
        unsafe mutex.initialize(to: pthread_mutex_t())
        unsafe pthread_mutex_init(mutex, nil)
    }

    deinit {
        unsafe pthread_mutex_destroy(mutex)
        unsafe mutex.deallocate()
    }

    /// Reads or changes the value; never call code that is not yours inside `body`, and never take the lock twice.
    public func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        return try body(&value)
    }
}
