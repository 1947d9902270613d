/// Statements that change: what the body of `Database.write` receives.
///
/// Everything or nothing of a body is kept. The rules of `Reader` hold.
public final class Transaction: Reader {
    private let life: WriterLife
    /// Payloads to deliver in this process after the commit (SQLite).
    private(set) var notices: [String] = []

    init(_ connection: any Connection, _ backend: Backend, _ life: WriterLife) {
        self.life = life
        super.init(connection, backend)
    }

    /// Runs a statement that answers no rows.
    ///
    /// - Returns: how many rows it inserted, updated, or deleted; 0 for others.
    @discardableResult
    public func execute(_ sql: SQL, _ values: [Value] = []) throws -> Int {
        try statement { try connection.execute(sql, values) }
    }

    /// Inserts many rows at once, in order.
    ///
    /// With `.ignore`, a row whose unique key is taken is left out; within `rows` the first one wins.
    /// - Returns: how many rows were inserted.
    @discardableResult
    public func insert(_ rows: borrowing BulkRows) throws -> Int {
        guard rows.count > 0 else { return 0 }
        // Not `statement { … }`: a closure cannot capture what is only borrowed.
        try enter()
        do throws(DatabaseError) {
            let inserted = try connection.insert(rows)
            leave(nil)
            return inserted
        } catch {
            leave(error)
            throw error
        }
    }

    /// Sends a notice to all who listen, in any process, if and when this transaction commits.
    ///
    /// Equal payloads of one commit may arrive once.
    /// - Throws: `.invalidValue` when the payload is empty or over 7,999 bytes, which PostgreSQL cannot send.
    public func notify(_ payload: String) throws {
        try statement {
            guard !payload.isEmpty, payload.utf8.count < 8000, !payload.utf8.contains(0) else {
                throw DatabaseError(
                    .invalidValue, "A notice holds 1 to 7999 bytes and no U+0000: send an id instead of the data.")
            }
            try connection.notify(payload)
            notices.append(payload)
        }
    }

    /// Says that a long body is alive: call it every 500 rows.
    ///
    /// - Throws: `.closed` when the database is closing, so that the body ends and is rolled back.
    public func beat() throws {
        guard life.beat() else { throw DatabaseError.closed }
    }
}
