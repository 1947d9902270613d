import CSQLite

/// Turns SQLite's result codes into errors people can act on.
///
/// Codes: <https://www.sqlite.org/rescode.html>. SQLite's messages name tables and columns, never values, but for those of
/// FTS5, which quote the search text.
enum SQLiteFailure {
    /// The last failure of a connection.
    static func error(_ handle: OpaquePointer, sql: String?) -> DatabaseError {
        let code = unsafe sqlite3_extended_errcode(handle)
        return error(code, unsafe String(cString: sqlite3_errmsg(handle)), sql: sql)
    }

    static func error(_ code: Int32, _ text: String, sql: String?) -> DatabaseError {
        let (reason, message) = explanation(code, withoutSearchText(text))
        return DatabaseError(reason, message, code: "SQLite \(code)", sql: sql)
    }

    private static func explanation(_ code: Int32, _ text: String) -> (DatabaseError.Reason, String) {
        switch code & 0xff {
        case SQLITE_BUSY, SQLITE_LOCKED:
            (
                .busy,
                "Another process held the database for more than 5 seconds: is another one writing to the same file?"
            )
        case SQLITE_FULL:
            (.full, "No space left for the database: nothing of this transaction was kept. Free some and try again.")
        case SQLITE_CORRUPT:
            (.corrupted, "The database is damaged (\(text)): restore a backup.")
        case SQLITE_NOTADB:
            (
                .notADatabase,
                "The file is not a database or its start is damaged: restore a backup or name another file."
            )
        case SQLITE_READONLY, SQLITE_PERM:
            (.readOnly, "The database can only be read (\(text)): check the owner and mode of the file and its folder.")
        case SQLITE_CANTOPEN:
            (
                .cannotOpen,
                "The file or its -wal and -shm beside it cannot be opened: check owner and mode of the folder."
            )
        case SQLITE_CONSTRAINT where code == SQLITE_CONSTRAINT_DATATYPE:
            (.invalidValue, "A value does not fit its column: \(text).")
        case SQLITE_CONSTRAINT:
            (.constraint(constraint(code, text)), "A rule of the schema was broken: \(text).")
        case SQLITE_MISMATCH, SQLITE_TOOBIG:
            (.invalidValue, "A value does not fit its column or is too large: \(text).")
        case SQLITE_IOERR:
            (.statement, "The disk reported an error (\(text)): check it; the last transaction was not kept.")
        default: (.statement, "A statement failed: \(text).")
        }
    }

    /// Reads `UNIQUE constraint failed: requests.kind, requests.value` and the like.
    private static func constraint(_ code: Int32, _ text: String) -> DatabaseError.Constraint {
        let kind: DatabaseError.Constraint.Kind =
            switch code {
            case sqliteUnique, sqlitePrimaryKey, sqliteRowID: .unique
            case sqliteNotNull: .notNull
            case sqliteCheck: .check
            case sqliteForeignKey: .foreignKey
            default: .other
            }
        guard let colon = text.firstRange(of: "failed: ") else { return .init(kind: kind, table: nil, name: nil) }
        let name = text[colon.upperBound...]
        let table = kind == .check ? nil : name.firstIndex(of: ".").map { String(name[..<$0]) }
        return .init(kind: kind, table: table, name: String(name))
    }

    private static let sqliteUnique = SQLITE_CONSTRAINT | (8 << 8)
    private static let sqlitePrimaryKey = SQLITE_CONSTRAINT | (6 << 8)
    private static let sqliteRowID = SQLITE_CONSTRAINT | (10 << 8)
    private static let sqliteNotNull = SQLITE_CONSTRAINT | (5 << 8)
    private static let sqliteCheck = SQLITE_CONSTRAINT | (1 << 8)
    private static let sqliteForeignKey = SQLITE_CONSTRAINT | (3 << 8)
    /// The extended codes are macros of an expression, which Swift does not see.
    private static let SQLITE_CONSTRAINT_DATATYPE = SQLITE_CONSTRAINT | (12 << 8)

    private static func withoutSearchText(_ text: String) -> String {
        text.hasPrefix("fts5:") ? "the search text is not understood" : text
    }
}
