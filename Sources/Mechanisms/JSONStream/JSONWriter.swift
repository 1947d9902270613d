/// Writes JSON by appending bytes; commas, quotes, and escapes come by themselves.
///
/// The caller is in charge of the grammar beyond that: inside `object` a `key` comes before each value, inside `array`
/// none. Output is compact, valid UTF-8, and the same for the same calls.
public struct JSONWriter: Sendable {
    /// What was written so far.
    public private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// Starts with nothing.
    public init() {}

    /// Makes room, to spare copies while growing.
    public mutating func reserveCapacity(_ count: Int) {
        bytes.reserveCapacity(count)
    }

    /// Starts over, keeping the memory.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        needsComma = false
    }

    // MARK: containers

    /// Writes `{…}` with what `body` writes inside.
    public mutating func object<Failure: Error>(_ body: (inout JSONWriter) throws(Failure) -> Void) throws(Failure) {
        try contain(Byte.openObject, Byte.closeObject, body)
    }

    /// Writes `[…]` with what `body` writes inside.
    public mutating func array<Failure: Error>(_ body: (inout JSONWriter) throws(Failure) -> Void) throws(Failure) {
        try contain(Byte.openArray, Byte.closeArray, body)
    }

    private mutating func contain<Failure: Error>(
        _ open: UInt8, _ close: UInt8, _ body: (inout JSONWriter) throws(Failure) -> Void
    ) throws(Failure) {
        separate()
        bytes.append(open)
        needsComma = false
        try body(&self)
        bytes.append(close)
        needsComma = true
    }

    // MARK: keys

    /// Writes the key of the next value; the text must need no escape, which is checked.
    public mutating func key(_ name: StaticString) {
        separate()
        bytes.append(Byte.quote)
        // proof: a literal with a pointer representation stays in place for the program's life.
        precondition(name.hasPointerRepresentation, "a key is more than one character")
        let text = unsafe UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        unsafe assert(!text.contains(where: Self.needsEscape), "a literal key needs no escapes")
        unsafe bytes.append(contentsOf: text)
        bytes.append(Byte.quote)
        bytes.append(Byte.colon)
        needsComma = false
    }

    /// Writes the key of the next value.
    public mutating func key(string name: String) {
        separate()
        quote(name)
        bytes.append(Byte.colon)
        needsComma = false
    }

    // MARK: values

    /// Writes a string, or null.
    public mutating func value(_ text: String?) {
        guard let text else { return null() }
        separate()
        quote(text)
        needsComma = true
    }

    /// Writes a whole number, or null.
    public mutating func value(_ number: Int64?) {
        guard let number else { return null() }
        separate()
        digits(number)
        needsComma = true
    }

    /// Writes a whole number, or null.
    public mutating func value(_ number: Int?) {
        value(number.map(Int64.init))
    }

    /// Writes the shortest text that reads back as the same number; null for nil, infinities, and not-a-number.
    public mutating func value(_ number: Double?) {
        guard let number, number.isFinite else { return null() }
        raw(number.description.utf8)
    }

    /// Writes `true` or `false`, or null.
    public mutating func value(_ flag: Bool?) {
        guard let flag else { return null() }
        raw((flag ? "true" : "false").utf8)
    }

    /// Writes `null`.
    public mutating func null() {
        raw("null".utf8)
    }

    /// Writes one value that is JSON already.
    public mutating func raw(_ json: some Sequence<UInt8>) {
        separate()
        bytes.append(contentsOf: json)
        needsComma = true
    }

    // MARK: bytes

    private mutating func separate() {
        if needsComma { bytes.append(Byte.comma) }
    }

    /// Appends runs that need no escape in one piece each.
    private mutating func quote(_ text: String) {
        bytes.append(Byte.quote)
        var text = text
        text.withUTF8 { utf8 in
            var start = 0
            for index in utf8.indices where unsafe Self.needsEscape(utf8[index]) {
                unsafe bytes.append(contentsOf: utf8[start..<index])
                unsafe escape(utf8[index])
                start = index + 1
            }
            unsafe bytes.append(contentsOf: utf8[start...])
        }
        bytes.append(Byte.quote)
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < Byte.space || byte == Byte.quote || byte == Byte.backslash
    }

    private mutating func escape(_ byte: UInt8) {
        bytes.append(Byte.backslash)
        switch byte {
        case Byte.quote, Byte.backslash: bytes.append(byte)
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        default:
            bytes.append(contentsOf: "u00".utf8)
            bytes.append(Byte.zero + byte >> 4)
            bytes.append(byte & 15 < 10 ? Byte.zero + byte & 15 : UInt8(ascii: "a") + byte & 15 - 10)
        }
    }

    private mutating func digits(_ number: Int64) {
        if number < 0 { bytes.append(Byte.minus) }
        let first = bytes.count
        var rest = number.magnitude
        repeat {
            let (tens, one) = rest.quotientAndRemainder(dividingBy: 10)
            bytes.append(Byte.zero + UInt8(one))
            rest = tens
        } while rest > 0
        bytes[first...].reverse()
    }
}
