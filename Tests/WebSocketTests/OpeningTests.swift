import HTTPClient
import TestSupport
import Testing
import WebSocket

@Suite(.timeLimit(.minutes(1))) struct OpeningTests {
    @Test("path, query and headers arrive; ws and http URLs mean the same", arguments: ["ws", "http"])
    func request(scheme: String) async throws {
        let heads = Notes<[String]>()
        try await withServer { peer in
            heads.add(peer.upgrade() ?? [])
            peer.waitForHangUp()
        } _: { server in
            let url = "\(scheme)://127.0.0.1:\(server.port)/shoko/signalr?feeds=a%2Cb"
            let socket = try await WebSocketClient().connect(HTTPRequest("GET", url, headers: [("apikey", "k 1")]))
            socket.close()
            // The script answers before it takes its note, so the client may be first.
            await eventually("the script has noted the head") { !heads.all.isEmpty }
            let head = try #require(heads.all.first)
            #expect(head.first == "GET /shoko/signalr?feeds=a%2Cb HTTP/1.1")
            #expect(head.contains("apikey: k 1"))
            #expect(head.contains("host: 127.0.0.1:\(server.port)"))
        }
    }

    @Test("a refused upgrade is told by its status")
    func refused() async throws {
        try await withServer { peer in
            _ = peer.readHead()
            peer.write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
        } _: { server in
            let error = await failure { () throws(UpstreamError) in
                try await WebSocketClient().connect(HTTPRequest("GET", server.url, service: "shoko"))
            }
            #expect(error?.reason == .refusedAuth)
            #expect(error?.service == "shoko")
        }
    }

    @Test("a server that hangs up instead of answering is unreachable")
    func hangUp() async throws {
        try await withServer { peer in
            _ = peer.readHead()
        } _: { server in
            let error = await failure { () throws(UpstreamError) in
                try await WebSocketClient().connect(HTTPRequest("GET", server.url))
            }
            #expect(error?.reason == .unreachable || error?.reason == .truncated)
        }
    }

    @Test("a server that never answers is given up in time, and a cancelled task at once")
    func silence() async throws {
        try await withServer { peer in
            peer.waitForHangUp()
        } _: { server in
            let limit = Duration.milliseconds(80)
            let error = await failure { () throws(UpstreamError) in
                try await WebSocketClient().connect(HTTPRequest("GET", server.url, timeout: limit))
            }
            #expect(error?.reason == .timedOut(after: limit))
            let patient = Task {
                await failure { () throws(UpstreamError) in
                    try await WebSocketClient().connect(HTTPRequest("GET", server.url, timeout: .seconds(60)))
                }
            }
            await eventually("connected") { server.count == 2 }
            patient.cancel()
            #expect(await patient.value?.reason == .cancelled)
        }
    }

    @Test("nobody listens: unreachable; an address against the rules is not even tried")
    func noServer() async throws {
        let server = try WebSocketServer { _ in }
        let url = server.url
        let rules = OutboundRules(denied: [try #require(AddressRange("127.0.0.0/8"))])
        let denied = await failure { () throws(UpstreamError) in
            try await WebSocketClient(rules: rules).connect(HTTPRequest("GET", url))
        }
        #expect(denied?.reason == .forbiddenAddress("127.0.0.1 (denied by configuration)"))
        #expect(server.count == 0)
        server.stop()
        let error = await failure { () throws(UpstreamError) in
            try await WebSocketClient().connect(HTTPRequest("GET", "ws://127.0.0.1:1"))
        }
        #expect(error?.reason == .unreachable)
    }

    @Test("headers that would start another header are refused unsent", arguments: ["k\r\nx: y", "k\n"])
    func badHeader(value: String) async throws {
        let error = await failure { () throws(UpstreamError) in
            try await WebSocketClient().connect(HTTPRequest("GET", "ws://127.0.0.1:1", headers: [("apikey", value)]))
        }
        guard case .invalid? = error?.reason else {
            Issue.record("sent: \(String(describing: error))")
            return
        }
    }
}
