/// One film or series as a media server lists it: a packed record, reused from item to item.
public struct LibraryItem: Sendable {
    /// The fields of an item and their slots in the packed record.
    public enum Slot {
        public static let id = 0, type = 1, title = 2, year = 3, overview = 4, path = 5, posterURL = 6
        public static let createdAt = 7, tmdb = 8, tvdb = 9, imdb = 10, anidb = 11, shokoSeries = 12
        public static let isPlayable = 13
        /// Slots from here on belong to whoever carries the item further.
        public static let count = 14
    }

    public var record: PackedRecord

    public init(slots: Int = Slot.count) { record = PackedRecord(slots: slots) }

    public var type: MediaType { record.integer(Slot.type) == 1 ? .tv : .movie }
    public var id: JellyfinItemID? { record.slice(Slot.id).map { JellyfinItemID(stored: Array($0)) } }
    public var title: String { record.text(Slot.title) ?? "" }
    public var year: Int64? { record.integer(Slot.year) }
    public var path: String? { record.text(Slot.path) }
    /// A movie with a media source or a path; a series whose folder is not virtual (tracking.md §5).
    public var isPlayable: Bool { record.integer(Slot.isPlayable) == 1 }
    /// When the server says the file appeared; often wrong, see upstreams.md §6.5.
    public var createdAt: Timestamp? { record.integer(Slot.createdAt).map(Timestamp.init(milliseconds:)) }

    /// The provider's id as text; nil when the item has none.
    public func providerID(_ provider: Provider) -> ArraySlice<UInt8>? { record.slice(Self.slot(of: provider)) }

    public func key(_ provider: Provider) -> ProviderKey? {
        providerID(provider).flatMap { ProviderKey(type, provider, $0) }
    }

    public static func slot(of provider: Provider) -> Int {
        switch provider {
        case .tmdb: Slot.tmdb
        case .tvdb: Slot.tvdb
        case .imdb: Slot.imdb
        case .anidb: Slot.anidb
        case .shokoSeries: Slot.shokoSeries
        }
    }
}
