import JSONStream

/// The wanted fields of one event, by key without case, underscores and blanks.
struct HookFields {
    enum Key: String, CaseIterable {
        case notificationType = "notificationtype"
        case utcTimestamp = "utctimestamp"
        case name
        case itemID = "itemid"
        case itemType = "itemtype"
        case year
        case seriesName = "seriesname"
        case seriesID = "seriesid"
        case season = "seasonnumber"
        case episode = "episodenumber"
        case episodeEnd = "episodenumberend"
        case tmdb = "providertmdb"
        case tvdb = "providertvdb"
        case imdb = "providerimdb"
        case anidb = "provideranidb"
        case shokoFile = "providershokofile"
        case shokoSeries = "providershokoseries"
    }

    private var values: [Key: JSONNode] = [:]

    init(_ root: JSONNode) {
        for (key, value) in root.members {
            guard let wanted = Key(rawValue: Self.plain(key)) else { continue }
            // Of two spellings of one key the one that says something counts.
            if Self.text(value) != nil || values[wanted] == nil { values[wanted] = value }
        }
    }

    /// A string with more than blanks in it, or a number's digits.
    func text(_ key: Key) -> String? { values[key].flatMap(Self.text) }

    /// A name, without the backslashes that the plug-in puts before quotes.
    func name(_ key: Key) -> String? { text(key)?.replacing("\\\"", with: "\"") }

    /// A number above zero.
    func number(_ key: Key) -> Int64? { values[key]?.integer.flatMap { $0 > 0 ? $0 : nil } }

    /// A season's or episode's number; 0 is one too.
    func ordinal(_ key: Key) -> Int? {
        values[key]?.integer.flatMap { (0...99_999).contains($0) ? Int($0) : nil }
    }

    private static func text(_ node: JSONNode) -> String? {
        guard node.kind == .string || node.kind == .number, let text = node.scalar, !text.isEmpty else { return nil }
        return text
    }

    private static func plain(_ key: String) -> String {
        String(
            decoding: key.utf8.lazy.filter { $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: " ") }
                .map { $0 &- 65 < 26 ? $0 | 0x20 : $0 }, as: UTF8.self)
    }
}
