import HTTPServer
import Lifecycle
import Testing

@Suite("A request body", .timeLimit(.minutes(1)))
struct BodyTests {
    @Test("arrives whole, with a length and in chunks")
    func whole() async throws {
        var routes = Routes<Permission, Void>()
        routes.post("echo", permission: .open, bodyLimit: 1 << 20) { request in
            Response(200, body: .bytes(request.body))
        }
        try await withServer(routes) { (server) async throws in
            let client = try server.client()
            let body = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
            try await client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: \(body.count)\r\n\r\n")
            try await client.send(body)
            #expect(try await client.response().body == body)
            try await client.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
            for start in stride(from: 0, to: body.count, by: 10_000) {
                try await client.send("\(String(10_000, radix: 16))\r\n")
                try await client.send(Array(body[start..<start + 10_000]))
                try await client.send("\r\n")
            }
            try await client.send("0\r\n\r\n")
            #expect(try await client.response().body == body)
        }
    }

    @Test("up to its limit is taken, one byte more is 413")
    func limit() async throws {
        try await withServer(simpleRoutes(bodyLimit: 1000)) { (server) async throws in
            for (size, status) in [(1000, 200), (1001, 413)] {
                let client = try server.client()
                let body = String(repeating: "a", count: size)
                try await client.send("POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: \(size)\r\n\r\n\(body)")
                #expect(try await client.response().status == status)
                let chunked = try server.client()
                try await chunked.send(
                    "POST /hook HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "\(String(size, radix: 16))\r\n\(body)\r\n0\r\n\r\n")
                #expect(try await chunked.response().status == status)
            }
        }
    }

    @Test("declared too large is refused before it is sent")
    func declared() async throws {
        try await withServer(simpleRoutes(bodyLimit: 1000)) { (server) async throws in
            let client = try server.client()
            try await client.send("POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n\r\n")
            #expect(try await client.response().status == 413)
            #expect(try await client.receiveToEnd() == "")
        }
    }

    @Test("without end is cut off, not kept")
    func endless() async throws {
        try await withServer(simpleRoutes(bodyLimit: 1000)) { (server) async throws in
            let client = try server.client()
            try await client.send("POST /hook HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
            let chunk = "10000\r\n" + String(repeating: "a", count: 65536) + "\r\n"
            var sent = 0
            while sent < 1000, (try? await client.send(chunk)) != nil { sent += 1 }
            #expect(sent < 1000)
        }
    }

    @Test("is announced with 100 Continue, unless it is too large")
    func expectContinue() async throws {
        try await withServer(simpleRoutes(bodyLimit: 1000)) { (server) async throws in
            let client = try server.client()
            try await client.send(
                "POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n")
            #expect(try await client.receive(through: "\r\n\r\n").hasPrefix("HTTP/1.1 100 "))
            try await client.send("abcde")
            #expect(try await client.response().text == "5")
            try await client.send(
                "POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\nExpect: 100-continue\r\n\r\n")
            #expect(try await client.receive(through: "\r\n\r\n").hasPrefix("HTTP/1.1 413 "))
        }
    }

    @Test("of a stranger is not given to the handler, and the connection stays in step")
    func stranger() async throws {
        let handled = Locked(0)
        var routes = Routes<Permission, Void>()
        routes.post("hook", permission: .member) { _ in
            handled.withLock { $0 += 1 }
            return .text("taken")
        }
        routes.get("plain", permission: .open) { _ in .text("hello") }
        let hooks = Hooks(authorize: { permission, _ in permission == .member ? .text("who?", status: 401) : nil })
        try await withServer(routes, ServerOptions(), hooks) { (server) async throws in
            let client = try server.client()
            try await client.send("POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n")
            try await client.send(String(repeating: "a", count: 100_000))
            #expect(try await client.response().status == 401)
            #expect(try await client.get("/plain").text == "hello")
        }
        #expect(handled.withLock { $0 } == 0)
    }

    @Test("to an unknown path is dropped, whatever its size")
    func unknownPath() async throws {
        try await withServer(simpleRoutes()) { (server) async throws in
            let client = try server.client()
            let body = String(repeating: "a", count: 100_000)
            try await client.send("POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n\(body)")
            #expect(try await client.response().status == 404)
            #expect(try await client.get("/plain").text == "hello")
        }
    }
}
