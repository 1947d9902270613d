import CCurl
import Glibc

/// The thread that runs a `CurlLoop`.
final class CurlThread: Sendable {
    private let mailbox: CurlMailbox
    private let configuration: CurlConfiguration

    private init(_ mailbox: CurlMailbox, _ configuration: CurlConfiguration) {
        self.mailbox = mailbox
        self.configuration = configuration
    }

    /// Starts the thread; it ends by itself after `CurlMailbox.close`.
    ///
    /// Signals are blocked in it and in curl's resolver threads, which inherit that: signals of the process go to the main
    /// thread, and writing to a closed TLS connection must not end the program.
    static func start(_ mailbox: CurlMailbox, _ configuration: CurlConfiguration) {
        let me = unsafe Unmanaged.passRetained(CurlThread(mailbox, configuration)).toOpaque()
        var all = sigset_t()
        var before = sigset_t()
        unsafe sigfillset(&all)
        unsafe pthread_sigmask(SIG_SETMASK, &all, &before)
        var thread = pthread_t()
        let code = unsafe pthread_create(&thread, nil, runCurlThread, me)
        unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
        precondition(code == 0, "CurlTransport: cannot start a thread, error \(code)")
        pthread_detach(thread)
    }

    fileprivate func run() {
        unsafe ccurl_name_thread("curl")
        CurlLoop(mailbox, configuration).run()
    }
}

private func runCurlThread(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context = unsafe context else { return nil }
    unsafe Unmanaged<CurlThread>.fromOpaque(context).takeRetainedValue().run()
    return nil
}
