/// What carries requests: the seam between clients and the network.
///
/// Retrying, counting and stubbing are transports too, wrapped around others.
public protocol HTTPTransport: Sendable {
    /// Sends a request and collects the answer.
    ///
    /// - Throws: `UpstreamError` only when there is no whole answer; status 500 is an answer.
    func send(_ request: HTTPRequest) async throws(UpstreamError) -> HTTPResponse

    /// Sends a request and returns as soon as the head of the answer is there.
    ///
    /// - Throws: `UpstreamError` only when there is no answer.
    func stream(_ request: HTTPRequest) async throws(UpstreamError) -> HTTPStream
}
