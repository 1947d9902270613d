import Glibc
import Synchronization

/// Holds the jobs' own thread at one place until a test lets it go; gives up after twenty seconds.
final class Gate: Sendable {
    private let isOpen = Mutex(false)
    private let arrivals = AsyncStream.makeStream(of: Void.self)

    func open() { isOpen.withLock { $0 = true } }

    /// Called by the job: says that it is here, and waits.
    func stopHere() {
        arrivals.continuation.finish()
        for _ in 0..<20_000 where !isOpen.withLock({ $0 }) { usleep(1_000) }
    }

    /// Returns when the job has come to the gate.
    func reached() async { for await _ in arrivals.stream {} }

    /// Called by the job: says that it is here, and waits until its task is cancelled.
    func stopUntilCancelled() {
        arrivals.continuation.finish()
        for _ in 0..<20_000 where !Task.isCancelled { usleep(1_000) }
    }
}
