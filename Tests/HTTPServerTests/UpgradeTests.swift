import HTTPServer
import Lifecycle
import Testing

@Suite("An upgraded connection", .timeLimit(.minutes(1)))
struct UpgradeTests {
    private static let ask = "GET /echo HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n"

    /// `GET /echo` becomes a conversation in which the server repeats what it hears.
    private func echoRoutes(onEnd: @escaping @Sendable (String) -> Void = { _ in }) -> Routes<Permission, Void> {
        var routes = simpleRoutes()
        routes.get("echo", permission: .open) { _ in
            Response(
                101, headers: [("Upgrade", "echo")],
                body: .upgrade { connection in
                    do {
                        while let bytes = try await connection.read() { try await connection.write(bytes) }
                        onEnd("closed by the peer")
                    } catch {
                        onEnd("\(type(of: error))")
                        throw error
                    }
                })
        }
        return routes
    }

    @Test("answers 101 and then carries bytes in both directions, those sent early included")
    func echo() async throws {
        let reported = Locked<[Int]>([])
        var hooks = Hooks()
        hooks.onFinish = { finished in reported.withLock { $0.append(finished.status) } }
        try await withServer(echoRoutes(), ServerOptions(), hooks) { server in
            let client = try server.client()
            try await client.send(Self.ask + "early;")
            let head = try await client.receive(through: "\r\n\r\n")
            #expect(head.hasPrefix("HTTP/1.1 101 "))
            #expect(head.lowercased().contains("upgrade: echo\r\n"))
            #expect(head.lowercased().contains("connection: upgrade\r\n"))
            #expect(try await client.receive(through: ";") == "early;")
            for word in ["one;", "two;"] {
                try await client.send(word)
                #expect(try await client.receive(through: ";") == word)
            }
            #expect(reported.withLock { $0 } == [])
        }
        #expect(reported.withLock { $0 } == [101])
    }

    @Test("carries megabytes through small buffers")
    func large() async throws {
        var options = ServerOptions()
        options.limits.streamBuffer = 4 << 10
        try await withServer(echoRoutes(), options) { server in
            let client = try server.client()
            try await client.send(Self.ask)
            _ = try await client.receive(through: "\r\n\r\n")
            let sent = (0..<(2 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
            async let sending: Void = client.send(sent)
            let received = try await client.receive { $0.count >= sent.count ? sent.count : nil }
            try await sending
            #expect(received == sent)
        }
    }

    @Test("closes when the server's side of the conversation returns, after what it wrote")
    func serverCloses() async throws {
        var routes = simpleRoutes()
        routes.get("echo", permission: .open) { _ in
            Response(101, headers: [("Upgrade", "echo")], body: .upgrade { try await $0.write(Array("bye".utf8)) })
        }
        try await withServer(routes) { server in
            let client = try server.client()
            try await client.send(Self.ask)
            _ = try await client.receive(through: "\r\n\r\n")
            #expect(try await client.receiveToEnd() == "bye")
            #expect(try await server.get("/plain").text == "hello")
        }
    }

    @Test("tells its handler that the peer hung up")
    func hangUp() async throws {
        let ended = ShutdownSignal()
        try await withServer(echoRoutes { _ in ended.trigger() }) { server in
            let client = try server.client()
            try await client.send(Self.ask)
            _ = try await client.receive(through: "\r\n\r\n")
            client.hangUp()
            await ended.wait()
        }
    }

    @Test("is told of the stop, and cut at the end of the grace if it does not end")
    func stop() async throws {
        var options = ServerOptions()
        options.drainTime = .milliseconds(100)
        let endings = Locked<[String]>([])
        let routes = echoRoutes { ending in endings.withLock { $0.append(ending) } }
        let client: RawClient
        do {
            let server = HTTPServer(options, routes: routes, authorize: { _, _ in nil })
            client = try RawClient(port: try await server.start())
            try await client.send(Self.ask)
            _ = try await client.receive(through: "\r\n\r\n")
            await server.stop()
        }
        #expect(try await client.receiveToEnd() == "")
        #expect(endings.withLock { $0 } == ["PeerGone"])
    }

    @Test("is refused to HTTP/1.0, and the server goes on")
    func oldProtocol() async throws {
        try await withServer(echoRoutes()) { server in
            let client = try server.client()
            try await client.send("GET /echo HTTP/1.0\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n")
            #expect(try await !client.receiveToEnd().hasPrefix("HTTP/1.1 101"))
            #expect(try await server.get("/plain").text == "hello")
        }
    }
}
