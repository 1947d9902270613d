import Testing

@testable import Simulator

@Suite("WebSocket frames")
struct WebSocketTests {
    /// A client's frame: masked, as RFC 6455 §5.1 wants it.
    private func frame(_ first: UInt8, _ payload: [UInt8], mask: [UInt8] = [1, 2, 3, 4]) -> [UInt8] {
        var bytes = [first]
        if payload.count < 126 {
            bytes.append(0x80 | UInt8(payload.count))
        } else {
            bytes += [0x80 | 126, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
        }
        return bytes + mask + payload.enumerated().map { $1 ^ mask[$0 % 4] }
    }

    private func text(_ words: String) -> [UInt8] { frame(0x81, Array(words.utf8)) }

    @Test("become messages, however the bytes are cut")
    func cuts() {
        let words = ["one", "zwei – drei", String(repeating: "x", count: 1_000), ""]
        let bytes = words.flatMap { text($0) }
        for step in [1, 2, 3, 7, 100, bytes.count] {
            let frames = WebSocketFrames()
            var heard: [String] = []
            for start in stride(from: 0, to: bytes.count, by: step) {
                heard += frames.receive(Array(bytes[start..<min(bytes.count, start + step)]))
                    .map { String(decoding: $0, as: UTF8.self) }
            }
            #expect(heard == words)
            #expect(!frames.isOver)
        }
    }

    @Test("of one message in fragments are one message, with a ping between them answered")
    func fragments() {
        let frames = WebSocketFrames()
        let bytes = frame(0x01, Array("Hel".utf8)) + frame(0x89, [7]) + frame(0x80, Array("lo".utf8))
        #expect(frames.receive(bytes) == [Array("Hello".utf8)])
        #expect(frames.takeOutput() == [0x8A, 1, 7])
    }

    @Test("go out unmasked, with their length")
    func sending() {
        let frames = WebSocketFrames()
        #expect(frames.send(Array("hi".utf8)))
        #expect(frames.takeOutput() == [0x81, 2] + Array("hi".utf8))
        #expect(frames.send([UInt8](repeating: 0x41, count: 300)))
        #expect(frames.takeOutput().prefix(4) == [0x81, 126, 1, 44])
    }

    @Test("of farewell are answered, and nothing follows")
    func closing() {
        let frames = WebSocketFrames()
        #expect(frames.receive(frame(0x88, [0x03, 0xE8])).isEmpty)
        #expect(frames.isOver)
        #expect(frames.takeOutput() == [0x88, 2, 0x03, 0xE8])
        #expect(!frames.send([0x41]))
    }

    @Test("that break the rules end the conversation")
    func nonsense() {
        for bytes in [[0x81, 2, 0x68, 0x69], [0xFF, 0x80, 0, 0, 0, 0], frame(0x83, [1]), frame(0x81, [0xFF, 0xFE])] {
            let frames = WebSocketFrames()
            #expect(frames.receive(bytes).isEmpty)
            #expect(frames.isOver || frames.takeOutput().first == 0x88)
        }
    }
}
