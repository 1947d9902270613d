/// A column of a request that a sync may fill (library-sync.md §3).
public enum FillableField: Int64, Sendable, CaseIterable {
    case jellyfinID = 0, tmdbID, tvdbID, imdbID, radarrID, sonarrID, isAnime, posterURL, year, overview, availableAt

    public var name: String {
        switch self {
        case .jellyfinID: "jellyfin_id"
        case .tmdbID: "tmdb_id"
        case .tvdbID: "tvdb_id"
        case .imdbID: "imdb_id"
        case .radarrID: "radarr_id"
        case .sonarrID: "sonarr_id"
        case .isAnime: "is_anime"
        case .posterURL: "poster_url"
        case .year: "year"
        case .overview: "overview"
        case .availableAt: "available_at"
        }
    }

    public init?(name: String) {
        guard let found = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = found
    }

    var bit: Int64 { 1 << rawValue }
}

/// A set of fillable fields in one integer.
public struct FieldSet: Sendable, Hashable {
    public var bits: Int64

    public init(bits: Int64 = 0) { self.bits = bits }
    public var isEmpty: Bool { bits == 0 }
    public func contains(_ field: FillableField) -> Bool { bits & field.bit != 0 }
    public mutating func insert(_ field: FillableField) { bits |= field.bit }
}

/// What a plan does to one row, and in which order plans are shown.
public enum PlanAction: Int64, Sendable, CaseIterable {
    case quarantined = 1, conflict, drift, fill, skip, add

    public var name: String {
        switch self {
        case .quarantined: "quarantined"
        case .conflict: "conflict"
        case .drift: "drift"
        case .fill: "fill"
        case .skip: "skip"
        case .add: "add"
        }
    }

    public init?(name: String) {
        guard let found = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = found
    }
}

/// One line of a stored plan: an item's record with the decision appended.
///
/// The item's slots hold the values that would be written, wherever they came from; `fromCatalogue` names the fields
/// that came from the *arr instead of Jellyfin.
public struct PlannedChange: Sendable {
    public enum Slot {
        static let first = LibraryItem.Slot.count
        public static let action = first, requestID = first + 1, version = first + 2, kind = first + 3
        public static let catalogueID = first + 4, catalogueInstance = first + 5, stage = first + 6
        public static let fills = first + 7, fromCatalogue = first + 8, availableAt = first + 9
        public static let isApproximate = first + 10, isAnime = first + 11, conflicts = first + 12
        public static let candidates = first + 13, stageBefore = first + 14, items = first + 15
        public static let itemInstance = first + 16, requestTitle = first + 17, requestYear = first + 18
        public static let round = first + 19, sharedKeys = first + 20, before = first + 21
        /// Other rows of the plan stand for the same item of the counters.
        public static let sharesItem = first + 22
        /// What a pending sync would book of a request, packed.
        public static let newcomer = first + 23
        public static let count = first + 24
    }

    public var record = PackedRecord(slots: Slot.count)

    public init() {}

    public var action: PlanAction { record.integer(Slot.action).flatMap(PlanAction.init) ?? .skip }
    public var requestID: Int64? { record.integer(Slot.requestID) }
    public var version: Int64? { record.integer(Slot.version) }
    public var fills: FieldSet { FieldSet(bits: record.integer(Slot.fills) ?? 0) }
    public var fromCatalogue: FieldSet { FieldSet(bits: record.integer(Slot.fromCatalogue) ?? 0) }
    public var mediaType: MediaType { record.integer(LibraryItem.Slot.type) == 1 ? .tv : .movie }
    public var itemID: JellyfinItemID? {
        record.slice(LibraryItem.Slot.id).map { JellyfinItemID(stored: Array($0)) }
    }
    /// The title of the row where there is one, else of the item.
    public var title: String { record.text(Slot.requestTitle) ?? record.text(LibraryItem.Slot.title) ?? "" }
    public var year: Int64? {
        record.has(Slot.requestTitle) ? record.integer(Slot.requestYear) : record.integer(LibraryItem.Slot.year)
    }
    public var stage: Stage? { record.text(Slot.stage).flatMap(Stage.init) }
    public var stageBefore: Stage? { record.text(Slot.stageBefore).flatMap(Stage.init) }
    /// Why a line is here: a drift kind or a quarantine reason.
    public var kind: String? { record.text(Slot.kind) }
    /// The service whose word the planned stage rests on.
    public var stageSource: String {
        switch kind {
        case "imported": "status_tracker"
        case Self.pendingKind: "jellyseerr"
        default: "jellyfin"
        }
    }
    /// The `kind` of a request that a pending sync adds.
    public static let pendingKind = "pending"
    /// How many of the listing's items this line stands for in the counters.
    public var items: Int64 { record.integer(Slot.items) ?? 0 }

    /// The item id a drift line replaces.
    public var storedItem: JellyfinItemID? {
        guard let text = record.text(Slot.before) else { return nil }
        return JellyfinItemID(text)
    }

    /// The value a field would get, as text.
    public func value(of field: FillableField) -> String? {
        switch field {
        case .jellyfinID: itemID?.text
        case .tmdbID: record.text(LibraryItem.Slot.tmdb)
        case .tvdbID: record.text(LibraryItem.Slot.tvdb)
        case .imdbID: record.text(LibraryItem.Slot.imdb)
        case .radarrID: mediaType == .movie ? record.integer(Slot.catalogueID).map(String.init) : nil
        case .sonarrID: mediaType == .tv ? record.integer(Slot.catalogueID).map(String.init) : nil
        case .isAnime: record.integer(Slot.isAnime).map { $0 == 1 ? "true" : "false" }
        case .posterURL: record.text(LibraryItem.Slot.posterURL)
        case .year: record.integer(LibraryItem.Slot.year).map(String.init)
        case .overview: record.text(LibraryItem.Slot.overview)
        case .availableAt: record.integer(Slot.availableAt).map { Timestamp(milliseconds: $0).rfc3339 }
        }
    }

    /// The service a field's value came from.
    public func source(of field: FillableField) -> String {
        fromCatalogue.contains(field) ? (mediaType == .movie ? "radarr" : "sonarr") : "jellyfin"
    }
}
