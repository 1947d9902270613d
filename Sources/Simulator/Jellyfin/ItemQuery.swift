/// The parameters of `GET /Items` (upstreams.md §6.5); unknown parameters and values are dropped without a word.
struct ItemQuery: Sendable {
    var selection = Selection()
    /// Asked for by id: everything else about the selection but its filters is ignored.
    var ids: [String] = []
    var fields: ItemFields = []
    var start = 0
    var limit: Int?
    var countsAll = true
    var showsImages = true
    var showsUserData = false
    var asksMinDateLastSaved = false

    init(_ call: Call, catalogue: JellyfinCatalogue, hasUser: Bool) {
        for name in call.list("fields") { fields.formUnion(ItemFields(name: name)) }
        ids = call.list("ids").filter { ItemIDs.isGUID($0) }
        start = call.parameter("startIndex").flatMap { Int($0) }.map(Self.sane) ?? 0
        limit = call.parameter("limit").flatMap { Int($0) }.map(Self.sane)
        countsAll = call.flag("enableTotalRecordCount") ?? true
        showsImages = call.flag("enableImages") ?? true
        showsUserData = hasUser && call.flag("enableUserData") ?? true
        asksMinDateLastSaved = call.parameter("minDateLastSaved") != nil
        readSelection(call, catalogue)
    }

    // Never negative, and never so large that adding to it overflows.
    private static func sane(_ number: Int) -> Int { min(max(0, number), 1 << 40) }

    private mutating func readSelection(_ call: Call, _ catalogue: JellyfinCatalogue) {
        let included = ItemKinds(names: call.list("includeItemTypes"))
        selection.kinds = (included.isEmpty ? .all : included).subtracting(
            ItemKinds(names: call.list("excludeItemTypes")))
        // Collapsing is the default; only an explicit false refuses it.
        selection.collapses = call.flag("collapseBoxSetItems") ?? true
        selection.hasTmdb = call.flag("hasTmdbId")
        selection.hasImdb = call.flag("hasImdbId")
        selection.hasTvdb = call.flag("hasTvdbId")
        selection.isMissing = call.flag("isMissing")
        selection.search = call.parameter("searchTerm").flatMap { $0.isEmpty ? nil : $0.lowercased() }
        selection.savedSince = (call.parameter("minDateLastSaved") ?? call.parameter("minDateLastSavedForUser"))
            .flatMap { Ticks.parse($0) }
        selection.isDescending = call.list("sortOrder").first?.lowercased() == "descending"
        selection.sort = call.list("sortBy").compactMap { SortKey(rawValue: $0.lowercased()) }
        let isRecursive = call.flag("recursive") ?? false
        if let parent = call.parameter("parentId"), ItemIDs.isGUID(parent) {
            // An unknown parent has no children.
            selection.scope = catalogue.item(parent).map { .under($0, recursive: isRecursive) } ?? .nothing
        } else {
            selection.scope = isRecursive || selection.search != nil ? .everything : .root
        }
    }
}

/// The values of `fields` that change an answer here.
struct ItemFields: OptionSet, Sendable, Hashable {
    let rawValue: UInt32

    static let providerIDs = ItemFields(rawValue: 1 << 0)
    static let path = ItemFields(rawValue: 1 << 1)
    static let overview = ItemFields(rawValue: 1 << 2)
    static let dateCreated = ItemFields(rawValue: 1 << 3)
    static let mediaSources = ItemFields(rawValue: 1 << 4)
    static let genres = ItemFields(rawValue: 1 << 5)
    static let parentID = ItemFields(rawValue: 1 << 6)
    static let sortName = ItemFields(rawValue: 1 << 7)
    static let originalTitle = ItemFields(rawValue: 1 << 8)
    static let childCount = ItemFields(rawValue: 1 << 9)
    static let settings = ItemFields(rawValue: 1 << 10)
    static let lastMediaAdded = ItemFields(rawValue: 1 << 11)
    static let mediaStreams = ItemFields(rawValue: 1 << 12)
    static let size = ItemFields(rawValue: 1 << 13)
    /// What `GET /Items/{id}` shows.
    static let every = ItemFields(rawValue: 0x3FFF)

    private static let names: [String: ItemFields] = [
        "providerids": .providerIDs, "path": .path, "overview": .overview, "datecreated": .dateCreated,
        "mediasources": .mediaSources, "genres": .genres, "parentid": .parentID, "sortname": .sortName,
        "originaltitle": .originalTitle, "childcount": .childCount, "recursiveitemcount": .childCount,
        "settings": .settings, "datelastmediaadded": .lastMediaAdded, "mediastreams": .mediaStreams, "width": .size,
        "height": .size,
    ]

    init(rawValue: UInt32) { self.rawValue = rawValue }
    init(name: String) { self = Self.names[name.lowercased()] ?? [] }
}
