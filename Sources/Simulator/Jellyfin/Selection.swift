/// What decides which items a listing holds and in which order; pages of one selection fit together.
struct Selection: Sendable, Hashable {
    enum Scope: Sendable, Hashable {
        case everything
        /// The libraries themselves.
        case root
        case under(ItemRef, recursive: Bool)
        case nothing
    }

    var kinds: ItemKinds = .all
    var scope = Scope.everything
    var sort: [SortKey] = []
    var isDescending = false
    var collapses = false
    var hasTmdb: Bool?
    var hasImdb: Bool?
    var hasTvdb: Bool?
    var isMissing: Bool?
    var search: String?
    var savedSince: Int64?

    /// Whether any filter looks at a title's own values.
    var filters: Bool {
        hasTmdb != nil || hasImdb != nil || hasTvdb != nil || search != nil || savedSince != nil || isMissing != nil
    }
}

/// The values of `includeItemTypes` that exist here.
struct ItemKinds: OptionSet, Sendable, Hashable {
    let rawValue: UInt8

    static let movie = ItemKinds(rawValue: 1)
    static let series = ItemKinds(rawValue: 2)
    static let season = ItemKinds(rawValue: 4)
    static let episode = ItemKinds(rawValue: 8)
    static let boxSet = ItemKinds(rawValue: 16)
    static let folder = ItemKinds(rawValue: 32)
    /// What comes when nothing is asked for.
    static let all: ItemKinds = [.movie, .series, .season, .episode, .boxSet, .folder]

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Unknown names are dropped.
    init(names: [String]) {
        self = []
        for name in names {
            switch name.lowercased() {
            case "movie": insert(.movie)
            case "series": insert(.series)
            case "season": insert(.season)
            case "episode": insert(.episode)
            case "boxset": insert(.boxSet)
            case "folder", "collectionfolder": insert(.folder)
            default: break
            }
        }
    }
}

/// The values of `sortBy` that have an effect here, in lower case.
enum SortKey: String, Sendable, Hashable {
    case dateCreated = "datecreated"
    case dateLastContentAdded = "datelastcontentadded"
    case sortName = "sortname"
    case name
    case premiereDate = "premieredate"
    case productionYear = "productionyear"
    case runtime
    case random
    case parentIndexNumber = "parentindexnumber"
    case indexNumber = "indexnumber"
}
