/// What a request's facts prove: everything the stored row caches.
public struct Derivation: Sendable, Hashable {
    public var stage: Stage
    /// Since when the stage holds, by the facts.
    public var since: Timestamp?
    /// One sentence that belongs to the stage, such as "First episode airs …".
    public var note: StageNote?
    /// The stage of every episode.
    public var episodes: [UnitNumber: UnitState] = [:]
    /// Counted episodes that are playable, that are counted, and the size of the scope; nil while no list is known.
    public var episodesAvailable = 0
    public var episodesAired = 0
    public var episodesTotal: Int?
    public var isPartiallyAvailable = false
    public var isUncertain = false
    public var isAnime: Bool?
    public var jellyfinItem: JellyfinItemID?
    public var attention: Attention?
    public var progress: DownloadProgress?
    /// Of the newest grab or import.
    public var quality: String?
    public var indexer: String?
    public var releaseGroup: String?
    public var availableAt: Timestamp?
    /// The next instant at which the answer can change without a new fact.
    public var nextChange: Timestamp?
}

/// One episode as derived.
public struct UnitState: Sendable, Hashable {
    public enum Class: String, Sendable, Hashable {
        case unaired, unmonitored, counted
        /// In the list, but nobody asked for it.
        case notRequested = "not_requested"
    }

    public var stage: Stage
    public var since: Timestamp?
    public var `class`: Class
    public var progress: DownloadProgress?
    public var downloadID: String?

    public init(stage: Stage, since: Timestamp?, class: Class) {
        self.stage = stage
        self.since = since
        self.class = `class`
    }
}

/// What a stage says besides its name.
public enum StageNote: Sendable, Hashable {
    case firstEpisodeAirs(Timestamp)
    case removedInSeerr
    /// Sonarr counts seasons otherwise: all monitored episodes are followed.
    case seasonsDiffer

    /// The key of its text, and its value after a blank.
    public var packed: String {
        switch self {
        case .firstEpisodeAirs(let date): "first_episode_airs \(date.rfc3339)"
        case .removedInSeerr: "removed_in_seerr"
        case .seasonsDiffer: "seasons_differ"
        }
    }
}

/// How far the live downloads of a request or an episode are.
public struct DownloadProgress: Sendable, Hashable {
    /// 0…100.
    public var percent: Double
    public var bytesDone: Int64?
    public var bytesTotal: Int64?
    /// Bytes a second; nil when nothing moves any more.
    public var speed: Int64?
    public var etaSeconds: Int64?

    public init(percent: Double, bytesDone: Int64?, bytesTotal: Int64?, speed: Int64?, etaSeconds: Int64?) {
        self.percent = percent
        self.bytesDone = bytesDone
        self.bytesTotal = bytesTotal
        self.speed = speed
        self.etaSeconds = etaSeconds
    }
}

/// Why somebody should look (tracking.md §6).
public struct Attention: Sendable, Hashable {
    public enum Code: String, Sendable, Hashable, CaseIterable {
        case notGrabbed = "not_grabbed"
        case releasesRejected = "releases_rejected"
        case timeout
        case downloadStalled = "download_stalled"
        case downloadError = "download_error"
        case importBlocked = "import_blocked"
        case matchFailed = "match_failed"
        case metadataOnly = "metadata_only"
        case notAppearing = "not_appearing"
        case upstreamUnreachable = "upstream_unreachable"
    }

    public var code: Code
    /// One sentence; the upstream's own words where it gave any.
    public var reason: String
    public var since: Timestamp
    /// The service where it can be mended.
    public var source: String
    public var actions: [String]

    public init(code: Code, reason: String, since: Timestamp, source: String, actions: [String]) {
        self.code = code
        self.reason = reason
        self.since = since
        self.source = source
        self.actions = actions
    }
}
