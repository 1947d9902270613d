/// Statements that look: what the body of `Database.read` receives.
///
/// All of them see one state of the database. Valid only inside the body. One statement at a time: inside `each` and
/// `map` no other statement may run (`.misuse`), because PostgreSQL streams the rows over the same connection.
/// After a statement has failed, no further one runs, on both backends alike.
public class Reader {
    let connection: any Connection
    private var isBusy = false
    private var hasEnded = false
    /// The first failure of a statement: such a transaction is never kept, even when the body swallows the error.
    private(set) var failure: DatabaseError?

    /// Which backend answers, for the few statements that must differ.
    public let backend: Backend

    init(_ connection: any Connection, _ backend: Backend) {
        self.connection = connection
        self.backend = backend
    }

    /// Runs a statement and hands over its rows one by one, in constant memory.
    ///
    /// - Throws: `DatabaseError`, or what `each` throws, which ends the statement.
    public func query(_ sql: SQL, _ values: [Value] = [], _ each: (borrowing Row) throws -> Void) throws {
        try statement {
            try connection.query(sql, values) { row in
                try each(row)
                return true
            }
        }
    }

    /// All rows, mapped.
    public func rows<T>(_ sql: SQL, _ values: [Value] = [], _ map: (borrowing Row) throws -> T) throws -> [T] {
        var found: [T] = []
        try query(sql, values) { found.append(try map($0)) }
        return found
    }

    /// The first row, mapped; nil when there is none.
    ///
    /// Give the statement a LIMIT: PostgreSQL sends all rows in any case.
    public func first<T>(_ sql: SQL, _ values: [Value] = [], _ map: (borrowing Row) throws -> T) throws -> T? {
        var found: T?
        try statement {
            try connection.query(sql, values) { row in
                found = try map(row)
                return false
            }
        }
        return found
    }

    /// The body has returned: whoever kept this object gets errors from it.
    func end() { hasEnded = true }

    /// Runs one statement under the rules above.
    func statement<Result>(_ work: () throws -> Result) throws -> Result {
        try enter()
        do {
            let result = try work()
            leave(nil)
            return result
        } catch {
            leave(error)
            throw error
        }
    }

    /// A statement begins; every call is followed by one of `leave`.
    func enter() throws(DatabaseError) {
        guard !hasEnded else {
            throw DatabaseError(.misuse, "A transaction was used after its body had returned.")
        }
        guard !isBusy else {
            throw DatabaseError(
                .misuse, "A statement was started while the rows of another are read: collect the rows first.")
        }
        if let failure { throw failure }
        isBusy = true
    }

    /// A statement ended, perhaps with an error.
    func leave(_ error: (any Error)?) {
        isBusy = false
        if let error = error as? DatabaseError { failure = error }
    }
}
