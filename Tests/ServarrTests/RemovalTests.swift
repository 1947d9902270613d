import HTTPClient
import Media
import Servarr
import TestSupport
import Testing

@Suite("Servarr, removing")
struct RemovalTests {
    static let status = ArrServer.response(#"{"appName":"Radarr","version":"5"}"#)
    static let notFound = ArrServer.response(#"{"message":"NotFound"}"#, status: 404)

    static func failures() -> [(StubTransport.Answer, UpstreamError.Reason)] {
        [
            (ArrServer.response("{}", status: 401), .refusedAuth),
            (ArrServer.response("{}", status: 403), .refusedAuth),
            (ArrServer.response("{}", status: 500), .status(500)),
            (ArrServer.response("<html>", status: 502, type: "text/html"), .status(502)),
            (ArrServer.response("<html>", type: "text/html"), .html), (.failure(.unreachable), .unreachable),
            (.failure(.timedOut(after: .seconds(60))), .timedOut(after: .seconds(60))),
        ]
    }

    private func reason(_ run: () async throws -> some Any) async -> UpstreamError.Reason? {
        do {
            _ = try await run()
            return nil
        } catch {
            return (error as? UpstreamError)?.reason
        }
    }

    /// Answers `answer` to everything but the question who the program is.
    private func client(
        _ kind: Servarr.Kind, _ answer: StubTransport.Answer, status: StubTransport.Answer = Self.status
    ) throws -> (Servarr, StubTransport) {
        let stub = StubTransport { $0.operation.hasSuffix("system/status") ? status : answer }
        return (try ArrServer.client(kind, stub), stub)
    }

    @Test("the two programs call the exclusion differently, and hear both words")
    func parameters() async throws {
        for (kind, path, name) in [
            (Servarr.Kind.radarr, "movie", "addImportExclusion"), (.sonarr, "series", "addImportListExclusion"),
        ] {
            let (arr, stub) = try client(kind, ArrServer.response(""))
            let id = try #require(ArrTitleID(7))
            #expect(try await arr.deleteTitle(id, withFiles: true, excluding: true) == .done)
            #expect(try await arr.deleteTitle(id, withFiles: false) == .done)
            #expect(stub.requests.map(\.operation) == Array(repeating: "DELETE /base/api/v3/\(path)/7", count: 2))
            #expect(ArrServer.query(stub.requests[0]) == ["deleteFiles": "true", name: "true"])
            #expect(ArrServer.query(stub.requests[1]) == ["deleteFiles": "false", name: "false"])
        }
    }

    @Test("404 is gone only from the program itself")
    func gone() async throws {
        let id = try #require(ArrTitleID(7))
        let file = try #require(ArrFileID(8))
        let (arr, _) = try client(.radarr, Self.notFound)
        #expect(try await arr.deleteTitle(id, withFiles: true) == .alreadyGone)
        #expect(try await arr.deleteFile(file) == .alreadyGone)
        #expect(try await arr.entry(id) == nil)
        for status in [
            ArrServer.response(#"{"appName":"Sonarr"}"#), ArrServer.response("{}", status: 401), Self.notFound,
            ArrServer.response("<html>", type: "text/html"), .failure(.unreachable),
        ] {
            let (other, _) = try client(.radarr, Self.notFound, status: status)
            await #expect(throws: UpstreamError.self) { try await other.deleteTitle(id, withFiles: true) }
            await #expect(throws: UpstreamError.self) { try await other.entry(id) }
        }
    }

    @Test("everything else is unknown, to every call", arguments: 0..<7)
    func unknown(index: Int) async throws {
        let (answer, expected) = Self.failures()[index]
        let (arr, _) = try client(.radarr, answer)
        let id = try #require(ArrTitleID(7))
        let file = try #require(ArrFileID(8))
        let exclusion = try #require(ArrExclusionID(9))
        #expect(await reason { try await arr.deleteTitle(id, withFiles: true) } == expected)
        #expect(await reason { try await arr.deleteFile(file) } == expected)
        #expect(await reason { try await arr.removeExclusion(exclusion) } == expected)
        #expect(await reason { try await arr.entry(id) } == expected)
        #expect(await reason { try await arr.entries(tmdb: 5) } == expected)
        #expect(await reason { try await arr.titleFiles(of: id) } == expected)
        #expect(await reason { try await arr.downloadHashes(of: id) } == expected)
        #expect(await reason { try await arr.recycleBin() } == expected)
        #expect(await reason { try await arr.exclusions() } == expected)
        #expect(await reason { try await arr.qualityProfiles() } == expected)
    }

    @Test("a file is not deleted where the root folder is missing, and the reason is told")
    func conflict() async throws {
        let (arr, stub) = try client(
            .sonarr, ArrServer.response(#"{"message":"Root folder /tv is missing"}"#, status: 409))
        let file = try #require(ArrFileID(8))
        await #expect { try await arr.deleteFile(file) } throws: {
            let error = $0 as? UpstreamError
            return error?.reason == .status(409) && error?.cause == "Root folder /tv is missing"
        }
        #expect(stub.requests.map(\.operation) == ["DELETE /base/api/v3/episodefile/8"])
    }

    @Test("a deletion follows to the URL base of the same server")
    func moved() async throws {
        let stub = StubTransport { request in
            request.url.contains("/sonarr/")
                ? ArrServer.response("{}")
                : .response(HTTPResponse(status: 307, headers: ["Location": "/sonarr/api/v3/series/7"]))
        }
        let id = try #require(ArrTitleID(7))
        #expect(try await ArrServer.client(.sonarr, stub).deleteTitle(id, withFiles: true) == .done)
        #expect(stub.requests.map(\.method) == ["DELETE", "DELETE"])
    }

    @Test("episodes are monitored by number, and none means none")
    func episodes() async throws {
        let (arr, stub) = try client(.sonarr, ArrServer.response("", status: 202))
        try await arr.monitor(episodes: [4, 5], false)
        #expect(stub.requests.map(\.operation) == ["PUT /base/api/v3/episode/monitor"])
        #expect(
            stub.requests.first?.body.map { String(decoding: $0, as: UTF8.self) }
                == #"{"episodeIds":[4,5],"monitored":false}"#)
        for odd: [Int64] in [[], [0], [3, -1]] {
            #expect(await reason { try await arr.monitor(episodes: odd, false) } == .invalid("episodeIds"))
        }
        #expect(stub.requests.count == 1)
    }

    @Test("a season's flag changes and nothing else of its series")
    func season() async throws {
        let series = #"""
            {"id":7,"title":"A \"b\"","tvdbId":5,"seasons":[{"seasonNumber":1,"monitored":true,"x":1.50},
            {"seasonNumber":2,"monitored":true}],"unknown":{"k":[null]}}
            """#
        let (arr, stub) = try client(.sonarr, ArrServer.response(series))
        let id = try #require(ArrTitleID(7))
        try await arr.monitor(season: 2, of: id, false)
        let body = try #require(stub.requests.last?.body)
        #expect(stub.requests.last?.operation == "PUT /base/api/v3/series/7")
        #expect(
            String(decoding: body, as: UTF8.self)
                == #"{"id":7,"title":"A \"b\"","tvdbId":5,"seasons":[{"seasonNumber":1,"monitored":true,"x":1.50},{"seasonNumber":2,"monitored":false}],"unknown":{"k":[null]}}"#
        )
        let calls = stub.requests.count
        #expect(await reason { try await arr.monitor(season: 3, of: id, false) } == .invalid("season"))
        let other = try #require(ArrTitleID(8))
        await #expect(throws: UpstreamError.self) { try await arr.monitor(season: 2, of: other, false) }
        #expect(stub.requests.dropFirst(calls).allSatisfy { $0.method == "GET" })
    }

    @Test("the recycle bin is a folder, or there is none")
    func bin() async throws {
        #expect(try await client(.radarr, ArrServer.response(#"{"recycleBin":"/bin"}"#)).0.recycleBin() == "/bin")
        #expect(try await client(.radarr, ArrServer.response(#"{"recycleBin":""}"#)).0.recycleBin() == nil)
        await #expect(throws: UpstreamError.self) { try await client(.radarr, ArrServer.response("[]")).0.recycleBin() }
    }
}
