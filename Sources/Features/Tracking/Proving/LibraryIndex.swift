import Jellyfin
import Media

/// Which items of Jellyfin carry which ids: provider ids, paths and titles, each to a *set* of items (tracking.md §5).
///
/// Jellyfin has no lookup by provider id, so the index is local. It holds hashes, about forty bytes an item: what it finds
/// is a candidate, read by id and compared in full before it proves anything.
struct LibraryIndex {
    private var items: [JellyfinItemID] = []
    private var places: [JellyfinItemID: UInt32] = [:]
    private var heads: [UInt64: UInt32] = [:]
    /// Entries of one key, each with the next: item and the following entry, 0 for none.
    private var entries: [(item: UInt32, next: UInt32)] = [(0, 0)]
    /// When the whole library was last read, and whether that read was complete.
    private(set) var fullAt: Timestamp?

    var count: Int { items.count }

    func contains(_ id: JellyfinItemID) -> Bool { places[id] != nil }

    mutating func add(_ item: ItemReading, path: String?) {
        let place: UInt32
        if let known = places[item.id] {
            place = known
        } else {
            items.append(item.id)
            place = UInt32(items.count - 1)
            places[item.id] = place
        }
        for key in Self.keys(of: item, path: path) { link(Self.hash(key), place) }
    }

    private mutating func link(_ key: UInt64, _ item: UInt32) {
        var entry = heads[key] ?? 0
        while entry != 0 {
            if entries[Int(entry)].item == item { return }
            entry = entries[Int(entry)].next
        }
        entries.append((item, heads[key] ?? 0))
        heads[key] = UInt32(entries.count - 1)
    }

    /// Items that may be what carries these keys.
    func candidates(_ keys: [String]) -> [JellyfinItemID] {
        var found: [JellyfinItemID] = []
        for key in keys {
            var entry = heads[Self.hash(key)] ?? 0
            while entry != 0 {
                let item = items[Int(entries[Int(entry)].item)]
                if !found.contains(item) { found.append(item) }
                entry = entries[Int(entry)].next
            }
        }
        return found
    }

    /// Whether any of these keys leads to an item.
    func holdsAny(of keys: [String]) -> Bool { keys.contains { heads[Self.hash($0)] != nil } }

    mutating func completed(at time: Timestamp) { fullAt = time }

    // MARK: Keys

    static func keys(of item: ItemReading, path: String?) -> [String] {
        var keys: [String] = []
        let kind = item.kind.rawValue
        if item.kind != .episode {
            if let tmdb = item.tmdb { keys.append("\(kind)|tmdb|\(tmdb)") }
            if let tvdb = item.tvdb { keys.append("\(kind)|tvdb|\(tvdb)") }
            if let imdb = item.imdb { keys.append("\(kind)|imdb|\(imdb.lowercased())") }
            for title in [item.title, item.originalTitle].compactMap(\.self) {
                keys.append("\(kind)|title|\(TitleKey.fold(title))")
            }
        } else if let tvdb = item.tvdb {
            keys.append("episode|tvdb|\(tvdb)")
        }
        if let file = item.shokoFile { keys.append("shoko_file|\(file)") }
        if let series = item.shokoSeries, item.kind == .series { keys.append("shoko_series|\(series)") }
        if let anidb = item.anidb, item.kind != .episode { keys.append("anidb|\(anidb)") }
        if let path, item.kind != .series {
            for level in PathKey.levels(of: path).prefix(2) { keys.append("path|\(level)") }
        }
        return keys
    }

    private static func hash(_ text: String) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return hash
    }
}
