import Glibc
import Lifecycle

/// One TCP connection: who is at the other end, what it is doing, and since when.
final class Connection: Sendable {
    enum Phase {
        /// Sends a header; the first one must come soon after connecting.
        case header(since: ContinuousClock.Instant)
        case body(since: ContinuousClock.Instant, received: Int)
        /// Waits for our answer, or takes it.
        case answering
        case idle(since: ContinuousClock.Instant)
    }

    private struct State: Sendable {
        var phase = Phase.header(since: .now)
        var exchange: Exchange?
        var peerIsGone = false
    }

    let id: UInt64
    let socket: Int32
    let remoteAddress: String
    private let state = Locked(State())

    init(id: UInt64, socket: Int32, remoteAddress: String) {
        self.id = id
        self.socket = socket
        self.remoteAddress = remoteAddress
    }

    var peerIsGone: Bool { state.withLock { $0.peerIsGone } }

    /// A request line has arrived.
    func begin(_ exchange: Exchange) {
        state.withLock { state in
            state.exchange = exchange
            if case .header = state.phase { return }  // its time has begun with the connection
            state.phase = .header(since: .now)
        }
    }

    func enter(_ phase: Phase) {
        state.withLock { $0.phase = phase }
    }

    func received(_ count: Int) {
        state.withLock { state in
            guard case .body(let since, let received) = state.phase else { return }
            state.phase = .body(since: since, received: received + count)
        }
    }

    /// The request of `exchange` is over; the next may follow.
    func end() {
        state.withLock { state in
            state.exchange = nil
            state.phase = .idle(since: .now)
        }
    }

    func peerHungUp() {
        let exchange = state.withLock { state in
            state.peerIsGone = true
            return state.exchange
        }
        exchange?.kill()
    }

    /// Ends the connection if the peer has taken longer than it may.
    ///
    /// Called under the table's lock, so that the socket cannot be closed and its number reused meanwhile.
    func cutIfOverdue(now: ContinuousClock.Instant, _ limits: ServerOptions.Limits) {
        let isLate = state.withLock { state in
            switch state.phase {
            case .header(let since): now - since > limits.headerTime
            case .idle(let since): now - since > limits.idleTime
            case .body(let since, let received): Self.isTooSlow(received, now - since, limits)
            case .answering: false
            }
        }
        guard isLate else { return }
        let hasBegun = state.withLock { $0.exchange != nil }
        if hasBegun {
            sendLastWord("408 Request Timeout")
        }
        shutdown(socket, Int32(SHUT_RDWR))  // libmicrohttpd sees the end of the stream and closes
    }

    /// Answers past libmicrohttpd, which can queue nothing in the middle of a request; only while nothing else is sent,
    /// and only before closing.
    func sendLastWord(_ status: StaticString) {
        let answer = "HTTP/1.1 \(status)\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
        _ = unsafe send(socket, answer, answer.utf8.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
    }

    private static func isTooSlow(_ received: Int, _ elapsed: Duration, _ limits: ServerOptions.Limits) -> Bool {
        if elapsed > limits.bodyTime { return true }
        guard elapsed > limits.bodyTime / 6 else { return false }
        return Double(received) < elapsed / .seconds(1) * Double(limits.bodyBytesPerSecond)
    }
}
