import HTTPServer
import Lifecycle
import Testing

@Suite("A streamed answer", .timeLimit(.minutes(1)))
struct StreamTests {
    @Test("arrives whole")
    func whole() async throws {
        var routes = Routes<Permission, Void>()
        routes.get("stream", permission: .open) { _ in
            Response(
                200,
                body: .stream { writer in
                    for number in 0..<1000 { try await writer.write(Array("line \(number)\n".utf8)) }
                })
        }
        try await withServer(routes) { (server) async throws in
            let client = try server.client()
            let answer = try await client.get("/stream")
            #expect(answer.headers["transfer-encoding"] == "chunked")
            #expect(answer.text == (0..<1000).map { "line \($0)\n" }.joined())
            #expect(try await client.get("/stream").status == 200)  // the connection can be used again
        }
    }

    @Test("to a slow reader waits for it instead of piling up")
    func backPressure() async throws {
        let written = Locked(0), stalled = ShutdownSignal()
        let block = [UInt8](repeating: 97, count: 64 << 10)
        var routes = Routes<Permission, Void>()
        routes.get("big", permission: .open) { _ in
            Response(
                200,
                body: .stream { writer in
                    for _ in 0..<1600 {  // 100 MiB
                        try await writer.write(block)
                        if written.withLock({
                            $0 += block.count; return $0
                        }) == 2 << 20 {
                            stalled.trigger()
                        }
                    }
                })
        }
        try await withServer(routes) { (server) async throws in
            let client = try server.client(receiveBuffer: 64 << 10)
            try await client.send("GET /big HTTP/1.1\r\nHost: x\r\n\r\n")
            await stalled.wait()
            var received = 0
            var most = 0
            while case let bytes = try await client.receive(), !bytes.isEmpty {
                received += bytes.count
                most = max(most, written.withLock { $0 } - received)
                if received > 100 << 20 { break }
            }
            #expect(received > 100 << 20)
            #expect(most < 16 << 20)  // what the kernel's buffers and ours may hold
        }
    }

    @Test("to a peer that hangs up fails with PeerGone")
    func hangUp() async throws {
        let gone = ShutdownSignal()
        var routes = Routes<Permission, Void>()
        routes.get("endless", permission: .open) { _ in
            Response(
                200,
                body: .stream { writer in
                    do {
                        while true { try await writer.write([UInt8](repeating: 97, count: 1000)) }
                    } catch is PeerGone {
                        gone.trigger()
                        throw PeerGone()
                    }
                })
        }
        try await withServer(routes) { (server) async throws in
            let client = try server.client()
            try await client.send("GET /endless HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = try await client.receive(through: "\r\n\r\n")
            client.hangUp()
            await gone.wait()
        }
    }

    @Test("that fails is cut off, so that nobody takes it for complete, and the error is reported")
    func failing() async throws {
        struct Broken: Error {}
        let reported = ShutdownSignal()
        var routes = Routes<Permission, Void>()
        routes.get("broken", permission: .open) { _ in
            Response(
                200,
                body: .stream { writer in
                    try await writer.write(Array("some".utf8))
                    throw Broken()
                })
        }
        let hooks = Hooks(onError: { error, _ in
            if error is Broken { reported.trigger() }
            return .text("", status: 500)
        })
        try await withServer(routes, ServerOptions(), hooks) { (server) async throws in
            let client = try server.client()
            try await client.send("GET /broken HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try await !client.receiveToEnd().hasSuffix("0\r\n\r\n"))
            await reported.wait()
        }
    }

    @Test("is not begun for HEAD")
    func head() async throws {
        var routes = Routes<Permission, Void>()
        routes.get("stream", permission: .open) { _ in
            Response(
                200, headers: [("X-Kind", "stream")], body: .stream { _ in Issue.record("the body was asked for") })
        }
        try await withServer(routes) { (server) async throws in
            let client = try server.client()
            for _ in 0..<2 {
                try await client.send("HEAD /stream HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(try await client.response(toHead: true).headers["x-kind"] == "stream")
            }
        }
    }
}
