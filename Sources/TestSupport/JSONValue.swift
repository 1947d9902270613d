import JSONStream

/// Any JSON value, for tests that look at answers without a type of their own.
public indirect enum JSONValue: Sendable, Hashable {
    case null
    case flag(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// Reads one document.
    public init(_ json: String) throws {
        self.init(try JSONTree(Array(json.utf8)).root)
    }

    private init(_ node: JSONNode) {
        switch node.kind {
        case .object: self = .object(Dictionary(node.members.map { ($0.key, JSONValue($0.value)) }) { _, last in last })
        case .array: self = .array(node.elements.map { JSONValue($0) })
        case .string: self = .text(node.text ?? "")
        case .bool: self = .flag(node.bool ?? false)
        case .number:
            // `1.0` is a number that happens to be whole, and no integer's text.
            let whole = node.scalar.flatMap { Int64($0) }
            self = whole.map { .integer($0) } ?? .number(node.double ?? .nan)
        case .null, .absent: self = .null
        }
    }

    /// The member of an object; nil for none, and for what is no object.
    public subscript(_ name: String) -> JSONValue? { members[name] }

    /// The members of an object; none for anything else.
    public var members: [String: JSONValue] {
        if case .object(let members) = self { return members }
        return [:]
    }

    /// The elements of an array; none for anything else.
    public var elements: [JSONValue] {
        if case .array(let elements) = self { return elements }
        return []
    }

    /// The text; nil for anything else.
    public var text: String? {
        if case .text(let text) = self { return text }
        return nil
    }

    /// The whole number; nil for anything else.
    public var integer: Int64? {
        if case .integer(let number) = self { return number }
        return nil
    }
}
