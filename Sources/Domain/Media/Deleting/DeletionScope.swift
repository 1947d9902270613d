/// Which seasons or episodes of a series a deletion covers.
public struct DeletionScope: Sendable, Hashable, Codable {
    public var seasons: [Int]
    public var episodes: [Unit]

    /// One episode by its numbers.
    public struct Unit: Sendable, Hashable, Codable {
        public var season: Int
        public var episode: Int

        public init(season: Int, episode: Int) {
            self.season = season
            self.episode = episode
        }
    }

    public init(seasons: [Int] = [], episodes: [Unit] = []) {
        self.seasons = seasons.sorted()
        self.episodes = episodes.sorted { ($0.season, $0.episode) < ($1.season, $1.episode) }
    }

    public var isEmpty: Bool { seasons.isEmpty && episodes.isEmpty }

    public func contains(_ unit: UnitNumber) -> Bool {
        seasons.contains(unit.season) || episodes.contains { $0.season == unit.season && $0.episode == unit.episode }
    }
}

/// What a deletion is asked to do.
public struct DeletionOptions: Sendable, Hashable, Codable {
    public var deletesFiles = false
    public var torrents = TorrentChoice.auto
    /// Whether the *arr puts the title on its list of exclusions.
    public var addsExclusion = false
    /// nil for the whole row.
    public var scope: DeletionScope?

    public init() {}

    enum CodingKeys: String, CodingKey {
        case deletesFiles = "delete_files"
        case torrents
        case addsExclusion = "add_exclusion"
        case scope
    }
}

/// What an undo of a deletion could bring back, and what is lost for good (deletion.md §11).
public struct UndoOutlook: Sendable, Hashable, Codable {
    /// Names of services whose entries can be restored.
    public var restores: [DeletionService]
    /// `files`, `torrent`, `watch_state`, `shoko_links`, `request_number`.
    public var cannot: [String]

    public init(restores: [DeletionService] = [], cannot: [String] = []) {
        self.restores = restores
        self.cannot = cannot
    }
}
