public import Lifecycle

/// Where a streamed body goes.
public protocol BodyWriter: AnyObject, Sendable {
    /// Triggered when the server begins to stop: end the stream soon, the grace is short.
    var draining: ShutdownSignal { get }

    /// Queues bytes for the peer and suspends while too many wait (back-pressure).
    ///
    /// - Throws: `PeerGone` when the peer hung up or the server cut the stream; `CancellationError`.
    func write(_ bytes: [UInt8]) async throws
}

/// The peer closed its connection, or the server did so at the end of its grace.
public struct PeerGone: Error, Hashable {
    /// Makes the error.
    public init() {}
}
