/// One request that is over, for logs and metrics.
public struct Finished: Sendable {
    /// The route's pattern, such as `/api/jobs/{id}`; nil when no route matched.
    public let pattern: String?
    /// As sent.
    public let method: String
    /// The percent-encoded path, without query: secrets may travel there.
    public let path: String
    /// The status answered; 499 when the peer hung up before there was an answer.
    public let status: Int
    /// From the request line to the answer; for streams to their end.
    public let duration: Duration
    /// The request's trace id.
    public let traceID: String
    /// The numeric address of the peer.
    public let remoteAddress: String
}
