/// A torrent as its deletion sees it: what it holds, and whether it may go (deletion.md §5); nil was not said.
public struct TorrentHolding: Sendable, Hashable {
    /// What the client lists it by.
    public var hash: TorrentHash
    /// Every hash it goes by: `hash`, version 1, version 2.
    public var hashes: [TorrentHash]
    public var name: String
    /// The file or folder of its content, as the client sees it.
    public var contentPath: String?
    /// The folder it saves into.
    public var savePath: String?
    public var category: String
    /// The client's own word; 4.x `paused*` is given as 5.x `stopped*`.
    public var state: String
    /// 0…1.
    public var progress: Double
    /// Bytes selected for download.
    public var size: Int64?
    public var completedAt: Timestamp?
    /// From qBittorrent 5.0, once it has the metadata.
    public var isPrivate: Bool?
    /// Uploaded by downloaded; infinite above what the client counts.
    public var ratio: Double?
    /// The share ratio the client seeds to, its own or the client's general one; nil for no such goal.
    public var ratioGoal: Double?
    public var seedingTime: Duration?
    /// How long the client seeds it, as `ratioGoal`.
    public var seedingTimeGoal: Duration?

    public init(hash: TorrentHash, name: String = "", state: String = "unknown", progress: Double = 0) {
        self.hash = hash
        hashes = [hash]
        self.name = name
        category = ""
        self.state = state
        self.progress = progress
    }

    public var isComplete: Bool { progress >= 1 || state.hasSuffix("UP") }

    /// Whether a goal is set and none is reached: the client stops at the first one it reaches.
    public var isShortOfGoal: Bool {
        if ratioGoal == nil && seedingTimeGoal == nil { return false }
        if let goal = ratioGoal, let ratio, ratio >= goal { return false }
        if let goal = seedingTimeGoal, let seedingTime, seedingTime >= goal { return false }
        return true
    }

    /// Whether its tracker expects it to seed on; one that may be private counts as such.
    public var owesSeeding: Bool { isPrivate != false && isShortOfGoal }
}
