import CPostgreSQL

extension PostgresConnection {
    /// Sends the rows in binary COPY; with `.ignore` into a temporary table first, and from there with ON CONFLICT.
    func insert(_ rows: borrowing BulkRows) throws(DatabaseError) -> Int {
        let columns = rows.columns.map(\.description).joined(separator: ", ")
        let table = rows.table.description
        let types = try columnTypes(table, columns)
        guard rows.onConflict == .ignore else { return try copy(rows, into: table, columns, types) }
        let staging = "bulk_\(String(UInt64(bitPattern: AdvisoryLock.key(table + columns)), radix: 36))"
        // Kept for the session, emptied by every commit; DELETE for the case of two inserts in one transaction.
        try control(
            """
            CREATE TEMP TABLE IF NOT EXISTS \(staging) ON COMMIT DELETE ROWS AS SELECT \(columns) FROM \(table) WITH NO DATA;
            DELETE FROM \(staging)
            """)
        _ = try copy(rows, into: staging, columns, types)
        return try execute(
            SQL(composed: "INSERT INTO \(table) (\(columns)) SELECT \(columns) FROM \(staging) ON CONFLICT DO NOTHING"),
            [])
    }

    private func copy(
        _ rows: borrowing BulkRows, into table: String, _ columns: String, _ types: [UInt32]
    ) throws(DatabaseError) -> Int {
        var encoder = PostgresCopyEncoder(rows, types)
        do {
            return try unsafe copyIn("COPY \(table) (\(columns)) FROM STDIN (FORMAT binary)") { send in
                while try encoder.fill() {
                    try unsafe encoder.buffer.withUnsafeBytes { try unsafe send($0) }
                }
            }
        } catch let error as DatabaseError {
            throw error
        } catch {
            throw DatabaseError(.statement, "The rows could not be sent: \(error).")
        }
    }

    private func columnTypes(_ table: String, _ columns: String) throws(DatabaseError) -> [UInt32] {
        let select = "SELECT \(columns) FROM \(table) LIMIT 0"
        if let known = columnTypes[select] { return known }
        let result = unsafe PostgresResult(PQexec(handle, select))
        guard result.status == PGRES_TUPLES_OK, let raw = unsafe result.handle else {
            throw unsafe PostgresFailure.error(handle, result.handle, sql: select)
        }
        let types = unsafe (0..<PQnfields(raw)).map { unsafe PQftype(raw, $0) }
        columnTypes[select] = types
        return types
    }
}
