import JSONStream
import Media

/// Interprets one record of `GET /movie` or `GET /series` for tracking.
struct TitleReader {
    private enum Field {
        static let id = 0, title = 1, tmdb = 2, tvdb = 3, imdb = 4, year = 5, path = 6, slug = 7, monitored = 8
        static let seriesType = 9, fileCount = 10, hasFile = 11, isAvailable = 12, inCinemas = 13, digital = 14
        static let physical = 15, file = 16, filePath = 17, fileQuality = 18, fileSize = 19, fileAdded = 20
        static let relative = 21, original = 22, alternate = 23
    }

    let kind: Servarr.Kind
    let tagged: Set<Int64>

    static func shape(of kind: Servarr.Kind) -> RecordShape {
        let common: [RecordShape.Member] = [
            .value("id", slot: Field.id), .value("title", slot: Field.title), .value("tmdbId", slot: Field.tmdb),
            .value("imdbId", slot: Field.imdb), .value("year", slot: Field.year), .value("path", slot: Field.path),
            .value("titleSlug", slot: Field.slug), .value("monitored", slot: Field.monitored),
            .firstOf("alternateTitles", [.value("title", slot: Field.alternate)]),
        ]
        switch kind {
        case .sonarr:
            return RecordShape(
                common + [
                    .value("tvdbId", slot: Field.tvdb), .value("seriesType", slot: Field.seriesType),
                    .object("statistics", [.value("episodeFileCount", slot: Field.fileCount)]),
                ])
        case .radarr:
            return RecordShape(
                common + [
                    .value("originalTitle", slot: Field.original),
                    .value("hasFile", slot: Field.hasFile), .value("isAvailable", slot: Field.isAvailable),
                    .value("inCinemas", slot: Field.inCinemas), .value("digitalRelease", slot: Field.digital),
                    .value("physicalRelease", slot: Field.physical),
                    .object(
                        "movieFile",
                        [
                            .value("id", slot: Field.file), .value("path", slot: Field.filePath),
                            .value("relativePath", slot: Field.relative), .value("size", slot: Field.fileSize),
                            .value("dateAdded", slot: Field.fileAdded),
                            .object("quality", [.object("quality", [.value("name", slot: Field.fileQuality)])]),
                        ]),
                ])
        }
    }

    /// - Returns: nil for a record without an id.
    func read(_ record: borrowing RecordStream) -> ArrTitleReading? {
        guard let id = number(record, Field.id) else { return nil }
        var reading = ArrTitleReading(id: id, type: kind.mediaType)
        reading.title = text(record, Field.title)
        reading.alternateTitle = text(record, Field.alternate)
        reading.year = number(record, Field.year)
        reading.tmdb = number(record, Field.tmdb)
        reading.imdb = text(record, Field.imdb)
        reading.path = text(record, Field.path)
        reading.slug = text(record, Field.slug)
        reading.monitored = record.bool(Field.monitored)
        reading.isAnime = tagged.contains(id)
        switch kind {
        case .sonarr:
            reading.tvdb = number(record, Field.tvdb)
            reading.hasFile = record.integer(Field.fileCount).map { $0 > 0 }
            if text(record, Field.seriesType)?.lowercased() == "anime" { reading.isAnime = true }
        case .radarr:
            reading.originalTitle = text(record, Field.original)
            reading.hasFile = record.bool(Field.hasFile)
            reading.isAvailable = record.bool(Field.isAvailable)
            reading.inCinemas = time(record, Field.inCinemas)
            reading.released = [time(record, Field.digital), time(record, Field.physical)].compactMap(\.self).min()
            reading.file = file(record, folder: reading.path)
        }
        return reading
    }

    private func file(_ record: borrowing RecordStream, folder: String?) -> ArrTitleReading.File? {
        guard let id = number(record, Field.file) else { return nil }
        var file = ArrTitleReading.File(id: id)
        file.path = text(record, Field.filePath)
        if file.path == nil, let folder, let relative = text(record, Field.relative) {
            file.path = FileKey.path(of: relative, in: folder)
        }
        file.quality = text(record, Field.fileQuality)
        file.size = number(record, Field.fileSize)
        file.addedAt = time(record, Field.fileAdded)
        return file
    }

    private func text(_ record: borrowing RecordStream, _ field: Int) -> String? {
        record.text(field).flatMap { $0.isEmpty ? nil : $0 }
    }

    private func number(_ record: borrowing RecordStream, _ field: Int) -> Int64? {
        record.integer(field).flatMap { $0 > 0 ? $0 : nil }
    }

    private func time(_ record: borrowing RecordStream, _ field: Int) -> Timestamp? {
        record.text(field).flatMap { Timestamp(rfc3339: $0) }
    }
}
