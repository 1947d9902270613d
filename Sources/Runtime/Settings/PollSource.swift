/// What reconcilers read, each at its own pace: `MARQUEE_POLL_<SOURCE>` (tracking.md §4).
public enum PollSource: String, Sendable, Hashable, CaseIterable {
    case seerr = "SEERR"
    case arrQueue = "ARR_QUEUE"
    case arrHistory = "ARR_HISTORY"
    case arrMissing = "ARR_MISSING"
    case arrList = "ARR_LIST"
    case qbittorrent = "QBITTORRENT"
    case packFiles = "PACK_FILES"
    case shoko = "SHOKO"
    case jellyfin = "JELLYFIN"
    case jellyfinFull = "JELLYFIN_FULL"

    /// The pace while nothing sets another.
    public var usualPace: PollPace {
        switch self {
        case .seerr: PollPace(idle: .minutes(5), active: .seconds(60))
        case .arrQueue: PollPace(idle: .seconds(60), active: .seconds(10))
        case .arrHistory: PollPace(idle: .minutes(5), active: .seconds(60))
        case .arrMissing: PollPace(idle: .minutes(60), active: .minutes(15))
        case .arrList: PollPace(idle: .hours(6), active: .minutes(10))
        case .qbittorrent: PollPace(idle: .seconds(15), active: .seconds(3))
        case .packFiles: PollPace(idle: nil, active: .seconds(10))
        case .shoko: PollPace(idle: .minutes(15), active: .seconds(60))
        case .jellyfin: PollPace(idle: .minutes(5), active: .seconds(30))
        case .jellyfinFull: PollPace(idle: .hours(24), active: .minutes(5))
        }
    }

    /// What is read, for the reference.
    var reading: String {
        switch self {
        case .seerr: "Seerr's changed requests"
        case .arrQueue: "the queues of Sonarr and Radarr"
        case .arrHistory: "the histories of Sonarr and Radarr"
        case .arrMissing: "what Sonarr and Radarr miss"
        case .arrList: "the whole lists of Sonarr and Radarr"
        case .qbittorrent: "qBittorrent's torrents"
        case .packFiles: "the files of unfinished packs"
        case .shoko: "files Shoko should know"
        case .jellyfin: "what changed in Jellyfin"
        case .jellyfinFull: "Jellyfin's whole library"
        }
    }
}

/// The time between two reads of one source.
public struct PollPace: Sendable, Hashable {
    /// While nobody waits for the source; nil where it is read only when somebody does.
    public let idle: Duration?
    /// While somebody waits: never longer than `idle`.
    public let active: Duration

    public init(idle: Duration?, active: Duration) {
        self.idle = idle
        self.active = idle.map { min($0, active) } ?? active
    }
}

/// The pace of every source.
public struct Polling: Sendable {
    private var set: [PollSource: PollPace] = [:]

    /// Every source at its usual pace.
    public init() {}

    public subscript(source: PollSource) -> PollPace {
        get { set[source] ?? source.usualPace }
        set { set[source] = newValue }
    }
}
