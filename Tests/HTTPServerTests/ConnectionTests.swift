import HTTPServer
import Lifecycle
import Testing

@Suite("A connection", .timeLimit(.minutes(1)))
struct ConnectionTests {
    @Test("takes one request after the other, also when they come at once")
    func pipelining() async throws {
        var routes = simpleRoutes()
        routes.get("late", permission: .open) { _ in
            for _ in 0..<50 { await Task.yield() }
            return .text("late")
        }
        try await withServer(routes) { (server) async throws in
            let client = try server.client()
            for _ in 0..<20 { #expect(try await client.get("/plain").text == "hello") }
            let plain = "GET /plain HTTP/1.1\r\nHost: x\r\n\r\n"
            let post = "POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabcde"
            try await client.send("GET /late HTTP/1.1\r\nHost: x\r\n\r\n" + plain + post + plain)
            for expected in ["late", "hello", "5", "hello"] { #expect(try await client.response().text == expected) }
        }
    }

    @Test("ends after the answer when the client asks for it, or speaks HTTP/1.0")
    func close() async throws {
        try await withServer(simpleRoutes()) { (server) async throws in
            for request in [
                "GET /plain HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "GET /plain HTTP/1.0\r\n\r\n",
            ] {
                let client = try server.client()
                try await client.send(request)
                #expect(try await client.response().text == "hello")
                #expect(try await client.receiveToEnd() == "")
            }
        }
    }

    @Test("may send a large header in small pieces")
    func pieces() async throws {
        var options = ServerOptions()
        options.limits.headerTime = .seconds(60)  // on a loaded machine the pieces take their time
        try await withServer(simpleRoutes(), options) { (server) async throws in
            let client = try server.client()
            let field = String(repeating: "v", count: 200)
            let head = "GET /plain HTTP/1.1\r\nHost: x\r\n" + (0..<70).map { "X-\($0): \(field)\r\n" }.joined() + "\r\n"
            for start in stride(from: 0, to: head.utf8.count, by: 97) {
                try await client.send(Array(head.utf8.dropFirst(start).prefix(97)))
            }
            #expect(try await client.response().text == "hello")
            try await client.send("GET /plain HTTP/1.1\r\nHo")
            try await client.send("st: x\r\n\r")
            try await client.send("\n")
            #expect(try await client.response().text == "hello")
        }
    }

    @Test("carries a date, an address, and a trace id of its own for each request")
    func context() async throws {
        var routes = Routes<Permission, Void>()
        routes.get("who", permission: .open) { .text("\($0.remoteAddress) \($0.traceID)") }
        try await withServer(routes) { (server) async throws in
            let client = try server.client()
            let answers = [try await client.get("/who"), try await client.get("/who")]
            #expect(answers[0].headers["date"]?.hasSuffix(" GMT") == true)
            #expect(answers.allSatisfy { $0.text.hasPrefix("127.0.0.1 ") && $0.text.utf8.count == 10 + 32 })
            #expect(answers[0].text != answers[1].text)
        }
    }

    @Test("through IPv6 works too")
    func ipv6() async throws {
        var routes = Routes<Permission, Void>()
        routes.get("who", permission: .open) { .text($0.remoteAddress) }
        try await withServer(routes, ServerOptions(host: "::1")) { (server) async throws in
            #expect(try await RawClient(port: server.port, ipv6: true).get("/who").text == "::1")
        }
        try await withServer(routes, ServerOptions(host: "::")) { (server) async throws in
            #expect(try await RawClient(port: server.port).get("/who").text == "127.0.0.1")
        }
    }

    @Test("beyond the number allowed for one address is closed, unless the address is trusted")
    func perAddress() async throws {
        var options = ServerOptions()
        options.limits.connectionsPerAddress = 2
        try await withServer(simpleRoutes(), options) { (server) async throws in
            let first = try server.client(), second = try server.client()
            #expect(try await first.get("/plain").status == 200)
            #expect(try await second.get("/plain").status == 200)
            await #expect(throws: ClientFailure.self) { try await server.get("/plain") }
            #expect(try await first.get("/plain").status == 200)
        }
        options.isTrustedAddress = { $0 == "127.0.0.1" }
        try await withServer(simpleRoutes(), options) { (server) async throws in
            let clients = try (0..<5).map { _ in try server.client() }
            for client in clients { #expect(try await client.get("/plain").status == 200) }
        }
    }

    @Test("beyond the number allowed in all waits until another ends")
    func inAll() async throws {
        var options = ServerOptions()
        options.threads = 2
        options.limits.connections = 2
        try await withServer(simpleRoutes(), options) { (server) async throws in
            let first = try server.client(), second = try server.client(), third = try server.client()
            for client in [first, second] { #expect(try await client.get("/plain").status == 200) }
            try await third.send("GET /plain HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try await first.get("/plain").status == 200)
            for client in [first, second] { client.hangUp() }
            #expect(try await third.response().status == 200)
        }
    }

    @Test("whose peer hangs up cancels the handler's task, and is reported as 499")
    func hangUp() async throws {
        let started = ShutdownSignal(), cancelled = ShutdownSignal(), reported = ShutdownSignal()
        var routes = Routes<Permission, Void>()
        routes.get("wait", permission: .open) { _ in
            started.trigger()
            await ShutdownSignal().wait()  // ends by cancellation only
            cancelled.trigger()
            throw CancellationError()
        }
        var hooks = Hooks(onFinish: { if $0.status == 499 { reported.trigger() } })
        hooks.onError = { error, request in
            Issue.record("a hang-up is no error of the handler: \(error)")
            return HTTPServer.plainError(error, request)
        }
        try await withServer(routes, ServerOptions(), hooks) { (server) async throws in
            let client = try server.client()
            try await client.send("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n")
            await started.wait()
            client.hangUp()
            await cancelled.wait()
            await reported.wait()
        }
    }

    @Test("serves many clients at once, each its own answer")
    func load() async throws {
        var routes = Routes<Permission, Void>()
        routes.post("echo", .id, permission: .open) { request in
            await Task.yield()
            return .text("\(request.parameters["id"] ?? "") \(request.body.count)")
        }
        let finished = Locked(0)
        let hooks = Hooks(onFinish: { _ in finished.withLock { $0 += 1 } })
        try await withServer(routes, ServerOptions(), hooks) { (server) async throws in
            let results = await mapBounded(Array(0..<40), width: 40) { number in
                let client = try server.client()
                for round in 0..<25 {
                    let body = String(repeating: "a", count: round * 37)
                    try await client.send(
                        "POST /echo/\(number)-\(round) HTTP/1.1\r\nHost: x\r\nContent-Length: \(body.count)\r\n\r\n\(body)"
                    )
                    let answer = try await client.response()
                    guard answer.text == "\(number)-\(round) \(body.count)" else {
                        throw ClientFailure(what: "got \(answer.text)")
                    }
                }
            }
            for result in results { try result.get() }
        }
        #expect(finished.withLock { $0 } == 1000)
    }
}
