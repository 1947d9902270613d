/// The other end of a WebSocket, without anything of the network in it.
public protocol SocketPeer: Sendable {
    /// The next text message, whole; nil once the conversation is over.
    func next() async -> [UInt8]?
    /// Sends one text message; false once the conversation is over.
    @discardableResult
    func send(_ text: [UInt8]) async -> Bool
    /// Says goodbye and closes.
    func close(_ code: SocketClosing) async
    /// Breaks the connection without a word.
    func cut() async
}

/// Why a WebSocket is closed (RFC 6455 §7.4.1).
public enum SocketClosing: UInt16, Sendable {
    case normal = 1_000
    case goingAway = 1_001
}
