import HTTPClient
import Testing

@Suite(.timeLimit(.minutes(1))) struct RedirectTests {
    private let transport = CurlTransport()

    /// Redirects `/n` to `/n-1` and answers `/0`.
    private static func countdown() throws -> RawServer {
        try RawServer.answering { request in
            guard let number = Int(request.path.dropFirst()), number > 0 else {
                return "end \(request.headers["x-api-key"] ?? "")".ok
            }
            return "moved".answer(302, "Location: /\(number - 1)\r\n")
        }
    }

    @Test("three redirects within the origin are followed, with the key", arguments: [1, 2, 3])
    func followed(hops: Int) async throws {
        let server = try Self.countdown()
        defer { server.stop() }
        let request = HTTPRequest("GET", "\(server.url)/\(hops)", headers: [("X-Api-Key", "k")])
        #expect(try await transport.send(request).text == "end k")
        #expect(try await transport.stream(request).collect() == Array("end k".utf8))
    }

    @Test("the fourth redirect is one too many")
    func loop() async throws {
        let server = try Self.countdown()
        defer { server.stop() }
        let request = HTTPRequest("GET", "\(server.url)/4")
        let error = await failure { () throws(UpstreamError) in try await transport.send(request) }
        #expect(error?.reason == .redirected(to: "\(server.url)/0, after 3 redirects"))
        #expect(error?.isTransient == false)
    }

    @Test("another scheme, host or port is not followed, and named without its query")
    func elsewhere() async throws {
        let other = try RawServer.answering { _ in "caught".ok }
        defer { other.stop() }
        let targets = [
            other.url: other.url,
            "http://localhost:\(other.port)": "http://localhost:\(other.port)",
            "https://127.0.0.1:\(other.port)": "https://127.0.0.1:\(other.port)",
            "//evil.example": "http://evil.example",
        ]
        for (target, shown) in targets {
            let server = try RawServer.answering { _ in "moved".answer(307, "Location: \(target)/login?key=canary\r\n")
            }
            defer { server.stop() }
            let request = HTTPRequest("GET", server.url, headers: [("X-Api-Key", "canary")])
            let error = await failure { () throws(UpstreamError) in try await transport.send(request) }
            #expect(error?.reason == .redirected(to: shown))
            #expect(error?.description.contains("canary") == false)
        }
        #expect(other.connectionCount == 0)
    }

    @Test("a redirect that adds credentials, or cannot be read, is not followed")
    func odd() async throws {
        for (start, end) in [("http://user:pw@", "/"), ("http://[", "/"), ("file://", "/etc/passwd")] {
            let server = try RawServer.answering { request in
                "moved".answer(301, "Location: \(start)\(request.headers["host"] ?? "")\(end)\r\n")
            }
            defer { server.stop() }
            let request = HTTPRequest("GET", server.url)
            let error = await failure { () throws(UpstreamError) in try await transport.send(request) }
            guard case .redirected(let target)? = error?.reason else {
                Issue.record("unexpected: \(String(describing: error))")
                continue
            }
            #expect(!target.contains("pw"))
        }
    }

    @Test("relative targets, spaces and queries lead on")
    func relative() async throws {
        let server = try RawServer.answering { request in
            request.path.hasPrefix("/a/b") ? "x".answer(303, "Location: ../c d?q=1 2\r\n") : request.path.ok
        }
        defer { server.stop() }
        #expect(try await transport.send(HTTPRequest("GET", server.url + "/a/b/x")).text.contains("c%20d?q=1"))
    }

    @Test("a POST is not sent again elsewhere: its answer is the redirect")
    func post() async throws {
        let server = try RawServer.answering { _ in "moved".answer(307, "Location: /there\r\n") }
        defer { server.stop() }
        let response = try await transport.send(HTTPRequest("POST", server.url, body: [1]))
        #expect(response.status == 307)
        #expect(response.headers["Location"] == "/there")
    }

    @Test("a redirect without a target is an answer like any other")
    func noTarget() async throws {
        let server = try RawServer.answering { _ in "x".answer(302) }
        defer { server.stop() }
        #expect(try await transport.send(HTTPRequest("GET", server.url)).status == 302)
    }
}
