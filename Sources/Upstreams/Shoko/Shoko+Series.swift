public import HTTPClient

/// The ids of one series in Shoko.
///
/// One anime may stand for several TMDB ids, and several anime for one.
public struct ShokoSeries: Sendable, Hashable {
    public let id: Int64
    public let anidb: Int64?
    public let tmdbMovies: [Int64]
    public let tmdbShows: [Int64]
}

extension Shoko {
    /// Reads the ids of a series; nil when Shoko has none with this id.
    public func series(_ id: Int64) async throws(UpstreamError) -> ShokoSeries? {
        guard let (body, _) = try await read(SeriesBody.self, ["Series", String(id)]) else { return nil }
        return body.reading.flatMap { $0.id == id ? $0 : nil }
    }

    /// Reads the ids of the series that an AniDB anime became; nil when there is none.
    public func series(anidb: Int64) async throws(UpstreamError) -> ShokoSeries? {
        guard let (body, _) = try await read(SeriesBody.self, ["Series", "AniDB", String(anidb), "Series"]) else {
            return nil
        }
        return body.reading.flatMap { $0.anidb == anidb ? $0 : nil }
    }
}

struct SeriesBody: Decodable {
    struct TMDB: Decodable {
        var movies: Loose<LooseList<LooseID>>?
        var shows: Loose<LooseList<LooseID>>?

        enum CodingKeys: String, CodingKey {
            case movies = "Movie"
            case shows = "Show"
        }
    }

    struct IDs: Decodable {
        var id: LooseID?
        var anidb: LooseID?
        var tmdb: Loose<TMDB>?

        enum CodingKeys: String, CodingKey {
            case id = "ID"
            case anidb = "AniDB"
            case tmdb = "TMDB"
        }
    }

    var ids: Loose<IDs>?

    enum CodingKeys: String, CodingKey {
        case ids = "IDs"
    }

    var reading: ShokoSeries? {
        guard let ids = ids?.value, let id = ids.id?.value else { return nil }
        return ShokoSeries(
            id: id, anidb: ids.anidb?.value,
            tmdbMovies: ids.tmdb?.value?.movies?.value?.items.compactMap(\.value) ?? [],
            tmdbShows: ids.tmdb?.value?.shows?.value?.items.compactMap(\.value) ?? [])
    }
}
