import HTTPClient
import Synchronization
import TestSupport

/// Seerr, two *arrs, qBittorrent and Jellyfin behind one transport, as far as a pending sync asks; after upstreams.md.
final class FakeServices: Sendable {
    struct Content: Sendable {
        var requests: [Request] = []
        /// Records of `GET /movie` and `GET /series`, and of the queues.
        var movies: [String] = []
        var series: [String] = []
        var movieQueue: [String] = []
        var seriesQueue: [String] = []
        /// Records of `GET /episode`.
        var episodes: [String] = []
        /// Members of `torrents`.
        var torrents: [String] = []
        var items: [String] = []
        /// Episodes of any series.
        var jellyfinEpisodes: [String] = []
        /// Hosts that do not answer, such as `seerr.test`.
        var down: Set<String> = []
        /// TMDB numbers whose title Seerr cannot tell, and the status it answers.
        var titleless: [Int: Int] = [:]
    }

    struct Request: Sendable {
        var id: Int
        var isMovie = true
        /// 1 pending, 2 approved, 3 declined, 4 failed, 5 completed.
        var status = 2
        var mediaStatus = 3
        var seasons: [Int] = []
        var is4k = false
        var requester = "ada"
        var created = "2026-01-01T06:00:00.000Z"

        /// TMDB 1000 + id; a series also TVDB 2000 + id.
        var json: String {
            let type = isMovie ? "movie" : "tv"
            let media =
                #"{"id":1,"mediaType":"\#(type)","tmdbId":\#(1_000 + id),"#
                + (isMovie ? "" : #""tvdbId":\#(2_000 + id),"#)
                + #""status":\#(mediaStatus),"status4k":\#(mediaStatus)}"#
            let numbers = seasons.map { #"{"seasonNumber":\#($0)}"# }.joined(separator: ",")
            return #"{"id":\#(id),"status":\#(status),"type":"\#(type)","is4k":\#(is4k),"createdAt":"\#(created)","#
                + #""updatedAt":"2026-01-01T07:00:00.000Z","seasons":[\#(numbers)],"media":\#(media),"#
                + #""requestedBy":{"id":1,"displayName":"\#(requester)","jellyfinUserId":"u1"}}"#
        }
    }

    private let content = Mutex(Content())
    private let stub = Mutex<StubTransport?>(nil)

    var transport: StubTransport {
        stub.withLock { held in
            if let held { return held }
            let made = StubTransport { [weak self] request in self?.answer(request) }
            held = made
            return made
        }
    }

    func change(_ body: (inout sending Content) -> Void) { content.withLock { body(&$0) } }

    /// Calls to one host so far.
    func calls(_ host: String) -> Int { transport.requests.count { $0.url.hasPrefix("http://\(host)/") } }

    private func answer(_ request: HTTPRequest) -> StubTransport.Answer? {
        let held = content.withLock { $0 }
        let rest = request.url.dropFirst("http://".count)
        let host = String(rest.prefix { $0 != "/" })
        let path = String(rest.dropFirst(host.count).prefix { $0 != "?" })
        if held.down.contains(host) { return .failure(.unreachable) }
        switch host {
        case "seerr.test": return seerr(path, held)
        case "radarr.test": return arr(path, held.movies, held.movieQueue, held)
        case "sonarr.test": return arr(path, held.series, held.seriesQueue, held)
        case "qbittorrent.test":
            return Self.json(#"{"rid":1,"full_update":true,"torrents":{\#(held.torrents.joined(separator: ","))}}"#)
        case "jellyfin.test": return jellyfin(request.url, held)
        default: return nil
        }
    }

    private func seerr(_ path: String, _ held: Content) -> StubTransport.Answer? {
        if path == "/api/v1/request" {
            let list = held.requests.map(\.json).joined(separator: ",")
            let count = held.requests.count
            return Self.json(
                #"{"pageInfo":{"pages":1,"pageSize":100,"results":\#(count),"page":1},"results":[\#(list)]}"#)
        }
        guard let tmdb = path.split(separator: "/").last.flatMap({ Int($0) }) else { return nil }
        if let status = held.titleless[tmdb] { return Self.json("{}", status: status) }
        let name = #""Title \#(tmdb)""#
        return Self.json(
            #"{"id":\#(tmdb),"title":\#(name),"name":\#(name),"releaseDate":"2025-02-03","firstAirDate":"2025-02-03","#
                + #""posterPath":"/p\#(tmdb).jpg"}"#)
    }

    private func arr(
        _ path: String, _ titles: [String], _ queue: [String], _ held: Content
    ) -> StubTransport.Answer? {
        switch path {
        case "/api/v3/movie", "/api/v3/series": return Self.json("[" + titles.joined(separator: ",") + "]")
        case "/api/v3/queue":
            return Self.json(
                #"{"page":1,"totalRecords":\#(queue.count),"records":[\#(queue.joined(separator: ","))]}"#)
        case "/api/v3/episode": return Self.json("[" + held.episodes.joined(separator: ",") + "]")
        case "/api/v3/tag": return Self.json("[]")
        default: return nil
        }
    }

    private func jellyfin(_ url: String, _ held: Content) -> StubTransport.Answer? {
        let items = url.contains("parentId=") ? held.jellyfinEpisodes : held.items
        let isLater = url.contains("startIndex=") && !url.contains("startIndex=0")
        let page = isLater ? [] : items
        return Self.json(#"{"Items":[\#(page.joined(separator: ","))],"TotalRecordCount":\#(items.count)}"#)
    }

    static func json(_ text: String, status: Int = 200) -> StubTransport.Answer {
        .response(
            HTTPResponse(status: status, headers: ["Content-Type": "application/json"], body: Array(text.utf8)))
    }
}

extension FakeServices {
    /// A film in Radarr, by the number of its request: Radarr's number is 500 + id.
    static func movie(_ id: Int, hasFile: Bool = false, path: String = "/movies") -> String {
        let file = #","movieFile":{"id":9,"path":"\#(path)/\#(id).mkv","size":5,"dateAdded":"2026-01-01T09:30:00Z"}"#
        return #"{"id":\#(500 + id),"title":"Arr \#(id)","tmdbId":\#(1_000 + id),"year":2025,"monitored":true,"#
            + #""digitalRelease":"2025-06-01T00:00:00Z","hasFile":\#(hasFile),"isAvailable":true\#(hasFile ? file : "")}"#
    }

    /// A series in Sonarr: Sonarr's number is 700 + id.
    static func show(_ id: Int) -> String {
        #"{"id":\#(700 + id),"title":"Arr \#(id)","tvdbId":\#(2_000 + id),"year":2025,"monitored":true,"seriesType":"standard"}"#
    }

    /// A record of a queue.
    static func record(
        _ number: Int, movie: Int? = nil, show: Int? = nil, unit: (Int, Int)? = nil, id: String, status: String,
        state: String, left: Int = 100, words: String? = nil
    ) -> String {
        let title = movie.map { #""movieId":\#(500 + $0),"# } ?? #""seriesId":\#(700 + (show ?? 0)),"#
        let episode = unit.map {
            #""episodeId":\#($0.0 * 100 + $0.1),"episode":{"seasonNumber":\#($0.0),"episodeNumber":\#($0.1)},"#
        }
        let messages = words.map { #""statusMessages":[{"title":"x","messages":["\#($0)"]}],"# } ?? ""
        return
            #"{"id":\#(number),\#(title)\#(episode ?? "")\#(messages)"title":"Release \#(id)","status":"\#(status)","#
            + #""trackedDownloadState":"\#(state)","downloadId":"\#(id.uppercased())","size":100,"sizeleft":\#(left),"#
            + #""protocol":"torrent"}"#
    }

    static func torrent(_ hash: String, _ state: String, _ progress: Double) -> String {
        #""\#(hash)":{"name":"x","state":"\#(state)","progress":\#(progress),"size":100,"#
            + #""amount_left":\#(Int(100 - progress * 100)),"dlspeed":7,"eta":60,"num_seeds":3,"added_on":1767260000}"#
    }

    /// An item that Jellyfin plays.
    static func film(_ id: Int, path: String = "/movies/a.mkv") -> String {
        #"{"Id":"\#(itemID(id))","Name":"F","Type":"Movie","ProviderIds":{"Tmdb":"\#(1_000 + id)"},"#
            + #""Path":"\#(path)","LocationType":"FileSystem","MediaSources":[{"Id":"1"}]}"#
    }

    /// An item that Jellyfin lists and cannot play.
    static func stub(_ id: Int) -> String {
        #"{"Id":"\#(itemID(id))","Name":"F","Type":"Movie","ProviderIds":{"Tmdb":"\#(1_000 + id)"},"#
            + #""LocationType":"Virtual"}"#
    }

    static func series(_ id: Int) -> String {
        #"{"Id":"\#(itemID(id))","Name":"S\#(id)","Type":"Series","ProviderIds":{"Tvdb":"\#(2_000 + id)"},"Path":"/tv/s"}"#
    }

    static func episode(of id: Int, _ season: Int, _ number: Int) -> String {
        #"{"Id":"\#(itemID(10_000 * id + season * 100 + number))","Name":"E","Type":"Episode","SeriesId":"\#(itemID(id))","#
            + #""SeriesName":"S\#(id)","IndexNumber":\#(number),"ParentIndexNumber":\#(season),"#
            + #""Path":"/tv/s/\#(season)x\#(number).mkv","LocationType":"FileSystem","MediaSources":[{"Id":"1"}]}"#
    }

    /// An episode as Sonarr lists it, aired.
    static func sonarrEpisode(of id: Int, _ season: Int, _ number: Int, hasFile: Bool) -> String {
        #"{"id":\#(season * 100 + number),"seriesId":\#(700 + id),"seasonNumber":\#(season),"episodeNumber":\#(number),"#
            + #""title":"E","airDateUtc":"2025-02-03T00:00:00Z","hasFile":\#(hasFile),"monitored":true}"#
    }

    private static func itemID(_ number: Int) -> String {
        String(100_000 + number * 7) + String(repeating: "0", count: 26 - String(number).count) + String(number)
    }
}
