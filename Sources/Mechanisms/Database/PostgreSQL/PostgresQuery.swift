import CPostgreSQL

extension PostgresConnection {
    func execute(_ sql: SQL, _ values: [Value]) throws(DatabaseError) -> Int {
        let statement = try prepared(sql)
        let parameters = try Self.parameters(values, of: statement)
        let result = unsafe PostgresResult(
            parameters.lend { count, values, sizes, formats in
                unsafe PQexecPrepared(handle, statement.name, count, values, sizes, formats, 1)
            })
        switch result.status {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK: return result.changedRows
        default: throw unsafe failure(result.handle, sql, statement)
        }
    }

    func query(_ sql: SQL, _ values: [Value], _ each: (borrowing Row) throws -> Bool) throws {
        let statement = try prepared(sql)
        let parameters = try Self.parameters(values, of: statement)
        let sent = unsafe parameters.lend { count, values, sizes, formats in
            unsafe PQsendQueryPrepared(handle, statement.name, count, values, sizes, formats, 1)
        }
        guard sent == 1, unsafe PQsetSingleRowMode(handle) == 1 else {
            throw unsafe PostgresFailure.lost(handle, sql: statement.text)
        }
        // Every answer must be taken, or the connection cannot be used again.
        defer { while let rest = unsafe PQgetResult(handle) { unsafe PQclear(rest) } }
        var isFirst = true
        while let raw = unsafe PQgetResult(handle) {
            let result = unsafe PostgresResult(raw)
            switch result.status {
            case PGRES_SINGLE_TUPLE:
                if isFirst { try unsafe checkTypes(raw, statement) }
                isFirst = false
                guard try unsafe each(Row(.postgresql(PostgresRow(raw, row: 0)))) else { return }
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK: break
            default: throw unsafe failure(raw, sql, statement)
            }
        }
        guard isUsable else { throw unsafe PostgresFailure.lost(handle, sql: statement.text) }
    }

    private static func parameters(
        _ values: [Value], of statement: PostgresStatement
    ) throws(DatabaseError) -> PostgresParameters {
        guard values.count == statement.parameterCount else {
            throw DatabaseError(
                .misuse, "\(values.count) values for \(statement.parameterCount) placeholders.", sql: statement.text)
        }
        return try PostgresParameters(values)
    }

    private func checkTypes(_ result: OpaquePointer, _ statement: PostgresStatement) throws(DatabaseError) {
        for column in 0..<(unsafe PQnfields(result)) {
            let type = unsafe PQftype(result, column)
            guard PostgresType.isReadable(type) else {
                throw DatabaseError(
                    .misuse, "Column \(column) has a type (\(type)) that cannot be read: CAST it to TEXT or BIGINT.",
                    sql: statement.text)
            }
        }
    }

    private func failure(_ result: OpaquePointer?, _ sql: SQL, _ statement: PostgresStatement) -> DatabaseError {
        let error = unsafe PostgresFailure.error(handle, result, sql: statement.text)
        if error.reason == .statement { forget(sql) }
        return error
    }
}
