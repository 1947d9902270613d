import JSONStream
import Media

/// Interprets one record of `GET /Items` as something that may prove a request (tracking.md §5).
struct ItemReader {
    private enum Field {
        static let id = 0, name = 1, type = 2, year = 3, path = 4, location = 5, original = 6, series = 7
        static let seriesName = 8, number = 9, lastNumber = 10, season = 11
        static let tmdb = 12, tvdb = 13, imdb = 14, anidb = 15, shokoFile = 16, shokoEpisode = 17, shokoSeries = 18
        static let poster = 19, sources = 20, width = 21, streamWidth = 22
    }

    /// `ProviderIds` keys compare without case: Emby writes `IMDB` (upstreams.md §6.6).
    static let shape = RecordShape([
        .value("Id", slot: Field.id), .value("Name", slot: Field.name), .value("Type", slot: Field.type),
        .value("ProductionYear", slot: Field.year), .value("Path", slot: Field.path),
        .value("LocationType", slot: Field.location), .value("OriginalTitle", slot: Field.original),
        .value("SeriesId", slot: Field.series), .value("SeriesName", slot: Field.seriesName),
        .value("IndexNumber", slot: Field.number), .value("IndexNumberEnd", slot: Field.lastNumber),
        .value("ParentIndexNumber", slot: Field.season), .value("Width", slot: Field.width),
        .objectIgnoringCase(
            "ProviderIds",
            [
                .value("Tmdb", slot: Field.tmdb), .value("Tvdb", slot: Field.tvdb), .value("Imdb", slot: Field.imdb),
                .value("AniDB", slot: Field.anidb), .value("Shoko File", slot: Field.shokoFile),
                .value("Shoko Episode", slot: Field.shokoEpisode), .value("Shoko Series", slot: Field.shokoSeries),
            ]),
        .object("ImageTags", [.value("Primary", slot: Field.poster)]),
        .count("MediaSources", slot: Field.sources),
        .firstOf("MediaSources", [.firstOf("MediaStreams", [.value("Width", slot: Field.streamWidth)])]),
    ])

    static func id(_ record: borrowing RecordStream) -> JellyfinItemID? {
        guard record.kind(Field.id) == .string || record.kind(Field.id) == .number else { return nil }
        return unsafe record.withBytes(Field.id) { unsafe JellyfinItemID($0) } ?? nil
    }

    /// - Returns: nil without an id, and for other kinds than films, series and episodes.
    static func read(_ record: borrowing RecordStream) -> ItemReading? {
        guard let id = id(record), let kind = record.text(Field.type).flatMap({ ItemReading.Kind(type: $0) }) else {
            return nil
        }
        let path = text(record, Field.path)
        let location = record.text(Field.location)?.lowercased()
        let isThere = location != "virtual" && location != "offline"
        let hasMedia = (record.integer(Field.sources) ?? 0) > 0 || path != nil
        var item = ItemReading(
            id: id, kind: kind, title: text(record, Field.name) ?? "",
            isPlayable: kind != .series && isThere && hasMedia)
        item.path = path
        item.originalTitle = text(record, Field.original)
        item.year = number(record, Field.year)
        item.hasPoster = text(record, Field.poster) != nil
        item.width = [number(record, Field.width), number(record, Field.streamWidth)].compactMap(\.self).max()
        if kind == .episode { readPlace(record, &item) }
        readIDs(record, &item)
        return item
    }

    private static func readPlace(_ record: borrowing RecordStream, _ item: inout ItemReading) {
        item.series = text(record, Field.series).flatMap { JellyfinItemID($0) }
        item.seriesName = text(record, Field.seriesName)
        guard let season = ordinal(record, Field.season), let number = ordinal(record, Field.number) else { return }
        item.unit = UnitNumber(season, number)
        item.lastEpisode = ordinal(record, Field.lastNumber).flatMap { $0 > number ? $0 : nil }
    }

    private static func readIDs(_ record: borrowing RecordStream, _ item: inout ItemReading) {
        item.tmdb = number(record, Field.tmdb)
        item.tvdb = number(record, Field.tvdb)
        item.imdb =
            unsafe record.withBytes(Field.imdb) { bytes in
                unsafe IDText.meaningful(bytes).map { unsafe String(decoding: $0, as: UTF8.self) }
            } ?? nil
        item.anidb = number(record, Field.anidb)
        item.shokoFile = number(record, Field.shokoFile)
        item.shokoEpisode = number(record, Field.shokoEpisode)
        item.shokoSeries = number(record, Field.shokoSeries)
    }

    private static func text(_ record: borrowing RecordStream, _ field: Int) -> String? {
        record.text(field).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Ids are text or numbers, sometimes padded; zero means none.
    private static func number(_ record: borrowing RecordStream, _ field: Int) -> Int64? {
        record.integer(field).flatMap { $0 > 0 ? $0 : nil }
    }

    private static func ordinal(_ record: borrowing RecordStream, _ field: Int) -> Int? {
        record.integer(field).flatMap { (0...99_999).contains($0) ? Int($0) : nil }
    }
}

extension ItemReading.Kind {
    init?(type: String) {
        switch type {
        case "Movie": self = .movie
        case "Series": self = .series
        case "Episode": self = .episode
        default: return nil
        }
    }

    /// The server's word for it.
    var type: String {
        switch self {
        case .movie: "Movie"
        case .series: "Series"
        case .episode: "Episode"
        }
    }
}
