public import Media

/// A span of time: from `since` on, until just before `until`; open where there is none.
public struct Period: Sendable, Hashable {
    public var since: Timestamp?
    public var until: Timestamp?

    /// All time, unless told otherwise.
    public init(since: Timestamp? = nil, until: Timestamp? = nil) {
        self.since = since
        self.until = until
    }
}

/// What the list of finished requests is narrowed to; it is ordered by when they ended, the newest first.
public struct HistoryQuery: Sendable, Hashable {
    /// Whose requests are listed and counted; the caller's, never a parameter's.
    public var visibility = Visibility.all
    /// Any of these; empty: every stage in which a request ends.
    public var states: [Stage] = []
    public var mediaType: MediaType?
    public var requestedBy: String?
    /// Words to find in the title, in any case and with or without accents.
    public var search: String?
    /// When they ended.
    public var period = Period()
    public var limit = 50
    /// Where the previous page ended.
    public var after: RequestQuery.Cursor?

    public init() {}
}

extension Stage {
    /// The stages in which a request ends.
    public static let finished: [Stage] = allCases.filter(\.isClosed)
}
