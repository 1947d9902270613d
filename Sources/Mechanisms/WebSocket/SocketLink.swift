import CEpoll
import Glibc
import HTTPClient
import Lifecycle

/// What a socket's thread and the tasks that use it share.
final class SocketLink: Sendable {
    /// With this many bytes unread the thread stops reading.
    static let highWater = 1 << 20
    /// Bytes that may wait to be sent.
    static let longestOutbox = 16 << 20

    typealias End = Result<WebSocketClosure, UpstreamError>
    typealias Opener = CheckedContinuation<Result<Void, UpstreamError>, Never>
    typealias Reader = CheckedContinuation<Result<WebSocketMessage?, UpstreamError>, Never>

    /// What tasks want of the thread.
    struct Orders {
        var messages: [[UInt8]] = []
        var wantsClose = false
        var isAbandoned = false
    }

    private struct State {
        var opener: Opener?
        var reader: Reader?
        var outbox: [[UInt8]] = []
        var outboxBytes = 0
        var wantsClose = false
        var isAbandoned = false
        var inbox = Inbox()
        var end: End?
    }

    let request: HTTPRequest
    /// Readable when there are orders; polled by the thread.
    let bell: Int32
    private let state = Locked(State())

    /// Fails when no file descriptor is free.
    init?(_ request: HTTPRequest) {
        bell = eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC))
        self.request = request
        if bell < 0 { return nil }
    }

    deinit {
        if bell >= 0 { Glibc.close(bell) }
    }

    // MARK: Tasks

    var closure: WebSocketClosure? { state.withLock { try? $0.end?.get() } }

    func attach(_ opener: Opener) { state.withLock { $0.opener = opener } }

    func send(_ message: [UInt8]) throws(UpstreamError) {
        let refusal = state.withLock { state -> UpstreamError? in
            guard state.end == nil, !state.wantsClose else {
                return request.failure(.unreachable, cause: "the WebSocket is closed")
            }
            guard state.outboxBytes + message.count <= Self.longestOutbox else {
                return request.failure(
                    .tooLarge(limit: Self.longestOutbox), cause: "the server takes no messages at present")
            }
            state.outbox.append(message)
            state.outboxBytes += message.count
            return nil
        }
        if let refusal { throw refusal }
        ring()
    }

    func close() {
        state.withLock { $0.wantsClose = true }
        ring()
    }

    func abandon() {
        state.withLock { $0.isAbandoned = true }
        ring()
    }

    func next() async throws(UpstreamError) -> WebSocketMessage? {
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { reader in wait(reader) }
        } onCancel: {
            let reader = state.withLock { state in
                defer { state.reader = nil }
                return state.reader
            }
            reader?.resume(returning: .failure(request.failure(.cancelled)))
        }
        return try result.get()
    }

    private func wait(_ reader: Reader) {
        let (result, goOn) = state.withLock { state -> (Result<WebSocketMessage?, UpstreamError>?, Bool) in
            precondition(state.reader == nil, "WebSocket: two tasks read one socket")
            // The cancellation handler may have run before the reader is stored.
            if Task.isCancelled { return (.failure(request.failure(.cancelled)), false) }
            let wasFull = state.inbox.byteCount >= Self.highWater
            if let message = state.inbox.popFirst() {
                return (.success(message), wasFull && state.inbox.byteCount < Self.highWater)
            }
            if let end = state.end { return (end.map { _ in nil }, false) }
            state.reader = reader
            return (nil, false)
        }
        if goOn { ring() }
        if let result { reader.resume(returning: result) }
    }

    private func ring() { _ = eventfd_write(bell, 1) }

    // MARK: The thread

    var isFull: Bool { state.withLock { $0.inbox.byteCount >= Self.highWater } }

    func takeOrders() -> Orders {
        var count: eventfd_t = 0
        _ = unsafe eventfd_read(bell, &count)
        return state.withLock { state in
            defer { state.outbox = [] }
            return Orders(messages: state.outbox, wantsClose: state.wantsClose, isAbandoned: state.isAbandoned)
        }
    }

    /// Says how many bytes still wait in the framing, so that `send` can refuse more.
    func reportBacklog(_ bytes: Int) {
        state.withLock { state in state.outboxBytes = state.outbox.reduce(bytes) { $0 + $1.count } }
    }

    func opened() {
        let opener = state.withLock { state in
            defer { state.opener = nil }
            return state.opener
        }
        opener?.resume(returning: .success(()))
    }

    func deliver(_ message: WebSocketMessage) {
        let reader = state.withLock { state -> Reader? in
            guard let reader = state.reader else {
                state.inbox.append(message)
                return nil
            }
            state.reader = nil
            return reader
        }
        reader?.resume(returning: .success(message))
    }

    func finish(_ end: End) {
        let (opener, reader) = state.withLock { state in
            state.end = end
            state.outbox = []
            defer { (state.opener, state.reader) = (nil, nil) }
            return (state.opener, state.reader)
        }
        // An opener still waiting was never told of an open socket, so the end can only be a failure.
        if let opener, case .failure(let error) = end { opener.resume(returning: .failure(error)) }
        reader?.resume(returning: end.map { _ in nil })
    }
}
