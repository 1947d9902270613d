import CEpoll
import Glibc

/// One named OS thread that runs Swift jobs: a place for work that blocks or burns CPU, off the small cooperative pool.
///
/// The thread starts with the first job. `stop()` lets it finish what is queued and end; a job that comes later still
/// runs, on a fresh thread that ends when the queue is empty again, so that no task is ever left hanging.
public final class ThreadExecutor: TaskExecutor, SerialExecutor {
    private let name: String
    private let queue = JobQueue()

    /// - Parameter name: shown by `ps -L` and debuggers; the kernel keeps its first 15 bytes.
    public init(name: String) {
        self.name = name
    }

    /// Queues one job; the Swift runtime calls this.
    public func enqueue(_ job: consuming ExecutorJob) {
        // The runtime lends us `self`; the job may end and drop the last reference before this function does.
        let keeper = unsafe Unmanaged.passRetained(self)
        defer { unsafe keeper.release() }
        if queue.append(UnownedJob(job)) { startThread() }
    }

    /// Ends the thread once its queue is empty; returns at once.
    ///
    /// Without it the thread and this object live as long as the process.
    public func stop() {
        queue.stop()
    }

    private func startThread() {
        let retained = unsafe Unmanaged.passRetained(self).toOpaque()
        var thread = pthread_t()
        let status = unsafe pthread_create(&thread, nil, threadMain, retained)
        precondition(status == 0, "the system refused a new thread (\(name)): error \(status)")
        pthread_detach(thread)
    }

    fileprivate func runJobs() {
        _ = unsafe pthread_setname_np(pthread_self(), String(decoding: name.utf8.prefix(15), as: UTF8.self))
        while let job = queue.next() {
            unsafe job.runSynchronously(
                isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
        }
    }
}

// A plain function, not a closure, so that it can never inherit an actor's isolation (spec/traps.md).
private func threadMain(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument = unsafe argument else { return nil }
    unsafe Unmanaged<ThreadExecutor>.fromOpaque(argument).takeRetainedValue().runJobs()
    return nil
}
