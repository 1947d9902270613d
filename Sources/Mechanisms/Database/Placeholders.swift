/// Checks the `$1…$n` of a statement.
///
/// SQLite numbers `$1` as a *name*, in order of first use; PostgreSQL by the digits. Both agree only when the first
/// uses ascend from 1 without a gap.
enum Placeholders {
    /// How many values the statement takes, or nil when the order is wrong.
    static func count(in sql: String) -> Int? {
        var highest = 0
        var scan = Scanner(sql.utf8)
        while let number = scan.next() {
            if number == highest + 1 {
                highest = number
            } else if number < 1 || number > highest {
                return nil
            }
        }
        return highest
    }

    /// Walks over the placeholders, leaving out quoted text, quoted names, and comments.
    private struct Scanner {
        private let bytes: [UInt8]
        private var at = 0

        init(_ text: String.UTF8View) { bytes = Array(text) }

        mutating func next() -> Int? {
            while at < bytes.count {
                let byte = bytes[at]
                at += 1
                switch byte {
                case UInt8(ascii: "'"), UInt8(ascii: "\""): skip(past: [byte])
                case UInt8(ascii: "-") where peek == UInt8(ascii: "-"): skip(past: [UInt8(ascii: "\n")])
                case UInt8(ascii: "/") where peek == UInt8(ascii: "*"): skip(past: Array("*/".utf8))
                case UInt8(ascii: "$"):
                    if let number = digits() { return number }
                default: break
                }
            }
            return nil
        }

        private var peek: UInt8? { at < bytes.count ? bytes[at] : nil }

        private mutating func digits() -> Int? {
            var number: Int?
            while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte), (number ?? 0) < 100_000 {
                number = (number ?? 0) * 10 + Int(byte - UInt8(ascii: "0"))
                at += 1
            }
            return number
        }

        private mutating func skip(past end: [UInt8]) {
            while at < bytes.count {
                if bytes[at...].starts(with: end) {
                    at += end.count
                    return
                }
                at += 1
            }
        }
    }
}
