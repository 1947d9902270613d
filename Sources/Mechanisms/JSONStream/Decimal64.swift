/// Decimal integers in bytes.
enum Decimal64 {
    /// The value of an optional minus and digits only; nil for anything else, and beyond Int64.
    static func integer(_ range: Range<Int>, in bytes: ByteView) -> Int64? {
        var at = range.lowerBound
        let isNegative = at < range.upperBound && bytes[at] == Byte.minus
        if isNegative { at += 1 }
        guard at < range.upperBound else { return nil }
        var value: Int64 = 0  // counted downwards: Int64.min has no positive twin
        while at < range.upperBound {
            guard bytes[at] >= Byte.zero, bytes[at] <= Byte.nine else { return nil }
            let (shifted, tooLong) = value.multipliedReportingOverflow(by: 10)
            let (next, tooLarge) = shifted.subtractingReportingOverflow(Int64(bytes[at] - Byte.zero))
            if tooLong || tooLarge { return nil }
            value = next
            at += 1
        }
        if isNegative { return value }
        return value == .min ? nil : -value
    }

    /// As `integer`, with white space around the digits let pass.
    static func trimmedInteger(_ range: Range<Int>, in bytes: ByteView) -> Int64? {
        var range = range
        while let first = range.first, Byte.isSpace(bytes[first]) { range = first + 1..<range.upperBound }
        while let last = range.last, Byte.isSpace(bytes[last]) { range = range.lowerBound..<last }
        return integer(range, in: bytes)
    }
}
