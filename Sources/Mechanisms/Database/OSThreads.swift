import Glibc

/// The OS threads of one database: work that blocks must not sit on Swift's small cooperative pool.
final class OSThreads: Sendable {
    private struct State {
        var running = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Locked(State())

    /// Runs `body` on a thread of its own.
    ///
    /// - Parameters:
    ///   - name: as `top -H` shows it; the kernel keeps 15 bytes.
    ///   - body: the thread's whole life.
    /// - Throws: `DatabaseError` with `.busy` when the system gives no thread.
    func start(_ name: String, _ body: @escaping @Sendable () -> Void) throws(DatabaseError) {
        state.withLock { $0.running += 1 }
        let start = unsafe Unmanaged.passRetained(
            ThreadStart(name: name) {
                body()
                self.ended()
            })
        var thread = pthread_t()
        let code = unsafe pthread_create(
            &thread, nil,
            { argument in
                // proof: `start` passed exactly this retained object, once.
                if let argument = unsafe argument {
                    unsafe Unmanaged<ThreadStart>.fromOpaque(argument).takeRetainedValue().run()
                }
                return nil
            }, start.toOpaque())
        guard code == 0 else {
            unsafe start.release()
            ended()
            throw DatabaseError(
                .busy, "The system gives the database no thread (error \(code)): check its process limits.")
        }
        pthread_detach(thread)
    }

    /// Returns when every started thread has ended.
    func allEnded() async {
        await withCheckedContinuation { continuation in
            let now = state.withLock { state in
                guard state.running > 0 else { return true }
                state.waiting.append(continuation)
                return false
            }
            if now { continuation.resume() }
        }
    }

    private func ended() {
        let waiting = state.withLock { state in
            state.running -= 1
            guard state.running == 0 else { return [CheckedContinuation<Void, Never>]() }
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}

private final class ThreadStart: Sendable {
    private let name: String
    private let body: @Sendable () -> Void

    init(name: String, _ body: @escaping @Sendable () -> Void) {
        self.name = name
        self.body = body
    }

    func run() {
        // pthread_setname_np is a GNU extension that Swift's Glibc does not show; this file does the same.
        let file = unsafe open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
        if file >= 0 {
            _ = unsafe write(file, name, name.utf8.count)
            close(file)
        }
        body()
    }
}
