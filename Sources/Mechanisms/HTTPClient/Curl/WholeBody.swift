/// Collects an answer for `send`.
final class WholeBody: TransferSink {
    typealias Waiter = CheckedContinuation<Result<HTTPResponse, UpstreamError>, Never>

    private struct State {
        var status = 0
        var headers: HTTPHeaders = [:]
        var body: [UInt8] = []
        var waiter: Waiter?
    }

    private let state = PThreadLock(State())
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    /// Names who waits, before the transfer starts.
    func attach(_ waiter: Waiter) { state.withLock { $0.waiter = waiter } }

    var isStream: Bool { false }

    func receiveHead(_ status: Int, _ headers: HTTPHeaders) -> UpstreamError.Reason? {
        let announced = headers.contentLength ?? 0
        guard announced <= limit else { return .tooLarge(limit: limit) }
        state.withLock { state in
            state.status = status
            state.headers = headers
            state.body.reserveCapacity(announced)
        }
        return nil
    }

    func receive(_ bytes: UnsafeRawBufferPointer) -> TransferVerdict {
        state.withLock { state in
            guard state.body.count + bytes.count <= limit else { return .refuse(.tooLarge(limit: limit)) }
            unsafe state.body.append(contentsOf: bytes)
            return .taken
        }
    }

    func flush() {}

    func finish(_ error: UpstreamError?) {
        let (waiter, response) = state.withLock { state in
            defer { state.waiter = nil }
            return (state.waiter, HTTPResponse(status: state.status, headers: state.headers, body: state.body))
        }
        waiter?.resume(returning: error.map { .failure($0) } ?? .success(response))
    }
}
