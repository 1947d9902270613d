/// A key with its value in one call.
extension JSONWriter {
    /// Writes a member with a string, or null.
    public mutating func field(_ name: StaticString, _ text: String?) {
        key(name)
        value(text)
    }

    /// Writes a member with a whole number, or null.
    public mutating func field(_ name: StaticString, _ number: Int64?) {
        key(name)
        value(number)
    }

    /// Writes a member with a whole number, or null.
    public mutating func field(_ name: StaticString, _ number: Int?) {
        key(name)
        value(number)
    }

    /// Writes a member with a number, or null; see `value(_:)`.
    public mutating func field(_ name: StaticString, _ number: Double?) {
        key(name)
        value(number)
    }

    /// Writes a member with `true` or `false`, or null.
    public mutating func field(_ name: StaticString, _ flag: Bool?) {
        key(name)
        value(flag)
    }

    /// Writes a member that is an object.
    public mutating func object<Failure: Error>(
        _ name: StaticString, _ body: (inout JSONWriter) throws(Failure) -> Void
    ) throws(Failure) {
        key(name)
        try object(body)
    }

    /// Writes a member that is an array.
    public mutating func array<Failure: Error>(
        _ name: StaticString, _ body: (inout JSONWriter) throws(Failure) -> Void
    ) throws(Failure) {
        key(name)
        try array(body)
    }
}
