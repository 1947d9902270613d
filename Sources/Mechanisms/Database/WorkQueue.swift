import Glibc

/// A bounded first-in first-out queue between Swift tasks, which put, and OS threads, which wait and take.
///
/// A pthread lock with its condition, because `Synchronization` has no condition to wait on.
@safe
final class WorkQueue<Element: Sendable>: @unchecked Sendable {  // proof: all mutable state is used under `mutex` only
    enum Admission { case accepted, full, closed }

    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let filled = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private let limit: Int
    private var elements: [Element] = []
    private var isClosed = false
    private var idle = 0

    init(limit: Int) {
        self.limit = limit
        unsafe pthread_mutex_init(mutex, nil)
        unsafe pthread_cond_init(filled, nil)
    }

    deinit {
        unsafe pthread_cond_destroy(filled)
        unsafe pthread_mutex_destroy(mutex)
        unsafe filled.deallocate()
        unsafe mutex.deallocate()
    }

    func put(_ element: Element) -> Admission {
        locked {
            guard !isClosed else { return .closed }
            guard elements.count < limit else { return .full }
            elements.append(element)
            unsafe pthread_cond_signal(filled)
            return .accepted
        }
    }

    /// Waits for work and takes at most `most`, oldest first; empty means closed and all taken.
    func take(most: Int) -> [Element] {
        locked {
            idle += 1
            while elements.isEmpty && !isClosed { unsafe pthread_cond_wait(filled, mutex) }
            idle -= 1
            let taken = Array(elements.prefix(most))
            elements.removeFirst(taken.count)
            return taken
        }
    }

    /// Takes all without waiting.
    func takeAll() -> [Element] {
        locked {
            defer { elements = [] }
            return elements
        }
    }

    /// No more is accepted; what is queued is still taken.
    func close() {
        locked {
            isClosed = true
            unsafe pthread_cond_broadcast(filled)
        }
    }

    var count: Int { locked { elements.count } }

    /// How many threads wait for work beyond what is queued for them.
    var spareThreads: Int { locked { idle - elements.count } }

    private func locked<Result>(_ body: () -> Result) -> Result {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        return body()
    }
}
