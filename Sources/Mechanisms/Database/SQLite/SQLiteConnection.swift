import CSQLite

/// One connection to a SQLite file, used by one thread.
@safe
final class SQLiteConnection: Connection {
    /// What a connection is opened for.
    enum Mode: Equatable {
        case live(Access)
        /// A file that is open elsewhere: to copy it or to make a checkpoint.
        case maintenance
        /// A file that nobody writes to and that must stay as it is, byte for byte.
        case copy
    }

    // proof: `handle` is open from the end of `init` to `deinit`, and this object, its only owner, stays on one thread.
    let handle: OpaquePointer
    private let mode: Mode
    private var statements = StatementCache<SQLiteStatement>()

    init(path: String, _ mode: Mode) throws(DatabaseError) {
        self.mode = mode
        unsafe handle = try SQLiteOpening.open(path, mode)
    }

    deinit {
        statements.removeAll()
        unsafe sqlite3_close_v2(handle)
    }

    var isUsable: Bool { true }

    var inTransaction: Bool { unsafe sqlite3_get_autocommit(handle) == 0 }

    func begin(_ access: Access) throws(DatabaseError) {
        switch access {
        case .read: _ = try execute("BEGIN", [])
        case .write: _ = try execute("BEGIN IMMEDIATE", [])
        }
    }

    func commit() throws(DatabaseError) { _ = try execute("COMMIT", []) }

    func rollback() {
        guard inTransaction else { return }
        _ = try? execute("ROLLBACK", [])
    }

    func savepoint(_ step: SavepointStep) throws(DatabaseError) {
        switch step {
        case .begin: _ = try execute("SAVEPOINT body", [])
        case .keep: _ = try execute("RELEASE body", [])
        case .undo:
            _ = try execute("ROLLBACK TO body", [])
            _ = try execute("RELEASE body", [])
        }
    }

    func execute(_ sql: SQL, _ values: [Value]) throws(DatabaseError) -> Int {
        let before = unsafe sqlite3_total_changes64(handle)
        let statement = try prepared(sql)
        defer { statement.reset() }
        try statement.bind(values)
        while try statement.step() {}
        // After anything but INSERT, UPDATE, and DELETE, the count is that of an earlier statement.
        return unsafe sqlite3_total_changes64(handle) == before ? 0 : Int(sqlite3_changes64(handle))
    }

    func query(_ sql: SQL, _ values: [Value], _ each: (borrowing Row) throws -> Bool) throws {
        let statement = try prepared(sql)
        defer { statement.reset() }
        try statement.bind(values)
        while try statement.step() {
            guard try each(Row(.sqlite(statement.row))) else { return }
        }
    }

    func run(script: String) throws(DatabaseError) {
        let code = unsafe sqlite3_exec(handle, script, nil, nil, nil)
        guard code == SQLITE_OK else { throw unsafe SQLiteFailure.error(handle, sql: script) }
    }

    /// In process, notices are delivered after the commit by the writer.
    func notify(_ payload: String) {}

    /// Only a matter of speed, so a failure is none.
    func expect(_ size: WriteSize) { try? run(script: SQLiteOpening.cacheSetting(for: size)) }

    func forgetStatements() { statements.removeAll() }

    func prepareToClose() {
        // Leaves one file behind; when a reader is in the way, the next start does it.
        if mode == .live(.write) { try? checkpoint() }
    }

    func checkpoint() throws(DatabaseError) {
        let code = unsafe sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
        guard code == SQLITE_OK else { throw unsafe SQLiteFailure.error(handle, sql: nil) }
    }

    func prepared(_ sql: SQL) throws(DatabaseError) -> SQLiteStatement {
        try statements.statement(
            sql.text(for: .sqlite),
            prepare: { text throws(DatabaseError) in try SQLiteStatement(text, on: self) })
    }
}
