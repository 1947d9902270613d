/// Bytes of JSON, appended piece by piece: the hot path of every listing.
///
/// Punctuation and keys come as literals in one piece (`,"Type":"Movie"`); only values are escaped. The services'
/// renderers use it in place of a tree so that a page of 500 items costs milliseconds.
struct JSONText: Sendable {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

    /// Appends a literal as it is.
    mutating func put(_ literal: StaticString) {
        literal.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
    }

    /// Appends text that needs no escaping: digits, hexadecimal, paths' constant parts.
    mutating func plain(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// Appends text inside a JSON string, escaped, without quotes around it.
    mutating func inner(_ text: String) {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
            bytes.append(contentsOf: text.utf8)
        } else {
            for byte in text.utf8 { inner(byte) }
        }
    }

    private mutating func inner(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): put(#"\""#)
        case UInt8(ascii: "\\"): put(#"\\"#)
        case 0x0A: put(#"\n"#)
        case 0x0D: put(#"\r"#)
        case 0x09: put(#"\t"#)
        case 0..<0x20:
            put(#"\u00"#)
            bytes.append(byte < 0x10 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
            bytes.append(Array("0123456789abcdef".utf8)[Int(byte & 15)])
        default: bytes.append(byte)
        }
    }

    /// Appends a JSON string with its quotes.
    mutating func quoted(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        inner(text)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Appends a whole number.
    mutating func number(_ value: some BinaryInteger) {
        var rest = UInt64(value.magnitude)
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        let start = bytes.count
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        bytes[start...].reverse()
    }

    /// Appends a number with leading zeros.
    mutating func number(_ value: Int, width: Int) {
        var divisor = 1
        for _ in 1..<width { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
            divisor /= 10
        }
    }

    /// Appends tenths as a decimal number: 73 becomes 7.3.
    mutating func tenths(_ value: Int) {
        number(value / 10)
        bytes.append(UInt8(ascii: "."))
        number(value % 10)
    }

    /// Appends `true` or `false`.
    mutating func bool(_ value: Bool) { put(value ? "true" : "false") }

    /// Appends sixteen hexadecimal digits.
    mutating func hex(_ value: UInt64) { Hex.append(value, to: &bytes) }

    /// Lets `body` append to the bytes themselves.
    mutating func append(_ body: (inout [UInt8]) -> Void) { body(&bytes) }

    /// Hands over the bytes and starts empty.
    mutating func take() -> [UInt8] {
        defer {
            bytes = []
            bytes.reserveCapacity(1 << 16)
        }
        return bytes
    }
}
