public import Lifecycle

/// Sends server-sent events on one stream (HTML standard, "Server-sent events").
///
/// Several tasks may send at once; each event arrives whole.
public struct EventSender: Sendable {
    private let writer: any BodyWriter

    init(_ writer: any BodyWriter) {
        self.writer = writer
    }

    /// Triggered when the server begins to stop; the stream is then ended for its body.
    public var draining: ShutdownSignal { writer.draining }

    /// Sends one event; data of several lines arrives as several lines.
    ///
    /// - Throws: `PeerGone`, `CancellationError`.
    public func send(id: String? = nil, event: String? = nil, data: String) async throws {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(data.utf8.count + 96)
        if let id { bytes += Array("id: \(oneLine(id))\n".utf8) }
        if let event { bytes += Array("event: \(oneLine(event))\n".utf8) }
        bytes += Array("data: ".utf8)
        var followsReturn = false
        for byte in data.utf8 {  // bytes, because one event goes to hundreds of streams
            defer { followsReturn = byte == UInt8(ascii: "\r") }
            if byte == UInt8(ascii: "\n") && followsReturn { continue }
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
                bytes += Array("\ndata: ".utf8)
            } else {
                bytes.append(byte)
            }
        }
        bytes += Array("\n\n".utf8)
        try await writer.write(bytes)
    }

    /// Sends a comment, which clients ignore: a sign of life.
    public func comment(_ text: String) async throws {
        try await writer.write(Array(": \(oneLine(text))\n\n".utf8))
    }

    /// Tells the client how long to wait before it connects again.
    public func retry(after delay: Duration) async throws {
        let milliseconds = delay.components.seconds * 1000 + delay.components.attoseconds / 1_000_000_000_000_000
        try await writer.write(Array("retry: \(milliseconds)\n\n".utf8))
    }

    private func oneLine(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "\n" && $0 != "\r" && $0 != "\0" }))
    }
}
