import Glibc

/// Jobs waiting for one thread, which sleeps while there are none.
///
/// A pthread lock and condition: `Synchronization.Mutex` has no condition to sleep on.
@safe
// proof: every access to `jobs`, `hasThread` and `isStopping` happens between lock and unlock of `mutex`.
final class JobQueue: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let wakeUp = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var jobs: [UnownedJob] = []
    private var taken = 0
    private var hasThread = false
    private var isStopping = false

    init() {
        unsafe mutex.initialize(to: pthread_mutex_t())
        unsafe wakeUp.initialize(to: pthread_cond_t())
        unsafe pthread_mutex_init(mutex, nil)
        unsafe pthread_cond_init(wakeUp, nil)
    }

    deinit {
        unsafe pthread_cond_destroy(wakeUp)
        unsafe pthread_mutex_destroy(mutex)
        unsafe wakeUp.deallocate()
        unsafe mutex.deallocate()
    }

    /// Returns true when the caller must start a thread for it.
    func append(_ job: UnownedJob) -> Bool {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        jobs.append(job)
        guard hasThread else {
            hasThread = true
            return true
        }
        unsafe pthread_cond_signal(wakeUp)
        return false
    }

    func stop() {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        isStopping = true
        unsafe pthread_cond_broadcast(wakeUp)
    }

    /// Waits for the next job; nil tells the thread to end.
    func next() -> UnownedJob? {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        while taken == jobs.count {
            jobs.removeAll(keepingCapacity: true)
            taken = 0
            if isStopping {
                hasThread = false
                return nil
            }
            unsafe pthread_cond_wait(wakeUp, mutex)
        }
        taken += 1
        return jobs[taken - 1]
    }
}
