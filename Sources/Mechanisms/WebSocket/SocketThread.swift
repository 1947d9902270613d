import CCurl
import Glibc

/// The thread that runs a `SocketLoop` from connecting to the end.
enum SocketThread {
    /// Starts the thread.
    ///
    /// Signals are blocked in it and in curl's resolver threads, which inherit that: signals of the process go to the main
    /// thread, and writing to a closed connection must not end the program.
    static func start(_ loop: SocketLoop) {
        let me = unsafe Unmanaged.passRetained(loop).toOpaque()
        var all = sigset_t()
        var before = sigset_t()
        unsafe sigfillset(&all)
        unsafe pthread_sigmask(SIG_SETMASK, &all, &before)
        var thread = pthread_t()
        let code = unsafe pthread_create(&thread, nil, runSocketThread, me)
        unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
        precondition(code == 0, "WebSocket: cannot start a thread, error \(code)")
        pthread_detach(thread)
    }
}

// A plain function, not a closure, so that it can never inherit an actor's isolation.
private func runSocketThread(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context = unsafe context else { return nil }
    unsafe ccurl_name_thread("websocket")
    unsafe Unmanaged<SocketLoop>.fromOpaque(context).takeRetainedValue().run()
    return nil
}
