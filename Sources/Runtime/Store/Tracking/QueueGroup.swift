public import Media

/// One download as an *arr's queue lists it, over all its episodes.
public struct QueueGroup: Sendable, Hashable {
    /// The download id, or the release title while there is none.
    public var key: String
    public var downloadID: String?
    public var title: String
    public var arrTitle: Int64?
    public var units: [UnitNumber] = []
    /// Sonarr's numbers of the episodes, where the records carry no season and number.
    public var episodes: [Int64] = []
    public var status: String
    public var trackedState: String?
    public var message: String?
    public var size: Int64?
    public var sizeLeft: Int64?
    public var isTorrent = false
    public var quality: String?
    public var indexer: String?

    public init(
        key: String, downloadID: String?, title: String, arrTitle: Int64?, status: String, trackedState: String?
    ) {
        self.key = key
        self.downloadID = downloadID
        self.title = title
        self.arrTitle = arrTitle
        self.status = status
        self.trackedState = trackedState
    }

    /// Whether booking it again would change nothing: the client tells a torrent's progress better.
    public func isSame(as other: QueueGroup) -> Bool {
        var mine = self
        if isTorrent {
            let isLoading = sizeLeft.map { $0 < (size ?? 0) }
            let wasLoading = other.sizeLeft.map { $0 < (other.size ?? 0) }
            guard isLoading == wasLoading else { return false }
            mine.sizeLeft = other.sizeLeft
        }
        mine.units = other.units
        mine.episodes = other.episodes
        return mine == other && Set(units) == Set(other.units) && Set(episodes) == Set(other.episodes)
    }
}
