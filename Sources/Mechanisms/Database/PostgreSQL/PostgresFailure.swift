import CPostgreSQL

/// Turns failures of libpq and of the server into errors people can act on.
///
/// SQLSTATEs: <https://www.postgresql.org/docs/15/errcodes-appendix.html>. Only the primary message is used: DETAIL
/// quotes values, and so do the primary messages of class 22, of which only the code is told.
enum PostgresFailure {
    /// A statement failed; `result` is what the server said of it.
    static func error(_ handle: OpaquePointer, _ result: OpaquePointer?, sql: String?) -> DatabaseError {
        guard let result = unsafe result, let state = unsafe text(cpostgresql_sqlstate(result)) else {
            return unsafe lost(handle, sql: sql)
        }
        if unsafe PQstatus(handle) == CONNECTION_BAD { return unsafe lost(handle, sql: sql) }
        let message = unsafe text(cpostgresql_message(result)) ?? "no message"
        let table = unsafe text(cpostgresql_table(result))
        let constraint = unsafe text(cpostgresql_constraint(result)) ?? text(cpostgresql_column(result))
        let (reason, explanation) = explain(state, message, table: table, constraint: constraint)
        return DatabaseError(reason, explanation, code: "SQLSTATE \(state)", sql: sql)
    }

    /// The connection is gone, or libpq itself refuses.
    static func lost(_ handle: OpaquePointer, sql: String?) -> DatabaseError {
        guard unsafe PQstatus(handle) == CONNECTION_BAD else {
            return DatabaseError(
                .statement, "PostgreSQL did not understand the client: \(unsafe said(handle)).", sql: sql)
        }
        return DatabaseError(
            .connectionLost,
            "The connection to PostgreSQL was lost; the transaction was not kept, unless it was being committed."
                + " The next one connects again.", sql: sql)
    }

    /// The server could not be reached, or did not let us in.
    static func connecting(_ handle: OpaquePointer, to location: DatabaseLocation) -> DatabaseError {
        DatabaseError(
            .cannotOpen,
            "PostgreSQL at \(location) gave no connection: \(unsafe said(handle))."
                + " Check that the server runs, the name of the database, the user, and the password.")
    }

    /// The client library's own words, on one line and without the password.
    private static func said(_ handle: OpaquePointer) -> String {
        var words = unsafe (text(PQerrorMessage(handle)) ?? "no reason given")
            .split(whereSeparator: \.isNewline).joined(separator: " ")
        if let password = unsafe text(PQpass(handle)), !password.isEmpty {
            words = words.split(separator: password, omittingEmptySubsequences: false).joined(separator: "‹redacted›")
        }
        return words
    }

    private static func explain(
        _ state: String, _ message: String, table: String?, constraint: String?
    ) -> (DatabaseError.Reason, String) {
        switch state {
        case "53100": (.full, "No space left for PostgreSQL: nothing of this transaction was kept. Free some there.")
        case "57P01", "57P02", "57P03":
            (
                .connectionLost,
                "PostgreSQL is shutting down or starting: \(message). The next transaction connects again."
            )
        case "40001", "40P01", "55P03": (.busy, "Another transaction was in the way: \(message). Try again.")
        case "25006": (.readOnly, "The database can only be read: \(message).")
        case "XX001", "XX002": (.corrupted, "The database is damaged (\(message)): restore a backup.")
        case "0A000": (.statement, "A statement failed, perhaps because the schema has changed: \(message).")
        default:
            switch state.prefix(2) {
            case "08": (.connectionLost, "The connection to PostgreSQL was lost: \(message).")
            case "23": (.constraint(broken(state, table, constraint)), "A rule of the schema was broken: \(message).")
            case "22": (.invalidValue, "A value does not fit its column\(place(table, constraint)).")
            case "54": (.invalidValue, "A value is too large: \(message).")
            case "53": (.busy, "PostgreSQL has no room for this now: \(message). Try again later.")
            default: (.statement, "A statement failed: \(message).")
            }
        }
    }

    private static func broken(_ state: String, _ table: String?, _ name: String?) -> DatabaseError.Constraint {
        let kind: DatabaseError.Constraint.Kind =
            switch state {
            case "23505": .unique
            case "23502": .notNull
            case "23514": .check
            case "23503": .foreignKey
            default: .other
            }
        return .init(kind: kind, table: table, name: name)
    }

    private static func place(_ table: String?, _ column: String?) -> String {
        guard let table else { return "" }
        return " (\(table)\(column.map { ".\($0)" } ?? ""))"
    }

    private static func text(_ characters: UnsafePointer<CChar>?) -> String? {
        unsafe characters.map { unsafe String(cString: $0) }
    }
}
