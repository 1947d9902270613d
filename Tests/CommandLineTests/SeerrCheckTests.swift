import HTTPClient
import Settings
import TestSupport
import Testing

@testable import CommandLine

@Suite struct SeerrCheckTests {
    let status = HTTPResponse(status: 200, body: Array(#"{"version":"3.0.1","commitTag":"x"}"#.utf8))

    func check(_ transport: StubTransport) async throws -> String {
        let url = try BaseURL("http://seerr:5055/sub")
        let instance = ServiceInstance(service: .jellyseerr, url: url, credentials: .key("secret"))
        return try await SeerrCheck(instance, transport).version()
    }

    @Test("the version counts only once a guarded call was let in with the key") func version() async throws {
        let transport = StubTransport([
            "GET /sub/api/v1/status": [status], "GET /sub/api/v1/request": [HTTPResponse(status: 200)],
        ])
        #expect(try await check(transport) == "3.0.1")
        #expect(transport.requests.last?.url.hasSuffix("/request?take=1") == true)
        #expect(transport.requests.allSatisfy { $0.headers.contains { $0 == ("X-Api-Key", "secret") } })
    }

    @Test(
        "a refused key, a web page and a foreign answer are told apart",
        arguments: [
            ("GET /sub/api/v1/request", HTTPResponse(status: 403), UpstreamError.Reason.refusedAuth),
            ("GET /sub/api/v1/status", HTTPResponse(status: 502), .status(502)),
            ("GET /sub/api/v1/status", HTTPResponse(status: 200, body: Array("<html>".utf8)), .html),
            (
                "GET /sub/api/v1/status", HTTPResponse(status: 200, body: Array("[]".utf8)),
                .undecodable(field: "version")
            ),
        ])
    func failures(call: String, answer: HTTPResponse, reason: UpstreamError.Reason) async {
        var answers = ["GET /sub/api/v1/status": [status], "GET /sub/api/v1/request": [HTTPResponse(status: 200)]]
        answers[call] = [answer]
        let transport = StubTransport(answers)
        let error = await #expect(throws: UpstreamError.self) { try await check(transport) }
        #expect(error?.reason == reason)
        #expect(error?.description.contains("secret") == false)
    }

    @Test(
        "qBittorrent and Shoko are said to be unchecked, not reachable",
        arguments: [UpstreamService.qbittorrent, .shoko])
    func unchecked(service: UpstreamService) async throws {
        let instance = ServiceInstance(service: service, url: try BaseURL("http://x"), credentials: .none)
        let error = await #expect(throws: NotCheckedYet.self) {
            try await Upstreams.identify(instance, StubTransport([:]))
        }
        #expect(error?.description.hasPrefix(service.title) == true)
    }
}
