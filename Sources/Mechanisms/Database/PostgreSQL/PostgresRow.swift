struct PostgresRow {
    let columnCount: Int
    func isNull(_ column: Int) -> Bool { true }
    func integer(_ column: Int) -> Int64 { 0 }
    func real(_ column: Int) -> Double { 0 }
    func withBytes<R>(_ column: Int, _ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R? { nil }
    func value(_ column: Int) -> Value { .null }
}
