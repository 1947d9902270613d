/// Tables whose names are known at run time only: backup, restore, and checks.
///
/// Names are quoted, never trusted.
extension Reader {
    /// The names of all tables of this database, sorted; without those that belong to SQLite or to a search index.
    public func tables() throws -> [String] {
        try rows(
            .perBackend(
                sqlite: """
                    SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' \
                    AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name
                    """,
                postgresql: """
                    SELECT CAST(tablename AS TEXT) COLLATE "C" FROM pg_tables \
                    WHERE schemaname = current_schema() ORDER BY 1
                    """)
        ) { $0.text(0) }
    }

    /// How many rows a table has, counted one by one.
    public func rowCount(of table: String) throws -> Int64 {
        let count = SQL(composed: "SELECT count(*) FROM \(SQL.quoted(table))")
        return try first(count) { $0.integer(0) } ?? 0
    }
}

extension Transaction {
    /// Removes all rows of the tables: the start of a restore.
    public func empty(_ tables: [String]) throws {
        guard !tables.isEmpty else { return }
        let names = tables.map(SQL.quoted)
        let statements =
            switch backend {
            case .sqlite: names.map { SQL(composed: "DELETE FROM \($0)") }
            case .postgresql: [SQL(composed: "TRUNCATE \(names.joined(separator: ", "))")]
            }
        for statement in statements { try execute(statement) }
    }

    /// Runs several statements without values: the text of a migration.
    func run(script: String) throws {
        try statement {
            try connection.run(script: script)
            connection.forgetStatements()
        }
    }
}

/// Whole tables as PostgreSQL's own COPY text: backup and restore of a server's database.
extension Reader {
    /// Hands over all rows of a table in COPY text format, in pieces of about 64 KiB that end with a whole row.
    ///
    /// - Throws: `DatabaseError`, `.misuse` on SQLite, or what `each` throws.
    public func copyOut(table: String, _ each: ([UInt8]) throws -> Void) throws {
        try statement {
            try postgresql().copyOut("COPY \(SQL.quoted(table)) TO STDOUT", each)
        }
    }

    fileprivate func postgresql() throws(DatabaseError) -> PostgresConnection {
        guard let connection = connection as? PostgresConnection else {
            throw DatabaseError(.misuse, "SQLite has no COPY: use vacuumInto.")
        }
        return connection
    }
}

extension Transaction {
    /// Inserts rows in COPY text format, as `copyOut` gave them, until `next` gives nil.
    ///
    /// - Returns: how many rows were inserted.
    /// - Throws: `DatabaseError`, `.misuse` on SQLite, or what `next` throws.
    @discardableResult
    public func copyIn(table: String, _ next: () throws -> [UInt8]?) throws -> Int {
        try statement {
            try unsafe postgresql().copyIn("COPY \(SQL.quoted(table)) FROM STDIN") { send in
                while let chunk = try next() { try unsafe chunk.withUnsafeBytes { try unsafe send($0) } }
            }
        }
    }
}
