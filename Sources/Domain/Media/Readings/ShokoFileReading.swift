/// One file as Shoko knows it (upstreams.md §5).
public struct ShokoFileReading: Sendable, Hashable {
    public var id: Int64
    /// Folder id and path below it, for every place the file lies in.
    public var locations: [Location]
    /// AniDB episode ids with their series; empty while unmatched; nil when the answer did not carry them.
    public var references: [Reference]?

    public struct Location: Sendable, Hashable {
        public var folder: Int64
        /// Below the folder, as sent; may begin with a separator.
        public var relativePath: String
        /// Whether the server sees the file on its disk now; nil when not told.
        public var isAccessible: Bool?

        public init(folder: Int64, relativePath: String, isAccessible: Bool? = nil) {
            self.folder = folder
            self.relativePath = relativePath
            self.isAccessible = isAccessible
        }
    }

    public struct Reference: Sendable, Hashable {
        public var anidbAnime: Int64?
        public var anidbEpisode: Int64?
        public var series: Int64?
        public var episode: Int64?

        public init(anidbAnime: Int64?, anidbEpisode: Int64?, series: Int64?, episode: Int64?) {
            self.anidbAnime = anidbAnime
            self.anidbEpisode = anidbEpisode
            self.series = series
            self.episode = episode
        }
    }

    public init(id: Int64, locations: [Location], references: [Reference]?) {
        self.id = id
        self.locations = locations
        self.references = references
    }
}
