import Glibc

/// Short synchronous state shared with OS threads.
///
/// As `Synchronization.Mutex`, which the thread sanitizer does not understand where other threads than Swift's are
/// involved (traps.md): it would report races that are none.
@safe
final class Locked<Value: Sendable>: @unchecked Sendable {  // proof: `value` is used while `mutex` is held only
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private var value: Value

    init(_ value: Value) {
        self.value = value
        unsafe pthread_mutex_init(mutex, nil)
    }

    deinit {
        unsafe pthread_mutex_destroy(mutex)
        unsafe mutex.deallocate()
    }

    func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        return try body(&value)
    }
}
