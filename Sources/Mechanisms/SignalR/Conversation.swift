import HTTPClient
import WebSocket

/// What is said over one socket, in order: our handshake, its answer, records, perhaps a farewell.
struct Conversation {
    /// What a record comes to.
    enum Meaning {
        case opened
        case invocation(SignalRInvocation)
        case nothing
        case farewell
    }

    static let handshake = #"{"protocol":"json","version":1}"# + "\u{1E}"
    static let ping = #"{"type":6}"# + "\u{1E}"
    /// Characters of the server's own words that are shown.
    private static let longestCause = 300

    let request: HTTPRequest
    /// Why the server took its leave.
    private(set) var farewell: UpstreamError
    /// Whether it would have us back.
    private(set) var mayReturn = true
    private var splitter = RecordSplitter()
    private var isOpen = false

    init(_ request: HTTPRequest) {
        self.request = request
        farewell = request.failure(.truncated, cause: "the server closed the stream")
    }

    /// Takes a message of the socket, or its end, and gives the records that are whole.
    mutating func take(
        _ message: WebSocketMessage?, closure: WebSocketClosure?
    ) throws(UpstreamError) -> [[UInt8]] {
        guard let message else {
            let code = closure?.code.map { ", code \($0)" } ?? ""
            throw request.failure(.truncated, cause: "the server closed the WebSocket\(code)")
        }
        do throws(RecordSplitter.Overflow) {
            return try splitter.feed(message.bytes)
        } catch {
            throw request.failure(.tooLarge(limit: error.limit))
        }
    }

    /// Reads a record; one that makes no sense is passed over, but for the handshake.
    mutating func read(_ record: [UInt8]) throws(UpstreamError) -> Meaning {
        guard isOpen else {
            try readHandshake(record)
            isOpen = true
            return .opened
        }
        switch RecordReader.read(record) {
        case .invocation(let invocation): return .invocation(invocation)
        case .close(let error, let allowReconnect):
            mayReturn = allowReconnect
            if let error {
                farewell = request.failure(.truncated, cause: "the server closed the stream: \(Self.short(error))")
            }
            return .farewell
        case .completion, .ping, .other, nil: return .nothing
        }
    }

    private func readHandshake(_ record: [UInt8]) throws(UpstreamError) {
        let objection: String?
        do throws(RecordReader.NoHandshake) {
            objection = try RecordReader.readHandshake(record)
        } catch {
            throw request.failure(.undecodable(field: "SignalR handshake"))
        }
        if let objection {
            throw request.failure(.undecodable(field: "SignalR handshake"), cause: Self.short(objection))
        }
    }

    private static func short(_ words: String) -> String { String(words.prefix(longestCause)) }
}
