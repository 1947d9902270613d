/// The reading itself: a small recursive descent that knows its line and column.
///
/// `JSONDecoder` says neither where a file is broken nor that a key stands in it twice; people who edit by hand need both.
struct ConfigurationJSONReader {
    private let bytes: [UInt8]
    private var position = 0
    private let maxDepth = 16

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws(ConfigurationJSON.Malformed) -> ConfigurationJSON {
        let value = try value(depth: 1)
        skipBlanks()
        guard position == bytes.count else { throw malformed("text after the end of the document") }
        return value
    }

    private mutating func value(depth: Int) throws(ConfigurationJSON.Malformed) -> ConfigurationJSON {
        guard depth <= maxDepth else { throw malformed("more than \(maxDepth) levels") }
        skipBlanks()
        switch peek {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .text(try string())
        case let byte? where byte == UInt8(ascii: "-") || isDigit(byte): return try number()
        default:
            if take("true") { return .boolean(true) }
            if take("false") { return .boolean(false) }
            if take("null") { return .null }
            throw malformed(peek == nil ? "the document ends too early" : "a value is expected here")
        }
    }

    private mutating func object(depth: Int) throws(ConfigurationJSON.Malformed) -> ConfigurationJSON {
        var members: [ConfigurationJSON.Member] = []
        position += 1
        skipBlanks()
        if take("}") { return .object([]) }
        repeat {
            skipBlanks()
            let start = position
            guard peek == UInt8(ascii: "\"") else { throw malformed("a key in double quotes is expected here") }
            let name = try string()
            guard !members.contains(where: { $0.name == name }) else {
                position = start
                throw malformed("this key stands here twice")
            }
            skipBlanks()
            guard take(":") else { throw malformed("a colon is expected here") }
            members.append(.init(name: name, value: try value(depth: depth + 1)))
            skipBlanks()
        } while take(",")
        guard take("}") else { throw malformed("a comma or } is expected here") }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(ConfigurationJSON.Malformed) -> ConfigurationJSON {
        var elements: [ConfigurationJSON] = []
        position += 1
        skipBlanks()
        if take("]") { return .array([]) }
        repeat {
            elements.append(try value(depth: depth + 1))
            skipBlanks()
        } while take(",")
        guard take("]") else { throw malformed("a comma or ] is expected here") }
        return .array(elements)
    }

    private mutating func number() throws(ConfigurationJSON.Malformed) -> ConfigurationJSON {
        let start = position
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits()
        }
        return .number(String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private mutating func digits() throws(ConfigurationJSON.Malformed) {
        let start = position
        while let byte = peek, isDigit(byte) { position += 1 }
        guard position > start else { throw malformed("a digit is expected here") }
    }

    private mutating func string() throws(ConfigurationJSON.Malformed) -> String {
        position += 1
        var text: [UInt8] = []
        while let byte = peek, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw malformed("a text must end on its own line") }
            position += 1
            if byte == UInt8(ascii: "\\") {
                text += try escape()
            } else {
                text.append(byte)
            }
        }
        guard take("\"") else { throw malformed("the document ends inside a text") }
        guard let valid = String(validating: text, as: UTF8.self) else { throw malformed("this text is not UTF-8") }
        return valid
    }

    /// What stands for the escape behind a backslash, as UTF-8.
    private mutating func escape() throws(ConfigurationJSON.Malformed) -> [UInt8] {
        guard let letter = peek else { throw malformed("the document ends inside a text") }
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [letter]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw malformed("no such escape")
        }
    }

    private mutating func unicodeEscape() throws(ConfigurationJSON.Malformed) -> [UInt8] {
        var units = [try hexUnit()]
        if UTF16.isLeadSurrogate(units[0]) {
            guard take("\\u") else { throw malformed("half a surrogate pair") }
            units.append(try hexUnit())
        }
        guard let text = String(validating: units, as: UTF16.self) else { throw malformed("half a surrogate pair") }
        return Array(text.utf8)
    }

    private mutating func hexUnit() throws(ConfigurationJSON.Malformed) -> UInt16 {
        let digits = bytes[position...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw malformed("four hexadecimal digits are expected here") }
        position += 4
        return unit
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ text: StaticString) -> Bool {
        let wanted = text.description.utf8
        guard bytes[position...].starts(with: wanted) else { return false }
        position += wanted.count
        return true
    }

    private mutating func skipBlanks() {
        while let byte = peek, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
    }

    private func malformed(_ what: String) -> ConfigurationJSON.Malformed {
        let before = bytes[..<min(position, bytes.count)]
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return .init(line: before.count { $0 == 0x0A } + 1, column: before.count - lineStart + 1, what: what)
    }
}

private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
