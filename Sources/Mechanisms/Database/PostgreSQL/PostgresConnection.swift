final class PostgresConnection: Connection {
    init(url: String) throws(DatabaseError) { throw DatabaseError(.cannotOpen, "soon") }
    var isUsable: Bool { false }
    var inTransaction: Bool { false }
    func begin(_ access: Access) throws(DatabaseError) {}
    func commit() throws(DatabaseError) {}
    func rollback() {}
    func savepoint(_ step: SavepointStep) throws(DatabaseError) {}
    func execute(_ sql: SQL, _ values: [Value]) throws(DatabaseError) -> Int { 0 }
    func query(_ sql: SQL, _ values: [Value], _ each: (borrowing Row) throws -> Bool) throws {}
    func run(script: String) throws(DatabaseError) {}
    func insert(_ rows: borrowing BulkRows) throws(DatabaseError) -> Int { 0 }
    func notify(_ payload: String) throws(DatabaseError) {}
    func forgetStatements() {}
    func prepareToClose() {}
}
