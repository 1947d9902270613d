public import HTTPClient

/// How a link stands at the moment of asking.
public struct SignalRState: Sendable, Hashable {
    /// What the link is doing.
    public enum Phase: Sendable, Hashable {
        /// Not run, or run to its end.
        case idle
        case connecting
        /// Open since this long.
        case connected(for: Duration)
        /// Between two tries; the next begins after this long.
        case waiting(for: Duration)
    }

    /// What the link is doing.
    public let phase: Phase
    /// Why the last try ended; kept while the next is under way, gone once the link is open.
    public let lastError: UpstreamError?
    /// How long ago the server last sent any record, also over an earlier link; nil when it never did.
    public let lastRecord: Duration?
}

/// The same with points in time, measured from the making of the connection.
struct LinkMarks: Sendable {
    enum Phase: Sendable {
        case idle, connecting
        case connected(since: Duration)
        case waiting(until: Duration)
    }

    var phase = Phase.idle
    var lastError: UpstreamError?
    var lastRecord: Duration?
    /// Since when the reader has been waiting for a record; nil while it handles one, which must not look like silence.
    var quietSince: Duration?

    func state(at now: Duration) -> SignalRState {
        let shown: SignalRState.Phase =
            switch phase {
            case .idle: .idle
            case .connecting: .connecting
            case .connected(let since): .connected(for: now - since)
            case .waiting(let until): .waiting(for: max(.zero, until - now))
            }
        return SignalRState(phase: shown, lastError: lastError, lastRecord: lastRecord.map { now - $0 })
    }
}
