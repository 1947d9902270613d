import HTTPClient
import JSONStream
public import Media

extension Servarr {
    /// Streams every film or series, which neither program can page.
    ///
    /// It is complete when this returns: the JSON array closed properly.
    /// - Throws: `UpstreamError` for anything less, or what `each` throws.
    public func titles(_ each: (ArrTitleReading) throws -> Void) async throws {
        let listing =
            switch kind {
            case .radarr: request("movie", query: [("excludeLocalCovers", "true")], timeout: .seconds(120))
            case .sonarr: request("series", query: [("includeSeasonImages", "false")], timeout: .seconds(120))
            }
        let reader = TitleReader(kind: kind, tagged: try await evidenceFromTags())
        var records = RecordStream(shape: TitleReader.shape(of: kind), arrayKey: nil)
        try await transport.records(of: listing, &records) { record in
            if let title = reader.read(record) { try each(title) }
        }
    }

    /// Reads one film or series by the program's own number.
    ///
    /// - Returns: nil when the program says that it has none of that number.
    /// - Throws: `UpstreamError` for any other answer.
    public func title(_ id: Int64) async throws -> ArrTitleReading? {
        let call = request(kind == .radarr ? "movie" : "series", String(id), timeout: .seconds(10))
        let answer = try await transport.send(call)
        if answer.status == 404 && !answer.looksLikeHTML { return nil }
        guard (200...299).contains(answer.status) else { throw call.failure(.init(status: answer.status)) }
        if answer.looksLikeHTML { throw call.failure(.html, cause: "a web page came instead; check the URL") }
        let reader = TitleReader(kind: kind, tagged: try await evidenceFromTags())
        var records = RecordStream(shape: TitleReader.shape(of: kind), arrayKey: nil)
        records.feed(Array("[".utf8) + answer.body + Array("]".utf8))
        records.finish()
        guard (try? records.next()) == .record, let title = reader.read(records), title.id == id,
            (try? records.next()) == .end
        else { throw call.failure(.undecodable(field: "id"), cause: "this is not title \(id)") }
        return title
    }

    /// Reads a series' episodes with the paths of their files.
    ///
    /// - Throws: `UpstreamError` unless the whole answer came.
    public func episodes(of series: Int64) async throws -> [EpisodeReading] {
        let query = [("seriesId", String(series)), ("includeEpisodeFile", "true")]
        var records = RecordStream(shape: EpisodeReader.shape, arrayKey: nil)
        var episodes: [EpisodeReading] = []
        let call = request("episode", query: query, timeout: .seconds(120))
        try await transport.records(of: call, &records) { record in
            if let episode = EpisodeReader.read(record, of: series) { episodes.append(episode) }
        }
        return episodes
    }
}

/// Interprets one record of `GET /episode`.
private enum EpisodeReader {
    static let shape = RecordShape([
        .value("id", slot: 0), .value("seriesId", slot: 1), .value("seasonNumber", slot: 2),
        .value("episodeNumber", slot: 3), .value("title", slot: 4), .value("tvdbId", slot: 5),
        .value("airDateUtc", slot: 6), .value("monitored", slot: 7), .value("hasFile", slot: 8),
        .object("episodeFile", [.value("path", slot: 9)]),
    ])

    /// - Returns: nil for what has no place in the series, and for other series' episodes.
    static func read(_ record: borrowing RecordStream, of series: Int64) -> EpisodeReading? {
        guard record.integer(1) == series, let season = record.integer(2), let number = record.integer(3),
            (0...99_999).contains(season), (0...99_999).contains(number)
        else { return nil }
        var episode = EpisodeReading(UnitNumber(Int(season), Int(number)))
        episode.sonarrID = record.integer(0)
        episode.title = record.text(4).flatMap { $0.isEmpty ? nil : $0 }
        episode.tvdb = record.integer(5).flatMap { $0 > 0 ? $0 : nil }
        episode.airDate = record.text(6).flatMap { Timestamp(rfc3339: $0) }
        episode.monitored = record.bool(7)
        episode.hasFile = record.bool(8)
        episode.path = record.text(9).flatMap { $0.isEmpty ? nil : $0 }
        return episode
    }
}
