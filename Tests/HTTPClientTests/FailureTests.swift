import HTTPClient
import Testing

@Suite(.timeLimit(.minutes(1))) struct FailureTests {
    private let transport = CurlTransport()

    @Test("a refused connection is unreachable, and the error holds no query")
    func refused() async throws {
        let port = try RawSocket.freePort()
        let request = HTTPRequest(
            "GET", "http://127.0.0.1:\(port)/Items?api_key=canary", headers: [("X-Api-Key", "canary")],
            service: "jellyfin")
        let error = try #require(await failure { () throws(UpstreamError) in try await transport.send(request) })
        #expect(error.reason == .unreachable)
        #expect(error.isTransient)
        #expect(error.description.hasPrefix("jellyfin: GET /Items: unreachable (Failed to connect to 127.0.0.1"))
        #expect(!"\(error)".contains("canary"))
        #expect(!"\(request) \(String(reflecting: request))".contains("canary"))
        let streamed = await failure { () throws(UpstreamError) in try await transport.stream(request) }
        #expect(streamed?.reason == .unreachable)
    }

    @Test("a name that does not exist is unreachable")
    func unknownHost() async throws {
        let request = HTTPRequest("GET", "http://no-such-host.invalid/a?canary")
        let error = try #require(await failure { () throws(UpstreamError) in try await transport.send(request) })
        #expect([.unreachable, .timedOut(after: .seconds(5))].contains(error.reason))
        #expect(!error.description.contains("canary"))
    }

    @Test("a server that speaks no TLS is unreachable")
    func noTLS() async throws {
        let server = try RawServer { $0.write("plain".ok) }
        defer { server.stop() }
        let url = "https://127.0.0.1:\(server.port)/"
        let error = await failure { () throws(UpstreamError) in try await transport.send(HTTPRequest("GET", url)) }
        #expect(error?.reason == .unreachable)
        #expect(error?.cause?.isEmpty == false)
    }

    @Test("silence ends with the timeout, before and within the body")
    func timeout() async throws {
        let server = try RawServer { connection in
            guard let request = connection.readRequest() else { return }
            if request.path == "/body" { connection.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab") }
            connection.waitForHangUp()
        }
        defer { server.stop() }
        for path in ["/head", "/body"] {
            let request = HTTPRequest("GET", server.url + path, timeout: .milliseconds(100))
            let error = await failure { () throws(UpstreamError) in try await transport.send(request) }
            #expect(error?.reason == .timedOut(after: .milliseconds(100)))
        }
        let request = HTTPRequest("GET", server.url + "/head", timeout: .milliseconds(100))
        let error = await failure { () throws(UpstreamError) in try await transport.stream(request) }
        #expect(error?.reason == .timedOut(after: .milliseconds(100)))
    }

    @Test(
        "a body that stops before its end is truncated, never taken for whole",
        arguments: ["Content-Length: 100\r\n\r\n0123456789", "Transfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n"])
    func truncated(tail: String) async throws {
        let server = try RawServer { connection in
            if connection.readRequest() != nil { connection.write("HTTP/1.1 200 OK\r\n" + tail) }
        }
        defer { server.stop() }
        let request = HTTPRequest("GET", server.url)
        let whole = await failure { () throws(UpstreamError) in try await transport.send(request) }
        #expect(whole?.reason == .truncated)
        #expect(whole?.isTransient == true)
        let stream = try await transport.stream(request)
        #expect(try await stream.next() == Array("0123456789".utf8))
        let streamed = await failure { () throws(UpstreamError) in try await stream.next() }
        #expect(streamed?.reason == .truncated)
    }

    @Test("a connection closed before any answer is unreachable")
    func noAnswer() async throws {
        let server = try RawServer { connection in _ = connection.readRequest() }
        defer { server.stop() }
        let request = HTTPRequest("GET", server.url)
        let error = await failure { () throws(UpstreamError) in try await transport.send(request) }
        #expect(error?.reason == .unreachable)
    }

    @Test("what is no HTTP, or compressed wrongly, is undecodable")
    func garbage() async throws {
        let server = try RawServer { connection in
            guard let request = connection.readRequest() else { return }
            connection.write(
                request.path == "/gzip" ? "not gzip".answer(200, "Content-Encoding: gzip\r\n") : "SSH-2.0-OpenSSH_9\r\n"
            )
        }
        defer { server.stop() }
        for (path, field) in [("/gzip", "Content-Encoding"), ("/ssh", "HTTP head")] {
            let request = HTTPRequest("GET", server.url + path)
            let error = await failure { () throws(UpstreamError) in try await transport.send(request) }
            #expect(error?.reason == .undecodable(field: field))
        }
    }

    @Test("a body above the cap is refused: announced, chunked, or inflated")
    func tooLarge() async throws {
        let bomb = GzipFixture.zeros(100_000)
        let server = try RawServer { connection in
            guard let request = connection.readRequest() else { return }
            switch request.path {
            case "/announced": connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100000000000\r\n\r\n")
            case "/gzip":
                connection.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(bomb.count)\r\n\r\n")
                connection.write(bomb)
            default:
                connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                while connection.write("400\r\n" + String(repeating: "x", count: 1024) + "\r\n") {}
            }
            connection.waitForHangUp()
        }
        defer { server.stop() }
        for path in ["/announced", "/gzip", "/chunked"] {
            let request = HTTPRequest("GET", server.url + path, maxBody: 10_000)
            let error = await failure { () throws(UpstreamError) in try await transport.send(request) }
            #expect(error?.reason == .tooLarge(limit: 10_000))
        }
    }

    @Test("a head without end is refused")
    func endlessHead() async throws {
        let server = try RawServer { connection in
            guard connection.readRequest() != nil, connection.write("HTTP/1.1 200 OK\r\n") else { return }
            while connection.write("X-Filler: " + String(repeating: "x", count: 1000) + "\r\n") {}
        }
        defer { server.stop() }
        let request = HTTPRequest("GET", server.url)
        let error = try #require(await failure { () throws(UpstreamError) in try await transport.send(request) })
        #expect(!error.isTransient || error.reason == .unreachable)
    }

    @Test(
        "a request that cannot go on the wire is refused, without showing its secrets",
        arguments: [
            HTTPRequest("GET", "http://127.0.0.1/", headers: [("X-Api-Key", "canary\n")]),
            HTTPRequest("GET", "http://127.0.0.1/", headers: [("X-Api-Key", "canary\r\nHost: evil")]),
            HTTPRequest("GET", "http://127.0.0.1/", headers: [("X Key", "canary")]),
            HTTPRequest("GET", "http://127.0.0.1/", headers: [("", "canary")]),
            HTTPRequest("GET /x", "http://127.0.0.1/"), HTTPRequest("", "http://127.0.0.1/"),
            HTTPRequest("GET", "http://user:canary@127.0.0.1/"), HTTPRequest("GET", "file:///etc/passwd"),
            HTTPRequest("GET", "gopher://127.0.0.1/"), HTTPRequest("GET", "127.0.0.1"), HTTPRequest("GET", ""),
            HTTPRequest("GET", "http://127.0.0.1/a b"), HTTPRequest("GET", "http://127.0.0.1/\u{0}"),
            HTTPRequest("GET", "http://127.0.0.1:99999/"), HTTPRequest("GET", "http:///path"),
        ])
    func invalid(request: HTTPRequest) async throws {
        let error = try #require(await failure { () throws(UpstreamError) in try await transport.send(request) })
        guard case .invalid = error.reason else {
            Issue.record("unexpected: \(error)")
            return
        }
        #expect(!error.reason.description.contains("canary"))
        #expect(!error.isTransient)
    }

    @Test("reasons say whether another try makes sense")
    func transience() {
        let request = HTTPRequest("GET", "http://h/a?x#y", service: "sonarr")
        #expect(request.failure(.status(503)).isTransient)
        #expect(request.failure(.status(429)).isTransient)
        #expect(!request.failure(.status(404)).isTransient)
        #expect(!request.failure(.cancelled).isTransient)
        #expect(UpstreamError.Reason(status: 401) == .refusedAuth)
        #expect(UpstreamError.Reason(status: 500) == .status(500))
        #expect(request.failure(.html, cause: "c").description == "sonarr: GET /a: \(UpstreamError.Reason.html) (c)")
        #expect(HTTPRequest("GET", "http://h?x").operation == "GET /")
        #expect(HTTPRequest("GET", "/a?x").operation == "GET /a")
    }
}
