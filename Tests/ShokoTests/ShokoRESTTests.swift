import HTTPClient
import Media
import Shoko
import TestSupport
import Testing

@Suite struct ShokoRESTTests {
    private static let file = """
        {"ID":42,"Size":1,"Locations":[{"ID":1,"FileID":42,"ImportFolderID":1,"RelativePath":"Show/b.mkv"}],
        "SeriesIDs":[{"SeriesID":{"ID":7,"AniDB":55},"EpisodeIDs":[{"ID":11,"AniDB":901},{"AniDB":"902"}]}]}
        """

    private func shoko(_ answers: [String: [HTTPResponse]]) throws -> (Shoko, StubTransport) {
        let transport = StubTransport(answers)
        return (Shoko(base: try BaseURL("http://nas/shoko"), key: "k-1", transport: transport), transport)
    }

    private func json(_ text: String, status: Int = 200) -> HTTPResponse {
        HTTPResponse(status: status, body: Array(text.utf8))
    }

    private func reason(_ call: () async throws -> some Any) async -> UpstreamError.Reason? {
        do {
            _ = try await call()
            return nil
        } catch {
            return (error as? UpstreamError)?.reason
        }
    }

    @Test("a file is found by its path's end, asked for with references for both versions")
    func find() async throws {
        let (shoko, transport) = try shoko(["GET /shoko/api/v3/File/PathEndsWith": [json("[\(Self.file)]")]])
        let found = try await shoko.files(pathEndsWith: "show/B.mkv")
        #expect(found.map(\.id) == [42])
        #expect(found[0].locations == [.init(folder: 1, relativePath: "Show/b.mkv")])
        #expect(
            found[0].references == [
                .init(anidbAnime: 55, anidbEpisode: 901, series: 7, episode: 11),
                .init(anidbAnime: 55, anidbEpisode: 902, series: 7, episode: nil),
            ])
        let request = try #require(transport.requests.first)
        #expect(request.url.contains("path=%2Fshow%2FB.mkv&limit=0&includeXRefs=true&include=XRefs%2CReleaseInfo"))
        #expect(request.headers.contains { $0 == ("apikey", "k-1") })
    }

    @Test(
        "a file that does not end so is not believed",
        arguments: [
            ("b.mkv", [1: "/anime"], true), ("/b.mkv", [:], true), ("ow/b.mkv", [1: "/anime"], false),
            ("anime/Show/b.mkv", [1: "/media/anime/"], true), ("anime/Show/b.mkv", [1: "/media/other"], false),
            ("anime/Show/b.mkv", [:], true), ("x/c.mkv", [:], false), ("\\Show\\b.mkv", [1: "C:\\a"], true),
            ("", [:], false), ("/", [:], false),
        ] as [(String, [Int64: String], Bool)])
    func suffix(path: String, folders: [Int64: String], isFound: Bool) async throws {
        let (shoko, _) = try shoko(["GET /shoko/api/v3/File/PathEndsWith": [json("[\(Self.file)]")]])
        #expect(try await shoko.files(pathEndsWith: path, folders: folders).isEmpty == !isFound)
    }

    @Test("a file of version 6 has managed folders; without references asked for they are unknown, not none")
    func sixth() async throws {
        let body = """
            [{"ID":"42","Locations":[{"ManagedFolderID":3,"RelativePath":"/b.mkv"}]},{"ID":0},{"X":1},7,
            {"ID":43,"Locations":[{"ManagedFolderID":3,"RelativePath":"\\\\x\\\\b.mkv"}],"SeriesIDs":[]}]
            """
        let (shoko, _) = try shoko(["GET /shoko/api/v3/File/PathEndsWith": [json(body)]])
        let found = try await shoko.files(pathEndsWith: "b.mkv")
        #expect(found.map(\.id) == [42, 43])
        #expect(found.map(\.references) == [nil, []])
        #expect(found[0].locations == [.init(folder: 3, relativePath: "/b.mkv")])
    }

    @Test("a read file proves a match by its references, else that Shoko knows it")
    func facts() async throws {
        let (shoko, _) = try shoko(["GET /shoko/api/v3/File/42": [json(Self.file)]])
        var file = try #require(try await shoko.file(42))
        let time = Timestamp(milliseconds: 5)
        let match = file.observation(instance: "default", at: time, folders: [1: "/anime"])
        #expect((match.fact, match.naturalKey, match.keys.path) == (.fileMatched, "42|901,902", "/anime/Show/b.mkv"))
        file.references = []
        #expect(file.observation(instance: "default", at: time, folders: [:]).fact == .fileSeen)
        file.references = nil
        #expect(file.observation(instance: "default", at: time, folders: [:]).fact == .fileSeen)
    }

    @Test("absent is nil; a server that starts, a page, a wrong key are unknown")
    func unreadable() async throws {
        let (shoko, _) = try shoko([
            "GET /shoko/api/v3/File/1": [json("", status: 404)],
            "GET /shoko/api/v3/File/2": [json("starting", status: 503)],
            "GET /shoko/api/v3/File/3": [json("busy", status: 400)], "GET /shoko/api/v3/File/4": [json("<html>")],
            "GET /shoko/api/v3/File/5": [json("", status: 401)], "GET /shoko/api/v3/File/6": [json("[]")],
            "GET /shoko/api/v3/File/7": [json(Self.file)],
        ])
        #expect(try await shoko.file(1) == nil)
        #expect(await reason { try await shoko.file(2) } == .status(503))
        #expect(await reason { try await shoko.file(3) } == .status(400))
        #expect(await reason { try await shoko.file(4) } == .html)
        #expect(await reason { try await shoko.file(5) } == .refusedAuth)
        #expect(await reason { try await shoko.file(6) } == .undecodable(field: "JSON"))
        #expect(try await shoko.file(7) == nil, "another file than asked for")
    }

    @Test(
        "folders are read by the name that the version has for them",
        arguments: [("5.3.3.0", "ImportFolder"), ("v6.0.0-dev.12", "ManagedFolder"), ("", "ImportFolder")])
    func folders(version: String, name: String) async throws {
        let (shoko, _) = try shoko([
            "GET /shoko/api/v3/Init/Status": [json(#"{"State":"Started"}"#)],
            "GET /shoko/api/v3/Init/Version": [json(#"{"Server":{"Version":"\#(version)"}}"#)],
            "GET /shoko/api/v3/\(name)": [json(#"[{"ID":1,"Path":"/anime/"},{"ID":"2","Path":"D:\\x"},{"Path":"?"}]"#)],
        ])
        #expect(try await shoko.folders() == [1: "/anime/", 2: "D:\\x"])
        #expect(try await shoko.identify().version == version)
    }

    @Test("a server that starts says so, and is not identified")
    func starting() async throws {
        let (shoko, _) = try shoko([
            "GET /shoko/api/v3/Init/Status": [json(#"{"State":"Starting","StartupMessage":"Migrating"}"#)],
            "GET /shoko/api/v3/Init/Version": [json(#"{"Server":{"Version":"5.1"}}"#)],
        ])
        let status = try await shoko.status()
        #expect((status.isStarted, status.message, status.generation) == (false, "Migrating", .v5))
        #expect(await reason { try await shoko.identify() } == .status(503))
    }

    @Test("the ids of a series, of which several may be TMDB's")
    func series() async throws {
        let body = #"{"IDs":{"ID":7,"AniDB":55,"TvDB":[1],"TMDB":{"Movie":[3,"4"],"Show":null}},"Name":"x"}"#
        let (shoko, _) = try shoko([
            "GET /shoko/api/v3/Series/7": [json(body)], "GET /shoko/api/v3/Series/AniDB/55/Series": [json(body)],
            "GET /shoko/api/v3/Series/8": [json("", status: 404)],
        ])
        let series = try #require(try await shoko.series(7))
        #expect((series.id, series.anidb, series.tmdbMovies, series.tmdbShows) == (7, 55, [3, 4], []))
        #expect(try await shoko.series(anidb: 55) == series)
        #expect(try await shoko.series(8) == nil)
    }

    @Test("one login serves all callers, and is repeated once when its key is refused")
    func login() async throws {
        let transport = StubTransport([
            "POST /api/auth": [json(#"{"apikey":"first"}"#), json(#"{"apikey":"second"}"#)],
            "GET /api/v3/Series/1": [json("", status: 404)],
            "GET /api/v3/Series/2": [json("", status: 401), json("", status: 404)],
        ])
        let shoko = Shoko(base: try BaseURL("http://nas"), user: "u", password: "p\"w", transport: transport)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<10 { group.addTask { _ = try? await shoko.series(1) } }
        }
        let logins = transport.requests.filter { $0.method == "POST" }
        #expect(
            logins.map { String(decoding: $0.body ?? [], as: UTF8.self) } == [
                #"{"user":"u","pass":"p\"w","device":"marquee"}"#
            ])
        #expect(try await shoko.series(2) == nil)
        let keys = transport.requests.suffix(3).map { $0.headers.first { $0.0 == "apikey" }?.1 }
        #expect(keys == ["first", nil, "second"])
    }

    @Test("a wrong password is told as such, and asked again only by the next call")
    func wrongPassword() async throws {
        let transport = StubTransport(["POST /api/auth": [json("", status: 401)]])
        let shoko = Shoko(base: try BaseURL("http://nas"), user: "u", password: "p", transport: transport)
        #expect(await reason { try await shoko.series(1) } == .refusedAuth)
        #expect(transport.requests.count == 1)
    }
}
