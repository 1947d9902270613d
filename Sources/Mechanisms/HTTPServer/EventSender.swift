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
        var text = ""
        if let id { text += "id: \(oneLine(id))\n" }
        if let event { text += "event: \(oneLine(event))\n" }
        text += "data: "
        var followsReturn = false
        for scalar in data.unicodeScalars {  // not by characters: "\r\n" would be a single one
            defer { followsReturn = scalar == "\r" }
            if scalar == "\n" && followsReturn { continue }
            if scalar == "\n" || scalar == "\r" {
                text += "\ndata: "
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        text += "\n"
        try await writer.write(Array((text + "\n").utf8))
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
