import Database
import Media

/// The WHERE part of a read of requests, put together from literals; values are always bound.
struct RequestFilter {
    private(set) var text: SQL = ""
    private(set) var values: [Value] = []

    /// Every request that a caller may know of.
    init(visibleTo visibility: Visibility) {
        switch visibility {
        case .all: break
        case .owner(let id): and("owner = " + placeholder(.text(Self.withoutNUL(id))))
        }
    }

    init(_ query: RequestQuery, backend: Backend) {
        self.init(visibleTo: query.visibility)
        if query.states.isEmpty {
            and("state <> 'deleted'")
        } else {
            var list: SQL = ""
            for (index, state) in query.states.enumerated() {
                list = list + (index == 0 ? "" : ", ") + placeholder(.text(state.rawValue))
            }
            and("state IN (" + list + ")")
        }
        if let type = query.mediaType { and("media_type = " + placeholder(.text(type.rawValue))) }
        if let origin = query.origin { and("origin = " + placeholder(.text(origin.rawValue))) }
        if let user = query.requestedBy { and("requested_by = " + placeholder(.text(Self.withoutNUL(user)))) }
        if let isAnime = query.isAnime { and(isAnime ? "is_anime = 1" : "(is_anime IS NULL OR is_anime = 0)") }
        switch query.attention {
        case .any: and("attention_code IS NOT NULL")
        case .code(let code): and("attention_code = " + placeholder(.text(code.rawValue)))
        case nil: break
        }
        if let search = query.search { add(search: TitleKey.fold(Self.withoutNUL(search)), backend: backend) }
    }

    mutating func placeholder(_ value: Value) -> SQL {
        values.append(value)
        return SQL.placeholder(values.count)
    }

    mutating func and(_ condition: SQL) {
        text = text + (text.text.isEmpty ? " WHERE " : " AND ") + condition
    }

    /// U+0000 is replaced at the border, as it is in titles (architecture.md §4): SQL text ends at it.
    static func withoutNUL(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 }))
    }

    /// Three letters or more use the trigram index; fewer match the beginning of the title.
    mutating func add(search: String, backend: Backend) {
        if search.unicodeScalars.count < 3 {
            and("title_key >= " + placeholder(.text(search)))
            and("title_key < " + placeholder(.text(search + "\u{10FFFF}")))
            return
        }
        switch backend {
        case .sqlite:
            let phrase = "\"" + Self.prefixing("\"", each: ["\""], in: search) + "\""
            and("id IN (SELECT rowid FROM requests_search WHERE title_key MATCH " + placeholder(.text(phrase)) + ")")
        case .postgresql:
            let escaped = Self.prefixing("\\", each: ["\\", "%", "_"], in: search)
            and("title_key LIKE " + placeholder(.text("%" + escaped + "%")))
        }
    }

    /// By scalars: a sign that carries a combining mark is still that sign to a database.
    private static func prefixing(_ mark: Unicode.Scalar, each signs: Set<Unicode.Scalar>, in text: String) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            if signs.contains(scalar) { result.unicodeScalars.append(mark) }
            result.unicodeScalars.append(scalar)
        }
    }

    mutating func add(cursor: RequestQuery.Cursor?, sort: RequestQuery.Sort) {
        guard let cursor else { return }
        let id = Value.integer(cursor.id)
        switch sort {
        case .updated, .created:
            let column: SQL = sort == .updated ? "updated_at" : "created_at"
            and(
                "(" + column + ", id) < (" + placeholder(.integer(Int64(cursor.key) ?? 0)) + ", " + placeholder(id)
                    + ")")
        case .title:
            and("(title_key, id) > (" + placeholder(.text(cursor.key)) + ", " + placeholder(id) + ")")
        case .state:
            and("(state, id) > (" + placeholder(.text(cursor.key)) + ", " + placeholder(id) + ")")
        }
    }
}
