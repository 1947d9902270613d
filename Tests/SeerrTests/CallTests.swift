import HTTPClient
import Media
import Seerr
import TestSupport
import Testing

@Suite("Seerr calls")
struct CallTests {
    @Test("tells who it is only with a good key")
    func status() async throws {
        let good = StubTransport { request in
            request.operation.hasSuffix("/status")
                ? SeerrServer.json(#"{"version":"3.0.1","commitTag":"abc","updateAvailable":false}"#)
                : SeerrServer.page([], total: 0)
        }
        let status = try await SeerrServer.client(good).status()
        #expect(status.version == "3.0.1" && status.commit == "abc")
        #expect(status.clock == Timestamp(milliseconds: 1_700_000_000_000))
        let wrong = StubTransport { request in
            request.operation.hasSuffix("/status") ? SeerrServer.json(#"{"version":"3.0.1"}"#) : SeerrServer.refusal()
        }
        await #expect { try await SeerrServer.client(wrong).status() } throws: {
            ($0 as? UpstreamError)?.reason == .refusedAuth
        }
    }

    @Test(
        "says what is wrong with an answer, and never its key",
        arguments: [
            (403, "{}", UpstreamError.Reason.refusedAuth), (404, "{}", .status(404)), (500, "<html>", .status(500)),
            (200, "<html><body>", .html), (200, "{", .undecodable(field: "JSON")),
            (200, "[]", .undecodable(field: "JSON")),
            (200, "{}", .undecodable(field: "version")),
        ])
    func failures(code: Int, body: String, reason: UpstreamError.Reason) async throws {
        let stub = StubTransport { _ in .response(HTTPResponse(status: code, body: Array(body.utf8))) }
        await #expect { try await SeerrServer.client(stub).status() } throws: { error in
            (error as? UpstreamError)?.reason == reason && !"\(error)".contains("k1")
        }
    }

    @Test("retries by an empty POST, whose success says nothing")
    func retry() async throws {
        let stub = StubTransport { _ in SeerrServer.json(SeerrServer.request(7)) }
        try await SeerrServer.client(stub).retry(request: 7)
        #expect(stub.requests.map(\.operation) == ["POST /base/api/v1/request/7/retry"])
        #expect(stub.requests.first?.body == nil)
        let gone = StubTransport { _ in SeerrServer.json("{}", status: 404) }
        await #expect { try await SeerrServer.client(gone).retry(request: 7) } throws: {
            ($0 as? UpstreamError)?.reason == .status(404)
        }
    }

    @Test("reads a film's and a series' title, year, text, picture and ids")
    func details() async throws {
        let film = StubTransport { _ in
            SeerrServer.json(
                #"{"id":348,"title":"Alien","releaseDate":"1979-05-25","overview":"In space","posterPath":"/a-b.jpg","imdbId":"tt0078748","externalIds":{"imdbId":"tt0078748"}}"#
            )
        }
        let alien = try await SeerrServer.client(film).details(.movie, tmdb: 348)
        #expect(alien.title == "Alien" && alien.year == 1979 && alien.imdb == "tt0078748" && alien.tvdb == nil)
        #expect(alien.posterURL == "https://image.tmdb.org/t/p/w600_and_h900_bestv2/a-b.jpg")
        #expect(film.requests.map(\.operation) == ["GET /base/api/v1/movie/348"])
        let show = StubTransport { _ in
            SeerrServer.json(
                #"{"id":5,"name":"Show","firstAirDate":"","posterPath":"//evil.test/x?y","externalIds":{"tvdbId":6,"imdbId":null}}"#
            )
        }
        let title = try await SeerrServer.client(show).details(.tv, tmdb: 5)
        #expect(title.title == "Show" && title.year == nil && title.tvdb == 6 && title.imdb == nil)
        #expect(title.posterURL == nil && title.overview == nil)
        await #expect(throws: UpstreamError.self) { try await SeerrServer.client(show).details(.tv, tmdb: 6) }
    }

    @Test("reads a season's episodes with their air dates")
    func season() async throws {
        let stub = StubTransport { _ in
            SeerrServer.json(
                #"""
                {"episodes":[{"episodeNumber":2,"seasonNumber":1,"name":"Two","airDate":"2024-05-02"},
                {"episodeNumber":1,"seasonNumber":1,"name":"","airDate":null},{"name":"x"},
                {"episodeNumber":3,"seasonNumber":2},{"episodeNumber":0}]}
                """#)
        }
        let episodes = try await SeerrServer.client(stub).season(tmdb: 5, 1)
        #expect(stub.requests.map(\.operation) == ["GET /base/api/v1/tv/5/season/1"])
        #expect(episodes.map(\.number) == [UnitNumber(1, 1), UnitNumber(1, 2)])
        #expect(episodes.map(\.title) == [nil, "Two"])
        #expect(episodes.map(\.airDate) == [nil, Timestamp(rfc3339: "2024-05-02T00:00:00Z")])
        let bare = StubTransport { _ in SeerrServer.json("{}") }
        await #expect(throws: UpstreamError.self) { try await SeerrServer.client(bare).season(tmdb: 5, 1) }
    }

    @Test("reads a recorded film", .enabled(if: Recording.isThere))
    func recording() async throws {
        let body = try Recording.bytes("seerr/seerr-movie.json")
        let stub = StubTransport { _ in .response(HTTPResponse(status: 200, body: body)) }
        let film = try await SeerrServer.client(stub).details(.movie, tmdb: 840_464)
        #expect(film.title != nil && film.year == 2026 && film.imdb?.hasPrefix("tt") == true)
        #expect(film.posterURL?.hasPrefix("https://image.tmdb.org/t/p/") == true)
    }
}
