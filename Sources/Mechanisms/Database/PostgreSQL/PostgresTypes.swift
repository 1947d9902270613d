/// The types of PostgreSQL that columns and answers may have, by their number in `pg_type`.
enum PostgresType {
    static let bool: UInt32 = 16
    static let bytea: UInt32 = 17
    static let name: UInt32 = 19
    static let int8: UInt32 = 20
    static let int2: UInt32 = 21
    static let int4: UInt32 = 23
    static let text: UInt32 = 25
    static let float4: UInt32 = 700
    static let float8: UInt32 = 701
    static let unknown: UInt32 = 705
    static let bpchar: UInt32 = 1042
    static let varchar: UInt32 = 1043
    static let numeric: UInt32 = 1700
    /// What a function answers that answers nothing, such as `pg_advisory_xact_lock`.
    static let void: UInt32 = 2278

    static func isText(_ type: UInt32) -> Bool {
        switch type {
        case text, varchar, name, bpchar, unknown: true
        default: false
        }
    }

    static func isReadable(_ type: UInt32) -> Bool {
        switch type {
        case bool, bytea, int8, int2, int4, float4, float8, numeric, void: true
        default: isText(type)
        }
    }
}

/// Numbers as PostgreSQL sends them: highest byte first.
extension UnsafeRawBufferPointer {
    func bigEndian<T: FixedWidthInteger & BitwiseCopyable>(_: T.Type, at offset: Int = 0) -> T {
        T(bigEndian: unsafe loadUnaligned(fromByteOffset: offset, as: T.self))
    }
}

/// A `numeric`, which is what `sum` and `avg` of integers answer.
///
/// Layout (PostgreSQL, `numeric_send`): number of digits, weight of the first, sign, scale, then the digits, each 16 bits
/// and worth 0 to 9999.
struct PostgresNumeric {
    private let digits: [Int16]
    private let weight: Int
    private let sign: UInt16

    init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= 8 else { return nil }
        let count = unsafe Int(bytes.bigEndian(UInt16.self))
        guard bytes.count >= 8 + 2 * count else { return nil }
        weight = unsafe Int(bytes.bigEndian(Int16.self, at: 2))
        sign = unsafe bytes.bigEndian(UInt16.self, at: 4)
        digits = (0..<count).map { unsafe bytes.bigEndian(Int16.self, at: 8 + 2 * $0) }
    }

    /// Without what is behind the point; the nearest `Int64` when it does not fit.
    var integer: Int64 {
        var value: Int64 = 0
        guard weight >= 0 else { return 0 }
        for place in 0...weight {
            let digit = place < digits.count ? Int64(digits[place]) : 0
            let (product, over) = value.multipliedReportingOverflow(by: 10_000)
            let (next, past) = product.subtractingReportingOverflow(digit)
            guard !over, !past else { return isNegative ? .min : .max }
            value = next  // below zero, where there is room for one more
        }
        if isNegative { return value }
        return value == .min ? .max : -value
    }

    var real: Double {
        guard sign == 0 || isNegative else { return .nan }
        var value = 0.0
        var scale = 1.0
        for _ in 0..<max(weight, 0) { scale *= 10_000 }
        for _ in 0..<max(-weight, 0) { scale /= 10_000 }
        for digit in digits {
            value += Double(digit) * scale
            scale /= 10_000
        }
        return isNegative ? -value : value
    }

    /// True when there is nothing behind the point.
    var isIntegral: Bool { digits.count <= weight + 1 && (sign == 0 || isNegative) }

    private var isNegative: Bool { sign == 0x4000 }
}
