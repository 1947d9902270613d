import JSONStream
import Media

/// Interprets one record of `GET /movie` or `GET /series`.
struct CatalogueReader {
    private enum Field {
        static let id = 0, title = 1, tmdb = 2, tvdb = 3, imdb = 4, year = 5, overview = 6, path = 7
        static let hasFile = 8, fileAdded = 9, seriesType = 10, fileCount = 11, titleSlug = 12
    }

    private let kind: Servarr.Kind
    private let tagged: Set<Int64>
    private(set) var entry: CatalogueEntry

    init(_ kind: Servarr.Kind, tagged: Set<Int64>) {
        self.kind = kind
        self.tagged = tagged
        entry = CatalogueEntry(kind.mediaType)
    }

    static func shape(of kind: Servarr.Kind) -> RecordShape {
        let common: [RecordShape.Member] = [
            .value("id", slot: Field.id), .value("title", slot: Field.title), .value("tmdbId", slot: Field.tmdb),
            .value("imdbId", slot: Field.imdb), .value("year", slot: Field.year),
            .value("overview", slot: Field.overview), .value("path", slot: Field.path),
            .value("titleSlug", slot: Field.titleSlug),
        ]
        switch kind {
        case .radarr:
            return RecordShape(
                common + [
                    .value("hasFile", slot: Field.hasFile),
                    .object("movieFile", [.value("dateAdded", slot: Field.fileAdded)]),
                ])
        case .sonarr:
            return RecordShape(
                common + [
                    .value("tvdbId", slot: Field.tvdb), .value("seriesType", slot: Field.seriesType),
                    .object("statistics", [.value("episodeFileCount", slot: Field.fileCount)]),
                ])
        }
    }

    /// Fills `entry`.
    ///
    /// - Returns: false for a record without an id: it cannot be linked to.
    mutating func read(_ record: borrowing RecordStream) -> Bool {
        typealias Slot = CatalogueEntry.Slot
        entry.record.removeAll()
        guard let id = record.integer(Field.id), id > 0 else { return false }
        entry.record.put(Slot.id, id)
        copy(record, Field.title, to: Slot.title)
        copy(record, Field.overview, to: Slot.overview)
        copy(record, Field.path, to: Slot.path)
        copy(record, Field.titleSlug, to: Slot.titleSlug)
        copy(record, Field.imdb, to: Slot.imdb)
        copyNumber(record, Field.tmdb, to: Slot.tmdb)
        copyNumber(record, Field.tvdb, to: Slot.tvdb)
        if let year = record.integer(Field.year), year > 0 { entry.record.put(Slot.year, year) }
        if let added = unsafe record.withBytes(Field.fileAdded, { unsafe Timestamp(rfc3339: $0) }) ?? nil {
            entry.record.put(Slot.fileAddedAt, added.milliseconds)
        }
        readFileAndAnime(record)
        return true
    }

    private mutating func readFileAndAnime(_ record: borrowing RecordStream) {
        typealias Slot = CatalogueEntry.Slot
        let hasFile = kind == .radarr ? record.bool(Field.hasFile) : record.integer(Field.fileCount).map { $0 > 0 }
        if let hasFile { entry.record.put(Slot.hasFile, hasFile ? 1 : 0) }
        if tagged.contains(entry.id) || record.text(Field.seriesType)?.lowercased() == "anime" {
            entry.record.put(Slot.isAnime, 1)
        }
    }

    private mutating func copy(_ record: borrowing RecordStream, _ field: Int, to slot: Int) {
        unsafe record.withBytes(field) { bytes in
            if !bytes.isEmpty { unsafe entry.record.put(slot, bytes: bytes) }
        }
    }

    /// Ids come as numbers; zero means none.
    private mutating func copyNumber(_ record: borrowing RecordStream, _ field: Int, to slot: Int) {
        if let number = record.integer(field), number > 0 { entry.record.put(slot, String(number)) }
    }
}
