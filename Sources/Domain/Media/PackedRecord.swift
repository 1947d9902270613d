/// A flat record of numbered fields in one byte buffer: slot, length, payload, in any order.
///
/// Bulk jobs carry hundreds of thousands of these between a temporary file and the database, so fields stay bytes
/// until somebody looks, and one value is reused for all records. An absent slot is "none"; integers are eight bytes.
public struct PackedRecord: Sendable {
    public private(set) var bytes: [UInt8] = []
    private var starts: [UInt32]
    private var lengths: [UInt32]

    private static let absent = UInt32.max

    public init(slots: Int) {
        precondition(slots <= 255, "a slot number is one byte")
        starts = Array(repeating: 0, count: slots)
        lengths = Array(repeating: Self.absent, count: slots)
    }

    /// Forgets every field but keeps the memory.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        for slot in lengths.indices { lengths[slot] = Self.absent }
    }

    public func has(_ slot: Int) -> Bool { lengths[slot] != Self.absent }

    public mutating func put(_ slot: Int, _ value: Int64) {
        begin(slot, length: 8)
        var rest = UInt64(bitPattern: value)
        for _ in 0..<8 {
            bytes.append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    public mutating func put(_ slot: Int, bytes content: some Collection<UInt8>) {
        begin(slot, length: content.count)
        bytes.append(contentsOf: content)
    }

    public mutating func put(_ slot: Int, _ text: String) { put(slot, bytes: text.utf8) }

    private mutating func begin(_ slot: Int, length: Int) {
        bytes.append(UInt8(slot))
        var rest = UInt32(length)
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7f) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
        starts[slot] = UInt32(bytes.count)
        lengths[slot] = UInt32(length)
    }

    /// Copies every field of `other` that has a slot here.
    public mutating func append(_ other: PackedRecord) {
        let base = UInt32(bytes.count)
        bytes.append(contentsOf: other.bytes)
        for slot in other.lengths.indices where other.has(slot) {
            starts[slot] = base + other.starts[slot]
            lengths[slot] = other.lengths[slot]
        }
    }

    /// Takes over an encoded record.
    ///
    /// - Returns: false when the bytes are not a record of these slots.
    public mutating func load(_ raw: UnsafeRawBufferPointer) -> Bool {
        removeAll()
        unsafe bytes.append(contentsOf: raw)
        var position = 0
        while position < bytes.count {
            let slot = Int(bytes[position])
            position += 1
            var length = 0
            var shift = 0
            repeat {
                guard position < bytes.count, shift < 28 else { return false }
                length |= Int(bytes[position] & 0x7f) << shift
                shift += 7
                position += 1
            } while bytes[position - 1] & 0x80 != 0
            guard slot < lengths.count, length <= bytes.count - position else { return false }
            starts[slot] = UInt32(position)
            lengths[slot] = UInt32(length)
            position += length
        }
        return true
    }

    public func integer(_ slot: Int) -> Int64? {
        guard lengths[slot] == 8 else { return nil }
        let start = Int(starts[slot])
        var value: UInt64 = 0
        for index in 0..<8 { value |= UInt64(bytes[start + index]) << (8 * UInt64(index)) }
        return Int64(bitPattern: value)
    }

    /// The field's bytes; nil when absent.
    public func slice(_ slot: Int) -> ArraySlice<UInt8>? {
        guard has(slot) else { return nil }
        let start = Int(starts[slot])
        return bytes[start..<start + Int(lengths[slot])]
    }

    public func text(_ slot: Int) -> String? {
        slice(slot).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Lends the field's bytes without a copy; nil when absent.
    public func withBytes<R>(_ slot: Int, _ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R? {
        guard has(slot) else { return nil }
        let start = Int(starts[slot])
        return try unsafe bytes.withUnsafeBytes { all in
            try unsafe body(UnsafeRawBufferPointer(rebasing: all[start..<start + Int(lengths[slot])]))
        }
    }
}
