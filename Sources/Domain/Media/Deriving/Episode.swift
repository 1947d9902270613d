/// One episode of a request and the level facts about it (tracking.md §3.3).
public struct Episode: Sendable, Hashable {
    /// The row's number; 0 before it is stored.
    public var id: Int64 = 0
    public var number: UnitNumber
    public var title: String?
    public var sonarrID: Int64?
    public var tvdb: Int64?
    public var airDate: Timestamp?
    public var monitored: Bool?
    /// What Sonarr's list says, and since when it says so.
    public var hasFile: Bool?
    public var hasFileSince: Timestamp?
    public var path: String?
    public var proof = Proof()
    /// What was derived last; a cache, as the request's stage is.
    public var stage: Stage = .requested
    public var `class`: UnitState.Class = .counted

    public init(_ number: UnitNumber) { self.number = number }

    /// Takes what a reading says; nil says nothing.
    ///
    /// - Returns: whether anything changed.
    public mutating func update(_ reading: EpisodeReading, readAt: Timestamp) -> Bool {
        let before = self
        title = reading.title ?? title
        sonarrID = reading.sonarrID ?? sonarrID
        tvdb = reading.tvdb ?? tvdb
        airDate = reading.airDate ?? airDate
        monitored = reading.monitored ?? monitored
        if let has = reading.hasFile, has != hasFile {
            hasFile = has
            hasFileSince = readAt
        }
        path = reading.path ?? path
        return self != before
    }
}

/// What Jellyfin's items prove of one unit (tracking.md §5).
public struct Proof: Sendable, Hashable {
    /// The item that is playable, or was when last seen.
    public var item: JellyfinItemID?
    public var isPlayable = false
    public var isUncertain = false
    /// Since when it is playable.
    public var since: Timestamp?
    /// An item without anything to play, and its name.
    public var stub: String?
    /// The first of an unbroken row of complete listings without it, and the newest of them.
    public var absentSince: Timestamp?
    public var absentAt: Timestamp?

    public init() {}

    /// Two complete listings far enough apart, or one made long enough after Jellyfin said that it vanished.
    func isProvenAbsent(_ rules: TrackingRules, vanished: Timestamp?) -> Bool {
        guard let absentSince, let absentAt else { return false }
        if absentAt >= absentSince.advanced(by: rules.sightingGap) { return true }
        guard let vanished else { return false }
        return absentAt >= vanished.advanced(by: rules.vanishGrace)
    }
}
