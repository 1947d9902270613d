import HTTPClient
import TestSupport
import Testing
import WebSocket

@Suite(.timeLimit(.minutes(1))) struct MessageTests {
    @Test("messages arrive whole and in order, and the end is nil with the server's code and words")
    func order() async throws {
        try await withSocket { peer in
            peer.upgrade()
            for text in ["one", "", "größer 🎬"] { peer.send(text) }
            peer.send(WebSocketFrame(WebSocketFrame.binary, [0, 255]))
            peer.send(.closing(1001, "restart"))
            #expect(peer.receive(WebSocketFrame.close)?.closeCode == 1001)
        } _: { (socket: WebSocket) async throws in
            #expect(try await socket.message()?.text == "one")
            #expect(try await socket.message()?.text == "")
            #expect(try await socket.message()?.text == "größer 🎬")
            #expect(try await socket.message() == WebSocketMessage(.binary, [0, 255]))
            #expect(try await socket.message() == nil)
            #expect(try await socket.message() == nil)
            #expect(socket.closure == WebSocketClosure(code: 1001, reason: "restart"))
        }
    }

    @Test("a message in fragments is one, also when they cut a character and a ping comes between")
    func fragments() async throws {
        let text = Array(String(repeating: "é🎬", count: 50).utf8)
        try await withSocket { peer in
            peer.upgrade()
            for (index, byte) in text.enumerated() {
                let opcode = index == 0 ? WebSocketFrame.text : WebSocketFrame.continuation
                peer.send(WebSocketFrame(opcode, [byte], isFinal: index == text.count - 1))
                if index == 7 { peer.send(WebSocketFrame(WebSocketFrame.ping, [7])) }
            }
            #expect(peer.receive(WebSocketFrame.pong)?.payload == [7])
        } _: { (socket: WebSocket) async throws in
            #expect(try await socket.message()?.bytes == text)
        }
    }

    @Test("frames that came in one piece with the answer to the upgrade are not lost")
    func early() async throws {
        try await withSocket { peer in
            let frames = (0..<500).flatMap { WebSocketFrame(WebSocketFrame.text, Array("\($0)".utf8)).bytes }
            peer.upgrade(followedBy: frames)
            peer.waitForHangUp()
        } _: { (socket: WebSocket) async throws in
            for number in 0..<500 { #expect(try await socket.message()?.text == String(number)) }
        }
    }

    @Test("a message of 300 KB arrives, and one goes out, masked as the protocol demands")
    func large() async throws {
        let text = String(repeating: "0123456789", count: 30_000)
        try await withSocket { peer in
            peer.upgrade()
            let frame = peer.receive()
            #expect(frame?.isMasked == true)
            #expect(frame?.text == text)
            peer.send(text)
            peer.waitForHangUp()
        } _: { (socket: WebSocket) async throws in
            try socket.send(text)
            #expect(try await socket.message()?.text == text)
        }
    }

    @Test("many messages both ways at once keep their order")
    func echo() async throws {
        let count = 5000
        try await withSocket { peer in
            peer.upgrade()
            while let frame = peer.receive(), frame.opcode == WebSocketFrame.text { peer.send(frame.text) }
        } _: { (socket: WebSocket) async throws in
            for number in 0..<count { try socket.send("message \(number)") }
            for number in 0..<count { #expect(try await socket.message()?.text == "message \(number)") }
        }
    }

    @Test("while nobody reads the server is held back, and nothing is lost")
    func backPressure() async throws {
        let piece = String(repeating: "x", count: 100_000)
        let sent = Notes<Int>()
        try await withSocket { peer in
            peer.upgrade()
            for number in 0..<400 {
                peer.send("\(number) " + piece)
                sent.add(number)
            }
            peer.send(.closing(1000))
            peer.waitForHangUp()
        } _: { (socket: WebSocket) async throws in
            // 40 MB do not fit into the socket's buffers: the server must come to a stand.
            var before = -1
            while sent.all.count != before {
                before = sent.all.count
                try await Task.sleep(for: .milliseconds(200))
            }
            #expect(before < 400)
            var numbers: [String] = []
            while let message = try await socket.receive() { numbers.append(String(message.text.prefix { $0 != " " })) }
            #expect(numbers == (0..<400).map { String($0) })
        }
    }

    @Test("several sockets live side by side")
    func several() async throws {
        try await withServer { peer in
            peer.upgrade()
            while let frame = peer.receive(), frame.opcode == WebSocketFrame.text { peer.send(frame.text) }
        } _: { server in
            let client = WebSocketClient()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        let socket = try await client.connect(HTTPRequest("GET", server.url))
                        for round in 0..<20 {
                            try socket.send("\(number)/\(round)")
                            #expect(try await socket.message()?.text == "\(number)/\(round)")
                        }
                        socket.close()
                        #expect(try await socket.message() == nil)
                    }
                }
                try await group.waitForAll()
            }
        }
    }
}
