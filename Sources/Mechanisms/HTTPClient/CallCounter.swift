import Synchronization

/// Counts calls by service: what a job reports as its upstream calls.
///
/// `ObservedTransport(inner, onExchange: counter.count)`.
public final class CallCounter: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    /// Starts at nothing.
    public init() {}

    /// Counts one call.
    public func count(_ exchange: HTTPExchange) {
        counts.withLock { $0[exchange.service, default: 0] += 1 }
    }

    /// Calls so far, by service.
    public var byService: [String: Int] { counts.withLock { $0 } }

    /// Calls so far, all together.
    public var total: Int { counts.withLock { $0.values.reduce(0, +) } }
}
