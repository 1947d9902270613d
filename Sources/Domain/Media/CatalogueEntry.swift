/// One film of Radarr or one series of Sonarr: a packed record, reused from entry to entry.
public struct CatalogueEntry: Sendable {
    public enum Slot {
        public static let id = 0, title = 1, tmdb = 2, tvdb = 3, imdb = 4, year = 5, overview = 6, path = 7
        public static let hasFile = 8, fileAddedAt = 9, isAnime = 10, titleSlug = 11
        public static let count = 12
    }

    public let type: MediaType
    public var record = PackedRecord(slots: Slot.count)

    public init(_ type: MediaType) { self.type = type }

    /// The service's own number for this title.
    public var id: Int64 { record.integer(Slot.id) ?? 0 }
    public var year: Int64? { record.integer(Slot.year) }
    /// Whether at least one file is there; nil when the service did not say.
    public var hasFile: Bool? { record.integer(Slot.hasFile).map { $0 != 0 } }
    public var fileAddedAt: Timestamp? { record.integer(Slot.fileAddedAt).map(Timestamp.init(milliseconds:)) }
    public var isAnime: Bool { record.integer(Slot.isAnime) == 1 }

    public func key(_ provider: Provider) -> ProviderKey? {
        switch provider {
        case .tmdb: record.slice(Slot.tmdb).flatMap { ProviderKey(type, provider, $0) }
        case .tvdb: record.slice(Slot.tvdb).flatMap { ProviderKey(type, provider, $0) }
        case .imdb: record.slice(Slot.imdb).flatMap { ProviderKey(type, provider, $0) }
        case .anidb, .shokoSeries: nil
        }
    }

    /// The id by which the service itself knows titles: TMDB for Radarr, TVDB for Sonarr.
    public var nativeKey: ProviderKey? { key(type == .movie ? .tmdb : .tvdb) }
}
