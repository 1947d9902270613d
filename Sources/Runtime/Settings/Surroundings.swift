import Glibc

/// What defaults depend on besides other settings.
public struct Surroundings: Sendable, Hashable {
    /// Whether the program runs in a container.
    public var isContainer: Bool
    /// Whether a person reads the log as it is written.
    public var isTerminal: Bool

    public init(isContainer: Bool = false, isTerminal: Bool = false) {
        self.isContainer = isContainer
        self.isTerminal = isTerminal
    }

    /// This process: Docker and Podman leave a marker file, systemd and others set `container`.
    public static func current(environment: [String: String]) -> Surroundings {
        let markers = ["/.dockerenv", "/run/.containerenv"]
        let isMarked = markers.contains { unsafe access($0, F_OK) == 0 }
        return Surroundings(
            isContainer: isMarked || environment["container"]?.isEmpty == false, isTerminal: isatty(STDERR_FILENO) == 1)
    }
}
