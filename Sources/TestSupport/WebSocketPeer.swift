import Cryptography
import FoundationEssentials
import Glibc
import Lifecycle

/// The server's side of one connection, in the hands of a test's script on a thread of its own.
public final class WebSocketPeer: Sendable {
    private let descriptor: Int32
    private let isClosed = Locked(false)

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
        // No script hangs for ever when its test has failed.
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    /// Makes every further read and write fail.
    func end() {
        isClosed.withLock { isClosed in
            if !isClosed { shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }

    func close() {
        isClosed.withLock { isClosed in
            isClosed = true
            Glibc.close(descriptor)
        }
    }

    // MARK: The opening handshake

    /// The head of the client's request: its first line, then `name: value` with names in lower case.
    public func readHead() -> [String]? {
        var head: [UInt8] = []
        while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            guard let byte = readBytes(1) else { return nil }
            head += byte
        }
        return String(decoding: head.dropLast(4), as: UTF8.self).split(separator: "\r\n").enumerated().map {
            index, line in
            guard index > 0, let colon = line.firstIndex(of: ":") else { return String(line) }
            return line[..<colon].lowercased() + line[colon...]
        }
    }

    /// Reads the request and switches to WebSocket.
    ///
    /// `more` is sent in one piece with the answer. Returns the request's head, or nil when there was none.
    @discardableResult
    public func upgrade(followedBy more: [UInt8] = []) -> [String]? {
        guard let head = readHead(), let key = head.first(where: { $0.hasPrefix("sec-websocket-key: ") }) else {
            return nil
        }
        write(Array(Self.acceptance(of: String(key.dropFirst(19))).utf8) + more)
        return head
    }

    /// The answer that switches to WebSocket.
    public static func acceptance(of key: String) -> String {
        let accept = Data(sha1(Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8))).base64EncodedString()
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: \(accept)\r\n\r\n"
    }

    // MARK: Frames

    public func send(_ frame: WebSocketFrame) { write(frame.bytes) }
    public func send(_ text: String) { send(WebSocketFrame(WebSocketFrame.text, Array(text.utf8))) }

    /// Reads the next frame; nil at the end.
    public func receive() -> WebSocketFrame? {
        guard let start = readBytes(2) else { return nil }
        var length = Int(start[1] & 127)
        if length > 125 {
            guard let digits = readBytes(length == 126 ? 2 : 8) else { return nil }
            length = digits.reduce(0) { $0 << 8 | Int($1) }
        }
        let isMasked = start[1] & 0x80 != 0
        guard let key = isMasked ? readBytes(4) : [0, 0, 0, 0], let payload = readBytes(length) else { return nil }
        return WebSocketFrame(
            start[0] & 15, payload.enumerated().map { $1 ^ key[$0 % 4] }, isFinal: start[0] & 0x80 != 0,
            isMasked: isMasked)
    }

    /// Reads frames until one of this kind; nil when there is none up to the end.
    public func receive(_ opcode: UInt8) -> WebSocketFrame? {
        while let frame = receive() {
            if frame.opcode == opcode { return frame }
        }
        return nil
    }

    /// Waits until the client hangs up.
    public func waitForHangUp() {
        while receive() != nil {}
    }

    // MARK: Bytes

    /// Writes bytes as they are; tells whether all were taken.
    @discardableResult
    public func write(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    @discardableResult
    public func write(_ text: String) -> Bool { write(Array(text.utf8)) }

    private func readBytes(_ count: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        while bytes.count < count {
            var piece = [UInt8](repeating: 0, count: count - bytes.count)
            let read = unsafe recv(descriptor, &piece, piece.count, 0)
            guard read > 0 else { return nil }
            bytes += piece[..<read]
        }
        return bytes
    }
}
