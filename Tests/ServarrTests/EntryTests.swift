import HTTPClient
import Media
import Servarr
import TestSupport
import Testing

@Suite("Servarr, entries")
struct EntryTests {
    private static let film = #"""
        {"id":7,"title":"A \u00e9","tmdbId":70,"imdbId":"tt1","year":1999,"path":"/m/A (1999)","monitored":true,
        "qualityProfileId":4,"tags":[1,2],"hasFile":true,"sizeOnDisk":5.0,"minimumAvailability":"released"}
        """#
    private static let show = #"""
        {"id":7,"title":"S","tvdbId":71,"tmdbId":0,"path":"D:\\tv\\S","seriesType":"anime","monitored":false,
        "seasons":[{"seasonNumber":0,"monitored":false,"statistics":{"episodeFileCount":0}},
        {"seasonNumber":1,"monitored":true,"statistics":{"episodeFileCount":3}}],
        "statistics":{"episodeFileCount":3,"sizeOnDisk":9},"rootFolderPath":"D:\\tv"}
        """#

    private func client(_ kind: Servarr.Kind, _ answers: [String: String]) throws -> (Servarr, StubTransport) {
        let stub = StubTransport { request in
            let path = String(request.operation.dropFirst(request.method.count + "/base/api/v3/".count + 1))
            return answers[path].map { ArrServer.response($0) } ?? RemovalTests.notFound
        }
        return (try ArrServer.client(kind, stub), stub)
    }

    @Test("an entry keeps what an undo needs, and its own words")
    func entry() async throws {
        let id = try #require(ArrTitleID(7))
        let film = try #require(try await client(.radarr, ["movie/7": Self.film]).0.entry(id))
        #expect(film.id == id && film.type == .movie && film.title == "A é" && film.tmdb == 70 && film.imdb == "tt1")
        #expect(film.path == "/m/A (1999)" && film.rootFolder == "/m" && film.monitored == true && film.size == 5)
        #expect(film.qualityProfile == 4 && film.tags == [1, 2] && film.hasFile == true)
        #expect(film.minimumAvailability == "released" && film.json.contains(#""sizeOnDisk":5.0"#))
        let show = try #require(try await client(.sonarr, ["series/7": Self.show]).0.entry(id))
        #expect(show.tvdb == 71 && show.tmdb == nil && show.rootFolder == #"D:\tv"# && show.seriesType == "anime")
        #expect(show.seasons.map(\.number) == [0, 1] && show.seasons.map(\.files) == [0, 3])
        #expect(show.seasons.map(\.monitored) == [false, true] && show.size == 9 && show.hasFile == true)
    }

    @Test("another entry than asked for is an error, not nothing", arguments: ["{}", #"{"id":8}"#, #"{"id":0}"#, "[]"])
    func mixedUp(body: String) async throws {
        let id = try #require(ArrTitleID(7))
        await #expect(throws: UpstreamError.self) { try await client(.radarr, ["movie/7": body]).0.entry(id) }
    }

    @Test("a look-up takes only what it asked for, whatever comes")
    func lookUps() async throws {
        let list =
            #"[{"id":1,"tmdbId":70,"tvdbId":5},{"id":2,"tmdbId":71,"tvdbId":70},{"id":3,"tmdbId":70},{"tmdbId":70}]"#
        let (radarr, asked) = try client(.radarr, ["movie": list])
        #expect(try await radarr.entries(tmdb: 70).map(\.id.value) == [1, 3])
        #expect(asked.requests.map(ArrServer.query) == [["tmdbId": "70"]])
        let (sonarr, _) = try client(.sonarr, ["series": list])
        #expect(try await sonarr.entries(tvdb: 70).map(\.id.value) == [2])
        await #expect(throws: UpstreamError.self) { try await sonarr.entries(tmdb: 70) }
        await #expect(throws: UpstreamError.self) { try await radarr.entries(tvdb: 70) }
        for number: Int64 in [0, -1] {
            await #expect(throws: UpstreamError.self) { try await radarr.entries(tmdb: number) }
        }
        #expect(asked.requests.count == 1, "numbers that are none are refused before any call")
    }

    @Test("files come with the episodes in them")
    func files() async throws {
        let id = try #require(ArrTitleID(7))
        let (sonarr, _) = try client(
            .sonarr,
            [
                "episodefile": #"""
                [{"id":31,"seriesId":7,"path":"/tv/S/1.mkv","size":5},{"id":32,"seriesId":8,"path":"/x"},
                {"id":33,"seriesId":7,"path":"/tv/S/23.mkv","size":6}]
                """#,
                "episode": #"""
                [{"id":103,"seriesId":7,"seasonNumber":1,"episodeNumber":3,"episodeFileId":33},
                {"id":102,"seriesId":7,"seasonNumber":1,"episodeNumber":2,"episodeFileId":33},
                {"id":101,"seriesId":7,"seasonNumber":0,"episodeNumber":1,"episodeFileId":31},
                {"id":104,"seriesId":7,"seasonNumber":1,"episodeNumber":4,"episodeFileId":0},
                {"id":900,"seriesId":8,"seasonNumber":1,"episodeNumber":4,"episodeFileId":31}]
                """#,
            ])
        let files = try await sonarr.titleFiles(of: id)
        #expect(files.map(\.id.value) == [31, 33] && files.map(\.size) == [5, 6])
        #expect(files.map(\.units) == [[UnitNumber(0, 1)], [UnitNumber(1, 2), UnitNumber(1, 3)]])
        #expect(files.map { Set($0.episodes) } == [[101], [102, 103]])
        let (radarr, _) = try client(
            .radarr, ["moviefile": #"[{"id":31,"movieId":7,"path":"/m/a.mkv","size":5.5}]"#])
        #expect(
            try await radarr.titleFiles(of: id) == [ArrFile(id: #require(ArrFileID(31)), path: "/m/a.mkv", size: 5)])
    }

    @Test("a title's torrents come from its history and the queue, Usenet's downloads do not")
    func downloads() async throws {
        let id = try #require(ArrTitleID(7))
        let (a, b) = (String(repeating: "A", count: 40), String(repeating: "b", count: 40))
        let (sonarr, stub) = try client(
            .sonarr,
            [
                "history/series": #"""
                [{"id":1,"seriesId":7,"episodeId":101,"downloadId":"\#(a)"},{"seriesId":7,"episodeId":102,
                "downloadId":"\#(a.lowercased())"},{"seriesId":8,"episodeId":9,"downloadId":"\#(b)"},
                {"seriesId":7,"downloadId":"SABnzbd_nzo_1"},{"seriesId":7}]
                """#,
                "queue": #"""
                {"page":1,"pageSize":200,"totalRecords":2,"records":[{"id":5,"seriesId":7,"episodeId":103,
                "downloadId":"\#(a)"},{"id":6,"seriesId":8,"episodeId":9,"downloadId":"\#(b)"}]}
                """#,
            ])
        let hash = try #require(TorrentHash(a))
        #expect(try await sonarr.downloadHashes(of: id) == [hash: [101, 102, 103]])
        #expect(stub.requests.map(\.operation).first == "GET /base/api/v3/history/series")
    }

    @Test("an undone deletion adds the entry with the same profile, tags, folder and flags")
    func adding() async throws {
        let id = try #require(ArrTitleID(7))
        let (sonarr, stub) = try client(.sonarr, ["series/7": Self.show, "series": #"{"id":12,"title":"S"}"#])
        let show = try #require(try await sonarr.entry(id))
        #expect(try await sonarr.addTitle(from: show).id.value == 12)
        let sent = try #require(stub.requests.last)
        let body = String(decoding: sent.body ?? [], as: UTF8.self)
        #expect(sent.operation == "POST /base/api/v3/series" && !sent.isRetried)
        for part in [
            #""path":"D:\\tv\\S","rootFolderPath":"D:\\tv""#, #""seriesType":"anime""#, #""monitored":false"#,
            #"{"seasonNumber":1,"monitored":true"#, #""addOptions":{"searchForMissingEpisodes":false}"#,
        ] {
            #expect(body.contains(part), "\(part) in \(body)")
        }
        #expect(!body.contains(#""id":7"#))
        let choice = Servarr.Choice(qualityProfile: 9, tags: [], rootFolder: "E:\\new")
        _ = try await sonarr.addTitle(from: show, choice: choice, searching: true)
        let other = String(decoding: stub.requests.last?.body ?? [], as: UTF8.self)
        #expect(other.contains(#""qualityProfileId":9,"tags":[],"rootFolderPath":"E:\\new""#))
        #expect(!other.contains(#""path""#) && other.contains(#""searchForMissingEpisodes":true"#))
        let (radarr, none) = try client(.radarr, [:])
        await #expect(throws: UpstreamError.self) { try await radarr.addTitle(from: show) }
        #expect(none.requests.isEmpty, "a series is no film")
    }

    @Test("exclusions, profiles, tags and folders are listed by their own names")
    func lists() async throws {
        let (radarr, _) = try client(
            .radarr,
            [
                "exclusions": #"[{"id":3,"tmdbId":70,"movieTitle":"A","movieYear":1},{"id":4}]"#,
                "qualityprofile": #"[{"id":4,"name":"HD"}]"#, "tag": #"[{"id":1,"label":"kids"}]"#,
                "rootfolder": #"[{"id":1,"path":"/m"},{"path":"?"}]"#,
            ])
        let id = try #require(ArrExclusionID(3))
        #expect(try await radarr.exclusions() == [ArrExclusion(id: id, provider: 70, title: "A")])
        #expect(try await radarr.qualityProfiles() == [ArrOption(id: 4, name: "HD")])
        #expect(try await radarr.tags() == [ArrOption(id: 1, name: "kids")])
        #expect(try await radarr.rootFolders() == [ArrOption(id: 1, name: "/m")])
        let (sonarr, _) = try client(.sonarr, ["importlistexclusion": #"[{"id":3,"tvdbId":71,"title":"S"}]"#])
        #expect(try await sonarr.exclusions().map(\.provider) == [71])
    }

    @Test("recorded films and series are read whole", .enabled(if: Recording.isThere))
    func recordings() async throws {
        let films = String(decoding: try Recording.bytes("radarr/ha-movies.json"), as: UTF8.self)
        let (radarr, _) = try client(.radarr, ["movie": films])
        #expect(try await radarr.entries(tmdb: 603).map(\.hasFile).count == 1)
        let shows = String(decoding: try Recording.bytes("sonarr/pysonarr-series.json"), as: UTF8.self)
        let (sonarr, _) = try client(.sonarr, ["series": shows])
        let show = try #require(try await sonarr.entries(tvdb: 77_754).first)
        #expect(show.path != nil && show.rootFolder != nil && !show.seasons.isEmpty && show.qualityProfile != nil)
    }
}
