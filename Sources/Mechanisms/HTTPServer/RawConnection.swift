public import Lifecycle

/// A connection that no longer speaks HTTP: bytes in both directions after an `Upgrade`.
public protocol RawConnection: AnyObject, Sendable {
    /// Triggered when the server begins to stop: end the conversation soon, the grace is short.
    var draining: ShutdownSignal { get }

    /// Suspends until bytes have come; nil once the peer has closed its side or `close()` was called.
    ///
    /// One reader at a time.
    /// - Throws: `PeerGone` when the connection broke or the server cut it.
    func read() async throws -> [UInt8]?

    /// Queues bytes for the peer and suspends while too many wait (back-pressure).
    ///
    /// - Throws: `PeerGone` when the connection broke, is closed, or the server cut it.
    func write(_ bytes: [UInt8]) async throws

    /// Closes once everything written is on its way; further calls do nothing.
    func close()
}
