import Glibc

/// Sends GET and HEAD again after failures that pass: statuses 429, 502, 503, 504, timeouts, no connection.
///
/// A request that says so is sent once only. The last answer is returned as it is. A stream is only repeated before the caller holds it. Cancelling the task ends
/// the waiting.
public struct RetryingTransport: HTTPTransport {
    /// Statuses that call for another try.
    public static let statuses: Set<Int> = [429, 502, 503, 504]

    private let inner: any HTTPTransport
    private let delays: [Duration]
    private let longestWait: Duration
    private let clock: any Clock<Duration>
    private let wallMillis: @Sendable () -> Int64

    /// Wraps a transport.
    ///
    /// - Parameters:
    ///   - inner: what sends.
    ///   - delays: the pause before each further try; their number is the number of retries.
    ///   - longestWait: cap on what `Retry-After` may ask for.
    ///   - clock: measures the pauses.
    ///   - wallMillis: milliseconds since 1970, for a `Retry-After` that names a date; the system's clock by default.
    public init(
        _ inner: any HTTPTransport, delays: [Duration] = [.milliseconds(200), .seconds(1)],
        longestWait: Duration = .seconds(30), clock: any Clock<Duration> = ContinuousClock(),
        wallMillis: (@Sendable () -> Int64)? = nil
    ) {
        self.inner = inner
        self.delays = delays
        self.longestWait = longestWait
        self.clock = clock
        self.wallMillis = wallMillis ?? { Int64(time(nil)) * 1000 }
    }

    public func send(_ request: HTTPRequest) async throws(UpstreamError) -> HTTPResponse {
        for delay in allowedDelays(request) {
            do {
                let response = try await inner.send(request)
                guard Self.statuses.contains(response.status) else { return response }
                try await pause(delay, response.headers, request)
            } catch {
                guard Self.deservesRetry(error) else { throw error }
                try await pause(delay, [:], request)
            }
        }
        return try await inner.send(request)
    }

    public func stream(_ request: HTTPRequest) async throws(UpstreamError) -> HTTPStream {
        for delay in allowedDelays(request) {
            do {
                let stream = try await inner.stream(request)
                guard Self.statuses.contains(stream.status) else { return stream }
                stream.cancel()
                try await pause(delay, stream.headers, request)
            } catch {
                guard Self.deservesRetry(error) else { throw error }
                try await pause(delay, [:], request)
            }
        }
        return try await inner.stream(request)
    }

    private func allowedDelays(_ request: HTTPRequest) -> [Duration] {
        request.isRepeatable && request.isRetried ? delays : []
    }

    private static func deservesRetry(_ error: UpstreamError) -> Bool {
        switch error.reason {
        case .unreachable, .timedOut: true
        default: false
        }
    }

    private func pause(
        _ delay: Duration, _ headers: HTTPHeaders, _ request: HTTPRequest
    ) async throws(UpstreamError) {
        let asked = headers["Retry-After"].flatMap(wait) ?? .zero
        do {
            try await clock.sleep(for: max(delay, min(asked, longestWait)))
        } catch {
            throw request.failure(.cancelled)
        }
    }

    /// Reads `Retry-After`: whole seconds or a date (RFC 9110 §10.2.3).
    private func wait(_ text: String) -> Duration? {
        if let seconds = Int64(text) { return seconds < 0 ? nil : .seconds(min(seconds, 86_400)) }
        return HTTPHeaders.millis(of: text).map { .milliseconds($0 - wallMillis()) }
    }
}
