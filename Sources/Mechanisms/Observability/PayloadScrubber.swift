/// Takes secrets out of JSON that is going to be stored, and leaves it JSON.
///
/// Webhooks come by the thousand and hardly ever hold one, so one pass looks for both kinds at once, and bytes without a
/// find are returned as they are.
enum PayloadScrubber {
    /// Shorter secrets may be ordinary words, without which the payload would mean something else.
    static let shortestSecret = 12

    private static let quote = UInt8(ascii: "\"")

    /// Takes out the secrets, registered ones longest first; what is no JSON is searched as well as it goes.
    static func scrub(_ json: [UInt8], _ secrets: [[UInt8]]) -> [UInt8] {
        let long = secrets.filter { $0.count >= shortestSecret }
        let found = unsafe json.withUnsafeBytes { unsafe look(in: $0, for: long) }
        var bytes = json
        if found.secrets {
            for secret in long { bytes = Redactor.replacing(secret, in: bytes) }
        }
        return found.names ? withoutNamedTexts(bytes) : bytes
    }

    private static func look(
        in bytes: UnsafeRawBufferPointer, for secrets: [[UInt8]]
    ) -> (secrets: Bool, names: Bool) {
        var begins = [Bool](repeating: false, count: 256)
        for secret in secrets { begins[Int(secret[0])] = true }
        var found = (secrets: false, names: false)
        for at in 0..<bytes.count {
            let byte = unsafe bytes[at]
            if begins[Int(byte)], !found.secrets {
                let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[at...])
                found.secrets = secrets.contains { unsafe rest.starts(with: $0) }
            }
            if byte == quote, !found.names, at > 1, unsafe mayEndName(bytes[at - 2], bytes[at - 1]) {
                let before = unsafe UnsafeRawBufferPointer(rebasing: bytes[max(0, at - 16)..<at])
                found.names = unsafe Redactor.isSecret(before)
            }
        }
        return found
    }

    /// Whether two bytes are the last of a telling name, which nearly none are.
    private static func mayEndName(_ first: UInt8, _ second: UInt8) -> Bool {
        let pair = UInt16(first | 0x20) << 8 | UInt16(second | 0x20)
        return nameEnds.contains(pair)
    }

    private static let nameEnds = Redactor.secretNames.map { UInt16($0[$0.count - 2]) << 8 | UInt16($0[$0.count - 1]) }

    /// Replaces every text whose name tells that it is secret.
    private static func withoutNamedTexts(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var at = 0
        var isNamed = false
        while at < bytes.count {
            guard bytes[at] == quote else {
                // Only blanks and the colon may stand between a name and its value.
                if !" \t\r\n:".utf8.contains(bytes[at]) { isNamed = false }
                result.append(bytes[at])
                at += 1
                continue
            }
            let end = endOfText(bytes, from: at + 1)
            let text = bytes[at + 1..<end]
            if isNamed {
                result += [quote] + Array(Redactor.mark.utf8)
                isNamed = false
            } else {
                result += [quote] + text
                isNamed = Redactor.isSecret(text) && isName(bytes, behind: end)
            }
            if end < bytes.count { result.append(quote) }
            at = end + 1
        }
        return result
    }

    /// Where the closing quote stands, or the end of all.
    private static func endOfText(_ bytes: [UInt8], from start: Int) -> Int {
        var at = start
        while at < bytes.count, bytes[at] != quote { at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1 }
        return min(at, bytes.count)
    }

    private static func isName(_ bytes: [UInt8], behind end: Int) -> Bool {
        bytes.dropFirst(end + 1).first { !" \t\r\n".utf8.contains($0) } == UInt8(ascii: ":")
    }
}
