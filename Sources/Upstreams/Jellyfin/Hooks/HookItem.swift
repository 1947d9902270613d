import Media

/// The item an event of the webhook plug-in is about, when it is one that a request may wait for.
struct HookItem {
    let id: JellyfinItemID
    private(set) var keys: MediaKeys
    private(set) var units: [UnitNumber] = []
    private(set) var details = Details()
    /// A film or series, or something of a kind that is not told.
    let isWhole: Bool

    /// - Returns: nil without an id, and for music, box sets, and other kinds.
    init?(_ fields: HookFields) {
        guard let id = fields.text(.itemID).flatMap({ JellyfinItemID($0) }) else { return nil }
        self.id = id
        let series = fields.text(.seriesID).flatMap { JellyfinItemID($0) }
        let kind = fields.text(.itemType)?.lowercased()
        isWhole = kind != "season" && kind != "episode"
        switch kind {
        case "movie":
            keys = MediaKeys(mediaType: .movie)
            keys.jellyfinItem = id
            readIDs(fields)
        case "series":
            keys = MediaKeys(mediaType: .tv)
            keys.jellyfinSeries = id
            readIDs(fields)
        case "season":
            keys = MediaKeys(mediaType: .tv)
            keys.jellyfinSeries = series
        case "episode":
            keys = MediaKeys(mediaType: .tv)
            keys.jellyfinItem = id
            keys.jellyfinSeries = series
            // An episode's ids are its own and never stand for its series; only the file's is as good as a film's.
            keys.shokoFile = fields.number(.shokoFile)
            units = Self.units(fields)
        case nil:
            keys = MediaKeys()
            keys.jellyfinItem = id
            keys.jellyfinSeries = series
        default: return nil
        }
        details[.item] = id.text
        details[.series] = keys.jellyfinSeries?.text
        details[.title] = fields.name(.seriesName) ?? fields.name(.name)
        details[.year] = fields.number(.year).map { String($0) }
    }

    private mutating func readIDs(_ fields: HookFields) {
        keys.tmdb = fields.number(.tmdb)
        keys.tvdb = fields.number(.tvdb)
        keys.imdb = fields.text(.imdb).flatMap { text in text.utf8.contains { $0 != UInt8(ascii: "0") } ? text : nil }
        keys.anidb = fields.number(.anidb)
        keys.shokoFile = fields.number(.shokoFile)
        keys.shokoSeries = fields.number(.shokoSeries)
    }

    /// One file may hold several episodes; more than a hundred are a mistake.
    private static func units(_ fields: HookFields) -> [UnitNumber] {
        guard let season = fields.ordinal(.season), let first = fields.ordinal(.episode) else { return [] }
        let last = fields.ordinal(.episodeEnd) ?? first
        return (first...(last > first && last - first <= 100 ? last : first)).map { UnitNumber(season, $0) }
    }
}
