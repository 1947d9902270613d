/// A small JSON document held whole, for bodies whose shape their sender may change: webhooks above all.
///
/// Listings go through `RecordStream`, which holds one record at a time.
public enum JSONValue: Sendable {
    case null
    case bool(Bool)
    /// The number as written.
    case number(String)
    case string(String)
    case array([JSONValue])
    /// Members in the order sent; of members with one name the last counts.
    case object([Member])

    /// One member of an object.
    public struct Member: Sendable {
        public let key: String
        public let value: JSONValue
    }

    /// Parses a whole document (RFC 8259).
    ///
    /// Bytes that are not UTF-8, U+0000 and lone surrogates become U+FFFD, because no store behind us holds them. A byte
    /// order mark is let pass.
    ///
    /// - Throws: `JSONFailure`, with the offset of the first byte that does not fit.
    public init(_ bytes: [UInt8], maxDepth: Int = 64) throws(JSONFailure) {
        var parser = JSONValueParser(bytes, maxDepth: maxDepth)
        self = try parser.document()
    }

    /// The value of an object's member; nil when it is missing, or when this is no object.
    public subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.key == key }?.value
    }

    public var isObject: Bool {
        if case .object = self { true } else { false }
    }

    /// The elements of an array; none for anything else.
    public var elements: [JSONValue] {
        if case .array(let elements) = self { elements } else { [] }
    }

    /// A string that is not empty, or a number as written: senders write ids both ways.
    public var text: String? {
        switch self {
        case .string(let text), .number(let text): text.isEmpty ? nil : text
        default: nil
        }
    }

    /// A whole number, or a string that holds one.
    public var integer: Int64? {
        switch self {
        case .number(let text): Int64(text)
        case .string(let text): Int64(text) ?? Int64(Self.trimmed(text))
        default: nil
        }
    }

    /// A number, or a string that holds one; nil beyond the range of `Double`.
    public var double: Double? {
        switch self {
        case .number(let text), .string(let text): Double(text).flatMap { $0.isFinite ? $0 : nil }
        default: nil
        }
    }

    /// `true` or `false`, also as a string in any case: templates put words into quotes.
    public var bool: Bool? {
        switch self {
        case .bool(let value): value
        case .string(let text):
            switch text.lowercased() {
            case "true": true
            case "false": false
            default: nil
            }
        default: nil
        }
    }

    private static func trimmed(_ text: String) -> Substring {
        var rest = text[...]
        while rest.first?.isWhitespace == true { rest = rest.dropFirst() }
        while rest.last?.isWhitespace == true { rest = rest.dropLast() }
        return rest
    }
}
