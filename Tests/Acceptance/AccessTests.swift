import HTTPClient
import Testing

/// Who may come in before there is a login (security.md §2).
@Suite(.timeLimit(.minutes(20)))
struct AccessTests {
    @Test("with an admin token everything but the probes needs it")
    func token() async throws {
        let stack = try await Stack.start()
        let token = String(repeating: "k3", count: 20)
        let server = try await stack.serve(["MARQUEE_ADMIN_TOKEN": token])
        for path in ["/healthz", "/readyz", "/api/health"] { #expect(try await server.get(path).status == 200) }
        #expect(try await server.get("/api/health").text == "{\"status\":\"healthy\"}")
        let closed = [
            "/", "/library", "/requests", "/request/1", "/api/requests", "/api/jobs", "/api/events", "/metrics",
            "/api/admin/findings", "/images/poster/1", "/nowhere",
        ]
        for path in closed { #expect(try await server.get(path).status == 401, "\(path)") }
        #expect(try await server.call("POST", "/api/admin/sync/library").status == 401)
        let bearer = [("Authorization", "Bearer \(token)")]
        #expect(try await server.call("GET", "/api/requests", headers: bearer).status == 200)
        #expect(try await server.call("GET", "/nowhere", headers: bearer).status == 404)
        #expect(try await server.call("GET", "/api/requests", headers: [("Authorization", "Bearer x")]).status == 401)
        #expect(try await stack.marquee(["sync", "library", "--dry-run"]).code == 0)
        #expect(!server.program.log.contains(token))
    }

    @Test("without one, pages of other origins are kept out")
    func origins() async throws {
        let stack = try await Stack.start()
        let server = try await stack.serve()
        #expect(try await server.call("GET", "/api/requests", headers: [("Host", "evil.example")]).status == 403)
        let foreign = [("Origin", "http://evil.example")]
        #expect(try await server.call("POST", "/api/admin/sync/library", headers: foreign).status == 403)
        #expect(
            try await server.call("GET", "/api/requests", headers: [("Sec-Fetch-Site", "cross-site")]).status == 403)
        #expect(
            try await server.get("/library").headers["Content-Security-Policy"]?.contains("default-src 'none'") == true)
    }

    @Test("upstream keys appear nowhere in logs, errors, pages, metrics")
    func canary() async throws {
        let stack = try await Stack.start()
        let server = try await stack.serve(["MARQUEE_LOG_LEVEL": "trace"])
        try await stack.fault("radarr", "/api/v3/movie*", "500")
        var seen = try await server.call("POST", "/api/admin/sync/library").text
        for path in ["/library?job=1", "/metrics", "/api/jobs", "/api/health", "/api/admin/findings"] {
            seen += try await server.get(path).text
        }
        seen += try await stack.marquee(["doctor"]).output
        seen += server.program.log
        for (name, secret) in stack.services where name.hasSuffix("_KEY") {
            #expect(!seen.contains(secret), "\(name) leaked")
        }
    }
}
