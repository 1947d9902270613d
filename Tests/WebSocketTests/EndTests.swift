import HTTPClient
import TestSupport
import Testing
import WebSocket

@Suite(.timeLimit(.minutes(1))) struct EndTests {
    @Test(
        "a drop is no proper end, wherever it comes",
        arguments: [
            [], Array(WebSocketFrame(WebSocketFrame.text, Array("half".utf8)).bytes.dropLast(2)),
            WebSocketFrame(WebSocketFrame.text, [65], isFinal: false).bytes,
        ])
    func drop(bytes: [UInt8]) async throws {
        try await withSocket { peer in
            peer.upgrade()
            peer.send("before")
            peer.write(bytes)
        } _: { (socket: WebSocket) async throws in
            #expect(try await socket.message()?.text == "before")
            let error = await failure { () throws(UpstreamError) in try await socket.receive() }
            #expect(error?.reason == .truncated)
            #expect(error?.isTransient == true)
            #expect(socket.closure == nil)
            #expect(throws: UpstreamError.self) { try socket.send("too late") }
        }
    }

    @Test(
        "a breach of the protocol ends the socket, and the server is told which",
        arguments: [
            (WebSocketFrame(WebSocketFrame.text, [0xC3, 0x28]).bytes, 1007 as Int?),
            (WebSocketFrame(WebSocketFrame.continuation, [65]).bytes, 1002),
            (WebSocketFrame(3, [65]).bytes, 1002),
            (WebSocketFrame(WebSocketFrame.ping, [65], isFinal: false).bytes, nil),
            ([0xC1, 0x01, 0x41], 1002),
            (WebSocketFrame(WebSocketFrame.text, [65], isMasked: true).bytes, 1002),
        ])
    func breach(bytes: [UInt8], code: Int?) async throws {
        let told = Notes<WebSocketFrame?>()
        try await withSocket { peer in
            peer.upgrade()
            peer.write(bytes)
            told.add(peer.receive(WebSocketFrame.close))
        } _: { (socket: WebSocket) async throws in
            let error = await failure { () throws(UpstreamError) in try await socket.receive() }
            #expect(error?.reason == .undecodable(field: "WebSocket frame"))
            await eventually("the server hears of it") { !told.all.isEmpty }
            #expect(told.all.first??.closeCode == code)
            #expect(told.all.first??.opcode == WebSocketFrame.close)
        }
    }

    @Test("a message beyond the limit is refused before it is held, also in fragments", arguments: [1000, 100])
    func tooLarge(fragment: Int) async throws {
        try await withSocket(
            { peer in
                peer.upgrade()
                peer.send(String(repeating: "x", count: 999))
                for start in stride(from: 0, to: 1000, by: fragment) {
                    let opcode = start == 0 ? WebSocketFrame.text : WebSocketFrame.continuation
                    let payload = [UInt8](repeating: 65, count: fragment)
                    peer.send(WebSocketFrame(opcode, payload, isFinal: start + fragment >= 1000))
                }
                peer.waitForHangUp()
            }, maxMessage: 999
        ) { (socket: WebSocket) async throws in
            #expect(try await socket.message()?.bytes.count == 999)
            let error = await failure { () throws(UpstreamError) in try await socket.receive() }
            #expect(error?.reason == .tooLarge(limit: 999))
        }
    }

    @Test("our close is answered, and what came before it is still read")
    func ourClose() async throws {
        let codes = Notes<Int?>()
        try await withSocket { peer in
            peer.upgrade()
            peer.send("last words")
            codes.add(peer.receive(WebSocketFrame.close)?.closeCode)
            peer.send(.closing(1000))
            peer.waitForHangUp()
        } _: { (socket: WebSocket) async throws in
            #expect(try await socket.message()?.text == "last words")
            socket.close()
            #expect(try await socket.message() == nil)
            #expect(codes.all == [1000])
            #expect(socket.closure == WebSocketClosure(code: 1000))
        }
    }

    @Test("a server that never answers our close does not hold us up")
    func deafServer() async throws {
        let client = WebSocketClient(closeTimeout: .milliseconds(50))
        try await withSocket(
            { peer in
                peer.upgrade()
                peer.waitForHangUp()
            }, client: client
        ) { (socket: WebSocket) async throws in
            socket.close()
            #expect(try await socket.message() == nil)
            #expect(socket.closure == WebSocketClosure(code: nil))
        }
    }

    @Test("dropping the socket says goodbye")
    func dropped() async throws {
        let codes = Notes<Int?>()
        try await withServer { peer in
            peer.upgrade()
            codes.add(peer.receive(WebSocketFrame.close)?.closeCode)
        } _: { server in
            _ = try await WebSocketClient().connect(HTTPRequest("GET", server.url))
            await eventually("the server hears the close") { codes.all == [1000] }
        }
    }

    @Test("cancelling a reader ends its wait at once and leaves the socket open")
    func cancelReader() async throws {
        try await withSocket { peer in
            peer.upgrade()
            _ = peer.receive(WebSocketFrame.text)
            peer.send("still here")
            peer.waitForHangUp()
        } _: { (socket: WebSocket) async throws in
            let reader = Task { await failure { () throws(UpstreamError) in try await socket.receive() } }
            reader.cancel()
            #expect(await reader.value?.reason == .cancelled)
            try socket.send("go")
            #expect(try await socket.message()?.text == "still here")
        }
    }

    @Test("aborting wakes the reader")
    func abort() async throws {
        try await withSocket { peer in
            peer.upgrade()
            peer.waitForHangUp()
        } _: { (socket: WebSocket) async throws in
            async let error = failure { () throws(UpstreamError) in try await socket.receive() }
            socket.abort()
            #expect(await error?.reason == .cancelled)
        }
    }

    @Test("a server that pings without end and never reads is not answered without end")
    func pingFlood() async throws {
        try await withSocket { peer in
            peer.upgrade()
            let pings = (0..<1000).flatMap { _ in
                WebSocketFrame(WebSocketFrame.ping, [UInt8](repeating: 1, count: 125)).bytes
            }
            for _ in 0..<20 where !peer.write(pings) { return }
            peer.send("done")
            peer.waitForHangUp()
        } _: { (socket: WebSocket) async throws in
            #expect(try await socket.message()?.text == "done")
        }
    }
}
