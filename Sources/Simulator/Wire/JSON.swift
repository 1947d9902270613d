/// A JSON value, for the small bodies: status pages, control answers, what a test posts.
public indirect enum JSON: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JSON])
    /// Members in the order they are written.
    case object([Member])

    /// One member of an object.
    public struct Member: Sendable, Hashable {
        let name: String
        let value: JSON
    }

    /// The value of a member; nil when absent or not an object.
    public subscript(_ name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The text, of a string.
    public var text: String? { if case .string(let text) = self { text } else { nil } }
    /// The whole number, of an integer.
    public var int: Int? { if case .integer(let value) = self { value } else { nil } }
    /// The number, of an integer or a fraction.
    public var double: Double? {
        switch self {
        case .number(let value): value
        case .integer(let value): Double(value)
        default: nil
        }
    }
    /// The elements, of an array.
    public var elements: [JSON]? { if case .array(let elements) = self { elements } else { nil } }

    /// The value as bytes, without white space.
    public var bytes: [UInt8] {
        var text = JSONText()
        write(to: &text)
        return text.bytes
    }

    func write(to out: inout JSONText) {
        switch self {
        case .null: out.put("null")
        case .bool(let value): out.bool(value)
        case .integer(let value): out.number(value)
        case .number(let value): out.plain(String(value))
        case .string(let value): out.quoted(value)
        case .array(let elements):
            out.put("[")
            for (index, element) in elements.enumerated() {
                if index > 0 { out.put(",") }
                element.write(to: &out)
            }
            out.put("]")
        case .object(let members):
            out.put("{")
            for (index, member) in members.enumerated() {
                if index > 0 { out.put(",") }
                out.quoted(member.name)
                out.put(":")
                member.value.write(to: &out)
            }
            out.put("}")
        }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByNilLiteral, ExpressibleByFloatLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .number(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(nilLiteral: ()) { self = .null }
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(elements.map { Member(name: $0.0, value: $0.1) })
    }
}
