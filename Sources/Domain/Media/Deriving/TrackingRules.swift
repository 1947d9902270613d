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
    /// Outages that are over, by the same names: clocks stood still meanwhile.
    public var pastOutages: [String: [PastOutage]] = [:]

    public init() {}

    public struct Outage: Sendable, Hashable {
        public var since: Timestamp
        public var reason: String

        public init(since: Timestamp, reason: String) {
            self.since = since
            self.reason = reason
        }
    }

    /// A span of time in which a service did not answer.
    public struct PastOutage: Sendable, Hashable {
        public var since: Timestamp
        public var until: Timestamp

        public init(since: Timestamp, until: Timestamp) {
            self.since = since
            self.until = until
        }
    }

    /// When a clock that began at `start` has run for `limit`: it stood still while one of the services was out.
    func due(from start: Timestamp, after limit: Duration, awaiting services: [String]) -> Timestamp {
        let outages = services.flatMap { pastOutages[$0] ?? [] }.sorted { $0.since < $1.since }
        var due = start.advanced(by: limit)
        var counted = start
        for outage in outages where outage.until > counted && outage.since < due {
            let began = max(outage.since, counted)
            due = due.advanced(by: .milliseconds(outage.until.milliseconds - began.milliseconds))
            counted = outage.until
        }
        return due
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
