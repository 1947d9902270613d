import CPostgreSQL

/// One row of a result in binary format.
@safe
struct PostgresRow {
    private let result: OpaquePointer
    private let row: Int32
    let columnCount: Int

    init(_ result: OpaquePointer, row: Int32) {
        unsafe self.result = result
        self.row = row
        columnCount = unsafe Int(PQnfields(result))
    }

    func isNull(_ column: Int) -> Bool { unsafe PQgetisnull(result, row, index(column)) == 1 }

    func integer(_ column: Int) -> Int64 {
        guard let bytes = unsafe bytes(column) else { return 0 }
        switch type(column) {
        case PostgresType.int8: return unsafe bytes.bigEndian(Int64.self)
        case PostgresType.int4: return unsafe Int64(bytes.bigEndian(Int32.self))
        case PostgresType.int2: return unsafe Int64(bytes.bigEndian(Int16.self))
        case PostgresType.bool: return unsafe Int64(bytes.bigEndian(UInt8.self))
        case PostgresType.numeric: return unsafe PostgresNumeric(bytes)?.integer ?? 0
        case PostgresType.float4, PostgresType.float8: return Int64(exactly: real(column).rounded(.towardZero)) ?? 0
        default: return unsafe Int64(String(decoding: bytes, as: UTF8.self)) ?? 0
        }
    }

    func real(_ column: Int) -> Double {
        guard let bytes = unsafe bytes(column) else { return 0 }
        switch type(column) {
        case PostgresType.float8: return unsafe Double(bitPattern: bytes.bigEndian(UInt64.self))
        case PostgresType.float4: return unsafe Double(Float(bitPattern: bytes.bigEndian(UInt32.self)))
        case PostgresType.numeric: return unsafe PostgresNumeric(bytes)?.real ?? 0
        case PostgresType.int8, PostgresType.int4, PostgresType.int2, PostgresType.bool:
            return Double(integer(column))
        default: return unsafe Double(String(decoding: bytes, as: UTF8.self)) ?? 0
        }
    }

    func withBytes<R>(_ column: Int, _ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R? {
        guard let bytes = unsafe bytes(column) else { return nil }
        let type = type(column)
        if PostgresType.isText(type) || type == PostgresType.bytea { return try unsafe body(bytes) }
        var text =
            switch value(column) {
            case .real(let number): number.description
            default: integer(column).description
            }
        return try text.withUTF8 { try unsafe body(UnsafeRawBufferPointer($0)) }
    }

    func value(_ column: Int) -> Value {
        guard let bytes = unsafe bytes(column) else { return .null }
        let type = type(column)
        switch type {
        case PostgresType.bytea: return unsafe .blob(Array(bytes))
        case PostgresType.float4, PostgresType.float8: return .real(real(column))
        case PostgresType.numeric:
            let isIntegral = unsafe PostgresNumeric(bytes)?.isIntegral ?? false
            return isIntegral ? .integer(integer(column)) : .real(real(column))
        default:
            if PostgresType.isText(type) { return unsafe .text(String(decoding: bytes, as: UTF8.self)) }
            return .integer(integer(column))
        }
    }

    /// nil for NULL, and for a value of type void, which has no bytes to read a number from.
    private func bytes(_ column: Int) -> UnsafeRawBufferPointer? {
        let index = index(column)
        guard unsafe PQgetisnull(result, row, index) == 0, type(column) != PostgresType.void else { return nil }
        let size = unsafe Int(PQgetlength(result, row, index))
        return unsafe UnsafeRawBufferPointer(start: PQgetvalue(result, row, index), count: size)
    }

    private func type(_ column: Int) -> UInt32 { unsafe PQftype(result, index(column)) }

    private func index(_ column: Int) -> Int32 {
        precondition(column >= 0 && column < columnCount, "column \(column) of a row with \(columnCount)")
        return Int32(truncatingIfNeeded: column)
    }
}
