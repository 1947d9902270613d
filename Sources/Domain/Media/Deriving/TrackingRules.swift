/// What the derivation needs to know of the installation: its limits and which services exist.
public struct TrackingRules: Sendable, Hashable {
    public var limits = AttentionLimits()
    /// Time between two sightings of absence, and the wait after Jellyfin says that an item vanished.
    public var sightingGap: Duration = .seconds(3_600)
    public var vanishGrace: Duration = .seconds(600)
    public var hasShoko = false
    public var hasClient = false
    public var hasJellyfin = true
    /// Path components that prove anime, in lower case.
    public var animePaths: [String] = ["anime"]
    /// Services (`radarr`, `jellyfin`, …; with `/instance` where it is not the default) that do not answer: since when, and
    /// with what words.
    public var unreachable: [String: Outage] = [:]

    public init() {}

    public struct Outage: Sendable, Hashable {
        public var since: Timestamp
        public var reason: String

        public init(since: Timestamp, reason: String) {
            self.since = since
            self.reason = reason
        }
    }
}

/// How long each stage may last before somebody should look (tracking.md §6).
public struct AttentionLimits: Sendable, Hashable {
    public var notGrabbed: Duration = .seconds(600)
    public var approved: Duration = .seconds(7_200)
    public var indexed: Duration = .seconds(3_600)
    public var downloadStalled: Duration = .seconds(1_800)
    public var downloading: Duration = .seconds(86_400)
    public var downloadDone: Duration = .seconds(1_800)
    public var importing: Duration = .seconds(3_600)
    public var animeMatching: Duration = .seconds(1_800)
    public var notAppearing: Duration = .seconds(900)
    public var upstreamUnreachable: Duration = .seconds(120)

    public init() {}
}
