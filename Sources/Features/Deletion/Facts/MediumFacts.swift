public import Media
public import Store

/// Everything a plan is made from: what the store and every service know of one medium.
public struct MediumFacts: Sendable {
    /// The row whose deletion is asked for.
    public var asked: RowFacts
    /// The other live rows of the medium, of any variant and seasons.
    public var siblings: [RowFacts] = []
    public var arrs: [ArrFacts] = []
    public var clients: [ClientFacts] = []
    public var shoko: [ShokoFacts] = []
    public var jellyfin: JellyfinFacts?
    public var seerr: [SeerrFacts] = []

    public init(_ asked: RowFacts) { self.asked = asked }
}

/// A row as its deletion sees it.
public struct RowFacts: Sendable {
    public var row: RequestRecord
    public var hashes: [TorrentHash] = []
    public var items: [JellyfinItemID] = []
    public var seerrRequests: [InstanceID<Int64>] = []
    public var shokoFiles: [Int64] = []
    /// In the common view.
    public var paths: [String] = []
    /// Titles of other rows that a torrent was grabbed for, too.
    public var sharers: [TorrentHash: [String]] = [:]

    public init(_ row: RequestRecord) { self.row = row }

    /// The Radarr or Sonarr the row is bound to.
    public var arr: InstanceID<Int64>? { row.mediaType == .movie ? row.radarr : row.sonarr }
}

/// What one Radarr or Sonarr holds of the medium.
public struct ArrFacts: Sendable {
    public var service: DeletionService
    public var instance: String
    /// Which copies it keeps, where several share the work.
    public var variant: Variant?
    public var entries: Told<[ArrEntry]>
    /// Of the entry that is meant.
    public var files: Told<[ArrFile]> = .known([])
    public var hashes: Told<[TorrentHash: Set<Int64>]> = .known([:])
    public var episodes: Told<[EpisodeReading]> = .known([])
    /// Other titles whose folder equals, contains or lies in the entry's folder.
    public var overlaps: Told<[Overlap]> = .known([])

    public struct Overlap: Sendable, Hashable {
        public var title: String
        public var path: String
        public var files: [String]

        public init(title: String, path: String, files: [String]) {
            self.title = title
            self.path = path
            self.files = files
        }
    }

    public init(_ service: DeletionService, _ instance: String, variant: Variant?, entries: Told<[ArrEntry]>) {
        self.service = service
        self.instance = instance
        self.variant = variant
        self.entries = entries
    }

    /// The entry that is meant: the only one, or the one the row is bound to.
    public func entry(for row: RowFacts) -> ArrEntry? {
        let all = entries.value ?? []
        if all.count == 1 { return all.first }
        guard let bound = row.arr, bound.instance == instance else { return nil }
        return all.first { $0.id.value == bound.id }
    }
}

/// What one torrent client lists.
public struct ClientFacts: Sendable {
    public var instance: String
    public var torrents: Told<[TorrentHolding]>

    public init(_ instance: String, _ torrents: Told<[TorrentHolding]>) {
        self.instance = instance
        self.torrents = torrents
    }
}

/// What one Shoko holds of the medium.
public struct ShokoFacts: Sendable {
    public var instance: String
    public var files: Told<[ShokoFileReading]>

    public init(_ instance: String, _ files: Told<[ShokoFileReading]>) {
        self.instance = instance
        self.files = files
    }
}

/// All items of the medium that Jellyfin lists.
public struct JellyfinFacts: Sendable {
    public var instance: String
    public var items: Told<[ItemHolding]>
    /// The episodes of its series, where only a part of it goes.
    public var episodes: Told<[ItemReading]> = .known([])

    public init(_ instance: String, _ items: Told<[ItemHolding]>) {
        self.instance = instance
        self.items = items
    }
}

/// What one Seerr knows of the medium.
public struct SeerrFacts: Sendable {
    public var instance: String
    public var media: Told<SeerrMedia?>
    /// Whether it could be asked at all: it looks titles up by TMDB number only.
    public var hasNumber: Bool

    public init(_ instance: String, _ media: Told<SeerrMedia?>, hasNumber: Bool = true) {
        self.instance = instance
        self.media = media
        self.hasNumber = hasNumber
    }
}
