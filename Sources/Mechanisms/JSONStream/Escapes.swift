/// Escapes in strings (RFC 8259 §7).
enum Escapes {
    /// Index of the first byte that makes the escape at `at` invalid, as far as it is there; nil when none does.
    static func firstFault(_ at: Int, in bytes: ByteView) -> Int? {
        guard at + 1 < bytes.count else { return nil }
        if bytes[at + 1] == UInt8(ascii: "u") {
            return (at + 2..<min(at + 6, bytes.count)).first { Byte.hexValue(bytes[$0]) == nil }
        }
        return single(bytes[at + 1]) == nil ? at + 1 : nil
    }

    /// Replaces the escapes of a checked string in place, which never makes it longer.
    ///
    /// U+0000 and surrogates without their other half become U+FFFD.
    /// - Returns: the new length.
    static func resolve(_ range: Range<Int>, in bytes: ByteView) -> Int {
        var read = range.lowerBound
        var write = range.lowerBound
        while read < range.upperBound {
            var high: UInt32 = 0
            let next = min(bytes.stringEnd(from: read, high: &high), range.upperBound)
            if next > read {
                bytes.move(read..<next, to: write)
                write += next - read
                read = next
                continue
            }
            if let byte = single(bytes[read + 1]) {
                bytes[write] = byte
                read += 2
                write += 1
            } else {
                let (scalar, length) = unicode(read, upTo: range.upperBound, in: bytes)
                read += length
                for byte in String(Character(scalar)).utf8 {
                    bytes[write] = byte
                    write += 1
                }
            }
        }
        return write - range.lowerBound
    }

    /// What the letter of a two-byte escape stands for.
    private static func single(_ letter: UInt8) -> UInt8? {
        switch letter {
        case Byte.quote, Byte.backslash, Byte.slash: letter
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: nil
        }
    }

    /// The character of the `\u` escape at `at`, and how many bytes spell it: 6, or 12 for a surrogate pair.
    private static func unicode(_ at: Int, upTo end: Int, in bytes: ByteView) -> (Unicode.Scalar, length: Int) {
        let high = hex4(at + 2, in: bytes)
        if (0xD800..<0xDC00).contains(high), at + 12 <= end, bytes[at + 6] == Byte.backslash,
            bytes[at + 7] == UInt8(ascii: "u")
        {
            let low = hex4(at + 8, in: bytes)
            if (0xDC00..<0xE000).contains(low),
                let pair = Unicode.Scalar(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
            {
                return (pair, 12)
            }
        }
        let scalar = high == 0 ? nil : Unicode.Scalar(high)
        return (scalar ?? "\u{FFFD}", 6)
    }

    private static func hex4(_ at: Int, in bytes: ByteView) -> UInt32 {
        (at..<at + 4).reduce(0) { $0 << 4 | (Byte.hexValue(bytes[$1]) ?? 0) }
    }
}
