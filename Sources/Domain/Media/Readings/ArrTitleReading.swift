/// One film of a Radarr or series of a Sonarr, as far as tracking needs it; what is nil was not said.
public struct ArrTitleReading: Sendable, Hashable {
    public var id: Int64
    public var type: MediaType
    public var title: String?
    /// Radarr: what it is called in its own language.
    public var originalTitle: String?
    /// The first of the names it also goes by.
    public var alternateTitle: String?
    public var year: Int64?
    public var tmdb: Int64?
    public var tvdb: Int64?
    public var imdb: String?
    /// The title's folder, as the program sees it.
    public var path: String?
    public var monitored: Bool?
    /// A film has its file, a series at least one.
    public var hasFile: Bool?
    public var isAnime = false
    /// Radarr: released by its own rules (`isAvailable`).
    public var isAvailable: Bool?
    /// Radarr: the earliest day of a digital or physical release, and of the cinemas.
    public var released: Timestamp?
    public var inCinemas: Timestamp?
    /// Radarr: the film's file.
    public var file: File?
    /// The part of the program's own page for it.
    public var slug: String?

    public struct File: Sendable, Hashable {
        public var id: Int64
        public var path: String?
        public var quality: String?
        /// Bytes.
        public var size: Int64?
        public var addedAt: Timestamp?

        public init(id: Int64) { self.id = id }
    }

    public init(id: Int64, type: MediaType) {
        self.id = id
        self.type = type
    }
}
