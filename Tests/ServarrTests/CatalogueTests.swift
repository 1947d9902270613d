import HTTPClient
import Media
import Servarr
import TestSupport
import Testing

/// Lenient reading of both catalogues; bodies are synthetic, after the field tables of upstreams.md §2 and §3.
@Suite("Servarr catalogue")
struct CatalogueTests {
    private func transport(_ kind: Servarr.Kind, _ body: String, tags: String = "[]", details: String = "{}")
        -> StubTransport
    {
        StubTransport { request in
            let path = request.operation
            let text = path.contains("/tag/detail/") ? details : path.hasSuffix("/tag") ? tags : body
            return .response(
                HTTPResponse(status: 200, headers: ["Content-Type": "application/json"], body: Array(text.utf8)))
        }
    }

    private func read(_ kind: Servarr.Kind, _ transport: StubTransport) async throws -> [CatalogueEntry] {
        var entries: [CatalogueEntry] = []
        let servarr = Servarr(kind, base: try BaseURL("http://arr.test/base"), key: "k1", transport: transport)
        try await servarr.catalogue { entries.append(copy $0) }
        return entries
    }

    private func one(_ kind: Servarr.Kind, _ fields: String) async throws -> CatalogueEntry {
        try #require(try await read(kind, transport(kind, "[{\"id\":7,\(fields)}]")).first)
    }

    @Test("reads a film")
    func film() async throws {
        let entry = try await one(
            .radarr,
            #"""
            "title":"Alien","year":1979,"tmdbId":348,"imdbId":"tt0078748","path":"/movies/Alien (1979)","hasFile":true,
            "overview":"In space","titleSlug":"348","movieFile":{"id":3,"dateAdded":"2024-01-02T03:04:05Z","size":5},
            "tags":[1,2],"images":[],"new":{"x":1}
            """#)
        #expect(entry.id == 7 && entry.type == .movie && entry.year == 1_979 && entry.hasFile == true)
        #expect(entry.nativeKey == ProviderKey(.movie, .tmdb, 348))
        #expect(entry.key(.imdb) == ProviderKey(.movie, .imdb, "tt0078748".utf8))
        #expect(entry.fileAddedAt == Timestamp(rfc3339: "2024-01-02T03:04:05Z") && !entry.isAnime)
        #expect(entry.record.text(CatalogueEntry.Slot.path) == "/movies/Alien (1979)")
    }

    @Test("reads a series")
    func series() async throws {
        let entry = try await one(
            .sonarr,
            #""title":"Mushishi","year":2005,"tvdbId":79099,"tmdbId":0,"imdbId":"","seriesType":"Anime","statistics":{"episodeFileCount":26}"#
        )
        #expect(entry.type == .tv && entry.nativeKey == ProviderKey(.tv, .tvdb, 79_099))
        #expect(entry.key(.tmdb) == nil && entry.key(.imdb) == nil && entry.isAnime && entry.hasFile == true)
    }

    @Test(
        "a series says whether it has files only if it counts them",
        arguments: [
            (#""statistics":{"episodeFileCount":0}"#, false), (#""statistics":{"episodeFileCount":2}"#, true),
            (#""statistics":{}"#, nil), (#""statistics":null"#, nil), (#""statistics":[]"#, nil),
            (#""title":"x""#, nil),
        ])
    func files(fields: String, wanted: Bool?) async throws {
        #expect(try await one(.sonarr, fields).hasFile == wanted)
    }

    @Test(
        "ids come as number or text; zero, blanks and other kinds are none",
        arguments: [
            ("348", true), (#""348""#, true), (#"" 348 ""#, true), ("0", false), (#""0""#, false), (#""""#, false),
            ("null", false), ("[]", false), ("{}", false), ("true", false), ("-5", false), ("1.5", false),
            ("99999999999999999999", false),
        ])
    func ids(value: String, isThere: Bool) async throws {
        let film = try await one(.radarr, #""tmdbId":\#(value)"#)
        #expect(film.nativeKey == (isThere ? ProviderKey(.movie, .tmdb, 348) : nil))
        let series = try await one(.sonarr, #""tvdbId":\#(value)"#)
        #expect(series.nativeKey == (isThere ? ProviderKey(.tv, .tvdb, 348) : nil))
    }

    @Test(
        "records without an id of their own are passed over",
        arguments: [
            "[{}]", #"[{"id":0}]"#, #"[{"id":null,"title":"x"}]"#, #"[{"id":"x"}]"#, "[]",
        ])
    func withoutID(body: String) async throws {
        #expect(try await read(.radarr, transport(.radarr, body)).isEmpty)
    }

    @Test("an id may be text")
    func textID() async throws {
        #expect(try await read(.radarr, transport(.radarr, #"[{"id":"12","tmdbId":"5"}]"#)).map(\.id) == [12])
    }

    @Test("titles tagged anime, in any case, are anime", arguments: [Servarr.Kind.radarr, .sonarr])
    func tags(kind: Servarr.Kind) async throws {
        let stub = transport(
            kind, #"[{"id":1},{"id":2},{"id":3}]"#, tags: #"[{"id":4,"label":"hd"},{"id":5,"label":"ANIME"}]"#,
            details: kind == .radarr ? #"{"movieIds":[1,3],"seriesIds":[2]}"# : #"{"movieIds":[2],"seriesIds":[1,3]}"#)
        #expect(try await read(kind, stub).map(\.isAnime) == [true, false, true])
        #expect(stub.requests.map(\.operation).contains("GET /base/api/v3/tag/detail/5"))
        #expect(!stub.requests.map(\.operation).contains("GET /base/api/v3/tag/detail/4"))
    }

    @Test("asks for the whole list below its base path, with its key in the header only")
    func requests() async throws {
        for (kind, wanted) in [
            (Servarr.Kind.radarr, "http://arr.test/base/api/v3/movie?excludeLocalCovers=true"),
            (.sonarr, "http://arr.test/base/api/v3/series?includeSeasonImages=false"),
        ] {
            let stub = transport(kind, "[]")
            _ = try await read(kind, stub)
            #expect(stub.requests.map(\.url).contains(wanted))
            for request in stub.requests {
                #expect(request.headers.contains { $0 == ("X-Api-Key", "k1") })
                #expect(!request.url.contains("k1") && request.service == kind.rawValue)
            }
        }
    }
}
