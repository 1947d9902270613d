/// One value of a log field.
public enum LogValue: Sendable, Hashable {
    case string(String)
    case integer(Int64)
    case double(Double)
    case bool(Bool)
    /// Written as a number of milliseconds, so name the field `…_ms`.
    case duration(Duration)

    /// Wraps a text.
    public init(_ value: String) { self = .string(value) }
    /// Wraps a whole number.
    public init(_ value: Int) { self = .integer(Int64(value)) }
    /// Wraps a 64-bit whole number.
    public init(_ value: Int64) { self = .integer(value) }
    /// Wraps a fractional number.
    public init(_ value: Double) { self = .double(value) }
    /// Wraps a truth value.
    public init(_ value: Bool) { self = .bool(value) }
    /// Wraps a length of time.
    public init(_ value: Duration) { self = .duration(value) }
}

extension LogValue: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .double(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
}

/// Named values of a log line, in the order they were added.
public struct LogFields: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    /// Names and values; no name twice.
    public private(set) var entries: [Entry] = []

    /// A name and its value.
    public struct Entry: Sendable, Hashable {
        /// Snake case, from a fixed set.
        public let name: String
        /// What the line shows for it, unless the name says that it is secret.
        public let value: LogValue
    }

    /// Makes fields without a value.
    public init() {}

    public init(dictionaryLiteral elements: (String, LogValue)...) {
        for (name, value) in elements { self[name] = value }
    }

    /// The value under a name; setting nil removes it.
    public subscript(name: String) -> LogValue? {
        get { entries.first { $0.name == name }?.value }
        set {
            let index = entries.firstIndex { $0.name == name }
            switch (index, newValue) {
            case (let index?, let value?): entries[index] = Entry(name: name, value: value)
            case (let index?, nil): entries.remove(at: index)
            case (nil, let value?): entries.append(Entry(name: name, value: value))
            case (nil, nil): break
            }
        }
    }

    /// Returns these fields with others added; the others win where a name is in both.
    public func merging(_ others: LogFields) -> LogFields {
        var merged = self
        for entry in others.entries { merged[entry.name] = entry.value }
        return merged
    }
}
