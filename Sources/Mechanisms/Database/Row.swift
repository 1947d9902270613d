/// One row of an answer, valid only inside the closure that receives it.
///
/// Columns count from 0. As in SQLite, NULL reads as 0 or as empty text where no optional is asked for, a number reads
/// as text, and text that is no number reads as 0. A precondition stops on a column that is not there.
@safe
public struct Row: ~Copyable {
    enum Source {
        case sqlite(SQLiteRow)
        case postgresql(PostgresRow)
    }

    private let source: Source

    init(_ source: Source) { self.source = source }

    /// True for NULL.
    public func isNull(_ column: Int) -> Bool {
        switch source {
        case .sqlite(let row): row.isNull(column)
        case .postgresql(let row): row.isNull(column)
        }
    }

    /// A whole number; of a fraction, the part before the point.
    public func integer(_ column: Int) -> Int64 {
        switch source {
        case .sqlite(let row): row.integer(column)
        case .postgresql(let row): row.integer(column)
        }
    }

    /// A whole number; nil for NULL.
    public func optionalInteger(_ column: Int) -> Int64? { isNull(column) ? nil : integer(column) }

    /// A number with a fraction.
    public func real(_ column: Int) -> Double {
        switch source {
        case .sqlite(let row): row.real(column)
        case .postgresql(let row): row.real(column)
        }
    }

    /// A number with a fraction; nil for NULL.
    public func optionalReal(_ column: Int) -> Double? { isNull(column) ? nil : real(column) }

    /// Booleans are stored as 0 and 1.
    public func bool(_ column: Int) -> Bool { integer(column) != 0 }

    /// Text; empty for NULL.
    public func text(_ column: Int) -> String { optionalText(column) ?? "" }

    /// Text; nil for NULL.
    public func optionalText(_ column: Int) -> String? {
        unsafe withBytes(column) { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// Bytes, copied; nil for NULL.
    public func blob(_ column: Int) -> [UInt8]? { unsafe withBytes(column) { unsafe Array($0) } }

    /// Lends the bytes of text or a blob without copying them; nil for NULL.
    public func withBytes<R>(_ column: Int, _ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R? {
        switch source {
        case .sqlite(let row): try unsafe row.withBytes(column, body)
        case .postgresql(let row): try unsafe row.withBytes(column, body)
        }
    }

    /// The cell as it is stored: what a generic copy of a table needs.
    public func value(_ column: Int) -> Value {
        switch source {
        case .sqlite(let row): row.value(column)
        case .postgresql(let row): row.value(column)
        }
    }

    /// How many columns the row has.
    public var columnCount: Int {
        switch source {
        case .sqlite(let row): row.columnCount
        case .postgresql(let row): row.columnCount
        }
    }
}
