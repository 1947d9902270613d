extension Observation {
    /// What an observation says (tracking.md §1).
    public enum Fact: String, Sendable, Hashable, CaseIterable {
        // Seerr
        case requested, approved, declined
        case submitFailed = "submit_failed"
        case requestGone = "request_gone"
        case availableHint = "available_hint"
        // Sonarr and Radarr
        case grabbed, imported, ignored
        case importBlocked = "import_blocked"
        case downloadFailed = "download_failed"
        case inArr = "in_arr"
        case monitored, released, missing
        case hasFile = "has_file"
        case pathChanged = "path_changed"
        case fileReplaced = "file_replaced"
        case fileRemoved = "file_removed"
        // qBittorrent
        case torrentDone = "torrent_done"
        // Shoko
        case fileSeen = "file_seen"
        case fileMatched = "file_matched"
        case fileUnmatched = "file_unmatched"
        // Jellyfin
        case appearHint = "appear_hint"
        case vanishHint = "vanish_hint"
        case playable, stub, absent
        // A user, and Marquee's own calls
        case retryAccepted = "retry_accepted"
        case override
        case overrideCleared = "override_cleared"
        case releaseSearch = "release_search"
        case scanRequested = "scan_requested"

        /// Whether this is a current value, of which only the newest reading counts.
        public var isLevel: Bool {
            switch self {
            case .requestGone, .inArr, .monitored, .released, .missing, .hasFile, .playable, .stub, .absent,
                .releaseSearch:
                true
            default: false
            }
        }
    }
}
