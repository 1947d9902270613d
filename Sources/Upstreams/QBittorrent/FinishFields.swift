import JSONStream
import Media

/// The fields of a finish call by their keys in lower case without underscores, from JSON or a form.
struct FinishFields {
    private var values: [String: String] = [:]

    init(_ body: [UInt8]) throws(UnreadableHook) {
        do {
            let document = try JSONTree(body).root
            if document.kind == .array { return }
            if document.kind == .object {
                for member in document.members { values[Self.folded(member.key)] = Self.word(member.value) }
                return
            }
        } catch {
            readForm(body)
            if downloadIDs.isEmpty { throw UnreadableHook("the body is neither JSON nor a form with a hash: \(error)") }
            return
        }
        throw UnreadableHook("the body is JSON, but not an object")
    }

    /// A string that is not blank, or a number as written.
    private static func word(_ value: JSONNode) -> String? {
        value.kind == .bool ? nil : value.scalar.flatMap { $0.isEmpty ? nil : $0 }
    }

    subscript(key: String) -> String? { values[key] }

    /// The id the *arr know it by first: `%K`, else the v2 hash of a hybrid torrent, else the v1 hash.
    var downloadIDs: [String] {
        var ids: [String] = []
        for key in ["id", "torrentid", "hash", "infohash", "hashv2", "infohashv2", "v2", "hashv1", "infohashv1", "v1"] {
            guard let id = values[key].flatMap(Self.downloadID), !ids.contains(id) else { continue }
            ids.append(id)
        }
        return ids
    }

    /// 40 digits, or the first 40 of a v2 hash's 64; in lower case.
    private static func downloadID(_ text: String) -> String? {
        let bytes = text.utf8.map(ASCII.lowercased)
        guard bytes.count == 40 || bytes.count == 64, bytes.allSatisfy({ ASCII.hexValue($0) != nil }) else {
            return nil
        }
        return String(decoding: bytes.prefix(40), as: UTF8.self)
    }

    private mutating func readForm(_ body: [UInt8]) {
        for field in body.split(separator: UInt8(ascii: "&")) {
            let parts = field.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            values[Self.folded(Self.decoded(parts[0]))] = Self.decoded(parts[1])
        }
    }

    private static func folded(_ key: String) -> String { key.lowercased().filter { $0 != "_" } }

    /// Resolves `+` and `%41`.
    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
        var text: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let high = rest.first.flatMap(ASCII.hexValue),
                let low = rest.dropFirst().first.flatMap(ASCII.hexValue)
            {
                text.append(high << 4 | low)
                rest = rest.dropFirst(2)
            } else {
                text.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        while let last = text.last, last <= UInt8(ascii: " ") { text.removeLast() }
        return String(decoding: text, as: UTF8.self)
    }
}
