public import Media

/// One target of a plan, with what is to be done to it.
public struct PlannedStep: Sendable, Hashable, Codable {
    public var service: DeletionService
    /// nil where no instance is configured, or none is meant.
    public var instance: String?
    /// The target within the service, such as `movie:52`; empty for the service as a whole.
    public var target: String
    /// What people call it: a torrent's name, a folder.
    public var name: String?
    /// `pending` for what will be called; anything else is how it stays.
    public var status: StepStatus
    public var details: String?
    public var error: String?
    /// The call; nil for what is not called.
    public var work: StepWork?

    public init(
        _ service: DeletionService, _ instance: String?, _ target: String = "", name: String? = nil,
        status: StepStatus, details: String? = nil, error: String? = nil, work: StepWork? = nil
    ) {
        self.service = service
        self.instance = instance
        self.target = target
        self.name = name
        self.status = status
        self.details = details
        self.error = error
        self.work = work
    }

    public var key: DeletionStep.Key { DeletionStep.Key(service: service, instance: instance, target: target) }

    /// Whether nobody could tell what the service holds: such a step fails and can be retried.
    public var isUnknown: Bool { status == .failed && work == nil }
}

/// What is called for one target, with all that the call and its proof need.
public enum StepWork: Sendable, Hashable, Codable {
    /// A torrent, by its hash; its data too where `withFiles`.
    case torrent(hash: String, withFiles: Bool)
    /// A film of Radarr or a series of Sonarr.
    case title(ArrWork)
    /// Seasons or episodes of a series that stays.
    case part(SeriesPartWork)
    /// Files that Shoko should find missing.
    case records(ShokoWork)
    /// Items that Jellyfin should find missing.
    case items(JellyfinWork)
    /// A request of Seerr.
    case request(Int64)
    /// Seerr's record of the medium, with the TMDB number it must still have and the requests that may go with it.
    case media(id: Int64, tmdb: Int64, requests: [Int64])
}

/// How a film or series leaves its *arr.
public struct ArrWork: Sendable, Hashable, Codable {
    public var id: Int64
    /// TMDB of a film, TVDB of a series: it must still be this title when it is deleted.
    public var native: Int64
    public var path: String?
    public var withFiles: Bool
    public var excluding: Bool
    /// Files to delete one by one first, since the *arr would silently keep them (deletion.md §4).
    public var filesFirst: [Int64] = []
    /// The entry as it was, for an undo; JSON of the *arr.
    public var entry: String?
}

/// What becomes of a part of a series.
public struct SeriesPartWork: Sendable, Hashable, Codable {
    public var id: Int64
    public var native: Int64
    public var seasons: [Int]
    /// Sonarr's numbers of the episodes to unmonitor; those that were monitored.
    public var episodes: [Int64]
    /// Files to delete.
    public var files: [Int64]
}

/// What Shoko held of the title.
public struct ShokoWork: Sendable, Hashable, Codable {
    public var files: [Int64]
    public var series: Int64?
}

/// What Jellyfin held of the title.
public struct JellyfinWork: Sendable, Hashable, Codable {
    public struct Item: Sendable, Hashable, Codable {
        public var id: String
        public var path: String?
        /// Media sources that go, where the item holds another variant too; empty for the whole item.
        public var sources: [String] = []
    }

    public var items: [Item]
}
