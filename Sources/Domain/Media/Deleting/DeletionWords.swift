/// A service that a deletion reaches, in the order in which they are called (deletion.md §4).
public enum DeletionService: String, Sendable, Hashable, CaseIterable, Codable {
    case qbittorrent, sonarr, radarr, shoko, jellyfin, jellyseerr

    /// The service as people write it.
    public var displayName: String {
        switch self {
        case .qbittorrent: "qBittorrent"
        case .sonarr: "Sonarr"
        case .radarr: "Radarr"
        case .shoko: "Shoko"
        case .jellyfin: "Jellyfin"
        case .jellyseerr: "Seerr"
        }
    }
}

/// Where one target of a deletion stands.
public enum StepStatus: String, Sendable, Hashable, CaseIterable, Codable {
    /// Planned, not called yet.
    case pending
    /// The intent is stored; the call may have gone out.
    case acknowledged
    /// The service accepted the call.
    case confirmed
    /// Read again, and proven gone.
    case verified
    case failed
    /// Left alone on purpose.
    case skipped
    /// Looked up, and proven absent before anything was called.
    case notNeeded = "not_needed"
    /// The service has nothing to do with such a title.
    case notApplicable = "not_applicable"

    /// Whether the deletion still waits for this target.
    public var isOpen: Bool {
        switch self {
        case .pending, .acknowledged, .confirmed: true
        case .verified, .failed, .skipped, .notNeeded, .notApplicable: false
        }
    }
}

/// Where a deletion stands as a whole (deletion.md §7).
public enum DeletionStatus: String, Sendable, Hashable, CaseIterable, Codable {
    case inProgress = "in_progress"
    case complete
    /// Over, with something left that can be retried.
    case incomplete
    /// Incomplete, and somebody accepted what is left.
    case accepted
    /// Of a deletion made elsewhere: it was no deletion after all.
    case withdrawn

    /// Whether the row is free again: no deletion of it is under way or waits for somebody.
    public var isClosed: Bool { self == .complete || self == .accepted || self == .withdrawn }
}

/// How far a deletion is (deletion.md §1).
public enum DeletionPhase: String, Sendable, Hashable, CaseIterable, Codable {
    case planned
    /// A deletion made elsewhere waits for an answer.
    case asked
    case confirmed, executing, verifying, done

    /// Whether it goes on by itself after a restart.
    public var goesOn: Bool { self == .confirmed || self == .executing || self == .verifying }
}

/// Who began a deletion: somebody here, or a service where the title was removed.
public enum DeletionSource: String, Sendable, Hashable, CaseIterable, Codable {
    case dashboard, sonarr, radarr, jellyfin, shoko, external

    /// Who is named where no user did it (deletion.md §9).
    public var defaultName: String {
        switch self {
        case .dashboard: "Command line"
        case .sonarr: "Sonarr (external)"
        case .radarr: "Radarr (external)"
        case .jellyfin: "Jellyfin (external)"
        case .shoko: "Shoko (external)"
        case .external: "System"
        }
    }
}

/// What becomes of the torrents (deletion.md §5).
public enum TorrentChoice: String, Sendable, Hashable, CaseIterable, Codable {
    /// They go with the files, except where something else needs them.
    case auto
    case keep
    /// They go although a goal of seeding is not reached, or the files stay.
    case remove
}

/// The answer to a deletion that was made elsewhere.
public enum DeletionAnswer: String, Sendable, Hashable, CaseIterable {
    case propagate, record, dismiss
}
