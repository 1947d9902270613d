import HTTPClient
import TestSupport
import Testing
import WebSocket

@Suite(.timeLimit(.minutes(1)), .enabled(if: TLSRelay.isPossible)) struct TLSTests {
    @Test("wss works with an authority of one's own, and only with it")
    func ownAuthority() async throws {
        let text = String(repeating: "größer 🎬 ", count: 20_000)
        try await withServer { peer in
            peer.upgrade(followedBy: WebSocketFrame(WebSocketFrame.text, Array("first".utf8)).bytes)
            while let frame = peer.receive(), frame.opcode == WebSocketFrame.text { peer.send(frame.text) }
        } _: { (server: WebSocketServer) async throws in
            let relay = try TLSRelay(to: server.port)
            defer { relay.stop() }
            let request = HTTPRequest("GET", "wss://127.0.0.1:\(relay.port)/hub")
            let socket = try await WebSocketClient(caFile: relay.caFile).connect(request)
            #expect(try await socket.message()?.text == "first")
            // More than one TLS record, so that bytes wait in OpenSSL where no poll sees them.
            for _ in 0..<5 { try socket.send(text) }
            for _ in 0..<5 { #expect(try await socket.message()?.text == text) }
            socket.close()
            #expect(try await socket.message() == nil)
            let stranger = await failure { () throws(UpstreamError) in
                try await WebSocketClient().connect(request)
            }
            #expect(stranger?.reason == .unreachable)
        }
    }
}
