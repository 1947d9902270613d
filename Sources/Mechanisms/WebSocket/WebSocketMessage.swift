/// One whole message, however many frames brought it.
public struct WebSocketMessage: Sendable, Hashable {
    /// What the sender says the bytes are.
    public enum Kind: Sendable, Hashable {
        /// Valid UTF-8.
        case text
        case binary
    }

    /// What the sender says the bytes are.
    public let kind: Kind
    /// The content.
    public let bytes: [UInt8]

    /// Makes a message.
    public init(_ kind: Kind, _ bytes: [UInt8]) {
        self.kind = kind
        self.bytes = bytes
    }

    /// The content as text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// How a socket came to its proper end.
public struct WebSocketClosure: Sendable, Hashable {
    /// The server's code, such as 1000 for a normal end or 1001 for a server that goes away; nil when it sent none, or
    /// did not answer our own closing in time.
    public let code: Int?
    /// The server's own words, often empty.
    public let reason: String

    /// Makes a closure.
    public init(code: Int?, reason: String = "") {
        self.code = code
        self.reason = reason
    }
}
