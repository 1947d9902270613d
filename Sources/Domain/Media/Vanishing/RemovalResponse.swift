/// What is done about a signal of a loss, before anything is believed.
public enum RemovalResponse: Sendable, Hashable {
    /// Part of the deletion that runs here: it belongs to that log, and there is no second one.
    case attach(log: Int64)
    /// Written down; nothing follows.
    case note
    /// May be a disk that is away: only the periodic check with two complete listings may conclude anything.
    case awaitReconciliation
    /// The *arr that told it is asked, by number and by look-up.
    case askOrigin(deletedFiles: Bool)
    /// The title is looked for in a complete listing of Jellyfin's made at or after this time.
    case searchListing(notBefore: Timestamp)
    /// The service, and Jellyfin, are asked again about what they have of the title; the row itself stays.
    case recheck
}

/// What is known here of the row that a signal is about.
public struct RemovalStanding: Sendable, Hashable {
    public var isDeleted: Bool
    /// The log of a deletion of it that is under way.
    public var runningLog: Int64?

    public init(isDeleted: Bool = false, runningLog: Int64? = nil) {
        self.isDeleted = isDeleted
        self.runningLog = runningLog
    }
}

extension RemovalSignal {
    /// What to do about it.
    ///
    /// No signal by itself makes a row deleted: upgrades and renames look like deletions.
    /// - Parameters:
    ///   - standing: of the row concerned.
    ///   - grace: how long a rename or an upgrade may take until the item is there again (`MARQUEE_VANISH_GRACE`).
    /// - Returns: what to look at next; never that the row is gone.
    public func response(for standing: RemovalStanding, grace: Duration) -> RemovalResponse {
        if let log = standing.runningLog { return .attach(log: log) }
        if standing.isDeleted { return .note }
        switch loss {
        case .title(let deletedFiles): return .askOrigin(deletedFiles: deletedFiles ?? false)
        case .file(.upgrade), .file(.manualOverride), .file(.noLinkedEpisodes): return .note
        case .file(.missingFromDisk), .file(.untold): return .awaitReconciliation
        case .file(.manual): return keys.mediaType == .movie ? .searchListing(notBefore: at + grace) : .recheck
        case .item(let isWhole): return isWhole ? .searchListing(notBefore: at + grace) : .recheck
        case .shokoFile: return .recheck
        }
    }
}

extension Timestamp {
    fileprivate static func + (time: Timestamp, span: Duration) -> Timestamp { time.advanced(by: span) }
}
