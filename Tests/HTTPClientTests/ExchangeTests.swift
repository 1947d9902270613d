import HTTPClient
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct ExchangeTests {
    private let transport = CurlTransport(userAgent: "marquee/1.2.3")

    @Test("an answer arrives with status, headers and body; the request as it was built")
    func plain() async throws {
        let seen = Mutex<RawRequest?>(nil)
        let server = try RawServer.answering { request in
            seen.withLock { $0 = request }
            return "body".answer(200, "X-One: 1\r\nx-one: 2\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n")
        }
        defer { server.stop() }
        let response = try await transport.send(
            HTTPRequest("GET", "\(server.url)/a%20b?q=1", headers: [("X-Api-Key", "k"), ("X-Empty", "")]))
        #expect(response.status == 200)
        #expect(response.text == "body")
        #expect(response.headers["X-ONE"] == "1")
        #expect(response.headers.all("X-One") == ["1", "2"])
        #expect(response.headers.dateMillis == 784_111_777_000)
        let request = try #require(seen.withLock { $0 })
        #expect(request.line == "GET /a%20b?q=1 HTTP/1.1")
        #expect(request.headers["x-api-key"] == "k")
        #expect(request.headers["x-empty"] == "")
        #expect(request.headers["user-agent"] == "marquee/1.2.3")
        #expect(request.headers["accept-encoding"] == "gzip, deflate")
    }

    @Test("methods and bodies travel as given", arguments: ["POST", "PUT", "DELETE", "PATCH"])
    func methods(method: String) async throws {
        let server = try RawServer.answering {
            "\($0.method) \($0.body) \($0.headers["content-type"] ?? "-") \($0.headers["expect"] ?? "-")".ok
        }
        defer { server.stop() }
        let large = String(repeating: "x", count: 2000)
        let json = [("Content-Type", "application/json")]
        let typed = HTTPRequest(method, server.url, headers: json, body: Array(large.utf8))
        #expect(try await transport.send(typed).text == "\(method) \(large) application/json -")
        let empty = HTTPRequest(method, server.url)
        #expect(try await transport.send(empty).text == "\(method)  - -")
    }

    @Test("HEAD has headers and no body")
    func head() async throws {
        let server = try RawServer.answering { _ in "HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\n" }
        defer { server.stop() }
        let response = try await transport.send(HTTPRequest("HEAD", server.url, maxBody: 5_000_000))
        #expect(response.body.isEmpty)
        #expect(response.headers.contentLength == 5_000_000)
    }

    @Test("one connection serves one call after another")
    func keepAlive() async throws {
        let server = try RawServer.answering { $0.path.ok }
        defer { server.stop() }
        for path in ["/a", "/b", "/c"] {
            #expect(try await transport.send(HTTPRequest("GET", server.url + path)).text == path)
        }
        #expect(server.connectionCount == 1)
    }

    @Test("a kept connection that the server closed is replaced")
    func closedConnection() async throws {
        let server = try RawServer { connection in
            if let request = connection.readRequest() { connection.write(request.path.ok) }
        }
        defer { server.stop() }
        for path in ["/a", "/b"] {
            #expect(try await transport.send(HTTPRequest("GET", server.url + path)).text == path)
        }
        #expect(server.connectionCount == 2)
    }

    @Test("a status of failure is an answer", arguments: [401, 404, 500, 503])
    func statuses(status: Int) async throws {
        let server = try RawServer.answering { _ in "no".answer(status) }
        defer { server.stop() }
        #expect(try await transport.send(HTTPRequest("GET", server.url)).status == status)
        #expect(try await transport.stream(HTTPRequest("GET", server.url)).status == status)
    }

    @Test("interim answers and trailers are not the answer")
    func interim() async throws {
        let server = try RawServer.answering { _ in
            "HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3\r\nabc\r\n2\r\nde\r\n0\r\nX-Trailer: 1\r\n\r\n"
        }
        defer { server.stop() }
        let response = try await transport.send(HTTPRequest("GET", server.url))
        #expect(response.text == "abcde")
        #expect(response.headers["X-Early"] == nil)
        #expect(response.headers["X-Trailer"] == nil)
    }

    @Test("compressed bodies arrive inflated, whole and as a stream")
    func gzip() async throws {
        let body = GzipFixture.zeros(3_000_000)
        let server = try RawServer { connection in
            while connection.readRequest() != nil {
                connection.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(body.count)\r\n\r\n")
                connection.write(body)
            }
        }
        defer { server.stop() }
        let zeros = [UInt8](repeating: 0, count: 3_000_000)
        #expect(try await transport.send(HTTPRequest("GET", server.url)).body == zeros)
        #expect(try await transport.stream(HTTPRequest("GET", server.url)).collect() == zeros)
    }

    @Test("a web page is recognised by its type or its first character")
    func html() async throws {
        let page = "\u{FEFF}\n <!DOCTYPE html>"
        #expect(HTTPResponse(status: 200, body: Array(page.utf8)).looksLikeHTML)
        #expect(HTTPResponse(status: 200, headers: ["content-type": "Text/HTML; charset=utf-8"]).looksLikeHTML)
        #expect(!HTTPResponse(status: 200, headers: ["Content-Type": "application/json"], body: [0x7B]).looksLikeHTML)
        #expect(!HTTPResponse(status: 204).looksLikeHTML)
        let server = try RawServer.answering { _ in page.answer(200, "Content-Type: text/html\r\n") }
        defer { server.stop() }
        #expect(try await transport.stream(HTTPRequest("GET", server.url)).looksLikeHTML)
    }

    @Test("a hundred calls share four connections, and all are answered")
    func width() async throws {
        let crowd = Crowd()
        let server = try RawServer { connection in
            while let request = connection.readRequest() {
                crowd.enter()
                let answer = request.path.ok
                crowd.leave()
                connection.write(answer)
            }
        }
        defer { server.stop() }
        let url = server.url
        let answers = try await withThrowingTaskGroup { group in
            for number in 0..<100 {
                group.addTask { try await transport.send(HTTPRequest("GET", "\(url)/\(number)")).text }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(answers.count == 100)
        #expect(server.connectionCount <= 4)
        #expect(crowd.most <= 4)
    }
}
