/// A requested title's item in Jellyfin.
struct FlowItem: Sendable, Hashable {
    enum Kind: Sendable, Hashable { case film, series, season, episode }

    /// Its place among the flow's items: what its id is made from.
    let slot: Int
    let kind: Kind
    let title: Int
    /// Of an episode, its place in the title.
    let unit: Int
    let season: Int
    /// File or folder; empty of a virtual episode.
    var path: String
    var size: Int64
    /// The file's time.
    var created: Int64
    /// When Jellyfin last saved the item; nil before its first refresh.
    var saved: Int64?
    /// Whether its provider ids have been found.
    var hasIDs = false
    /// Known by its metadata alone: no path, no media source.
    var isStub = false
    /// A missing episode.
    var isVirtual = false
    var isGone = false
    /// Slot of the season or series above.
    let series: Int?
    let seasonSlot: Int?
}
