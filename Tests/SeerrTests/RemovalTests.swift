import HTTPClient
import Media
import Seerr
import TestSupport
import Testing

@Suite("Seerr, removing")
struct RemovalTests {
    private static let absent = SeerrServer.json(#"{"message":"Request not found."}"#, status: 404)

    /// Answers `answer` to everything but the question who the program is and whether it takes the key.
    private func client(_ answer: StubTransport.Answer, isSeerr: Bool = true) throws -> (Seerr, StubTransport) {
        let stub = StubTransport { request in
            if request.operation.hasSuffix("/status") {
                return isSeerr ? SeerrServer.json(#"{"version":"3.0.1"}"#) : SeerrServer.json("<html>")
            }
            return request.operation == "GET /base/api/v1/media" ? SeerrServer.page([], total: 0) : answer
        }
        return (try SeerrServer.client(stub), stub)
    }

    private func reason(_ run: () async throws -> some Any) async -> UpstreamError.Reason? {
        do {
            _ = try await run()
            return nil
        } catch {
            return (error as? UpstreamError)?.reason
        }
    }

    @Test("requests and records are deleted by number")
    func deleting() async throws {
        let (seerr, stub) = try client(.response(HTTPResponse(status: 204)))
        #expect(try await seerr.deleteRequest(#require(SeerrRequestID(69))) == .done)
        #expect(try await seerr.deleteMedia(#require(SeerrMediaID(41))) == .done)
        #expect(
            stub.requests.map(\.operation) == ["DELETE /base/api/v1/request/69", "DELETE /base/api/v1/media/41"])
    }

    @Test("404 is gone only from a Seerr that takes the key")
    func gone() async throws {
        let request = try #require(SeerrRequestID(69))
        let media = try #require(SeerrMediaID(41))
        let (seerr, _) = try client(Self.absent)
        #expect(try await seerr.deleteRequest(request) == .alreadyGone)
        #expect(try await seerr.deleteMedia(media) == .alreadyGone)
        #expect(try await seerr.hasRequest(request) == false)
        #expect(try await seerr.hasUser(3) == false)
        let (proxy, _) = try client(Self.absent, isSeerr: false)
        await #expect(throws: UpstreamError.self) { try await proxy.deleteRequest(request) }
        await #expect(throws: UpstreamError.self) { try await proxy.hasRequest(request) }
        await #expect(throws: UpstreamError.self) { try await proxy.hasUser(3) }
    }

    @Test("a key without the right is told so, and its words are no secret")
    func forbidden() async throws {
        let (seerr, _) = try client(SeerrServer.refusal())
        let media = try #require(SeerrMediaID(41))
        await #expect { try await seerr.deleteMedia(media) } throws: {
            let error = $0 as? UpstreamError
            return error?.reason == .refusedAuth && error?.cause == "the key lacks permission"
                && !"\($0)".contains("k1")
        }
    }

    @Test(
        "everything else is unknown",
        arguments: [
            (401, "{}", UpstreamError.Reason.refusedAuth), (500, "{}", .status(500)), (502, "<html>", .status(502)),
            (200, "<html>", .html),
        ])
    func unknown(code: Int, body: String, expected: UpstreamError.Reason) async throws {
        let (seerr, _) = try client(SeerrServer.json(body, status: code))
        let request = try #require(SeerrRequestID(69))
        #expect(await reason { try await seerr.deleteRequest(request) } == expected)
        #expect(await reason { try await seerr.hasRequest(request) } == expected)
        #expect(await reason { try await seerr.media(of: .movie, tmdb: 5) } == expected)
        #expect(await reason { try await seerr.createRequest(.movie, tmdb: 5) } == expected)
    }

    @Test("a title's record comes with its requests of both variants")
    func record() async throws {
        let body = #"""
            {"id":5,"name":"S","mediaInfo":{"id":41,"mediaType":"tv","tmdbId":5,"tvdbId":6,"status":5,"status4k":1,
            "requests":[{"id":69,"status":2,"is4k":false,"seasons":[{"seasonNumber":2},{"seasonNumber":1}],
            "requestedBy":{"id":3,"displayName":"Ann"}},{"id":70,"status":1,"is4k":true,"seasons":[]},{"id":0}]}}
            """#
        let (seerr, stub) = try client(SeerrServer.json(body))
        let media = try #require(try await seerr.media(of: .tv, tmdb: 5))
        #expect(media.id.value == 41 && media.tvdb == 6 && media.status(of: .hd) == 5 && media.status(of: .uhd) == 1)
        #expect(media.requests.map(\.id.value) == [69, 70] && media.requests.map(\.variant) == [.hd, .uhd])
        #expect(
            media.requests[0].seasons == [1, 2] && media.requests[0].user == 3 && media.requests[0].userName == "Ann")
        #expect(stub.requests.map(\.operation) == ["GET /base/api/v1/tv/5"])
    }

    @Test("no record is proven by the title itself; half a record proves nothing")
    func absent() async throws {
        for body in [#"{"id":5}"#, #"{"id":5,"mediaInfo":null}"#] {
            #expect(try await client(SeerrServer.json(body)).0.media(of: .movie, tmdb: 5) == nil)
        }
        for body in [
            "{}", #"{"id":6}"#, #"{"id":5,"mediaInfo":[]}"#, #"{"id":5,"mediaInfo":{}}"#,
            #"{"id":5,"mediaInfo":{"id":41,"tmdbId":5}}"#, #"{"id":5,"mediaInfo":{"id":0,"requests":[]}}"#,
            #"{"id":5,"mediaInfo":{"id":41,"tmdbId":6,"requests":[]}}"#,
            #"{"id":5,"mediaInfo":{"id":41,"mediaType":"tv","requests":[]}}"#,
        ] {
            let (seerr, _) = try client(SeerrServer.json(body))
            await #expect(throws: UpstreamError.self, "\(body)") { try await seerr.media(of: .movie, tmdb: 5) }
        }
        let (seerr, _) = try client(SeerrServer.json(#"{"message":"Unable to retrieve movie."}"#, status: 404))
        #expect(await reason { try await seerr.media(of: .movie, tmdb: 5) } == .status(404))
    }

    @Test("a request is made again for the same seasons, variant and account")
    func creating() async throws {
        let (seerr, stub) = try client(SeerrServer.json(#"{"id":77}"#, status: 201))
        let made = try await seerr.createRequest(.tv, tmdb: 5, seasons: [1, 2], variant: .uhd, for: 3)
        #expect(made == .made(try #require(SeerrRequestID(77))))
        let sent = try #require(stub.requests.last)
        #expect(sent.operation == "POST /base/api/v1/request" && !sent.isRetried)
        #expect(
            String(decoding: sent.body ?? [], as: UTF8.self)
                == #"{"mediaType":"tv","mediaId":5,"seasons":[1,2],"is4k":true,"userId":3}"#)
        for status in [202, 409] {
            let (full, _) = try client(SeerrServer.json(#"{"message":"x"}"#, status: status))
            #expect(try await full.createRequest(.movie, tmdb: 5) == .needless)
        }
        let calls = stub.requests.count
        for call: () async throws -> SeerrAsking in [
            { try await seerr.createRequest(.tv, tmdb: 5) }, { try await seerr.createRequest(.movie, tmdb: 0) },
            { try await seerr.createRequest(.movie, tmdb: 5, for: 0) },
        ] {
            #expect(await reason(call) == .invalid("the request"))
        }
        #expect(stub.requests.count == calls)
    }
}
