/// Why a request needs a person: tracking.md §6.
public struct Attention: Sendable {
    /// What is wrong.
    public enum Code: String, Sendable, CaseIterable {
        case timeout
        case notGrabbed = "not_grabbed"
        case releasesRejected = "releases_rejected"
        case downloadStalled = "download_stalled"
        case downloadError = "download_error"
        case importBlocked = "import_blocked"
        case matchFailed = "match_failed"
        case metadataOnly = "metadata_only"
        case notAppearing = "not_appearing"
        case upstreamUnreachable = "upstream_unreachable"
    }

    /// What can be done about it.
    public enum Action: Sendable, Hashable {
        /// Opening the service where it can be fixed.
        case open(service: String)
        case retry, verify, override

        /// Reads a name of the API's `actions[]`: `open_sonarr`, `retry`, `verify`, `override`.
        public init?(name: String) {
            switch name {
            case "retry": self = .retry
            case "verify": self = .verify
            case "override": self = .override
            case _ where name.hasPrefix("open_"): self = .open(service: String(name.dropFirst(5)))
            default: return nil
            }
        }
    }

    public var code: Code
    /// One sentence, with the upstream's own words.
    public var reason: String
    /// The upstream's own messages, one each.
    public var messages: [String] = []
    /// Unix milliseconds.
    public var since: Int64
    /// The service that knows.
    public var source: String
    /// The likeliest first.
    public var actions: [Action] = []

    public init(code: Code, reason: String, since: Int64, source: String) {
        self.code = code
        self.reason = reason
        self.since = since
        self.source = source
    }
}

/// What retrying a request would do now.
public enum RetryAction: Sendable, Hashable {
    /// A search of Sonarr or Radarr for what is missing.
    case search(service: String)
    /// Seerr's own retry.
    case requestAgain(service: String)
    /// Having Sonarr or Radarr look at its downloads.
    case refresh(service: String)
    /// Having Shoko list its unmatched files again.
    case relist(service: String)
}
