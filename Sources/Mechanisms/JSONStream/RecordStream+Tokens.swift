import CScan

/// Strings, keys, numbers, and literals; each resumes inside a token that the bytes cut.
extension RecordStream {
    /// Reads a key and finds its target; nil when the bytes end inside it.
    mutating func key(_ at: Int, in bytes: ByteView) throws(JSONFailure) -> Int? {
        guard bytes[at] == Byte.quote else { throw malformed(at, "a key in quotes must stand here") }
        guard let string = try string(at, in: bytes, wanted: true) else { return nil }
        if frame.isMap {
            key = unsafe String(decoding: bytes.buffer(string.text), as: UTF8.self)
            target = table.record
        } else {
            target = table.find(string.text, in: bytes, node: Int(frame.node))
        }
        return string.end
    }

    /// Reads a string; `text` is what it says, unescaped in place when `wanted`; nil when the bytes end inside it.
    @inline(__always)
    mutating func string(
        _ start: Int, in bytes: ByteView, wanted: Bool
    ) throws(JSONFailure) -> (text: Range<Int>, end: Int)? {
        if token.scanned == 0 {  // nearly always: a string in one piece with nothing to unescape
            var high: UInt32 = 0
            let end = bytes.stringEnd(from: start &+ 1, high: &high)
            if bytes[end] == Byte.quote, high == 0 || !wanted { return (start &+ 1..<end, end &+ 1) }
        }
        return try longString(start, in: bytes, wanted: wanted)
    }

    @inline(never)
    private mutating func longString(
        _ start: Int, in bytes: ByteView, wanted: Bool
    ) throws(JSONFailure) -> (text: Range<Int>, end: Int)? {
        let first = start + 1
        var at = first + token.scanned
        while true {
            at = bytes.stringEnd(from: at, high: &token.high)
            if bytes[at] == Byte.quote { break }
            if bytes[at] == Byte.backslash {
                if let after = try escape(at, in: bytes, first: first, wanted: wanted) {
                    token.escaped = true
                    at = after
                    continue
                }
            } else if at < bytes.count {
                if wanted { try checkText(first, upTo: at, in: bytes, isCut: false) }
                throw malformed(at, "a control byte stands in a string")
            }
            token.scanned = at - first
            if wanted { try checkText(first, upTo: at, in: bytes, isCut: true) }
            return nil
        }
        if wanted { try checkText(first, upTo: at, in: bytes, isCut: false) }
        let length = wanted && token.escaped ? Escapes.resolve(first..<at, in: bytes) : at - first
        token = PartialToken()
        return (first..<first + length, at + 1)
    }

    /// Checks the escape at `at` as far as it is there; nil when it is cut.
    private mutating func escape(
        _ at: Int, in bytes: ByteView, first: Int, wanted: Bool
    ) throws(JSONFailure) -> Int? {
        guard let bad = Escapes.firstFault(at, in: bytes) else {
            let length = bytes[at + 1] == UInt8(ascii: "u") ? 6 : 2
            return at + length <= bytes.count ? at + length : nil
        }
        if wanted { try checkText(first, upTo: at, in: bytes, isCut: false) }
        throw malformed(bad, "no such escape in a string")
    }

    /// Throws at the first byte of a string that is not UTF-8; a string cut inside a character is let pass.
    private mutating func checkText(
        _ first: Int, upTo end: Int, in bytes: ByteView, isCut: Bool
    ) throws(JSONFailure) {
        guard token.high != 0 else { return }
        let valid = bytes.utf8End(in: first + token.checked..<end)
        guard valid.end == end || valid.incomplete && isCut else {
            throw malformed(valid.end, "a string is not UTF-8")
        }
        token.checked = valid.end - first
    }

    /// Reads a number or literal; nil when the bytes end inside it.
    @inline(__always)
    mutating func scalar(
        _ byte: UInt8, _ start: Int, in bytes: ByteView
    ) throws(JSONFailure) -> (ValueKind, end: Int)? {
        switch byte {
        case UInt8(ascii: "t"): try literal("true", .bool, start, in: bytes)
        case UInt8(ascii: "f"): try literal("false", .bool, start, in: bytes)
        case UInt8(ascii: "n"): try literal("null", .null, start, in: bytes)
        case Byte.zero...Byte.nine, Byte.minus: try number(start, in: bytes)
        default: throw malformed(start, "no value starts like this")
        }
    }

    private mutating func number(_ start: Int, in bytes: ByteView) throws(JSONFailure) -> (ValueKind, end: Int)? {
        let end = bytes.numberEnd(from: start &+ token.scanned, state: &token.number)
        if end >= bytes.count {
            token.scanned = end - start
            return nil
        }
        switch Int(token.number) {
        case CSCAN_NUMBER_ZERO, CSCAN_NUMBER_INTEGER, CSCAN_NUMBER_FRACTION, CSCAN_NUMBER_EXPONENT: break
        default: throw malformed(end, "a number stops in the middle")
        }
        token.scanned = 0
        token.number = 0
        return (.number, end)
    }

    @inline(__always)
    private func literal(
        _ word: StaticString, _ kind: ValueKind, _ start: Int, in bytes: ByteView
    ) throws(JSONFailure) -> (ValueKind, end: Int)? {
        for offset in 1..<word.utf8CodeUnitCount {
            let at = start &+ offset
            // proof: `offset` stays below the word's length.
            if unsafe bytes[at] != word.utf8Start[offset] {
                if at >= bytes.count { return nil }
                throw malformed(at, "only true, false, and null are words")
            }
        }
        return (kind, start &+ word.utf8CodeUnitCount)
    }
}
