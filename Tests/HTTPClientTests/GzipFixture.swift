/// Makes compressed bodies by hand, so that these tests need no compressor.
enum GzipFixture {
    /// Returns a gzip file (RFC 1952) of zero bytes, about 159 times smaller than what it holds.
    ///
    /// One block with fixed codes (RFC 1951 §3.2.6): a literal, then copies of 258 bytes at distance 1, then literals.
    static func zeros(_ count: Int) -> [UInt8] {
        var bits = BitWriter(bytes: [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255])
        bits.append(1, width: 1)  // last block
        bits.append(1, width: 2)  // fixed codes
        var rest = count
        func literal() {
            bits.appendCode(0b0011_0000, width: 8)
            rest -= 1
        }
        if rest > 0 { literal() }
        while rest >= 258 {
            bits.appendCode(0b1100_0101, width: 8)  // length 258
            bits.appendCode(0, width: 5)  // distance 1
            rest -= 258
        }
        while rest > 0 { literal() }
        bits.appendCode(0, width: 7)  // end of block
        bits.align()
        return bits.bytes + littleEndian(crcOfZeros(count)) + littleEndian(UInt32(truncatingIfNeeded: count))
    }

    private static func littleEndian(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    private static func crcOfZeros(_ count: Int) -> UInt32 {
        var crc = UInt32.max
        for _ in 0..<count {
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        return ~crc
    }

    private struct BitWriter {
        var bytes: [UInt8]
        var pending: UInt32 = 0
        var width = 0

        init(bytes: [UInt8]) { self.bytes = bytes }

        mutating func append(_ value: UInt32, width added: Int) {
            pending |= value << width
            width += added
            while width >= 8 {
                bytes.append(UInt8(truncatingIfNeeded: pending))
                pending >>= 8
                width -= 8
            }
        }

        /// Huffman codes go most significant bit first.
        mutating func appendCode(_ code: UInt32, width: Int) {
            for bit in (0..<width).reversed() { append(code >> bit & 1, width: 1) }
        }

        mutating func align() {
            if width > 0 { append(0, width: 8 - width) }
        }
    }
}
