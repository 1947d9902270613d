/// What a simulated service answers, without anything of the HTTP server in it.
public struct Answer: Sendable {
    /// HTTP status code.
    public var status: Int
    /// Header fields, `Content-Type` among them.
    public var headers: [(name: String, value: String)]
    /// The body.
    public var body: Body
    /// A webhook that has to arrive before this is answered.
    var test: HookTest?

    /// A body, whole or made while it is sent.
    public enum Body: Sendable {
        case bytes([UInt8])
        /// Made piece by piece while it is sent.
        case chunks(Chunks)
        /// Status 101: a conversation by WebSocket.
        case socket(@Sendable (any SocketPeer) async -> Void)
    }

    /// A recipe for a body: each run of it yields the same pieces.
    public struct Chunks: Sendable {
        let start: @Sendable () -> () -> [UInt8]?

        init(_ start: @escaping @Sendable () -> () -> [UInt8]?) { self.start = start }
    }

    /// Makes an answer.
    public init(_ status: Int, type: String? = nil, _ body: Body = .bytes([])) {
        self.status = status
        headers = type.map { [(name: "Content-Type", value: $0)] } ?? []
        self.body = body
    }

    static func json(_ value: JSON, status: Int = 200) -> Answer {
        Answer(status, type: "application/json; charset=utf-8", .bytes(value.bytes))
    }

    static func text(_ text: String, status: Int) -> Answer {
        Answer(status, type: "text/plain; charset=utf-8", .bytes(Array(text.utf8)))
    }

    static func html(_ text: String, status: Int) -> Answer {
        Answer(status, type: "text/html; charset=utf-8", .bytes(Array(text.utf8)))
    }

    /// A JSON body written by `write` until it returns false, sent in pieces of about 64 KiB.
    static func streamed(_ start: @escaping @Sendable () -> (inout JSONText) -> Bool) -> Answer {
        let chunks = Chunks {
            let write = start()
            var out = JSONText(capacity: 1 << 16)
            var isDone = false
            return {
                while !isDone && out.bytes.count < 1 << 16 { isDone = !write(&out) }
                let piece = out.take()
                return piece.isEmpty ? nil : piece
            }
        }
        return Answer(200, type: "application/json; charset=utf-8", .chunks(chunks))
    }

    /// The whole body at once, for tests and small bodies.
    public var bytes: [UInt8] {
        switch body {
        case .bytes(let bytes): return bytes
        case .socket: return []
        case .chunks(let chunks):
            let next = chunks.start()
            var all: [UInt8] = []
            while let piece = next() { all += piece }
            return all
        }
    }
}
