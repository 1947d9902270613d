/// A film of a Radarr or a series of a Sonarr, with what its deletion and the undo of it need; nil was not said.
public struct ArrEntry: Sendable, Hashable {
    public struct Season: Sendable, Hashable {
        public var number: Int
        public var monitored: Bool?
        /// Episode files; nil where the program does not count them.
        public var files: Int?

        public init(number: Int, monitored: Bool? = nil, files: Int? = nil) {
            self.number = number
            self.monitored = monitored
            self.files = files
        }
    }

    public var id: ArrTitleID
    public var type: MediaType
    public var title: String
    public var year: Int64?
    public var tmdb: Int64?
    public var tvdb: Int64?
    public var imdb: String?
    /// The title's folder, as the program sees it.
    public var path: String?
    /// The folder that the title's folder lies in.
    public var rootFolder: String?
    public var monitored: Bool?
    /// A series' seasons, specials as 0; none of a film.
    public var seasons: [Season] = []
    public var qualityProfile: Int64?
    /// Numbers of tags.
    public var tags: [Int64] = []
    /// Sonarr: `standard`, `daily`, `anime`.
    public var seriesType: String?
    /// Radarr: from when on a film is searched for.
    public var minimumAvailability: String?
    /// A film has its file, a series at least one.
    public var hasFile: Bool?
    /// Bytes of all files.
    public var size: Int64?
    /// The whole entry as the program sent it, for adding it again.
    public var json: String

    public init(id: ArrTitleID, type: MediaType, title: String, json: String) {
        self.id = id
        self.type = type
        self.title = title
        self.json = json
    }
}

/// One video file that a Radarr or Sonarr manages.
public struct ArrFile: Sendable, Hashable {
    public var id: ArrFileID
    /// As the program sees it.
    public var path: String?
    /// Bytes.
    public var size: Int64?
    /// The episodes in it, in order; none of a film.
    public var units: [UnitNumber]
    /// Sonarr's own numbers of those episodes.
    public var episodes: [Int64]

    public init(
        id: ArrFileID, path: String? = nil, size: Int64? = nil, units: [UnitNumber] = [], episodes: [Int64] = []
    ) {
        self.id = id
        self.path = path
        self.size = size
        self.units = units
        self.episodes = episodes
    }
}

/// A quality profile, a tag or a root folder that exists in a Radarr or Sonarr.
public struct ArrOption: Sendable, Hashable {
    public var id: Int64
    /// The profile's name, the tag's label, the folder's path.
    public var name: String

    public init(id: Int64, name: String) {
        self.id = id
        self.name = name
    }
}

/// One title that a Radarr or Sonarr was told never to import from lists.
public struct ArrExclusion: Sendable, Hashable {
    public var id: ArrExclusionID
    /// Of Radarr the TMDB number, of Sonarr the TVDB number.
    public var provider: Int64
    public var title: String?

    public init(id: ArrExclusionID, provider: Int64, title: String? = nil) {
        self.id = id
        self.provider = provider
        self.title = title
    }
}
