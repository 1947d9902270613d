/// A long-running part of the process: HTTP server, poller, event reader.
public protocol Service: Sendable {
    /// What logs and errors call this part, such as `http`.
    var name: String { get }

    /// Runs until `shutdown` is triggered, then finishes its work in hand and returns.
    ///
    /// Returning or throwing earlier ends the whole process: the group asks all others to stop.
    func run(until shutdown: ShutdownSignal) async throws
}
