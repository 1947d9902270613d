import CPostgreSQL

/// A prepared statement of one connection.
final class PostgresStatement: CachedStatement {
    let name: String
    let text: String
    let parameterCount: Int
    var lastUse: UInt64 = 0

    init(_ sql: String, name: String, on connection: PostgresConnection) throws(DatabaseError) {
        guard let count = Placeholders.count(in: sql) else {
            assertionFailure("placeholders must be $1…$n, first used in ascending order: \(sql)")
            throw DatabaseError(.misuse, "Placeholders must be $1…$n, first used in ascending order.", sql: sql)
        }
        self.name = name
        text = sql
        parameterCount = count
        let result = unsafe PostgresResult(PQprepare(connection.handle, name, sql, 0, nil))
        guard result.status == PGRES_COMMAND_OK else {
            throw unsafe PostgresFailure.error(connection.handle, result.handle, sql: sql)
        }
    }
}

/// An answer of libpq, cleared exactly once.
@safe
struct PostgresResult: ~Copyable {
    /// nil when libpq had no memory or no connection.
    let handle: OpaquePointer?

    init(_ handle: OpaquePointer?) { unsafe self.handle = handle }

    deinit { unsafe PQclear(handle) }

    var status: ExecStatusType { unsafe PQresultStatus(handle) }

    /// How many rows a statement changed; 0 for those that change none.
    var changedRows: Int {
        guard let handle = unsafe handle else { return 0 }
        return unsafe Int(String(cString: PQcmdTuples(handle))) ?? 0
    }
}
