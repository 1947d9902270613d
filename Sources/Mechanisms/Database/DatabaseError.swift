/// A failure of the database: what, where, why, and what to do.
///
/// Safe to log: holds no bound values and no passwords.
public struct DatabaseError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Which failure it is, for the code that handles it.
    public enum Reason: Sendable, Hashable {
        case cannotOpen
        /// The file is something else, or its first page is destroyed.
        case notADatabase
        /// Pages of the database are damaged.
        case corrupted
        /// Written by a newer version: `found` are the ids it has applied, `known` is how many this version has.
        case newerSchema(found: [String], known: Int)
        /// A migration that was applied here reads differently in this version, or stands before an applied one.
        case editedAfterRelease(id: String)
        /// No space left.
        case full
        case readOnly
        /// Somebody else held the lock for too long, or the writer's queue is full.
        case busy
        case constraint(Constraint)
        /// The server went away. A commit that was under way may or may not have happened.
        case connectionLost
        /// `close()` was called.
        case closed
        /// A value that this column or backend cannot hold.
        case invalidValue
        /// The calling code broke a rule of this interface.
        case misuse
        /// Any other failure of a statement.
        case statement
    }

    /// A rule of the schema that a statement broke.
    public struct Constraint: Sendable, Hashable {
        /// The kinds both backends tell apart.
        public enum Kind: String, Sendable, Hashable { case unique, notNull, check, foreignKey, other }
        /// Which kind of rule.
        public let kind: Kind
        /// The table, when the backend names it.
        public let table: String?
        /// The constraint's name (PostgreSQL, CHECK) or its columns (SQLite), when known.
        public let name: String?
    }

    /// Which failure it is.
    public let reason: Reason
    /// A sentence for people.
    public let message: String
    /// The backend's own code: an extended result code of SQLite or an SQLSTATE.
    public let code: String?
    /// The statement, without values.
    public let sql: String?

    init(_ reason: Reason, _ message: String, code: String? = nil, sql: String? = nil) {
        self.reason = reason
        self.message = message
        self.code = code
        self.sql = sql
    }

    /// True when the same call may succeed later.
    public var isTransient: Bool {
        switch reason {
        case .busy, .connectionLost: true
        default: false
        }
    }

    /// True when a unique key was already taken.
    public var isDuplicate: Bool {
        guard case .constraint(let constraint) = reason else { return false }
        return constraint.kind == .unique
    }

    public var description: String {
        message + (code.map { " [\($0)]" } ?? "") + (sql.map { " in: \($0.prefix(500))" } ?? "")
    }

    static let closed = DatabaseError(.closed, "The database is closed: Marquee is shutting down.")
}
