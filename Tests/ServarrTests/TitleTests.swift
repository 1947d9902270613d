import HTTPClient
import Media
import Servarr
import TestSupport
import Testing

@Suite("Servarr, titles and episodes")
struct TitleTests {
    private static let film = #"""
        {"id":7,"title":"Alien","originalTitle":"Ælien",
        "alternateTitles":[{"title":"Obcy","id":1},{"title":"Alienul","id":2}],"year":1979,"tmdbId":348,"imdbId":"tt0078748","path":"/films/Alien","hasFile":true,
        "monitored":false,"isAvailable":true,"titleSlug":"348","inCinemas":"1979-05-25T00:00:00Z",
        "digitalRelease":"2003-02-01T00:00:00Z","physicalRelease":"2001-02-01T00:00:00Z","tags":[1],
        "movieFile":{"id":3,"relativePath":"a.mkv","size":5,"dateAdded":"2024-01-02T03:04:05Z",
        "quality":{"quality":{"id":7,"name":"Bluray-1080p"}}}}
        """#

    private func titles(_ kind: Servarr.Kind, _ body: String) async throws -> [ArrTitleReading] {
        var found: [ArrTitleReading] = []
        try await ArrServer.client(kind, body).titles { found.append($0) }
        return found
    }

    @Test("a film says whether it is released, monitored, and where its file is")
    func film() async throws {
        var wanted = ArrTitleReading(id: 7, type: .movie)
        wanted.title = "Alien"
        wanted.originalTitle = "Ælien"
        wanted.alternateTitle = "Obcy"
        wanted.year = 1_979
        wanted.tmdb = 348
        wanted.imdb = "tt0078748"
        wanted.path = "/films/Alien"
        wanted.monitored = false
        wanted.hasFile = true
        wanted.isAvailable = true
        wanted.released = Timestamp(rfc3339: "2001-02-01T00:00:00Z")
        wanted.inCinemas = Timestamp(rfc3339: "1979-05-25T00:00:00Z")
        wanted.slug = "348"
        var file = ArrTitleReading.File(id: 3)
        file.path = "/films/Alien/a.mkv"
        file.quality = "Bluray-1080p"
        file.size = 5
        file.addedAt = Timestamp(rfc3339: "2024-01-02T03:04:05Z")
        wanted.file = file
        #expect(try await titles(.radarr, "[\(Self.film)]") == [wanted])
        #expect(try await ArrServer.client(.radarr, Self.film).title(7) == wanted)
    }

    @Test("a series, with what it does not say left open")
    func series() async throws {
        let body =
            #"[{"id":2,"tvdbId":5,"seriesType":"Anime","monitored":true,"statistics":{"episodeFileCount":0}},{"id":3},{}]"#
        let found = try await titles(.sonarr, body)
        #expect(found.map(\.id) == [2, 3] && found[0].tvdb == 5 && found[0].isAnime && found[0].hasFile == false)
        #expect(found[0].monitored == true && found[1].monitored == nil && found[1].hasFile == nil)
        #expect(found[1].isAvailable == nil && found[1].file == nil)
    }

    @Test("one title that is not there is nil; anything unclear is an error")
    func single() async throws {
        #expect(try await ArrServer.client(.radarr, #"{"message":"NotFound"}"#, status: 404).title(7) == nil)
        for (status, body) in [
            (200, "{}"), (200, #"{"id":8}"#), (200, ""), (200, "[]"), (404, "<html>"), (500, ""), (401, ""),
            (200, #"{"id":7},{"id":8}"#),
        ] {
            let client = try ArrServer.client(.radarr, body, status: status)
            await #expect(throws: UpstreamError.self, "\(status) \(body)") { try await client.title(7) }
        }
    }

    @Test("a series' episodes come with their paths; another series' are left out")
    func episodes() async throws {
        let body = #"""
            [{"id":70,"seriesId":2,"seasonNumber":1,"episodeNumber":3,"title":"P","tvdbId":9,"monitored":true,"hasFile":true,
            "airDateUtc":"2022-07-01T00:00:00Z","episodeFile":{"id":1,"path":"/tv/x.mkv"}},
            {"id":71,"seriesId":2,"seasonNumber":0,"episodeNumber":1,"title":"","tvdbId":0,"monitored":false,"hasFile":false},
            {"id":72,"seriesId":4,"seasonNumber":1,"episodeNumber":1},{"id":73,"seriesId":2}]
            """#
        let stub = StubTransport { _ in ArrServer.response(body) }
        let found = try await ArrServer.client(.sonarr, stub).episodes(of: 2)
        var first = EpisodeReading(UnitNumber(1, 3))
        first.sonarrID = 70
        first.title = "P"
        first.tvdb = 9
        first.airDate = Timestamp(rfc3339: "2022-07-01T00:00:00Z")
        first.monitored = true
        first.hasFile = true
        first.path = "/tv/x.mkv"
        var second = EpisodeReading(UnitNumber(0, 1))
        second.sonarrID = 71
        second.monitored = false
        second.hasFile = false
        #expect(found == [first, second])
        #expect(ArrServer.query(try #require(stub.requests.first)) == ["seriesId": "2", "includeEpisodeFile": "true"])
    }

    @Test("who the program is comes with its clock")
    func status() async throws {
        let stub = StubTransport { _ in
            .response(
                HTTPResponse(
                    status: 200, headers: ["Date": "Tue, 02 Jan 2024 03:04:05 GMT"],
                    body: Array(#"{"appName":"Sonarr","version":"4.0.1"}"#.utf8)))
        }
        let status = try await ArrServer.client(.sonarr, stub).status()
        #expect(status.serverTime == Timestamp(rfc3339: "2024-01-02T03:04:05Z") && status.version == "4.0.1")
    }
}
