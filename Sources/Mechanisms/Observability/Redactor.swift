/// Replaces what must never be read in a line: registered secrets, and values under tell-tale names.
struct Redactor: Sendable {
    /// What a line shows instead.
    static let mark = "‹redacted›"
    /// Shorter secrets would blank out ordinary words.
    static let shortestSecret = 4

    static let secretNames = ["key", "token", "password", "secret", "authorization", "cookie"].map {
        Array($0.utf8)
    }

    /// Longest first, so that a secret containing another disappears whole.
    private var secrets: [[UInt8]] = []

    /// Registers a secret, and its percent-encoded form where that differs.
    mutating func add(_ secret: String) {
        guard secret.utf8.count >= Self.shortestSecret else { return }
        for form in Set([Array(secret.utf8), Self.percentEncoded(secret)]) where !secrets.contains(form) {
            secrets.append(form)
        }
        secrets.sort { $0.count > $1.count }
    }

    /// Tells whether a field of this name holds a secret, by the end of its name in any case.
    static func isSecret(_ name: some Collection<UInt8>) -> Bool {
        let lowered = name.map { $0 | 0x20 }
        return secretNames.contains { lowered.count >= $0.count && lowered.suffix($0.count).elementsEqual($0) }
    }

    func shown(_ field: LogFields.Entry) -> LogValue {
        Self.isSecret(Array(field.name.utf8)) ? .string(Self.mark) : field.value
    }

    /// Returns the UTF-8 of a text without secrets.
    func scrubbed(_ text: String) -> [UInt8] {
        var bytes = Array(text.utf8)
        for secret in secrets { bytes = Self.replacing(secret, in: bytes) }
        return AssignmentScrubber.scrub(bytes)
    }

    static func replacing(_ secret: [UInt8], in text: [UInt8]) -> [UInt8] {
        guard text.count >= secret.count else { return text }
        var result: [UInt8] = []
        var kept = 0
        var index = 0
        while index <= text.count - secret.count {
            if text[index] == secret[0], text[index..<index + secret.count].elementsEqual(secret) {
                result += text[kept..<index]
                result += Array(mark.utf8)
                index += secret.count
                kept = index
            } else {
                index += 1
            }
        }
        return kept == 0 ? text : result + text[kept...]
    }

    /// JSON without secrets, and still JSON.
    func scrubbed(json: [UInt8]) -> [UInt8] { PayloadScrubber.scrub(json, secrets) }

    private static func percentEncoded(_ text: String) -> [UInt8] {
        var result: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                result.append(byte)
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += Array((byte < 16 ? "%0" : "%").utf8) + Array(digits.utf8)
            }
        }
        return result
    }
}
