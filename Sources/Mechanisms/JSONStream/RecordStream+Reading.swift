import CScan

/// Reading the current record.
///
/// Everything reads as absent when there is no current record: before the first, and after `next()` or `feed` ended it.
/// A slot that the shape does not have is a programmer's error and stops the program.
extension RecordStream {
    /// What kind of value the slot holds.
    public func kind(_ slot: Int) -> ValueKind {
        kind(read(slot))
    }

    /// The value of a number, or of a string that holds one: upstreams send ids both ways.
    ///
    /// White space around the digits of a string is let pass.
    /// - Returns: nil for anything else, for fractions and exponents, and beyond Int64.
    public func integer(_ slot: Int) -> Int64? {
        let value = read(slot)
        if value.isCount { return Int64(value.offset) }
        switch kind(value) {
        case .number: return Decimal64.integer(range(value), in: buffer.view)
        case .string: return Decimal64.trimmedInteger(range(value), in: buffer.view)
        default: return nil
        }
    }

    /// The value of a number, rounded to the nearest `Double`; nil beyond its range.
    public func double(_ slot: Int) -> Double? {
        let value = read(slot)
        guard kind(value) == .number else { return nil }
        if value.isCount { return Double(value.offset) }
        let number = unsafe Double(String(decoding: bytes(value), as: UTF8.self))
        return number?.isFinite == true ? number : nil
    }

    /// The value of `true` or `false`.
    public func bool(_ slot: Int) -> Bool? {
        let value = read(slot)
        return kind(value) == .bool ? buffer.view[range(value).lowerBound] == UInt8(ascii: "t") : nil
    }

    /// What a string says; nil for every other kind.
    public func text(_ slot: Int) -> String? {
        let value = read(slot)
        return unsafe kind(value) == .string ? String(decoding: bytes(value), as: UTF8.self) : nil
    }

    /// Lends the unescaped UTF-8 of a string, or the text of a number or literal, without a copy.
    /// - Returns: nil for absent, null, objects, arrays, and counts; there `body` is not called.
    public func withBytes<R>(_ slot: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows -> R? {
        let value = read(slot)
        switch kind(value) {
        case .absent, .null, .object, .array: return nil
        case .string, .number, .bool:
            return value.isCount ? nil : try unsafe body(bytes(value))
        }
    }

    /// The same bytes as `withBytes`, as a slice of the buffer: for binding straight into a statement.
    ///
    /// The caller must not use it after the next `next()` or `feed`.
    @unsafe
    public func slice(_ slot: Int) -> UnsafeRawBufferPointer? {
        let value = read(slot)
        switch kind(value) {
        case .absent, .null, .object, .array: return nil
        case .string, .number, .bool: return value.isCount ? nil : unsafe UnsafeRawBufferPointer(bytes(value))
        }
    }

    private func read(_ slot: Int) -> Slot {
        isReadable ? slots[slot] : Slot()
    }

    private func kind(_ value: Slot) -> ValueKind {
        ValueKind(rawValue: value.kind) ?? .absent
    }

    private func range(_ value: Slot) -> Range<Int> {
        let start = recordStart + Int(value.offset)
        return start..<start + Int(value.length)
    }

    private func bytes(_ value: Slot) -> UnsafeBufferPointer<UInt8> {
        unsafe buffer.view.buffer(range(value))
    }
}
