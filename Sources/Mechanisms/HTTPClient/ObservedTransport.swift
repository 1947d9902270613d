import Synchronization

/// What one call came to.
public struct HTTPExchange: Sendable {
    /// Service as the request named it.
    public let service: String
    /// Method and path without the query.
    public let operation: String
    /// Status of the answer, if there was one.
    public let status: Int?
    /// Why there was no whole answer, if there was none.
    public let error: UpstreamError?
    /// From sending to the end of the body.
    public let duration: Duration
    /// Bytes of the body after decompression.
    public let bytes: Int
}

/// Reports every call of the transport within, once, when it is over: for metrics, logs and call counts.
///
/// Wrapped inside a `RetryingTransport` it sees every try. A stream is over at its end, failure or cancellation.
public struct ObservedTransport: HTTPTransport {
    private let inner: any HTTPTransport
    private let report: @Sendable (HTTPExchange) -> Void
    private let elapsed: @Sendable () -> Duration

    /// Wraps a transport; `onExchange` runs on the caller's task and should be quick.
    public init(
        _ inner: any HTTPTransport, clock: any Clock<Duration> = ContinuousClock(),
        onExchange: @escaping @Sendable (HTTPExchange) -> Void
    ) {
        self.inner = inner
        self.report = onExchange
        self.elapsed = Self.stopwatch(clock)
    }

    public func send(_ request: HTTPRequest) async throws(UpstreamError) -> HTTPResponse {
        let call = ObservedCall(request, elapsed, report)
        do {
            let response = try await inner.send(request)
            call.finish(response.status, bytes: response.body.count)
            return response
        } catch {
            call.finish(nil, error)
            throw error
        }
    }

    public func stream(_ request: HTTPRequest) async throws(UpstreamError) -> HTTPStream {
        let call = ObservedCall(request, elapsed, report)
        let stream: HTTPStream
        do {
            stream = try await inner.stream(request)
        } catch {
            call.finish(nil, error)
            throw error
        }
        let status = stream.status
        let next: HTTPStream.Pull = { () async throws(UpstreamError) -> [UInt8]? in
            do throws(UpstreamError) {
                let piece = try await stream.next()
                if let piece { call.count(piece.count) } else { call.finish(status) }
                return piece
            } catch {
                call.finish(status, error)
                throw error
            }
        }
        return HTTPStream(status: status, headers: stream.headers, next: next) {
            stream.cancel()
            call.finish(status, request.failure(.cancelled))
        }
    }

    private static func stopwatch(_ clock: some Clock<Duration>) -> @Sendable () -> Duration {
        let start = clock.now
        return { start.duration(to: clock.now) }
    }
}

/// One call under way; reports once, whoever ends it first.
private final class ObservedCall: Sendable {
    private let request: HTTPRequest
    private let elapsed: @Sendable () -> Duration
    private let start: Duration
    private let report: @Sendable (HTTPExchange) -> Void
    private let state = Mutex((bytes: 0, isOver: false))

    init(
        _ request: HTTPRequest, _ elapsed: @escaping @Sendable () -> Duration,
        _ report: @escaping @Sendable (HTTPExchange) -> Void
    ) {
        self.request = request
        self.elapsed = elapsed
        self.report = report
        start = elapsed()
    }

    func count(_ bytes: Int) { state.withLock { $0.bytes += bytes } }

    func finish(_ status: Int?, _ error: UpstreamError? = nil, bytes: Int? = nil) {
        let counted = state.withLock { state -> Int? in
            if state.isOver { return nil }
            state.isOver = true
            return bytes ?? state.bytes
        }
        guard let counted else { return }
        report(
            HTTPExchange(
                service: request.service, operation: request.operation, status: status, error: error,
                duration: elapsed() - start, bytes: counted))
    }
}
