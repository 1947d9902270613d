/// Which qBittorrent and Shoko are played.
public struct StackOptions: Sendable, Hashable {
    /// Which qBittorrent is played.
    public var qbittorrent: QBittorrentVersion
    /// Finished torrents it holds from the start; nil for none, or as many as the library's tier has.
    public var torrents: Int?
    /// Which Shoko is played.
    public var shoko: ShokoVersion

    /// Makes options.
    public init(qbittorrent: QBittorrentVersion = .v5_1, torrents: Int? = nil, shoko: ShokoVersion = .v5) {
        self.qbittorrent = qbittorrent
        self.torrents = torrents
        self.shoko = shoko
    }
}
