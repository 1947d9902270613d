/// An answer whose body is pulled piece by piece.
///
/// While the consumer is behind, the socket rests and the sender waits. One task reads; dropping the stream ends the
/// transfer.
public final class HTTPStream: Sendable {
    /// What gives the next piece.
    public typealias Pull = @Sendable () async throws(UpstreamError) -> [UInt8]?

    /// Status code.
    public let status: Int
    /// Header fields.
    public let headers: HTTPHeaders
    private let pull: Pull
    private let stop: @Sendable () -> Void

    /// Makes a stream: for transports.
    ///
    /// `cancel` may come at any time, also more than once and after the end.
    public init(status: Int, headers: HTTPHeaders, next: @escaping Pull, cancel: @escaping @Sendable () -> Void) {
        self.status = status
        self.headers = headers
        self.pull = next
        self.stop = cancel
    }

    deinit { stop() }

    /// Whether `Content-Type` says that a web page follows.
    public var looksLikeHTML: Bool { headers.saysHTML }

    /// Returns the next piece of the body, never empty, or nil after its proper end.
    ///
    /// - Throws: `UpstreamError`: `.truncated` when the body broke off, `.timedOut` when it stalled, `.cancelled`.
    public func next() async throws(UpstreamError) -> [UInt8]? { try await pull() }

    /// Ends the transfer; a later `next` throws `.cancelled`.
    public func cancel() { stop() }
}
