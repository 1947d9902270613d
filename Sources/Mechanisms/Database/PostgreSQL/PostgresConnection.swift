import CPostgreSQL

/// One connection to a PostgreSQL server, used by one thread.
@safe
final class PostgresConnection: Connection {
    // proof: `handle` is open from the end of `init` to `deinit`, and this object, its only owner, stays on one thread.
    let handle: OpaquePointer
    private var statements = StatementCache<PostgresStatement>()
    private var statementsPrepared = 0
    /// The types of the columns that bulk inserts go to, by table and columns.
    var columnTypes: [String: [UInt32]] = [:]

    init(url: String) throws(DatabaseError) {
        unsafe handle = try PostgresOpening.open(url)
    }

    deinit { unsafe PQfinish(handle) }

    var isUsable: Bool { unsafe PQstatus(handle) == CONNECTION_OK }

    var inTransaction: Bool {
        switch unsafe PQtransactionStatus(handle) {
        case PQTRANS_INTRANS, PQTRANS_INERROR, PQTRANS_ACTIVE: true
        default: false
        }
    }

    /// The advisory lock that makes writers of all replicas take turns, so that each sees what the one before it wrote.
    private static let beginWrite = """
        BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SELECT pg_advisory_xact_lock(\(AdvisoryLock.writer))
        """

    func begin(_ access: Access) throws(DatabaseError) {
        switch access {
        case .read: try control("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        case .write: try control(Self.beginWrite)
        }
    }

    func commit() throws(DatabaseError) {
        // The server answers COMMIT of a failed transaction with ROLLBACK and no error.
        guard unsafe PQtransactionStatus(handle) == PQTRANS_INTRANS else {
            throw unsafe isUsable
                ? DatabaseError(.statement, "The transaction had failed before it was committed.")
                : PostgresFailure.lost(handle, sql: "COMMIT")
        }
        try control("COMMIT")
    }

    func rollback() {
        guard inTransaction else { return }
        try? control("ROLLBACK")
    }

    func savepoint(_ step: SavepointStep) throws(DatabaseError) {
        switch step {
        case .begin: try control("SAVEPOINT body")
        case .keep: try control("RELEASE SAVEPOINT body")
        case .undo: try control("ROLLBACK TO SAVEPOINT body; RELEASE SAVEPOINT body")
        }
    }

    func run(script: String) throws(DatabaseError) { try control(script) }

    func notify(_ payload: String) throws(DatabaseError) {
        _ = try execute(SQL(composed: "SELECT pg_notify('\(AdvisoryLock.channel)', $1)"), [.text(payload)])
    }

    /// The server's memory is the server's own affair.
    func expect(_ size: WriteSize) {}

    func forgetStatements() {
        statements.removeAll()
        columnTypes.removeAll()
        try? control("DEALLOCATE ALL; DISCARD TEMP")
    }

    func prepareToClose() {}

    /// Runs statements without values whose answer does not matter.
    func control(_ sql: String) throws(DatabaseError) {
        let result = unsafe PostgresResult(PQexec(handle, sql))
        switch result.status {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: break
        default: throw unsafe PostgresFailure.error(handle, result.handle, sql: sql)
        }
    }

    /// The prepared statement of `sql`.
    func prepared(_ sql: SQL) throws(DatabaseError) -> PostgresStatement {
        try statements.statement(
            sql.text(for: .postgresql),
            prepare: { text throws(DatabaseError) in
                statementsPrepared += 1
                return try PostgresStatement(text, name: "s\(statementsPrepared)", on: self)
            },
            evict: { try? control("DEALLOCATE \($0.name)") })
    }

    /// After a failure the statement may be the reason: its plan can be out of date.
    func forget(_ sql: SQL) { _ = statements.remove(sql.text(for: .postgresql)) }
}
