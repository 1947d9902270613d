import Lifecycle

/// One request and its answer, between libmicrohttpd's thread and the Swift task that works on it.
///
/// Every touch of the connection happens under the lock that holds `isSuspended`, so a resume can neither overtake its
/// suspend nor reach a connection that is gone.
final class Exchange: Sendable {
    /// What libmicrohttpd's thread does next.
    enum Step {
        /// The connection is suspended; start the task if there is none yet.
        case waiting(needsTask: Bool)
        case answer(Response)
        case abort
    }

    private struct State: Sendable {
        var call: Call?
        var body: [UInt8] = []
        var received = 0
        var bodyIsComplete = false
        var bodyWaiter: CheckedContinuation<[UInt8], any Error>?
        var answer: Response?
        var wasAnswered = false
        var isSuspended = false
        var isDead = false
        var isReported = false
        var task: Task<Void, Never>?
        var stream: StreamBuffer?
        var upgrade: UpgradedConnection?
    }

    /// The checked head of the request and the route found for it.
    struct Call: Sendable {
        var request: Request
        var match: Router.Match
        var bodyLimit: Int
    }

    let connection: Connection
    let rawTarget: String?
    let began = ContinuousClock.now
    private let handle: ConnectionHandle
    private let state = Locked(State())

    /// Begins with the request target as sent, or nil when its bytes are no text.
    init(_ connection: Connection, _ handle: ConnectionHandle, rawTarget: String?) {
        self.connection = connection
        self.handle = handle
        self.rawTarget = rawTarget
    }

    var call: Call? { state.withLock { $0.call } }

    func accept(_ call: Call, expecting bytes: Int) {
        state.withLock { state in
            state.call = call
            state.body.reserveCapacity(min(bytes, call.bodyLimit))
        }
    }

    /// Takes one piece of the body.
    ///
    /// - Returns: how many bytes too many have come by now; those are dropped.
    func receive(_ bytes: UnsafeRawBufferPointer) -> Int {
        state.withLock { state in
            guard let limit = state.call?.bodyLimit else { return 0 }
            state.received += bytes.count
            if state.received > limit || state.answer != nil {
                state.body = []  // an answer before the body is complete is a refusal
            } else {
                unsafe state.body.append(contentsOf: bytes)
            }
            return max(0, state.received - limit)
        }
    }

    /// Whether a route would have taken the body, had it been smaller; without a route it is dropped anyway.
    var bodyIsTooLarge: Bool {
        state.withLock { state in
            guard let call = state.call, case .route = call.match else { return false }
            return state.received > call.bodyLimit
        }
    }

    /// The request is read, or the connection was resumed: decides what libmicrohttpd's thread does now.
    func advance() -> Step {
        let (step, waiter, body): (Step, CheckedContinuation<[UInt8], any Error>?, [UInt8]) = state.withLock { state in
            if state.isDead { return (.abort, nil, []) }
            if let answer = state.answer {
                state.answer = nil
                state.wasAnswered = true
                return (.answer(answer), nil, [])
            }
            if state.wasAnswered { return (.abort, nil, []) }
            let isFirst = !state.bodyIsComplete
            state.bodyIsComplete = true
            if !state.isSuspended {
                state.isSuspended = true
                handle.suspend()  // before the task can start or go on
            }
            guard let waiter = state.bodyWaiter else {
                return (.waiting(needsTask: isFirst && state.task == nil), nil, [])
            }
            state.bodyWaiter = nil
            defer { state.body = [] }
            return (.waiting(needsTask: false), waiter, state.body)
        }
        waiter?.resume(returning: body)
        return step
    }

    /// Suspends the task until the body is complete.
    func wholeBody() async throws -> [UInt8] {
        try await withCheckedThrowingContinuation { waiter in
            let body: Result<[UInt8], any Error>? = state.withLock { state in
                if state.isDead { return .failure(PeerGone()) }
                if state.bodyIsComplete {
                    defer { state.body = [] }
                    return .success(state.body)
                }
                state.bodyWaiter = waiter
                return nil
            }
            if let body { waiter.resume(with: body) }
        }
    }

    /// Hands the answer to libmicrohttpd's thread, which fetches it with `advance()`.
    func deliver(_ response: Response, stream: StreamBuffer? = nil, upgrade: UpgradedConnection? = nil) {
        state.withLock { state in
            if state.isDead { return }
            state.answer = response
            state.stream = stream
            state.upgrade = upgrade
            resumeIfSuspended(&state)
        }
        guard state.withLock({ $0.isDead }) else { return }
        stream?.kill()
        upgrade?.kill()
    }

    /// Replaces any answer: the body grew past its limit.
    func refuse(_ response: Response) {
        let task = state.withLock { state in
            if state.answer == nil { state.answer = response }
            return state.task
        }
        task?.cancel()
    }

    func adopt(_ task: Task<Void, Never>) {
        let isDead = state.withLock { state in
            state.task = task
            return state.isDead
        }
        if isDead || connection.peerIsGone { kill() }
    }

    var stream: StreamBuffer? { state.withLock { $0.stream } }
    var upgrade: UpgradedConnection? { state.withLock { $0.upgrade } }

    /// Whether the answer goes on after its header, until its task says that it is over.
    var goesOn: Bool { state.withLock { $0.stream != nil || $0.upgrade != nil } }

    func makeStream(limit: Int, draining: ShutdownSignal) -> StreamBuffer {
        StreamBuffer(handle, limit: limit, draining: draining)
    }

    /// The peer is gone, the request is over, or the server cuts it off: the task is cancelled, writers throw.
    func kill() {
        let (task, waiter, stream, upgrade) = state.withLock { state in
            state.isDead = true
            resumeIfSuspended(&state)
            defer { state.bodyWaiter = nil }
            return (state.task, state.bodyWaiter, state.stream, state.upgrade)
        }
        upgrade?.kill()
        stream?.kill()  // before the task is cancelled: writers shall learn of the peer, not of the cancellation
        waiter?.resume(throwing: PeerGone())
        task?.cancel()
    }

    /// True for the first caller: each request is reported once.
    func claimReport() -> Bool {
        state.withLock { state in
            defer { state.isReported = true }
            return !state.isReported
        }
    }

    private func resumeIfSuspended(_ state: inout State) {
        guard state.isSuspended else { return }
        state.isSuspended = false
        handle.resume()
    }
}
