import CSQLite

extension SQLiteConnection {
    /// Binds the cells of each row to one prepared INSERT, straight from their buffer.
    ///
    /// The product's hottest loop: no copy, no object, and no closure per cell.
    func insert(_ rows: borrowing BulkRows) throws(DatabaseError) -> Int {
        let statement = try prepared(rows.insertStatement)
        let handle = unsafe statement.handle
        let columns = Int32(rows.columns.count)
        var cells = BulkCells(rows)
        var inserted = 0
        // The bound addresses point into `rows`, which is borrowed until the bindings are cleared here.
        defer { statement.reset() }
        for _ in 0..<rows.count {
            for column in 1...columns {
                let code =
                    switch cells.cell() {
                    case .null: unsafe sqlite3_bind_null(handle, column)
                    case .integer(let number): unsafe sqlite3_bind_int64(handle, column, number)
                    case .real(let number): unsafe sqlite3_bind_double(handle, column, number)
                    case .text(let bytes):
                        unsafe csqlite_bind_text_in_place(handle, column, bytes.baseAddress, Int32(bytes.count))
                    case .blob(let bytes):
                        unsafe csqlite_bind_blob_in_place(handle, column, bytes.baseAddress, Int32(bytes.count))
                    }
                guard code == SQLITE_OK else { throw statement.failure() }
            }
            guard unsafe sqlite3_step(handle) == SQLITE_DONE else { throw statement.failure() }
            inserted += unsafe Int(sqlite3_changes(self.handle))
            unsafe sqlite3_reset(handle)
        }
        return inserted
    }
}

extension BulkRows {
    /// `INSERT INTO table (…) VALUES ($1,…)`, ignoring taken keys if so wished.
    var insertStatement: SQL {
        let names = columns.map(\.description).joined(separator: ", ")
        let places = (1...columns.count).map { "$\($0)" }.joined(separator: ", ")
        let conflict = onConflict == .ignore ? " ON CONFLICT DO NOTHING" : ""
        return SQL(composed: "INSERT INTO \(table) (\(names)) VALUES (\(places))\(conflict)")
    }
}
