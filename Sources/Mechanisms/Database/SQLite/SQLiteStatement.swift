import CSQLite

/// A prepared statement of one connection.
///
/// Lives in that connection's cache only, so it never outlives the connection.
@safe
final class SQLiteStatement: CachedStatement {
    // proof: prepared in `init`, finalised in `deinit`, and used on the connection's thread only.
    let handle: OpaquePointer
    /// `sqlite3_close_v2` waits for its statements, so the order of the two deinits does not matter.
    private let connection: OpaquePointer
    private let parameterCount: Int
    var lastUse: UInt64 = 0

    init(_ sql: String, on connection: SQLiteConnection) throws(DatabaseError) {
        guard let count = Placeholders.count(in: sql) else {
            assertionFailure("placeholders must be $1…$n, first used in ascending order: \(sql)")
            throw DatabaseError(.misuse, "Placeholders must be $1…$n, first used in ascending order.", sql: sql)
        }
        parameterCount = count
        unsafe self.connection = connection.handle
        var raw: OpaquePointer?
        let code = unsafe sqlite3_prepare_v3(
            connection.handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &raw, nil)
        guard code == SQLITE_OK else { throw unsafe SQLiteFailure.error(connection.handle, sql: sql) }
        guard let statement = unsafe raw else { throw DatabaseError(.misuse, "The statement is empty.", sql: sql) }
        unsafe handle = statement
    }

    deinit { unsafe sqlite3_finalize(handle) }

    /// The current row.
    var row: SQLiteRow { unsafe SQLiteRow(handle, columnCount: Int(sqlite3_column_count(handle))) }

    /// Advances one row; false when there are no more.
    func step() throws(DatabaseError) -> Bool {
        switch unsafe sqlite3_step(handle) {
        case SQLITE_ROW: true
        case SQLITE_DONE: false
        default: throw failure()
        }
    }

    /// Makes the statement ready for its next use; the values are let go.
    func reset() {
        unsafe sqlite3_reset(handle)
        unsafe sqlite3_clear_bindings(handle)
    }

    func bind(_ values: [Value]) throws(DatabaseError) {
        guard values.count == parameterCount else {
            throw DatabaseError(.misuse, "\(values.count) values for \(parameterCount) placeholders.", sql: text)
        }
        var index: Int32 = 0
        for value in values {
            index += 1
            guard bind(value, at: index) == SQLITE_OK else { throw failure() }
        }
    }

    private func bind(_ value: Value, at index: Int32) -> Int32 {
        switch value {
        case .null: unsafe sqlite3_bind_null(handle, index)
        case .integer(let number): unsafe sqlite3_bind_int64(handle, index, number)
        case .real(let number): unsafe sqlite3_bind_double(handle, index, number)
        case .text(var text):
            text.withUTF8 {
                unsafe csqlite_bind_text_copy(handle, index, Self.address($0.baseAddress), Int32(clamping: $0.count))
            }
        case .blob(let bytes):
            unsafe bytes.withUnsafeBytes {
                unsafe csqlite_bind_blob_copy(
                    handle, index, Self.address($0.baseAddress), Int32(clamping: $0.count))
            }
        }
    }

    /// SQLite reads a missing address as NULL, but empty text is not NULL.
    private static func address<T>(_ start: UnsafePointer<T>?) -> UnsafeRawPointer? {
        unsafe start.map { unsafe UnsafeRawPointer($0) } ?? UnsafeRawPointer(bitPattern: 1)
    }

    private static func address(_ start: UnsafeRawPointer?) -> UnsafeRawPointer? {
        unsafe start ?? UnsafeRawPointer(bitPattern: 1)
    }

    func failure() -> DatabaseError { unsafe SQLiteFailure.error(connection, sql: text) }

    private var text: String { unsafe sqlite3_sql(handle).map { unsafe String(cString: $0) } ?? "" }
}
