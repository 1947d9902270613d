/// One request, read completely unless said otherwise.
public struct Request: Sendable {
    /// As sent: `GET`, `HEAD`, `POST` …; methods are case-sensitive.
    public var method: String
    /// The percent-encoded path as sent, base path included, query excluded.
    public var path: String
    /// The decoded parts of the path below the base path; an encoded slash stays inside its part.
    public var segments: [String]
    /// What the route's parameters matched, decoded.
    public var parameters: [String: String]
    /// The decoded query.
    public var query: Query
    /// The header fields.
    public var headers: Headers
    /// The whole body; empty while `authorize` looks at the request.
    public var body: [UInt8]
    /// The numeric address of the peer, without port; an IPv4 address seen through IPv6 is written as IPv4.
    public var remoteAddress: String
    /// Who makes the request, as `authorize` found out; nil before, and where nobody had to say.
    public var identity: (any Sendable)?
    /// What `authorize` could not decide without the body: asked once that is read; an answer is a refusal.
    public var bodyCheck: (@Sendable (Request) -> Response?)?
    /// Header fields that the answer gets beside the handler's own, such as a renewed cookie; `authorize` sets them.
    public var answerHeaders: [(String, String)] = []
    /// 32 hexadecimal digits, different for each request; goes into logs and problem answers.
    public var traceID: String

    /// Builds a request; the server does this for real ones, tests for theirs.
    public init(
        _ method: String, path: String, segments: [String] = [], parameters: [String: String] = [:],
        query: Query = Query(), headers: Headers = Headers(), body: [UInt8] = [], remoteAddress: String = "127.0.0.1",
        traceID: String = Request.newTraceID()
    ) {
        self.method = method
        self.path = path
        self.segments = segments
        self.parameters = parameters
        self.query = query
        self.headers = headers
        self.body = body
        self.remoteAddress = remoteAddress
        self.traceID = traceID
    }

    /// A random trace id.
    public static func newTraceID() -> String {
        func digits(_ number: UInt64) -> String {
            let text = String(number, radix: 16)
            return String(repeating: "0", count: 16 - text.utf8.count) + text
        }
        return digits(.random(in: .min ... .max)) + digits(.random(in: .min ... .max))
    }
}
