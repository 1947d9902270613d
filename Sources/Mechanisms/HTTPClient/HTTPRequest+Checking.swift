extension HTTPRequest {
    /// Takes the URL apart after checking all that goes on the wire.
    ///
    /// A key file often ends with a line feed, and a line feed in a header would start another header: it is refused
    /// here, named but not shown.
    package func checked() throws(UpstreamError) -> URLParts {
        guard !method.isEmpty, method.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }) else {
            throw failure(.invalid("method"))
        }
        for (name, value) in headers {
            guard !name.isEmpty, name.utf8.allSatisfy(Self.isTokenByte) else { throw failure(.invalid("header name")) }
            guard value.utf8.allSatisfy({ $0 >= UInt8(ascii: " ") && $0 != 0x7F || $0 == UInt8(ascii: "\t") }) else {
                throw failure(.invalid("header \(name) holds a line feed or another control character"))
            }
        }
        guard url.utf8.allSatisfy({ $0 > UInt8(ascii: " ") && $0 != 0x7F }), url.contains("://"),
            let parts = URLParts(url), ["http", "https"].contains(parts.scheme), !parts.hasUserInfo
        else { throw failure(.invalid("URL")) }
        return parts
    }

    /// The characters of a token (RFC 9110 §5.6.2).
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
