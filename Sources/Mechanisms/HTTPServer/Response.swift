/// An answer: status, header fields, body.
///
/// The server itself adds `Date`, `Content-Length` or chunks, `Content-Encoding`, `Vary` and `Connection`.
public struct Response: Sendable {
    /// What is sent after the header.
    public enum Body: Sendable {
        case empty
        case bytes([UInt8])
        /// Called once the header is on its way; the answer ends when it returns and is cut off when it throws.
        case stream(@Sendable (any BodyWriter) async throws -> Void)
        /// Status 101: called once the header is queued, the connection then speaks what the `Upgrade` field names.
        ///
        /// It is closed when the function returns or throws.
        case upgrade(@Sendable (any RawConnection) async throws -> Void)
    }

    /// The HTTP status, 200 to 599; 101 for an upgrade.
    public var status: Int
    /// Header fields in order; a name may come several times.
    ///
    /// A value with a line break is left out.
    public var headers: [(String, String)]
    /// The body.
    public var body: Body

    /// Builds an answer.
    public init(_ status: Int, headers: [(String, String)] = [], body: Body = .empty) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// Plain text in UTF-8.
    public static func text(_ text: String, status: Int = 200) -> Response {
        Response(status, headers: [("Content-Type", "text/plain; charset=utf-8")], body: .bytes(Array(text.utf8)))
    }

    /// JSON that is already encoded.
    public static func json(_ bytes: [UInt8], status: Int = 200) -> Response {
        Response(status, headers: [("Content-Type", "application/json")], body: .bytes(bytes))
    }

    /// A page that is already rendered.
    public static func html(_ bytes: [UInt8], status: Int = 200) -> Response {
        Response(status, headers: [("Content-Type", "text/html; charset=utf-8")], body: .bytes(bytes))
    }

    /// The first value of a header field; names compare without case.
    public func header(_ name: String) -> String? {
        headers.first { Headers.isSame($0.0, name) }?.1
    }

    /// The same answer with one more header field.
    public func adding(_ name: String, _ value: String) -> Response {
        var copy = self
        copy.headers.append((name, value))
        return copy
    }
}
