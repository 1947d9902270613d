/// The style sheet as it is sent: without comments and the spaces that only people need.
enum StyleSheet {
    /// Shortens CSS without changing what it means; strings stay as they are.
    ///
    /// A space before a colon, beside a parenthesis or a plus sign can carry meaning, so those are kept.
    static func squeezed(_ css: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(css.count)
        var index = 0
        var hasSpace = false
        while index < css.count {
            let byte = css[index]
            if css[index...].starts(with: "/*".utf8) {
                index = end(of: "*/", in: css, from: index + 2)
            } else if byte <= UInt8(ascii: " ") {
                hasSpace = true
                index += 1
            } else {
                if hasSpace, let last = result.last, !"{};:,>".utf8.contains(last), !"{};,>".utf8.contains(byte) {
                    result.append(UInt8(ascii: " "))
                }
                hasSpace = false
                if byte == UInt8(ascii: "}"), result.last == UInt8(ascii: ";") { result.removeLast() }
                let next = byte == UInt8(ascii: "\"") ? end(of: "\"", in: css, from: index + 1) : index + 1
                result += css[index..<next]
                index = next
            }
        }
        return withShortNames(result)
    }

    /// Gives custom properties the names `--a`, `--b` … in the order of their first mention: nobody else names them.
    private static func withShortNames(_ css: [UInt8]) -> [UInt8] {
        var names: [ArraySlice<UInt8>: [UInt8]] = [:]
        var result: [UInt8] = []
        result.reserveCapacity(css.count)
        var index = 0
        while index < css.count {
            guard css[index...].starts(with: "--".utf8) else {
                result.append(css[index])
                index += 1
                continue
            }
            let name = css[index...].prefix { isNameByte($0) }
            let short = names[name] ?? Array("--\(shortName(names.count))".utf8)
            names[name] = short
            result += short
            index = name.endIndex
        }
        return result
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
    }

    /// Letters: after `z` comes `aa`.
    private static func shortName(_ number: Int) -> String {
        let letter = String(UnicodeScalar(UInt8(ascii: "a") + UInt8(number % 26)))
        return number < 26 ? letter : shortName(number / 26 - 1) + letter
    }

    /// The place behind the next `mark`, or the end.
    private static func end(of mark: StaticString, in css: [UInt8], from start: Int) -> Int {
        let mark = Array(mark.description.utf8)
        var index = start
        while index < css.count {
            if css[index...].starts(with: mark) { return index + mark.count }
            index += 1
        }
        return css.count
    }
}
