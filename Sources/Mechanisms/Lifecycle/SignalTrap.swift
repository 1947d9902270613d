import CEpoll
import Dispatch
import Glibc
import Synchronization

/// Triggers a shutdown on SIGTERM and SIGINT for as long as it lives; a second signal ends the process at once.
///
/// The process then exits with 128 plus the number of the second signal, as a shell reports a process killed by it.
/// Signals belong to the process, so only one trap may live at a time.
public final class SignalTrap {
    private let source: any DispatchSourceRead

    /// Starts to catch both signals; from here on neither ends the process by itself.
    ///
    /// A handler and an event counter instead of a signal source: the latter misses a signal that comes before Dispatch
    /// has armed it.
    public init(_ shutdown: ShutdownSignal) {
        let counter = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        precondition(counter >= 0, "the system refused an event counter: error \(errno)")
        let queue = DispatchQueue(label: "signals")  // own queue: must answer while the cooperative pool is stuck
        source = DispatchSource.makeReadSource(fileDescriptor: counter, queue: queue)
        source.setEventHandler {
            var ignored: eventfd_t = 0
            _ = unsafe eventfd_read(counter, &ignored)
            shutdown.trigger()
        }
        source.setCancelHandler { close(counter) }
        source.resume()
        signalsSeen.store(0, ordering: .relaxed)
        counterToRaise.store(counter, ordering: .releasing)
        signal(SIGTERM, noteSignal)
        signal(SIGINT, noteSignal)
    }

    deinit {
        signal(SIGTERM, SIG_DFL)
        signal(SIGINT, SIG_DFL)
        counterToRaise.store(-1, ordering: .releasing)
        source.cancel()
    }
}

private let signalsSeen = Atomic<Int>(0)
private let counterToRaise = Atomic<Int32>(-1)

// Runs inside the signal: atomics, `write` through `eventfd_write` and `_exit` are all it may use (signal-safety(7)).
private func noteSignal(_ number: Int32) {
    if signalsSeen.add(1, ordering: .relaxed).oldValue > 0 { _exit(128 + number) }
    let counter = counterToRaise.load(ordering: .acquiring)
    if counter >= 0 { _ = eventfd_write(counter, 1) }
}
