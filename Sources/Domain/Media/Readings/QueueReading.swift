/// One record of an *arr's queue: one film, or one episode of a download (upstreams.md §2.1).
public struct QueueReading: Sendable, Hashable {
    /// In lower case; nil while the program has not got one from its client.
    public var downloadID: String?
    /// The release title.
    public var title: String
    /// The film's number in Radarr, the series' in Sonarr; nil for something it does not know.
    public var arrTitle: Int64?
    public var arrEpisode: Int64?
    public var unit: UnitNumber?
    /// `unknown queued paused downloading completed failed warning delay …`; unknown words are kept.
    public var status: String
    /// `downloading importBlocked importPending importing imported failedPending failed ignored`; nil if not sent.
    public var trackedState: String?
    /// `ok warning error`; nil if not sent.
    public var trackedStatus: String?
    /// Every message of `statusMessages`, in order.
    public var messages: [String] = []
    public var errorMessage: String?
    /// Bytes of the whole download, also on each record of a season pack.
    public var size: Int64?
    public var sizeLeft: Int64?
    public var timeLeft: Duration?
    public var indexer: String?
    public var quality: String?
    public var isTorrent = false

    public init(title: String, status: String) {
        self.title = title
        self.status = status
    }
}
