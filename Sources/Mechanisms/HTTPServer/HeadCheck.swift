/// Looks at each header field for what a proxy in front could read differently, and for too much of it.
///
/// libmicrohttpd 0.9.75 is more lenient than RFC 9112 asks.
struct HeadCheck {
    /// What the request is refused with.
    struct Fault: Error, Hashable {
        let status: Int
        let detail: String
    }

    private let limits: ServerOptions.Limits
    private var fields = 0
    private var bytes: Int
    private var hosts = 0
    private var lengths = 0
    private var encodings = 0
    private var fault: Fault?
    private(set) var contentLength = 0

    init(_ limits: ServerOptions.Limits, targetBytes: Int) {
        self.limits = limits
        bytes = targetBytes
    }

    var isChunked: Bool { encodings > 0 }
    var hasBody: Bool { isChunked || contentLength > 0 }

    /// Notes one field; the bytes are as sent.
    mutating func note(_ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>) {
        fields += 1
        bytes += name.count + value.count + 4  // ": " and the line's end
        if unsafe name.isEmpty || !name.allSatisfy(Self.isTokenByte) { refuse("a header field name is malformed") }
        if unsafe value.contains(where: { ($0 < 0x20 && $0 != 0x09) || $0 == 0x7f }) {
            refuse("a header field holds a control character")
        }
        if unsafe Self.isSame(name, "host") {
            hosts += 1
        } else if unsafe Self.isSame(name, "content-length") {
            lengths += 1
            guard !value.isEmpty, unsafe value.allSatisfy({ (0x30...0x39).contains($0) }),
                let length = unsafe Int(String(decoding: value, as: UTF8.self))
            else { return refuse("Content-Length is not a number") }
            contentLength = length
        } else if unsafe Self.isSame(name, "transfer-encoding") {
            encodings += 1
            if unsafe !Self.isSame(value, "chunked") { refuse("the only transfer encoding understood is chunked") }
        }
    }

    /// What is wrong with the whole head, if anything.
    func verdict(version: String) -> Fault? {
        if version != "HTTP/1.1" && version != "HTTP/1.0" {
            return Fault(status: 505, detail: "only HTTP/1.1 and HTTP/1.0 are spoken here")
        }
        if let fault { return fault }
        if fields > limits.headerFields { return Fault(status: 431, detail: "too many header fields") }
        if bytes > limits.headerBytes { return Fault(status: 431, detail: "the header is too large") }
        if hosts > 1 || (hosts == 0 && version == "HTTP/1.1") {
            return Fault(status: 400, detail: "exactly one Host field is needed")
        }
        if lengths > 1 || encodings > 1 || (lengths > 0 && encodings > 0) {
            return Fault(status: 400, detail: "the length of the body is ambiguous")
        }
        if encodings > 0 && version == "HTTP/1.0" {
            return Fault(status: 400, detail: "HTTP/1.0 has no transfer encodings")
        }
        return nil
    }

    private mutating func refuse(_ detail: String) {
        fault = fault ?? Fault(status: 400, detail: detail)
    }

    /// The characters of a token (RFC 9110 §5.6.2).
    static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }

    private static func isSame(_ bytes: UnsafeBufferPointer<UInt8>, _ word: StaticString) -> Bool {
        guard bytes.count == word.utf8CodeUnitCount else { return false }
        return unsafe zip(bytes, UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
            .allSatisfy { Headers.lowercased($0) == $1 }
    }
}
