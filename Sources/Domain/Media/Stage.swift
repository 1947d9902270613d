/// Where a request stands, from asked-for to playable (tracking.md §3).
public enum Stage: String, Sendable, Hashable, CaseIterable {
    case requested, approved, indexed, downloading
    case downloadDone = "download_done"
    case importing
    case animeMatching = "anime_matching"
    case syncingLibrary = "syncing_library"
    case available, failed, declined, deleted

    /// Whether nothing more is expected to happen to a row of this stage.
    public var isClosed: Bool {
        switch self {
        case .available, .failed, .declined, .deleted: true
        default: false
        }
    }
}
