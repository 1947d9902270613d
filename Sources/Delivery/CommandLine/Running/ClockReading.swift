import HTTPClient
import Media
import Synchronization

/// A transport that notes how far the clock of whoever answers is ahead of ours (RFC 9110 §6.6.1).
final class ClockReading: HTTPTransport {
    private let inner: any HTTPTransport
    private let now: @Sendable () -> Timestamp
    private let state = Mutex<Int64?>(nil)

    init(_ inner: any HTTPTransport, now: @escaping @Sendable () -> Timestamp) {
        self.inner = inner
        self.now = now
    }

    /// Whole seconds ahead of ours, negative when behind; nil while no answer has told its time.
    var skew: Int64? { state.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws(UpstreamError) -> HTTPResponse {
        let sentAt = now()
        let response = try await inner.send(request)
        if let told = response.headers["Date"].flatMap(Self.time) {
            let skew = Self.skew(told, sentAt: sentAt, receivedAt: now())
            state.withLock { $0 = skew }
        }
        return response
    }

    func stream(_ request: HTTPRequest) async throws(UpstreamError) -> HTTPStream { try await inner.stream(request) }

    /// The answer was made between sending and receipt, and its time is cut to whole seconds: within that, clocks agree.
    static func skew(_ told: Timestamp, sentAt: Timestamp, receivedAt: Timestamp) -> Int64 {
        let earliest = sentAt.milliseconds - 1_000
        if told.milliseconds < earliest { return -((earliest - told.milliseconds) / 1_000) }
        return max(0, told.milliseconds - receivedAt.milliseconds) / 1_000
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`; the two obsolete forms are not read.
    static func time(_ text: String) -> Timestamp? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", parts[1].utf8.count == 2, parts[3].utf8.count == 4,
            let month = months.firstIndex(of: String(parts[2]))
        else { return nil }
        let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        return Timestamp(rfc3339: "\(parts[3])-\(number)-\(parts[1])T\(parts[4])Z".utf8)
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
