/// One torrent as qBittorrent lists it (upstreams.md §4).
public struct TorrentReading: Sendable, Hashable {
    /// The key it is listed by, in lower case.
    public var hash: String
    /// All ids a download may be known by: `hash`, the v1 hash, the first 40 digits of the v2 hash; lower case.
    public var hashes: [String]
    public var name: String
    /// Bytes selected for download; nil while unknown (metadata phase: 0 or -1).
    public var size: Int64?
    /// 0…1.
    public var progress: Double
    /// The client's own word, such as `stalledDL`; 4.x `paused*` is given as 5.x `stopped*`.
    public var state: String
    public var category: String
    public var contentPath: String?
    public var amountLeft: Int64?
    /// Bytes a second.
    public var downloadSpeed: Int64
    /// Nil when the client says 8640000, "unknown".
    public var etaSeconds: Int64?
    public var seeds: Int64
    public var addedAt: Timestamp?
    public var completedAt: Timestamp?

    public init(hash: String, state: String) {
        self.hash = hash
        self.state = state
        hashes = [hash]
        name = ""
        progress = 0
        category = ""
        downloadSpeed = 0
        seeds = 0
    }

    /// Done: any `*UP` state, or at progress 1 with nothing left (tracking.md §3.1).
    public var isDone: Bool { state.hasSuffix("UP") || (progress >= 1 && (amountLeft ?? 0) == 0) }
}

/// One file of a torrent, for the progress of a pack's episodes.
public struct TorrentFile: Sendable, Hashable {
    /// The path below the torrent's folder.
    public var name: String
    public var size: Int64
    /// 0…1.
    public var progress: Double

    public init(name: String, size: Int64, progress: Double) {
        self.name = name
        self.size = size
        self.progress = progress
    }
}
