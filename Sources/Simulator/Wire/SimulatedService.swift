/// One service of the stack: its own view of the world, its own errors.
///
/// A further service is one more conformance and one more line in `Simulator`.
protocol SimulatedService: Sendable {
    /// `jellyfin`, `radarr`, `radarr/4k`, …: its path on a shared port, and its name for faults and the call log.
    var name: String { get }
    /// The lines of Marquee's environment that point at the service, given its URL.
    func environment(url: String) -> [String]
    /// Remarks printed after the environment, each with a leading `#`.
    var notes: [String] { get }
    /// Answers a call from the world as it is now.
    func answer(_ call: Call, in view: WorldView) -> Answer
}

extension SimulatedService {
    var notes: [String] { [] }
}
