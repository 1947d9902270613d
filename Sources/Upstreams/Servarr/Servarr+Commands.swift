public import HTTPClient
import JSONStream
public import Media

/// For what the indexers are asked.
public enum ReleaseQuery: Sendable, Hashable {
    case movie(Int64)
    case episode(Int64)
    case season(series: Int64, Int)
}

extension Servarr {
    /// Asks all indexers now for releases: slow, and it uses their quota (upstreams.md §2.1).
    ///
    /// A search that failed is not sent again: the program may still be at it.
    /// - Throws: `UpstreamError`; its cause is what the program says of a search that failed.
    public func releases(for wanted: ReleaseQuery) async throws(UpstreamError) -> [ReleaseReading] {
        let query =
            switch wanted {
            case .movie(let id): [("movieId", String(id))]
            case .episode(let id): [("episodeId", String(id))]
            case .season(let series, let season): [("seriesId", String(series)), ("seasonNumber", String(season))]
            }
        var call = request("release", query: query, timeout: .seconds(60))
        call.isRetried = false
        let root = try await answer(to: call)
        guard root.kind == .array else { throw call.failure(.undecodable(field: "JSON"), cause: "this is no list") }
        return root.elements.map { node in
            var release = ReleaseReading(
                title: node["title"].filledText ?? "", isRejected: node["rejected"].bool ?? false,
                rejections: node["rejections"].elements.compactMap { $0.filledText ?? $0["reason"].filledText })
            release.indexer = node["indexer"].filledText
            release.quality = node.qualityName
            release.size = node["size"].size
            return release
        }
    }

    /// Has Radarr search for a film.
    ///
    /// - Returns: the command's number; it was accepted, not done.
    /// - Throws: `UpstreamError` when it was refused: nothing changed.
    public func search(movie: Int64) async throws(UpstreamError) -> Int64 {
        try await command("MoviesSearch") { $0.numbers("movieIds", [movie]) }
    }

    /// Has Sonarr search for a whole season.
    public func search(series: Int64, season: Int) async throws(UpstreamError) -> Int64 {
        try await command("SeasonSearch") {
            $0.field("seriesId", series)
            $0.field("seasonNumber", season)
        }
    }

    /// Has Sonarr search for episodes, by its own numbers.
    public func search(episodes: [Int64]) async throws(UpstreamError) -> Int64 {
        try await command("EpisodeSearch") { $0.numbers("episodeIds", episodes) }
    }

    /// Has the program look at its downloads again, and import what is ready.
    public func refreshMonitoredDownloads() async throws(UpstreamError) -> Int64 {
        try await command("RefreshMonitoredDownloads") { _ in }
    }

    private func command(
        _ name: String, _ arguments: (inout JSONWriter) -> Void
    ) async throws(UpstreamError) -> Int64 {
        var body = JSONWriter()
        body.object {
            $0.field("name", name)
            arguments(&$0)
        }
        var call = request("command", method: "POST", timeout: .seconds(10))
        call.headers.append(("Content-Type", "application/json"))
        call.body = body.bytes
        guard let id = try await answer(to: call)["id"].id else {
            throw call.failure(.undecodable(field: "id"), cause: "\(kind.rawValue) did not name the command")
        }
        return id
    }
}

extension JSONWriter {
    fileprivate mutating func numbers(_ name: StaticString, _ numbers: [Int64]) {
        array(name) { for number in numbers { $0.value(number) } }
    }
}
