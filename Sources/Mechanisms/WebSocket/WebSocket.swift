public import HTTPClient

/// An open WebSocket whose messages are pulled.
///
/// The server's pings are answered by themselves. While the reader is behind by a megabyte the socket rests and the
/// server waits. Dropping the object closes the socket politely.
public final class WebSocket: Sendable {
    private let link: SocketLink

    init(_ link: SocketLink) { self.link = link }

    deinit { link.close() }

    /// How it ended; nil before, and when it broke.
    public var closure: WebSocketClosure? { link.closure }

    /// Returns the next message, or nil after a proper close; one task reads at a time.
    ///
    /// Cancelling the task ends the wait and leaves the socket as it is.
    /// - Throws: `UpstreamError`: `.truncated` when the connection ended without a close, `.tooLarge` for a message
    ///   beyond the request's `maxBody`, `.undecodable` for a breach of the protocol, `.cancelled`. Messages that came
    ///   before are delivered first.
    public func receive() async throws(UpstreamError) -> WebSocketMessage? { try await link.next() }

    /// Queues a text message and returns at once.
    ///
    /// - Throws: `UpstreamError`: `.unreachable` after the end, `.tooLarge` when the server has not taken 16 MiB.
    public func send(_ text: String) throws(UpstreamError) { try link.send(Array(text.utf8)) }

    /// Asks for the closing handshake and returns at once; `receive` then ends with nil.
    public func close() { link.close() }

    /// Drops the connection without a word; a waiting `receive` throws `.cancelled`.
    public func abort() { link.abandon() }
}
