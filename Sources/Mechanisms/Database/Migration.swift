/// One step of the schema.
///
/// A published step is never edited, moved, or removed, only followed by new ones: its text is stored beside the data and
/// compared at every start. Words that differ are tokens: `{id}`, `{int}`, `{text}`, `{blob}`, `{real}`, `{strict}`,
/// `{clustered}` (a table kept in the order of its primary key).
///
///     Migration("0001-requests", "CREATE TABLE requests (id {id}, title {text} NOT NULL) {strict}")
public struct Migration: Sendable, Hashable {
    /// The name it is known by for ever, such as `0001-requests`.
    public let id: String
    private let common: String
    private let sqlite: String
    private let postgresql: String

    /// - Parameters:
    ///   - id: the name.
    ///   - sql: statements for both backends, run first.
    ///   - sqlite: statements for SQLite only, such as triggers and FTS5 tables.
    ///   - postgresql: statements for PostgreSQL only.
    public init(_ id: String, _ sql: String, sqlite: String = "", postgresql: String = "") {
        self.id = id
        common = sql
        self.sqlite = sqlite
        self.postgresql = postgresql
    }

    /// What is stored and compared: the text before tokens are replaced.
    func source(for backend: Backend) -> String {
        let own = backend == .sqlite ? sqlite : postgresql
        return own.isEmpty ? common : common + ";\n" + own
    }

    /// What is run.
    func script(for backend: Backend) -> String {
        let words = backend == .sqlite ? Self.sqliteWords : Self.postgresqlWords
        var script = ""
        var rest = source(for: backend)[...]
        while let open = rest.firstIndex(of: "{") {
            script += rest[..<open]
            rest = rest[open...]
            guard let close = rest.firstIndex(of: "}"), let word = words[rest[...close].dropFirst().dropLast()] else {
                script.append(rest.removeFirst())
                continue
            }
            script += word
            rest = rest[rest.index(after: close)...]
        }
        return script + rest
    }

    private static let sqliteWords: [Substring: String] = [
        "id": "INTEGER PRIMARY KEY", "int": "INTEGER", "text": "TEXT", "blob": "BLOB", "real": "REAL",
        "strict": "STRICT", "clustered": "STRICT, WITHOUT ROWID",
    ]
    private static let postgresqlWords: [Substring: String] = [
        "id": "BIGINT PRIMARY KEY", "int": "BIGINT", "text": "TEXT COLLATE \"C\"", "blob": "BYTEA",
        "real": "DOUBLE PRECISION", "strict": "", "clustered": "",
    ]
}

/// What a call of `Database.migrate` did.
public struct MigrationReport: Sendable, Hashable {
    /// The ids applied by this call, in order.
    public let applied: [String]
    /// The number of migrations the database has now: its schema version.
    public let version: Int

    /// For tests and for reports put together by hand.
    public init(applied: [String], version: Int) {
        self.applied = applied
        self.version = version
    }
}
