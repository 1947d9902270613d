import HTTPServer
import Testing

@Suite("A slow client", .timeLimit(.minutes(1)))
struct SlowClientTests {
    private var options: ServerOptions {
        var options = ServerOptions()
        options.limits.headerTime = .milliseconds(300)
        options.limits.bodyTime = .milliseconds(600)
        options.limits.idleTime = .seconds(1)
        return options
    }

    @Test("that says nothing is disconnected")
    func silent() async throws {
        try await withServer(simpleRoutes(), options) { (server) async throws in
            #expect(try await server.client().receiveToEnd() == "")
        }
    }

    @Test("that drips its header is disconnected", arguments: ["GE", "GET /plain HTTP/1.1\r\nX-A: "])
    func dripHeader(start: String) async throws {
        try await withServer(simpleRoutes(), options) { (server) async throws in
            let client = try server.client()
            try await client.send(start)
            async let dripping: Void = drip(client)
            let answer = try await client.receiveToEnd()
            #expect(answer == "" || answer.hasPrefix("HTTP/1.1 408 "))
            await dripping
        }
    }

    @Test("that drips its body is told so and disconnected")
    func dripBody() async throws {
        try await withServer(simpleRoutes(bodyLimit: 100_000), options) { (server) async throws in
            let client = try server.client()
            try await client.send("POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n")
            async let dripping: Void = drip(client)
            #expect(try await client.receiveToEnd().hasPrefix("HTTP/1.1 408 "))
            await dripping
        }
    }

    @Test("that stays silent between requests is disconnected")
    func idle() async throws {
        try await withServer(simpleRoutes(), options) { (server) async throws in
            let client = try server.client()
            #expect(try await client.get("/plain").status == 200)
            #expect(try await client.receiveToEnd() == "")
        }
    }

    @Test("does not suffer when it is the server that takes long")
    func slowServer() async throws {
        var routes = Routes<Permission, Void>()
        routes.get("slow", permission: .open) { _ in
            try await Task.sleep(for: .milliseconds(1500))  // longer than every limit: the limits must not count it
            return .text("done")
        }
        try await withServer(routes, options) { (server) async throws in
            #expect(try await server.get("/slow").text == "done")
        }
    }

    /// Sends a byte at a time, as fast as the loopback lets it, until the server has had enough.
    private func drip(_ client: RawClient) async {
        while (try? await client.send("a")) != nil { try? await Task.sleep(for: .milliseconds(20)) }
    }
}
