/// Turns `BulkRows` into the binary COPY format, a piece at a time.
///
/// Format: <https://www.postgresql.org/docs/15/sql-copy.html>, Binary Format.
struct PostgresCopyEncoder {
    private static let signature: [UInt8] = Array("PGCOPY\n".utf8) + [0xff, 0x0d, 0x0a, 0x00]
    private static let pieceSize = 65_536

    private enum Stage { case start, rows, done }

    /// The piece to send.
    private(set) var buffer: [UInt8] = []
    private let types: [UInt32]
    private let names: [String]
    private let rowCount: Int
    private var cells: BulkCells
    private var row = 0
    private var stage = Stage.start

    /// - Parameters:
    ///   - rows: must stay unchanged while this is in use.
    ///   - types: those of the columns.
    init(_ rows: borrowing BulkRows, _ types: [UInt32]) {
        self.types = types
        names = rows.columns.map { "\(rows.table).\($0)" }
        rowCount = rows.count
        cells = BulkCells(rows)
        buffer.reserveCapacity(Self.pieceSize + 4096)
    }

    /// Makes the next piece in `buffer`; false when there is none.
    mutating func fill() throws(DatabaseError) -> Bool {
        buffer.removeAll(keepingCapacity: true)
        switch stage {
        case .done: return false
        case .start:
            buffer += Self.signature
            append(Int32(0))  // flags
            append(Int32(0))  // size of the header's extension
            stage = .rows
        case .rows: break
        }
        while row < rowCount, buffer.count < Self.pieceSize {
            append(Int16(types.count))
            for column in types.indices { try append(cells.cell(), column) }
            row += 1
        }
        if row == rowCount {
            append(Int16(-1))
            stage = .done
        }
        return true
    }

    private mutating func append(_ cell: BulkCell, _ column: Int) throws(DatabaseError) {
        let type = types[column]
        switch cell {
        case .null: append(Int32(-1))
        case .integer(let number): try append(number, type, column)
        case .real(let number): try append(number, type, column)
        case .text(let bytes):
            guard PostgresType.isText(type) else { throw misfit("Text", column) }
            guard unsafe !bytes.contains(0) else { throw .zeroCharacter(in: "Text for \(names[column])") }
            unsafe append(sized: bytes)
        case .blob(let bytes):
            guard type == PostgresType.bytea else { throw misfit("A blob", column) }
            unsafe append(sized: bytes)
        }
    }

    private mutating func append(_ number: Int64, _ type: UInt32, _ column: Int) throws(DatabaseError) {
        switch type {
        case PostgresType.int8: append(sized: number)
        case PostgresType.int4: append(sized: try narrow(number, column) as Int32)
        case PostgresType.int2: append(sized: try narrow(number, column) as Int16)
        case PostgresType.bool: append(sized: Int8(number == 0 ? 0 : 1))
        case PostgresType.float8: append(sized: Double(number).bitPattern)
        case PostgresType.float4: append(sized: Float(number).bitPattern)
        default:
            guard PostgresType.isText(type) else { throw misfit("A number", column) }
            append(sized: number.description)
        }
    }

    private mutating func append(_ number: Double, _ type: UInt32, _ column: Int) throws(DatabaseError) {
        switch type {
        case PostgresType.float8: append(sized: number.bitPattern)
        case PostgresType.float4: append(sized: Float(number).bitPattern)
        default:
            guard PostgresType.isText(type) else { throw misfit("A fraction", column) }
            append(sized: number.description)
        }
    }

    private func narrow<T: FixedWidthInteger>(_ number: Int64, _ column: Int) throws(DatabaseError) -> T {
        guard let narrow = T(exactly: number) else { throw misfit("A large number", column) }
        return narrow
    }

    private func misfit(_ what: String, _ column: Int) -> DatabaseError {
        DatabaseError(.invalidValue, "\(what) does not fit the column \(names[column]).")
    }

    private mutating func append<T: FixedWidthInteger>(sized value: T) {
        append(Int32(T.bitWidth / 8))
        append(value)
    }

    private mutating func append(sized text: String) {
        append(Int32(text.utf8.count))
        buffer += text.utf8
    }

    private mutating func append(sized bytes: UnsafeRawBufferPointer) {
        append(Int32(bytes.count))
        unsafe buffer.append(contentsOf: bytes)
    }

    private mutating func append<T: FixedWidthInteger>(_ value: T) {
        unsafe withUnsafeBytes(of: value.bigEndian) { unsafe buffer.append(contentsOf: $0) }
    }
}
