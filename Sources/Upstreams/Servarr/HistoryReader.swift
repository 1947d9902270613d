import JSONStream
import Media

/// Interprets one record of `GET /history/since` (upstreams.md §2.1, §3).
struct HistoryReader {
    private enum Field {
        static let event = 0, date = 1, download = 2, source = 3, quality = 4, title = 5, episode = 6
        static let indexer = 7, size = 8, group = 9, client = 10, clientName = 11, file = 12, imported = 13
        static let message = 14, reason = 15
        static let name = 16, year = 17, tmdb = 18, tvdb = 19, imdb = 20, seriesType = 21
        static let season = 22, number = 23, episodeTitle = 24, episodeTVDB = 25, airDate = 26
    }

    let kind: Servarr.Kind
    let instance: String
    let receivedAt: Timestamp
    /// How far the program's clock is ahead of ours.
    let ahead: Duration

    static func shape(of kind: Servarr.Kind) -> RecordShape {
        let title: [RecordShape.Member] = [
            .value("title", slot: Field.name), .value("year", slot: Field.year), .value("tmdbId", slot: Field.tmdb),
            .value("tvdbId", slot: Field.tvdb), .value("imdbId", slot: Field.imdb),
            .value("seriesType", slot: Field.seriesType),
        ]
        let common: [RecordShape.Member] = [
            .value("eventType", slot: Field.event), .value("date", slot: Field.date),
            .value("downloadId", slot: Field.download), .value("sourceTitle", slot: Field.source),
            .object("quality", [.object("quality", [.value("name", slot: Field.quality)])]),
            .objectIgnoringCase(
                "data",
                [
                    .value("indexer", slot: Field.indexer), .value("size", slot: Field.size),
                    .value("releaseGroup", slot: Field.group), .value("downloadClient", slot: Field.client),
                    .value("downloadClientName", slot: Field.clientName), .value("fileId", slot: Field.file),
                    .value("importedPath", slot: Field.imported), .value("message", slot: Field.message),
                    .value("reason", slot: Field.reason),
                ]),
        ]
        switch kind {
        case .radarr: return RecordShape(common + [.value("movieId", slot: Field.title), .object("movie", title)])
        case .sonarr:
            return RecordShape(
                common + [
                    .value("seriesId", slot: Field.title), .value("episodeId", slot: Field.episode),
                    .object("series", title),
                    .object(
                        "episode",
                        [
                            .value("seasonNumber", slot: Field.season), .value("episodeNumber", slot: Field.number),
                            .value("title", slot: Field.episodeTitle), .value("tvdbId", slot: Field.episodeTVDB),
                            .value("airDateUtc", slot: Field.airDate),
                        ]),
                ])
        }
    }

    /// - Returns: nil for events that say nothing to tracking.
    func read(_ record: borrowing RecordStream) -> Observation? {
        let word = record.text(Field.event) ?? record.integer(Field.event).map { String($0) } ?? ""
        let reason = text(record, Field.reason)?.lowercased()
        guard let fact = HistoryEvent(word, kind)?.fact(reason: reason) else { return nil }
        var told = Observation(
            service: kind.rawValue, instance: instance, channel: .poll, fact: fact, naturalKey: "",
            observedAt: receivedAt, receivedAt: receivedAt, keys: MediaKeys(mediaType: kind.mediaType))
        if let date = record.text(Field.date).flatMap({ Timestamp(rfc3339: $0) }) {
            told.observedAt = min(date.advanced(by: .zero - ahead), receivedAt)
        }
        readTitle(record, &told)
        readDownload(record, &told)
        switch fact {
        case .imported: readFile(record, path: text(record, Field.imported), &told)
        case .fileRemoved, .fileReplaced:
            readFile(record, path: text(record, Field.source), &told)
            told.details[.reason] = reason
        default:
            told.naturalKey = told.keys.downloads.first ?? text(record, Field.source) ?? ""
            told.details[.message] = text(record, Field.message).map(StatusWords.shortened)
        }
        return told
    }

    private func readTitle(_ record: borrowing RecordStream, _ told: inout Observation) {
        told.keys.arrTitle = id(record, Field.title)
        told.keys.tmdb = id(record, Field.tmdb)
        told.keys.tvdb = id(record, Field.tvdb)
        told.keys.imdb = text(record, Field.imdb)
        if text(record, Field.seriesType)?.lowercased() == "anime" { told.details[.anime] = "1" }
        guard kind == .sonarr, let season = record.integer(Field.season), let number = record.integer(Field.number),
            (0...99_999).contains(season), (0...99_999).contains(number)
        else { return }
        var episode = EpisodeReading(UnitNumber(Int(season), Int(number)))
        episode.sonarrID = id(record, Field.episode)
        episode.tvdb = id(record, Field.episodeTVDB)
        episode.title = text(record, Field.episodeTitle)
        episode.airDate = record.text(Field.airDate).flatMap { Timestamp(rfc3339: $0) }
        told.units = [episode.number]
        told.episodes = [episode]
    }

    private func readDownload(_ record: borrowing RecordStream, _ told: inout Observation) {
        let download = text(record, Field.download)?.lowercased()
        told.keys.downloads = [download].compactMap(\.self)
        told.details[.download] = download
        told.details[.quality] = text(record, Field.quality)
        told.details[.size] = record.integer(Field.size).flatMap { $0 > 0 ? String($0) : nil }
        let isFile = told.fact == .fileRemoved || told.fact == .fileReplaced
        told.details[.release] = isFile ? nil : text(record, Field.source)
        guard told.fact == .grabbed else { return }
        told.details[.indexer] = text(record, Field.indexer)
        told.details[.group] = text(record, Field.group)
        told.details[.client] = text(record, Field.clientName) ?? text(record, Field.client)
        HookTitle.describe(
            &told.details, title: text(record, Field.name), year: id(record, Field.year))
    }

    private func readFile(_ record: borrowing RecordStream, path: String?, _ told: inout Observation) {
        let file = id(record, Field.file)
        told.naturalKey = FileKey.naturalKey(id: file, path: path)
        told.keys.path = path
        told.details[.path] = path
        told.details[.file] = file.map { String($0) }
    }

    private func text(_ record: borrowing RecordStream, _ field: Int) -> String? {
        record.text(field).flatMap { $0.isEmpty || $0 == "0" ? nil : $0 }
    }

    private func id(_ record: borrowing RecordStream, _ field: Int) -> Int64? {
        record.integer(field).flatMap { $0 > 0 ? $0 : nil }
    }
}

/// What a history record tells of; the two programs number their events differently.
private enum HistoryEvent {
    case grabbed, imported, failed, deleted, ignored

    init?(_ word: String, _ kind: Servarr.Kind) {
        switch (word.lowercased(), kind) {
        case ("grabbed", _), ("1", _): self = .grabbed
        case ("downloadfolderimported", _), ("seriesfolderimported", .sonarr), ("moviefolderimported", .radarr),
            ("3", _), ("2", .sonarr):
            self = .imported
        case ("downloadfailed", _), ("4", _): self = .failed
        case ("episodefiledeleted", .sonarr), ("5", .sonarr), ("moviefiledeleted", .radarr), ("6", .radarr):
            self = .deleted
        case ("downloadignored", _), ("7", .sonarr), ("9", .radarr): self = .ignored
        default: return nil
        }
    }

    func fact(reason: String?) -> Observation.Fact? {
        switch self {
        case .grabbed: .grabbed
        case .imported: .imported
        case .failed: .downloadFailed
        case .deleted: FileRemoval.fact(for: reason)
        case .ignored: .ignored
        }
    }
}
