/// A whole answer.
public struct HTTPResponse: Sendable, Hashable {
    /// Status code.
    public let status: Int
    /// Header fields.
    public let headers: HTTPHeaders
    /// Body after decompression.
    public let body: [UInt8]

    /// Makes an answer.
    public init(status: Int, headers: HTTPHeaders = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// Whether this is a web page: by its `Content-Type`, or because its first character opens a tag.
    ///
    /// Proxies answer with pages and status 200, so status alone proves nothing (upstreams.md §0, rule 12).
    public var looksLikeHTML: Bool { headers.saysHTML || Self.opensTag(body) }

    /// Tells whether bytes start with `<`, after white space and a byte order mark.
    public static func opensTag(_ bytes: [UInt8]) -> Bool {
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        return text.first { $0 > UInt8(ascii: " ") } == UInt8(ascii: "<")
    }
}
