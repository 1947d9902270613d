public import Media

/// What changed in qBittorrent since the last reading.
public struct TorrentDelta: Sendable, Hashable {
    /// Torrents that are new or look different; after a full answer all of them.
    public var changed: [TorrentReading]
    /// Hashes that were listed before and are no longer.
    public var removed: [String]
    /// The server told everything anew, as it does at the start, after a restart, and after a lost answer.
    public var isFull: Bool
    /// Every torrent listed now, in no order.
    public var hashes: [String]
}
