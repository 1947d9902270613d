/// Recursive descent over bytes held whole; depth is bounded, so hostile nesting cannot exhaust the stack.
struct JSONValueParser {
    private let bytes: [UInt8]
    private let maxDepth: Int
    private var at = 0
    private var depth = 0

    init(_ bytes: [UInt8], maxDepth: Int) {
        self.bytes = bytes
        self.maxDepth = maxDepth
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    }

    mutating func document() throws(JSONFailure) -> JSONValue {
        skipSpace()
        let value = try value()
        skipSpace()
        guard at == bytes.count else { throw malformed("only white space may follow the document") }
        return value
    }

    private mutating func value() throws(JSONFailure) -> JSONValue {
        guard at < bytes.count else { throw .truncated(at: at) }
        switch bytes[at] {
        case Byte.openObject: return try nested { parser throws(JSONFailure) in try parser.object() }
        case Byte.openArray: return try nested { parser throws(JSONFailure) in try parser.array() }
        case Byte.quote: return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func nested(
        _ read: (inout Self) throws(JSONFailure) -> JSONValue
    ) throws(JSONFailure) -> JSONValue {
        guard depth < maxDepth else { throw .tooDeep(at: at, limit: maxDepth) }
        depth += 1
        defer { depth -= 1 }
        at += 1
        skipSpace()
        return try read(&self)
    }

    private mutating func object() throws(JSONFailure) -> JSONValue {
        var members: [JSONValue.Member] = []
        if take(Byte.closeObject) { return .object(members) }
        while true {
            guard at < bytes.count else { throw .truncated(at: at) }
            guard bytes[at] == Byte.quote else { throw malformed("a key in quotes must stand here") }
            let key = try string()
            skipSpace()
            guard take(Byte.colon) else { throw malformed("a colon must follow a key") }
            skipSpace()
            members.append(JSONValue.Member(key: key, value: try value()))
            skipSpace()
            if take(Byte.closeObject) { return .object(members) }
            try comma()
        }
    }

    private mutating func array() throws(JSONFailure) -> JSONValue {
        var elements: [JSONValue] = []
        if take(Byte.closeArray) { return .array(elements) }
        while true {
            elements.append(try value())
            skipSpace()
            if take(Byte.closeArray) { return .array(elements) }
            try comma()
        }
    }

    private mutating func comma() throws(JSONFailure) {
        guard take(Byte.comma) else { throw malformed("a comma or the closing bracket must follow a value") }
        skipSpace()
    }

    private mutating func number() throws(JSONFailure) -> JSONValue {
        let start = at
        _ = take(Byte.minus)
        if !take(Byte.zero) { try digits() }
        if take(UInt8(ascii: ".")) { try digits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(Byte.minus) }
            try digits()
        }
        return .number(String(decoding: bytes[start..<at], as: UTF8.self))
    }

    private mutating func digits() throws(JSONFailure) {
        let start = at
        while at < bytes.count, (Byte.zero...Byte.nine).contains(bytes[at]) { at += 1 }
        if at == start { throw malformed("no value looks like this") }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONFailure) -> JSONValue {
        for index in 0..<word.utf8CodeUnitCount {
            // proof: `index` stays below the word's length.
            guard unsafe take(word.utf8Start[index]) else { throw malformed("only true, false, and null are words") }
        }
        return value
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard at < bytes.count, bytes[at] == byte else { return false }
        at += 1
        return true
    }

    private mutating func skipSpace() {
        while at < bytes.count, Byte.isSpace(bytes[at]) { at += 1 }
    }

    private func malformed(_ what: String) -> JSONFailure {
        at < bytes.count ? .malformed(at: at, what) : .truncated(at: at)
    }
}

/// Strings.
extension JSONValueParser {
    private mutating func string() throws(JSONFailure) -> String {
        at += 1
        let start = at
        while at < bytes.count {
            switch bytes[at] {
            case Byte.quote:
                defer { at += 1 }
                return String(decoding: bytes[start..<at], as: UTF8.self)
            case Byte.backslash: return try escapedString(start)
            case ..<Byte.space: throw malformed("a control byte stands in a string")
            default: at += 1
            }
        }
        throw .truncated(at: at)
    }

    /// The rest of a string that holds escapes.
    private mutating func escapedString(_ start: Int) throws(JSONFailure) -> String {
        var text = Array(bytes[start..<at])
        while at < bytes.count {
            let byte = bytes[at]
            if byte < Byte.space { throw malformed("a control byte stands in a string") }
            at += 1
            switch byte {
            case Byte.quote: return String(decoding: text, as: UTF8.self)
            case Byte.backslash: try escape(into: &text)
            default: text.append(byte)
            }
        }
        throw .truncated(at: at)
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONFailure) {
        guard at < bytes.count else { throw .truncated(at: at) }
        switch bytes[at] {
        case Byte.quote, Byte.backslash, Byte.slash: text.append(bytes[at])
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            at += 1
            text.append(contentsOf: String(try codePoint()).utf8)
            return
        default: throw malformed("no such escape in a string")
        }
        at += 1
    }

    /// Four digits behind `\u`, or two such escapes that make one character.
    private mutating func codePoint() throws(JSONFailure) -> Unicode.Scalar {
        let unit = try hexDigits()
        guard (0xD800...0xDBFF).contains(unit) else { return Self.scalar(unit) }
        let behind = at
        guard take(Byte.backslash), take(UInt8(ascii: "u")) else {
            at = behind
            return Self.scalar(unit)
        }
        let low = try hexDigits()
        guard (0xDC00...0xDFFF).contains(low) else {
            at = behind
            return Self.scalar(unit)
        }
        return Self.scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
    }

    private static func scalar(_ value: UInt32) -> Unicode.Scalar {
        value == 0 ? "\u{FFFD}" : Unicode.Scalar(value) ?? "\u{FFFD}"
    }

    private mutating func hexDigits() throws(JSONFailure) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard at < bytes.count, let digit = Byte.hexValue(bytes[at]) else {
                throw malformed("no such escape in a string")
            }
            value = value << 4 | digit
            at += 1
        }
        return value
    }
}
