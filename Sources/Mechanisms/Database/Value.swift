/// A value bound to a placeholder.
public enum Value: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])

    /// nil is NULL, here and below.
    public init(_ value: Int64?) { self = value.map(Value.integer) ?? .null }
    /// A whole number.
    public init(_ value: Int?) { self = value.map { .integer(Int64($0)) } ?? .null }
    /// A whole number.
    public init(_ value: Int32?) { self = value.map { .integer(Int64($0)) } ?? .null }
    /// A number with a fraction.
    public init(_ value: Double?) { self = value.map(Value.real) ?? .null }
    /// Text; U+0000 in it is refused by PostgreSQL.
    public init(_ value: String?) { self = value.map(Value.text) ?? .null }
    /// Bytes.
    public init(_ value: [UInt8]?) { self = value.map(Value.blob) ?? .null }
    /// True is 1 and false is 0, on both backends.
    public init(_ value: Bool?) { self = value.map { .integer($0 ? 1 : 0) } ?? .null }
}

extension Value: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByNilLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByFloatLiteral
{
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(stringLiteral value: String) { self = .text(value) }
    public init(nilLiteral: ()) { self = .null }
    public init(booleanLiteral value: Bool) { self = .integer(value ? 1 : 0) }
    public init(floatLiteral value: Double) { self = .real(value) }
}
