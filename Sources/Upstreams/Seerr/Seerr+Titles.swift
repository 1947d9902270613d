public import HTTPClient
import JSONStream
public import Media

extension Seerr {
    /// Asks for a film's or series' title, year, text, picture and ids.
    ///
    /// - Throws: `UpstreamError`; `.status(404)` when TMDB has no such number.
    public func details(_ type: MediaType, tmdb: Int64) async throws(UpstreamError) -> SeerrTitle {
        let call = request("GET", type.rawValue, String(tmdb))
        let (value, _) = try await object(call)
        guard value["id"].integer == tmdb else {
            throw call.failure(.undecodable(field: "id"), cause: "this is another title")
        }
        return SeerrTitle(value, type)
    }

    /// Lists a season's episodes as TMDB counts them, with titles and air dates (midnight UTC of the day).
    ///
    /// - Throws: `UpstreamError`; `.status(404)` when TMDB has no such season.
    public func season(tmdb: Int64, _ number: Int) async throws(UpstreamError) -> [EpisodeReading] {
        let call = request("GET", "tv", String(tmdb), "season", String(number))
        let (value, _) = try await object(call)
        guard value["episodes"].kind == .array else {
            throw call.failure(.undecodable(field: "episodes"), cause: "the season has no list of episodes")
        }
        var readings: [UnitNumber: EpisodeReading] = [:]
        for episode in value["episodes"].elements {
            guard let index = episode["episodeNumber"].positive.flatMap({ Int(exactly: $0) }) else { continue }
            // A filter that was ignored would bring other seasons.
            if let season = episode["seasonNumber"].integer, season != Int64(number) { continue }
            var reading = EpisodeReading(UnitNumber(number, index))
            reading.title = episode["name"].word
            reading.airDate = episode["airDate"].word.flatMap { Timestamp(rfc3339: $0.prefix(10) + "T00:00:00Z") }
            readings[reading.number] = reading
        }
        return readings.values.sorted { $0.number < $1.number }
    }
}
