/// Bytes of a log line under construction.
struct LineBuffer {
    private(set) var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(256) }

    mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// Appends `2026-01-21T04:52:13.042Z`.
    mutating func timestamp(_ millis: Int64) { raw(Timestamp.text(millis)) }

    mutating func quoted(_ text: [UInt8]) {
        raw("\"")
        escaped(text)
        raw("\"")
    }

    mutating func value(_ value: LogValue, _ redactor: Redactor) {
        switch value {
        case .string(let text): quoted(redactor.scrubbed(text))
        case .integer(let number): raw("\(number)")
        case .double(let number): number.isFinite ? raw("\(number)") : raw("\"\(number)\"")
        case .bool(let flag): raw(flag ? "true" : "false")
        case .duration(let duration): raw("\(duration.wholeMicroseconds / 1000).\(duration.fractionDigits)")
        }
    }

    /// Appends UTF-8 as the inside of a JSON string.
    ///
    /// Everything that could move a terminal's cursor or break the line is written as `\u00xx`: the ASCII controls, the
    /// C1 controls, the two Unicode line breaks, and the marks that reorder text (security.md §8).
    mutating func escaped(_ text: [UInt8]) {
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            switch scalar {
            case "\"": raw("\\\"")
            case "\\": raw("\\\\")
            case "\n": raw("\\n")
            case "\r": raw("\\r")
            case "\t": raw("\\t")
            case "\u{0}"..."\u{1f}", "\u{7f}"..."\u{9f}", "\u{2028}", "\u{2029}": escape(scalar.value)
            case "\u{202a}"..."\u{202e}", "\u{2066}"..."\u{2069}": escape(scalar.value)
            default: bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }
    }

    private mutating func escape(_ value: UInt32) {
        let digits = String(value, radix: 16)
        raw("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits)
    }
}

extension Duration {
    fileprivate var wholeMicroseconds: Int64 {
        let (seconds, attoseconds) = components
        return max(0, seconds) &* 1_000_000 &+ max(0, attoseconds) / 1_000_000_000_000
    }

    /// Three digits after the point of a number of milliseconds.
    fileprivate var fractionDigits: String {
        let digits = String(wholeMicroseconds % 1000)
        return String(repeating: "0", count: 3 - digits.utf8.count) + digits
    }
}
