/// A flat record of numbered fields in one byte buffer: slot, length, payload, in any order.
///
/// Bulk jobs carry hundreds of thousands of these between a temporary file and the database, so fields stay bytes
/// until somebody looks, and one value is reused for all records. An absent slot is "none"; integers are eight bytes.
public struct PackedRecord: Sendable {
    public private(set) var bytes: [UInt8] = []
    private var fields: [Field]

    /// Where a slot's payload lies.
    private struct Field {
        static let absent = Field(start: 0, length: .max)

        var start: UInt32
        var length: UInt32
    }

    public init(slots: Int) {
        precondition(slots <= 255, "a slot number is one byte")
        fields = Array(repeating: .absent, count: slots)
    }

    /// Forgets every field but keeps the memory.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        for slot in fields.indices { fields[slot] = .absent }
    }

    public func has(_ slot: Int) -> Bool { fields[slot].length != Field.absent.length }

    public mutating func put(_ slot: Int, _ value: Int64) {
        unsafe withUnsafeBytes(of: value.littleEndian) { unsafe put(slot, raw: $0) }
    }

    /// Inlined, so that callers in other modules run no generic code: this is called for every field of every title.
    @inlinable
    public mutating func put(_ slot: Int, bytes content: some Collection<UInt8>) {
        let isContiguous: Void? = content.withContiguousStorageIfAvailable {
            unsafe put(slot, raw: UnsafeRawBufferPointer($0))
        }
        if isContiguous == nil { unsafe Array(content).withUnsafeBytes { unsafe put(slot, raw: $0) } }
    }

    @usableFromInline
    mutating func put(_ slot: Int, raw content: UnsafeRawBufferPointer) {
        begin(slot, length: content.count)
        unsafe bytes.append(contentsOf: content)
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
        fields[slot] = Field(start: UInt32(bytes.count), length: UInt32(length))
    }

    /// Copies every field of `other` that has a slot here.
    public mutating func append(_ other: PackedRecord) {
        let base = UInt32(bytes.count)
        bytes.append(contentsOf: other.bytes)
        for slot in other.fields.indices where other.has(slot) {
            fields[slot] = Field(start: base + other.fields[slot].start, length: other.fields[slot].length)
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
            guard slot < fields.count, length <= bytes.count - position else { return false }
            fields[slot] = Field(start: UInt32(position), length: UInt32(length))
            position += length
        }
        return true
    }

    public func integer(_ slot: Int) -> Int64? {
        let field = fields[slot]
        guard field.length == 8 else { return nil }
        // proof: `put` and `load` note only fields that lie within `bytes`, and loadUnaligned checks it once more.
        return unsafe bytes.withUnsafeBytes {
            unsafe Int64(littleEndian: $0.loadUnaligned(fromByteOffset: Int(field.start), as: Int64.self))
        }
    }

    /// The field's bytes; nil when absent.
    public func slice(_ slot: Int) -> ArraySlice<UInt8>? {
        guard has(slot) else { return nil }
        let start = Int(fields[slot].start)
        return bytes[start..<start + Int(fields[slot].length)]
    }

    public func text(_ slot: Int) -> String? {
        slice(slot).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Lends the field's bytes without a copy; nil when absent.
    public func withBytes<R>(_ slot: Int, _ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R? {
        guard has(slot) else { return nil }
        let start = Int(fields[slot].start)
        return try unsafe bytes.withUnsafeBytes { all in
            try unsafe body(UnsafeRawBufferPointer(rebasing: all[start..<start + Int(fields[slot].length)]))
        }
    }
}
