/// Small facts by name that go with an observation: what the timeline and the pages show of it.
///
/// Held as a short list, because there are few and they are compared, merged and stored far more often than looked up.
public struct Details: Sendable, Hashable {
    public enum Key: String, Sendable, Hashable, CaseIterable, Comparable {
        /// A medium's title without its year; a user's name for user facts is `name`.
        case title, year, overview, poster, name
        /// Seerr: who asked, the Jellyfin user id of the owner, season numbers by comma, `hd` or `4k`, request creation
        /// in milliseconds.
        case requester, owner, seasons, variant, created
        /// A download: lower-case id, release title, quality, indexer, bytes, group, client.
        case download, release, quality, indexer, size, group, client
        /// A file: its path as the service names it, `1` for an upgrade, its id.
        case path, upgrade, file
        /// `1` or `0`: evidence for or against anime.
        case anime
        /// The upstream's own words, and the word of a reason such as `upgrade` or `manual`.
        case message, reason
        /// Jellyfin's item and series, and `1` where the match is uncertain.
        case item, series, uncertain
        /// How many cross references a match has; attempts of a failed one; `1` while AniDB bans Shoko.
        case references, attempts, banned
        /// An override's stage; a retry's action; a level fact's value or time in milliseconds.
        case state, action, value
        /// Since when a level fact holds, in milliseconds.
        case since

        public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
    }

    /// In the order of the keys; no empty values.
    private var pairs: [(key: Key, value: String)] = []

    public init() {}

    public init(_ values: [Key: String?]) {
        for (key, value) in values { self[key] = value }
    }

    public var isEmpty: Bool { pairs.isEmpty }

    public subscript(key: Key) -> String? {
        get { pairs.first { $0.key == key }?.value }
        set {
            let value = newValue.flatMap { $0.isEmpty ? nil : $0 }
            if let index = pairs.firstIndex(where: { $0.key >= key }) {
                if pairs[index].key == key {
                    if let value { pairs[index].value = value } else { pairs.remove(at: index) }
                } else if let value {
                    pairs.insert((key, value), at: index)
                }
            } else if let value {
                pairs.append((key, value))
            }
        }
    }

    public func integer(_ key: Key) -> Int64? { self[key].flatMap { Int64($0) } }
    public func flag(_ key: Key) -> Bool { self[key] == "1" }

    /// Takes what the other telling of the same fact says more; of two values the smaller text, so that the order of
    /// arrival does not matter.
    public mutating func merge(_ other: Details) {
        for (key, value) in other.pairs {
            guard let held = self[key] else {
                self[key] = value
                continue
            }
            if value < held { self[key] = value }
        }
    }

    public static func == (a: Self, b: Self) -> Bool {
        a.pairs.count == b.pairs.count && zip(a.pairs, b.pairs).allSatisfy { $0 == $1 }
    }

    public func hash(into hasher: inout Hasher) {
        for (key, value) in pairs {
            hasher.combine(key)
            hasher.combine(value)
        }
    }
}

extension Details {
    /// U+001F, the unit separator: between parts, and in no value.
    private static let separator: UInt8 = 0x1f
    private static let keysByName = Dictionary(uniqueKeysWithValues: Key.allCases.map { ($0.rawValue, $0) })

    /// The stored form: `key=value` parts between unit separators, which values cannot hold.
    public var packed: String? {
        if pairs.isEmpty { return nil }
        var text = ""
        for (key, value) in pairs {
            if !text.isEmpty { text += "\u{1f}" }
            text += key.rawValue
            text += "="
            if value.utf8.contains(Self.separator) {
                text.unicodeScalars.append(contentsOf: value.unicodeScalars.filter { $0 != "\u{1f}" })
            } else {
                text += value
            }
        }
        return text
    }

    /// Reads the stored form; keys of a later version are left out.
    public init(packed text: String) {
        for part in text.utf8.split(separator: Self.separator) {
            guard let equals = part.firstIndex(of: UInt8(ascii: "=")),
                let key = Self.keysByName[String(Substring(part[..<equals]))]
            else { continue }
            pairs.append((key, String(Substring(part[part.index(after: equals)...]))))
        }
        // Stored in order, unless an earlier version had another one.
        let isSorted = zip(pairs, pairs.dropFirst()).allSatisfy { $0.key < $1.key }
        if !isSorted { pairs.sort { $0.key < $1.key } }
    }
}
