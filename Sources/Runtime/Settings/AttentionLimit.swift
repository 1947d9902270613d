/// How long something may take before it needs attention: `MARQUEE_LIMIT_<NAME>` (tracking.md §6).
public enum AttentionLimit: String, Sendable, Hashable, CaseIterable {
    case notGrabbed = "NOT_GRABBED"
    case approved = "APPROVED"
    case indexed = "INDEXED"
    case downloadStalled = "DOWNLOAD_STALLED"
    case downloading = "DOWNLOADING"
    case downloadDone = "DOWNLOAD_DONE"
    case importing = "IMPORTING"
    case animeMatching = "ANIME_MATCHING"
    case notAppearing = "NOT_APPEARING"
    case upstreamUnreachable = "UPSTREAM_UNREACHABLE"

    /// The limit while nothing sets another.
    public var usual: Duration {
        switch self {
        case .notGrabbed: .minutes(10)
        case .approved: .hours(2)
        case .indexed: .hours(1)
        case .downloadStalled: .minutes(30)
        case .downloading: .hours(24)
        case .downloadDone: .minutes(30)
        case .importing: .hours(1)
        case .animeMatching: .minutes(30)
        case .notAppearing: .minutes(15)
        case .upstreamUnreachable: .minutes(2)
        }
    }

    /// What must last this long, for the reference.
    var condition: String {
        switch self {
        case .notGrabbed: "approved and still unknown to Sonarr or Radarr"
        case .approved: "released and still without a download"
        case .indexed: "grabbed and not yet seen downloading"
        case .downloadStalled: "a download without progress (half of it without metadata, a third when stopped)"
        case .downloading: "a download as a whole"
        case .downloadDone: "downloaded and not yet being imported"
        case .importing: "an import"
        case .animeMatching: "Shoko's matching"
        case .notAppearing: "imported and still not playable in Jellyfin"
        case .upstreamUnreachable: "a service that is waited for and does not answer"
        }
    }
}

/// Every attention limit.
public struct AttentionLimits: Sendable {
    private var set: [AttentionLimit: Duration] = [:]

    /// Every limit as usual.
    public init() {}

    public subscript(limit: AttentionLimit) -> Duration {
        get { set[limit] ?? limit.usual }
        set { set[limit] = newValue }
    }
}
