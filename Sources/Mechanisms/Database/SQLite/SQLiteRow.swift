import CSQLite

/// The row a statement stands on.
@safe
struct SQLiteRow {
    private let statement: OpaquePointer
    let columnCount: Int

    init(_ statement: OpaquePointer, columnCount: Int) {
        unsafe self.statement = statement
        self.columnCount = columnCount
    }

    func isNull(_ column: Int) -> Bool { unsafe sqlite3_column_type(statement, index(column)) == SQLITE_NULL }

    func integer(_ column: Int) -> Int64 { unsafe sqlite3_column_int64(statement, index(column)) }

    func real(_ column: Int) -> Double { unsafe sqlite3_column_double(statement, index(column)) }

    func withBytes<R>(_ column: Int, _ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R? {
        let column = index(column)
        // For text, column_blob gives the bytes as stored; for a number it makes the text first.
        guard let bytes = unsafe sqlite3_column_blob(statement, column) else {
            // An empty blob or text has no address either.
            let isNull = unsafe sqlite3_column_type(statement, column) == SQLITE_NULL
            return isNull ? nil : try unsafe body(UnsafeRawBufferPointer(start: nil, count: 0))
        }
        let size = unsafe Int(sqlite3_column_bytes(statement, column))
        return try unsafe body(UnsafeRawBufferPointer(start: bytes, count: size))
    }

    func value(_ column: Int) -> Value {
        switch unsafe sqlite3_column_type(statement, index(column)) {
        case SQLITE_NULL: .null
        case SQLITE_INTEGER: .integer(integer(column))
        case SQLITE_FLOAT: .real(real(column))
        case SQLITE_BLOB: .blob(unsafe withBytes(column) { unsafe Array($0) } ?? [])
        default: .text(unsafe withBytes(column) { unsafe String(decoding: $0, as: UTF8.self) } ?? "")
        }
    }

    private func index(_ column: Int) -> Int32 {
        precondition(column >= 0 && column < columnCount, "column \(column) of a row with \(columnCount)")
        return Int32(truncatingIfNeeded: column)
    }
}
