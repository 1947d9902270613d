import Foundation

/// What Foundation's parser, which shares no line with ours, makes of a document.
enum Reference {
    enum Verdict: Equatable {
        case invalid
        case otherShape
        case records([[Held]])
    }

    static func read(_ document: [UInt8]) -> Verdict {
        // Foundation repairs broken UTF-8 in places; RFC 8259 §8.1 does not.
        guard String(validating: document, as: UTF8.self) != nil else { return .invalid }
        let data = Data(withoutLoneSurrogates(document))
        guard let value = try? JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed) else {
            return .invalid
        }
        guard let object = value as? [String: Any], let items = object["Items"] as? [Any] else { return .otherShape }
        var records: [[Held]] = []
        for item in items {
            guard let record = item as? [String: Any] else { return .otherShape }
            records.append(slots(of: record))
        }
        return .records(records)
    }

    private static func slots(of record: [String: Any]) -> [Held] {
        let ids = record["Ids"] as? [String: Any] ?? [:]
        let files = record["Files"] as? [Any] ?? []
        let file = files.first as? [String: Any] ?? [:]
        let stream = (file["Streams"] as? [Any])?.first as? [String: Any] ?? [:]
        return [
            held(record["Id"]), held(record["Name"]), held(record["Year"]), held(ids["Tmdb"]),
            held(ids["Shoko Series"]), held(file["Path"]), held(stream["Width"]), .count(Int64(files.count)),
        ]
    }

    private static func held(_ value: Any?) -> Held {
        switch value {
        case nil: .absent
        case is NSNull: .null
        case is [String: Any]: .object
        case is [Any]: .array
        case let text as String: .string(text.replacing("\0", with: "\u{FFFD}"))
        case let number as NSNumber: .number(rounded(number.doubleValue))
        default: .string("?")
        }
    }

    /// Our reading in the same terms: Foundation keeps neither the digits of a number nor whether 1 was true.
    static func comparable(_ records: [[Held]]) -> [[Held]] {
        records.map { record in
            record.map { held in
                switch held {
                case .number(let digits): .number(rounded(Double(digits) ?? .nan))
                case .bool(let flag): .number(rounded(flag ? 1 : 0))
                default: held
                }
            }
        }
    }

    /// Foundation's reading of a number is a few last places off, and drops the sign of zero.
    private static func rounded(_ number: Double) -> String {
        "\(Float(number) + 0)"
    }

    /// Foundation refuses halves of surrogate pairs, we read them as U+FFFD: spells them so.
    private static func withoutLoneSurrogates(_ document: [UInt8]) -> [UInt8] {
        var result = document
        var at = 0
        while at + 1 < document.count {
            guard document[at] == UInt8(ascii: "\\") else {
                at += 1
                continue
            }
            guard let unit = unit(document, at) else {
                at += 2
                continue
            }
            let next = unit < 0xDC00 ? self.unit(document, at + 6) : nil
            if (0xD800..<0xDC00).contains(unit), let next, (0xDC00..<0xE000).contains(next) {
                at += 12
                continue
            }
            if (0xD800..<0xE000).contains(unit) { result.replaceSubrange(at + 2..<at + 6, with: "FFFD".utf8) }
            at += 6
        }
        return result
    }

    private static func unit(_ document: [UInt8], _ at: Int) -> UInt32? {
        guard at + 6 <= document.count, document[at] == UInt8(ascii: "\\"), document[at + 1] == UInt8(ascii: "u") else {
            return nil
        }
        let hex = document[(at + 2)..<(at + 6)]
        let isHex = hex.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
        return isHex ? UInt32(String(decoding: hex, as: UTF8.self), radix: 16) : nil
    }
}
