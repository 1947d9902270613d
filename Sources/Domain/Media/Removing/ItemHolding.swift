/// A Jellyfin item as its deletion sees it: where its files are, and under which ids it goes; nil was not said.
public struct ItemHolding: Sendable, Hashable {
    /// One version of a film or episode.
    public struct Source: Sendable, Hashable {
        public var id: String?
        public var path: String?
        /// Bytes.
        public var size: Int64?
        /// Pixels of the video.
        public var width: Int64?

        public init(id: String? = nil, path: String? = nil, size: Int64? = nil, width: Int64? = nil) {
            self.id = id
            self.path = path
            self.size = size
            self.width = width
        }
    }

    public var id: JellyfinItemID
    public var kind: ItemReading.Kind
    public var title: String
    public var year: Int64?
    /// As the server sees it; a series' is its folder.
    public var path: String?
    public var sources: [Source]
    public var tmdb: Int64?
    public var tvdb: Int64?
    public var imdb: String?
    public var anidb: Int64?

    public init(
        id: JellyfinItemID, kind: ItemReading.Kind, title: String, path: String? = nil, sources: [Source] = []
    ) {
        self.id = id
        self.kind = kind
        self.title = title
        self.path = path
        self.sources = sources
    }
}
