/// Blanks the value in `apikey=…`, `Token="…"` and `"password":"…"` inside free text.
///
/// A second net under the registered secrets: error texts of C libraries and upstreams may quote a whole URL or body.
enum AssignmentScrubber {
    static func scrub(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < text.count {
            let byte = text[index]
            result.append(byte)
            index += 1
            guard byte == UInt8(ascii: "=") || byte == UInt8(ascii: ":"), namesSecret(result.dropLast(), before: byte)
            else { continue }
            let end = endOfValue(in: text, from: index)
            if end > index { result += Array(Redactor.mark.utf8) }
            index = end
        }
        return result
    }

    /// `name=` counts bare or quoted, `name:` only quoted: prose such as "unknown key: colour" stays readable.
    private static func namesSecret(_ before: ArraySlice<UInt8>, before separator: UInt8) -> Bool {
        var head = before
        let isQuoted = head.last == UInt8(ascii: "\"")
        if isQuoted { head = head.dropLast() }
        guard isQuoted || separator == UInt8(ascii: "=") else { return false }
        let name = head.suffix(while: isNameByte)
        return !name.isEmpty && Redactor.isSecret(name)
    }

    private static func endOfValue(in text: [UInt8], from start: Int) -> Int {
        var index = start
        while index < text.count, text[index] == UInt8(ascii: " ") { index += 1 }
        if index < text.count, text[index] == UInt8(ascii: "\"") {
            return text[(index + 1)...].firstIndex(of: UInt8(ascii: "\"")).map { $0 + 1 } ?? text.count
        }
        if index > start { return start }  // `key = value` in prose
        while index < text.count, !endsBareValue(text[index]) { index += 1 }
        return index
    }

    private static func endsBareValue(_ byte: UInt8) -> Bool {
        byte <= UInt8(ascii: " ") || "&\"',;)}]>".utf8.contains(byte)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}

extension ArraySlice<UInt8> {
    fileprivate func suffix(while matches: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        let start = lastIndex { !matches($0) }.map { $0 + 1 } ?? startIndex
        return self[start...]
    }
}
