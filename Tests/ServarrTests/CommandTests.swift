import HTTPClient
import Media
import Servarr
import TestSupport
import Testing

@Suite("Servarr, commands and releases")
struct CommandTests {
    private static let accepted = ArrServer.response(#"{"id":77,"name":"x","status":"queued"}"#, status: 201)

    private func sent(_ kind: Servarr.Kind, _ run: (Servarr) async throws -> Int64) async throws -> String {
        let stub = StubTransport { _ in Self.accepted }
        #expect(try await run(try ArrServer.client(kind, stub)) == 77)
        let request = try #require(stub.requests.first)
        #expect(request.operation == "POST /base/api/v3/command" && stub.requests.count == 1)
        #expect(request.headers.contains { $0 == ("Content-Type", "application/json") })
        return String(decoding: request.body ?? [], as: UTF8.self)
    }

    @Test("each search is the command that the program knows")
    func bodies() async throws {
        #expect(try await sent(.radarr) { try await $0.search(movie: 5) } == #"{"name":"MoviesSearch","movieIds":[5]}"#)
        #expect(
            try await sent(.sonarr) { try await $0.search(series: 5, season: 0) }
                == #"{"name":"SeasonSearch","seriesId":5,"seasonNumber":0}"#)
        #expect(
            try await sent(.sonarr) { try await $0.search(episodes: [5, 6]) }
                == #"{"name":"EpisodeSearch","episodeIds":[5,6]}"#)
        #expect(
            try await sent(.sonarr) { try await $0.refreshMonitoredDownloads() }
                == #"{"name":"RefreshMonitoredDownloads"}"#)
    }

    @Test("a search of the indexers that takes too long is not asked twice")
    func searchedOnce() async throws {
        let stub = StubTransport { _ in .failure(.timedOut(after: .seconds(60))) }
        let client = try ArrServer.client(.radarr, RetryingTransport(stub, delays: [.zero, .zero]))
        await #expect(throws: UpstreamError.self) { try await client.releases(for: .movie(5)) }
        #expect(stub.requests.count == 1)
    }

    @Test("a refusal is an error with the program's words, without addresses")
    func refusals() async throws {
        for (body, cause) in [
            (
                #"[{"propertyName":"a","errorMessage":"No such film","severity":"error"},{"errorMessage":"b"}]"#,
                "No such film; b"
            ),
            (#"{"message":"Cannot reach http://idx/?apikey=s3cret now"}"#, "Cannot reach (address) now"), ("oops", nil),
        ] {
            let client = try ArrServer.client(.radarr, body, status: 400)
            await #expect {
                try await client.search(movie: 5)
            } throws: {
                let error = $0 as? UpstreamError
                return error?.reason == .status(400) && error?.cause == cause
            }
        }
        let odd = try ArrServer.client(.radarr, "{}", status: 201)
        await #expect(throws: UpstreamError.self) { try await odd.search(movie: 5) }
    }

    @Test("a command follows to the URL base of the same server, and nowhere else")
    func urlBase() async throws {
        for (location, moves) in [
            ("/sonarr/base/api/v3/command", true), ("http://arr.test/sonarr/api/v3/command", true),
            ("http://evil.test/api", false), ("//evil.test/api", false), ("http://arr.test.evil.test/api", false),
        ] {
            let stub = StubTransport { request in
                request.url.contains("/sonarr/")
                    ? Self.accepted : .response(HTTPResponse(status: 307, headers: ["Location": location]))
            }
            let client = try ArrServer.client(.sonarr, stub)
            if moves {
                #expect(try await client.search(episodes: [1]) == 77)
                #expect(stub.requests.last?.body == stub.requests.first?.body)
            } else {
                await #expect(throws: UpstreamError.self) { try await client.search(episodes: [1]) }
                #expect(stub.requests.count == 1)
            }
        }
    }

    @Test("releases tell why they were rejected")
    func releases() async throws {
        let body = #"""
            [{"title":"A","indexer":"I","rejected":true,"rejections":["Too small","Not wanted"],"size":5.0,
            "quality":{"quality":{"name":"HDTV-720p"}}},{"title":"B","rejected":false}]
            """#
        let stub = StubTransport { _ in ArrServer.response(body) }
        let found = try await ArrServer.client(.sonarr, stub).releases(for: .season(series: 2, 1))
        #expect(found.map(\.isRejected) == [true, false] && found[0].rejections == ["Too small", "Not wanted"])
        #expect(found[0].indexer == "I" && found[0].quality == "HDTV-720p" && found[0].size == 5)
        let request = try #require(stub.requests.first)
        #expect(ArrServer.query(request) == ["seriesId": "2", "seasonNumber": "1"] && request.timeout == .seconds(60))
        await #expect(throws: UpstreamError.self) { try await ArrServer.client(.radarr, "{}").releases(for: .movie(1)) }
    }
}
