import HTTPServer
import Lifecycle
import Testing

@Suite("A server that is asked to stop", .timeLimit(.minutes(1)))
struct DrainTests {
    @Test("lets running requests finish, tells the client to close, and takes no new connections")
    func runningRequests() async throws {
        let started = ShutdownSignal(), goOn = ShutdownSignal()
        var routes = simpleRoutes()
        routes.get("slow", permission: .open) { _ in
            started.trigger()
            await goOn.wait()
            return .text("done")
        }
        let shutdown = ShutdownSignal()
        let server = HTTPServer(ServerOptions(), routes: routes, authorize: { _, _ in nil })
        let port = try await server.start()
        let running = Task { try await server.run(until: shutdown) }
        let client = try RawClient(port: port), idle = try RawClient(port: port)
        #expect(try await idle.get("/plain").status == 200)
        try await client.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
        await started.wait()
        shutdown.trigger()
        while (try? RawClient(port: port)) != nil { try await Task.sleep(for: .milliseconds(5)) }
        #expect(try await idle.get("/plain").headers["connection"]?.lowercased() == "close")
        goOn.trigger()
        let answer = try await client.response()
        #expect(answer.text == "done")
        #expect(answer.headers["connection"]?.lowercased() == "close")
        try await running.value
    }

    @Test("ends 200 event streams with a last comment, well within its grace")
    func eventStreams() async throws {
        let hub = Hub()
        var routes = Routes<Permission, Void>()
        routes.get("events", permission: .open) { _ in .events { try await hub.serve($0) } }
        let server = HTTPServer(ServerOptions(), routes: routes, authorize: { _, _ in nil })
        let port = try await server.start()
        let clients = try (0..<200).map { _ in try RawClient(port: port) }
        for client in clients { try await client.send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n") }
        await hub.waitFor(200)
        let began = ContinuousClock.now
        await server.stop()
        #expect(began.duration(to: .now) < .seconds(4))
        for client in clients {
            let text = try await client.receiveToEnd()
            #expect(text.contains(": the server is stopping\n\n"))
            #expect(text.hasSuffix("0\r\n\r\n"))
        }
    }

    @Test("cuts off at the deadline what does not end by itself, readers that read nothing included")
    func deadline() async throws {
        let cancelled = Locked(0)
        var routes = Routes<Permission, Void>()
        routes.get("deaf", permission: .open) { _ in
            await ShutdownSignal().wait()
            cancelled.withLock { $0 += 1 }
            return .text("late")
        }
        routes.get("flood", permission: .open) { _ in
            Response(
                200,
                body: .stream { writer in
                    while true { try await writer.write([UInt8](repeating: 97, count: 10_000)) }
                })
        }
        routes.get("silence", permission: .open) { _ in
            Response(
                200,
                body: .stream { writer in
                    try await writer.write([97])
                    await ShutdownSignal().wait()
                })
        }
        var options = ServerOptions()
        options.drainTime = .milliseconds(200)
        let server = HTTPServer(options, routes: routes, authorize: { _, _ in nil })
        let port = try await server.start()
        var clients: [RawClient] = []
        for path in ["/deaf", "/flood", "/silence"] {
            for _ in 0..<20 {
                let client = try RawClient(port: port, receiveBuffer: 4096)
                try await client.send("GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n")
                if path != "/deaf" { _ = try await client.receive(through: "\r\n\r\n") }
                clients.append(client)
            }
        }
        let began = ContinuousClock.now
        await server.stop()
        #expect(began.duration(to: .now) < .seconds(4))
        for client in clients.prefix(20) { #expect(try await client.receiveToEnd() == "") }
        #expect(cancelled.withLock { $0 } == 20)
    }

    @Test("cannot be started again")
    func again() async throws {
        let server = HTTPServer(ServerOptions(), routes: simpleRoutes(), authorize: { _, _ in nil })
        try await server.start()
        await server.stop()
        await server.stop()
        await #expect(throws: ServerError.self) { try await server.start() }
    }

    @Test("is at once gone when there is nothing to wait for")
    func idle() async throws {
        let shutdown = ShutdownSignal()
        shutdown.trigger()
        try await HTTPServer(ServerOptions(), routes: simpleRoutes(), authorize: { _, _ in nil }).run(until: shutdown)
    }

    @Test("by a task that is itself cancelled cuts everything at once and ends in order")
    func cancelledStop() async throws {
        var routes = Routes<Permission, Void>()
        routes.get("flood", permission: .open) { _ in
            Response(
                200,
                body: .stream { writer in
                    while true { try await writer.write([UInt8](repeating: 97, count: 10_000)) }
                })
        }
        for round in 0..<20 {
            let server = HTTPServer(ServerOptions(), routes: routes, authorize: { _, _ in nil })
            let port = try await server.start()
            let clients = try (0..<5).map { _ in try RawClient(port: port) }
            for client in clients {
                try await client.send("GET /flood HTTP/1.1\r\nHost: x\r\n\r\n")
                _ = try await client.receive()
            }
            if round % 2 == 0 { clients[0].hangUp() }
            let stopping = Task { await server.stop() }
            stopping.cancel()
            await stopping.value
        }
    }
}
