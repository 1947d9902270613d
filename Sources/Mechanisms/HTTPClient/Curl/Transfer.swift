/// One request on its way, shared by the task that waits for it and curl's thread that carries it.
final class Transfer: Sendable {
    let request: HTTPRequest
    let url: URLParts
    let sink: any TransferSink
    private let cancelled = PThreadLock(false)

    init(_ request: HTTPRequest, _ url: URLParts, _ sink: any TransferSink) {
        self.request = request
        self.url = url
        self.sink = sink
    }

    var isCancelled: Bool { cancelled.withLock { $0 } }
    func markCancelled() { cancelled.withLock { $0 = true } }
}

/// Where an answer goes; called on curl's thread only, in this order: head, body, finish.
protocol TransferSink: AnyObject, Sendable {
    /// Whether the caller has its answer with the head, so that only silence can time out from then on.
    var isStream: Bool { get }
    /// Takes the head; a reason refuses the answer.
    func receiveHead(_ status: Int, _ headers: HTTPHeaders) -> UpstreamError.Reason?
    /// Takes bytes of the body, which are valid during the call only.
    func receive(_ bytes: UnsafeRawBufferPointer) -> TransferVerdict
    /// Hands on what has gathered: curl has nothing more for now.
    func flush()
    /// Ends the transfer, well when there is no error.
    func finish(_ error: UpstreamError?)
}

/// What a sink says to bytes.
enum TransferVerdict {
    case taken
    /// Bring the same bytes again after a resume.
    case pause
    case refuse(UpstreamError.Reason)
}
