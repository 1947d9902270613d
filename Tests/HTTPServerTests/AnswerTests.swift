import Compression
import HTTPServer
import Lifecycle
import Testing

@Suite("An answer", .timeLimit(.minutes(1)))
struct AnswerTests {
    private static let page = Array(String(repeating: "<p>text</p>", count: 500).utf8)

    private var routes: Routes<Permission, Void> {
        var routes = Routes<Permission, Void>()
        routes.get("page", permission: .open) { _ in .html(Self.page) }
        routes.get("small", permission: .open) { _ in .json(Array("{}".utf8)) }
        routes.get("picture", permission: .open) { _ in
            Response(200, headers: [("Content-Type", "image/png")], body: .bytes(Self.page))
        }
        routes.get("empty", permission: .open) { _ in Response(204) }
        routes.get("unchanged", permission: .open) { _ in Response(304, headers: [("ETag", "\"1\"")]) }
        routes.get("cookies", permission: .open) { _ in
            Response(200, headers: [("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"), ("X-Split", "a\r\nX-Forged: b")])
        }
        routes.get("broken", permission: .open) { _ in throw ClientFailure(what: "secret detail") }
        return routes
    }

    @Test(
        "is compressed when the client accepts it",
        arguments: [
            ("gzip", true), ("deflate, gzip;q=0.5", true), ("*", true), ("gzip;q=0", false), ("gzip; q=0.000", false),
            ("br", false), ("", false),
        ])
    func negotiation(accepted: String, compressed: Bool) async throws {
        try await withServer(routes) { (server) async throws in
            let answer = try await server.get("/page", "Accept-Encoding: \(accepted)\r\n")
            #expect(answer.headers["content-encoding"] == (compressed ? "gzip" : nil))
            #expect(answer.headers["vary"] == "Accept-Encoding")
            #expect(answer.body == (compressed ? Gzip.compress(Self.page) : Self.page))
        }
    }

    @Test("is not compressed when that gains nothing", arguments: ["/small", "/picture", "/empty"])
    func uncompressed(path: String) async throws {
        try await withServer(routes) { (server) async throws in
            #expect(try await server.get(path, "Accept-Encoding: gzip\r\n").headers["content-encoding"] == nil)
        }
    }

    @Test("without a body keeps the connection in step")
    func bodiless() async throws {
        try await withServer(routes) { (server) async throws in
            let client = try server.client()
            #expect(try await client.get("/empty").status == 204)
            try await client.send("GET /unchanged HTTP/1.1\r\nHost: x\r\n\r\n")
            let unchanged = try await client.response(toHead: true)
            #expect(unchanged.status == 304)
            #expect(unchanged.headers["etag"] == "\"1\"")
            #expect(try await client.get("/small").text == "{}")
        }
    }

    @Test("may repeat a field; one with a line break is left out")
    func fields() async throws {
        try await withServer(routes) { (server) async throws in
            let head = try await server.get("/cookies").head
            #expect(head.contains("Set-Cookie: a=1\r\n") && head.contains("Set-Cookie: b=2\r\n"))
            #expect(!head.contains("X-Forged"))
        }
    }

    @Test("to a request whose handler throws is 500 and tells no detail")
    func failure() async throws {
        let errors = Locked<[String]>([])
        let hooks = Hooks(onError: { error, request in
            errors.withLock { $0.append("\(error)") }
            return HTTPServer.plainError(error, request)
        })
        try await withServer(routes, ServerOptions(), hooks) { (server) async throws in
            let answer = try await server.get("/broken")
            #expect(answer.status == 500)
            #expect(!answer.text.contains("secret"))
        }
        #expect(errors.withLock { $0 }.count == 1)
    }

    @Test("is reported once, with the route's pattern and without the query")
    func report() async throws {
        let reports = Locked<[Finished]>([])
        let hooks = Hooks(onFinish: { finished in reports.withLock { $0.append(finished) } })
        try await withServer(routes, ServerOptions(), hooks) { (server) async throws in
            let client = try server.client()
            _ = try await client.get("/small?token=abc")
            _ = try await client.get("/nowhere")
            #expect(try await server.get("/broken%").status == 400)
        }
        let seen = reports.withLock { $0 }
        #expect(seen.map(\.status) == [200, 404, 400])
        #expect(seen.map(\.pattern) == ["/small", nil, nil])
        #expect(seen.map(\.path) == ["/small", "/nowhere", ""])
    }
}
