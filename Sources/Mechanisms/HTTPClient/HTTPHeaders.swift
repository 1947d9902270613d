import CCurl

/// Header fields of an answer, in order, found by name in any case.
public struct HTTPHeaders: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    private struct Field: Sendable, Hashable {
        let name: String
        var value: String
    }

    private var fields: [Field] = []

    /// Makes headers from names and values.
    public init(_ pairs: [(String, String)] = []) {
        for (name, value) in pairs { append(name, value) }
    }

    public init(dictionaryLiteral elements: (String, String)...) { self.init(elements) }

    /// The first value of a name.
    public subscript(name: String) -> String? {
        let wanted = name.lowercased()
        return fields.first { $0.name == wanted }?.value
    }

    /// All values of a name, in order.
    public func all(_ name: String) -> [String] {
        let wanted = name.lowercased()
        return fields.filter { $0.name == wanted }.map(\.value)
    }

    /// The server's clock, from `Date`: milliseconds since 1970, exact to a second.
    public var dateMillis: Int64? { self["Date"].flatMap(Self.millis) }

    /// Announced bytes of the body as it travels, before decompression.
    public var contentLength: Int? { self["Content-Length"].flatMap { Int($0) } }

    /// Whether `Content-Type` says that a web page follows.
    public var saysHTML: Bool {
        guard let type = self["Content-Type"]?.lowercased() else { return false }
        return type.hasPrefix("text/html") || type.hasPrefix("application/xhtml")
    }

    mutating func append(_ name: String, _ value: String) {
        fields.append(Field(name: name.lowercased(), value: value))
    }

    /// Joins a folded line (RFC 9112 §5.2) to the field before it.
    mutating func continueLast(_ text: String) {
        guard !fields.isEmpty else { return }
        fields[fields.count - 1].value += " " + text
    }

    /// Reads any of the three date forms of RFC 9110 §5.6.7.
    static func millis(of date: String) -> Int64? {
        let seconds = unsafe curl_getdate(date, nil)
        return seconds < 0 ? nil : Int64(seconds) * 1000
    }
}
