import JSONStream
import Media

/// An object's members by key in lower case without underscores: `tmdbId`, `tmdb_id` and `tmdbid` are one.
struct TemplateSection {
    private let members: [(key: String, value: JSONNode)]

    init(_ node: JSONNode) {
        members = node.members.map { (Self.folded($0.key), $0.value) }
    }

    /// Of several members with one key the last; nil when there is none.
    subscript(key: String) -> JSONNode? { members.last { $0.key == key }?.value }

    private static func folded(_ key: String) -> String {
        String(decoding: key.utf8.lazy.filter { $0 != UInt8(ascii: "_") }.map(ASCII.lowercased), as: UTF8.self)
    }
}
