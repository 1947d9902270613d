/// The text of a statement, made of literals only, so that text from outside can never become SQL.
///
/// The same text must run on both backends (architecture.md §4). Placeholders are `$1…$n`, first used in ascending order.
///
///     let byState: SQL = "SELECT id FROM requests WHERE state = $1" + " ORDER BY id"
public struct SQL: ExpressibleByStringLiteral, Sendable {
    /// A literal is kept as such: its address identifies the prepared statement without hashing the text.
    enum Text: Sendable {
        case literal(StaticString)
        case joined(String)

        var string: String {
            switch self {
            case .literal(let text): text.description
            case .joined(let text): text
            }
        }
    }

    private let sqlite: Text
    private let postgresql: Text

    /// The same text for both backends.
    public init(stringLiteral value: StaticString) {
        sqlite = .literal(value)
        postgresql = .literal(value)
    }

    /// Text that this module composed from static parts and quoted identifiers.
    init(composed text: String) {
        sqlite = .joined(text)
        postgresql = .joined(text)
    }

    private init(sqlite: Text, postgresql: Text) {
        self.sqlite = sqlite
        self.postgresql = postgresql
    }

    /// A statement that must differ: only for the six points of the seam.
    public static func perBackend(sqlite: SQL, postgresql: SQL) -> SQL {
        SQL(sqlite: sqlite.sqlite, postgresql: postgresql.postgresql)
    }

    /// One text after the other.
    public static func + (first: SQL, second: SQL) -> SQL {
        SQL(
            sqlite: .joined(first.sqlite.string + second.sqlite.string),
            postgresql: .joined(first.postgresql.string + second.postgresql.string))
    }

    /// The text for SQLite, which is also PostgreSQL's unless `perBackend` made it.
    public var text: String { sqlite.string }

    func text(for backend: Backend) -> Text {
        switch backend {
        case .sqlite: sqlite
        case .postgresql: postgresql
        }
    }

    /// An identifier as both backends read it: in double quotes, doubled inside.
    static func quoted(_ identifier: String) -> String {
        "\"" + identifier.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
