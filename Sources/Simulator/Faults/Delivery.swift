/// How an answer goes out: what faults of the wire do to it.
public struct Delivery: Sendable {
    /// What is answered.
    public internal(set) var answer: Answer
    /// The connection closes without an answer.
    public internal(set) var isRefused = false
    /// At most this many bytes a second.
    var bytesPerSecond: Int?
    /// The body breaks after this many bytes: what follows is cut off, or garbage.
    var breakAfter: Int?
    /// Garbage in place of a cut.
    var isGarbage = false

    /// Whether the body goes out as it is, at full speed.
    var isWhole: Bool { bytesPerSecond == nil && breakAfter == nil }

    init(_ answer: Answer) { self.answer = answer }

    /// Takes over what a fault of the whole answer does.
    mutating func apply(_ fault: Fault) {
        switch fault.kind {
        case .refuse: isRefused = true
        case .unauthorized: answer = .text("Unauthorized", status: 401)
        case .serverError: answer = .text("Error processing request.", status: 500)
        case .badGateway: answer = .html(Self.page("502 Bad Gateway"), status: 502)
        case .htmlPage: answer = .html(Self.page("Sign in"), status: 200)
        case .starting:
            answer = .html(Self.page("Jellyfin is starting"), status: 503)
            answer.headers += [("Retry-After", "\(fault.parameter("seconds", 5))"), ("Message", "Server is loading")]
        case .tooManyRequests:
            answer = .text("Too Many Requests", status: 429)
            answer.headers.append(("Retry-After", "\(fault.parameter("seconds", 1))"))
        case .slow: bytesPerSecond = max(1, fault.parameter("bytes", 1_000))
        case .truncate, .malformed:
            breakAfter = fault.parameter("bytes", 4_096)
            isGarbage = fault.kind == .malformed
        default: break
        }
    }

    private static func page(_ title: String) -> String {
        "<!DOCTYPE html><html><head><title>\(title)</title></head><body><h1>\(title)</h1></body></html>"
    }

    /// A way to draw the body piece by piece, broken where a fault says so.
    func pieces() -> BodyPieces { BodyPieces(self) }
}

/// A body on its way out.
struct BodyPieces {
    private let next: () -> [UInt8]?
    private var first: [UInt8]?
    private let breakAt: Int?
    private let isGarbage: Bool
    private var sent = 0
    private(set) var isCut = false

    init(_ delivery: Delivery) {
        switch delivery.answer.body {
        case .bytes(let bytes):
            var rest: [UInt8]? = bytes
            next = {
                defer { rest = nil }
                return rest.flatMap { $0.isEmpty ? nil : $0 }
            }
        case .chunks(let chunks): next = chunks.start()
        case .socket: next = { nil }
        }
        isGarbage = delivery.isGarbage
        let opening = next()
        first = opening
        // A body shorter than the place of the break breaks in its middle.
        breakAt = delivery.breakAfter.map { min($0, max(1, (opening?.count ?? 0) / 2)) }
    }

    /// The next piece; nil at the end, or where the body is cut (`isCut`).
    mutating func draw() -> [UInt8]? {
        guard !isCut else { return nil }
        let piece = first ?? next()
        first = nil
        guard let piece, let breakAt, sent <= breakAt, sent + piece.count > breakAt else {
            sent += piece?.count ?? 0
            return piece
        }
        let whole = Array(piece[..<(breakAt - sent)])
        defer { sent += piece.count }
        if isGarbage { return whole + Array("}]:<garbage>,,".utf8) + piece[(breakAt - sent)...] }
        isCut = true
        return whole
    }
}
