import HTTPServer
import Testing

@Suite("Routing", .timeLimit(.minutes(1)))
struct RoutingTests {
    private var routes: Routes<Permission, Void> {
        var routes = Routes<Permission, Void>()
        routes.get(permission: .open) { _ in .text("root") }
        routes.get("healthz", permission: .open) { _ in .text("ok") }
        routes.get("api", "jobs", .id, permission: .member) { .text($0.parameters["id"] ?? "none") }
        routes.get("api", "jobs", "latest", permission: .member) { _ in .text("the latest") }
        routes.post("api", "jobs", .named("kind"), "start", permission: .member) { request in
            .text(request.parameters["kind"] ?? "none", status: 202)
        }
        routes.get("search", permission: .open) { request in
            .text("\(request.query.all("q")) \(request.query.first("empty") ?? "nil")")
        }
        return routes
    }

    @Test(
        "what authorize notes reaches the handler and every answer, errors too; a check of the body may refuse"
    )
    func identity() async throws {
        struct Trouble: Error {}
        var routes = Routes<Permission, Void>()
        routes.get("me", permission: .member) { .text($0.identity as? String ?? "nobody") }
        routes.get("broken", permission: .member) { _ in throw Trouble() }
        routes.post("form", permission: .member) { _ in .text("taken") }
        let hooks = Hooks(authorize: { _, request in
            request.identity = "ada"
            request.answerHeaders = [("Set-Cookie", "a=b")]
            request.bodyCheck = { $0.body == Array("bad".utf8) ? .text("no", status: 403) : nil }
            return nil
        })
        try await withServer(routes, ServerOptions(), hooks) { (server) async throws in
            let me = try await server.get("/me")
            #expect(me.text == "ada" && me.headers["set-cookie"] == "a=b")
            let broken = try await server.get("/broken")
            #expect(broken.status == 500 && broken.headers["set-cookie"] == "a=b")
            let client = try server.client()
            for (body, status) in [("bad", 403), ("fit", 200)] {
                try await client.send("POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n\(body)")
                #expect(try await client.response().status == status)
            }
        }
    }

    @Test("finds fixed words before parameters, and decodes parameters")
    func parameters() async throws {
        try await withServer(routes) { (server) async throws in
            #expect(try await server.get("/").text == "root")
            #expect(try await server.get("/api/jobs/7").text == "7")
            #expect(try await server.get("/api/jobs/latest").text == "the latest")
            #expect(try await server.get("/api/jobs/a%2Fb%20c").text == "a/b c")
            #expect(try await server.get("/api/jobs/%C3%BC").text == "ü")
            #expect(try await server.get("/api/jobs/..").text == "..")
        }
    }

    @Test(
        "answers 404 for what is not there",
        arguments: ["/api", "/api/jobs", "/api/jobs/", "/api/jobs/7/", "//", "/API/jobs/7", "/a/../search"])
    func missing(path: String) async throws {
        try await withServer(routes) { (server) async throws in
            #expect(try await server.get(path).status == 404)
        }
    }

    @Test("answers 405 and names the methods that a path has")
    func wrongMethod() async throws {
        try await withServer(routes) { (server) async throws in
            let client = try server.client()
            try await client.send("DELETE /api/jobs/7 HTTP/1.1\r\nHost: x\r\n\r\n")
            let answer = try await client.response()
            #expect(answer.status == 405)
            #expect(answer.headers["allow"] == "GET, HEAD")
            try await client.send("GET /api/jobs/x/start HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try await client.response().headers["allow"] == "POST")
        }
    }

    @Test("answers HEAD like GET, without the body")
    func head() async throws {
        try await withServer(routes) { (server) async throws in
            let client = try server.client()
            try await client.send("HEAD /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            let answer = try await client.response(toHead: true)
            #expect(answer.status == 200)
            #expect(answer.headers["content-length"] == "2")
            #expect(try await client.get("/").text == "root")
        }
    }

    @Test("decodes the query and keeps repeated parameters")
    func query() async throws {
        try await withServer(routes) { (server) async throws in
            #expect(try await server.get("/search?q=a+b&q=%26%3D&empty").text == "[\"a b\", \"&=\"] ")
            #expect(try await server.get("/search").text == "[] nil")
        }
    }

    @Test("serves below the base path only, except for the paths named")
    func basePath() async throws {
        let options = ServerOptions(basePath: "marquee/", unprefixed: ["/healthz"])
        try await withServer(routes, options) { (server) async throws in
            #expect(try await server.get("/marquee").text == "root")
            #expect(try await server.get("/marquee/").text == "root")
            #expect(try await server.get("/marquee/api/jobs/7").text == "7")
            #expect(try await server.get("/marquee/healthz").text == "ok")
            #expect(try await server.get("/healthz").text == "ok")
            #expect(try await server.get("/api/jobs/7").status == 404)
            #expect(try await server.get("/marqueeapi/jobs/7").status == 404)
        }
    }

    @Test("asks for permission first, also before it reveals that a path or method is missing")
    func authorisation() async throws {
        let refuse: @Sendable (Permission, Request) -> Response? = { permission, request in
            permission == .open || request.headers["Authorization"] == "yes" ? nil : .text("who?", status: 401)
        }
        var hooks = Hooks()
        hooks.authorize = { refuse($0, $1) }
        hooks.authorizeUnknown = { permissions, request in refuse(permissions.first ?? .member, request) }
        try await withServer(routes, ServerOptions(), hooks) { (server) async throws in
            let client = try server.client()
            #expect(try await client.get("/api/jobs/7").status == 401)
            #expect(try await client.get("/api/jobs/7", "Authorization: yes\r\n").status == 200)
            #expect(try await client.get("/nowhere").status == 401)
            #expect(try await client.get("/nowhere", "Authorization: yes\r\n").status == 404)
            #expect(try await client.get("/api/jobs/7/start").status == 401)
            #expect(try await client.get("/api/jobs/7/start", "Authorization: yes\r\n").status == 405)
            try await client.send("POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
            #expect(try await client.response().status == 405)
        }
    }

    @Test("lists every route with its permission")
    func table() {
        let rows = routes.table.map { "\($0.method) \($0.pattern) \($0.permission)" }
        #expect(rows.contains("POST /api/jobs/{kind}/start member"))
        #expect(rows.first == "GET / open")
        #expect(rows.count == 6)
    }

    @Test("does not start with a route declared twice")
    func duplicate() async {
        await #expect(processExitsWith: .failure) {
            var routes = Routes<Bool, Void>()
            routes.get("a", permission: true) { _ in .text("1") }
            routes.get("a", permission: true) { _ in .text("2") }
        }
    }
}
