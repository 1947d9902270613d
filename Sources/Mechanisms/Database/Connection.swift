/// One connection of either backend, used by one thread at a time.
///
/// The whole difference between the backends is behind this protocol.
protocol Connection: AnyObject {
    /// False once the server is gone: the owner drops this connection and opens another.
    var isUsable: Bool { get }
    /// False when the backend has ended the transaction on its own, as SQLite does on a full disk.
    var inTransaction: Bool { get }

    func begin(_ access: Access) throws(DatabaseError)
    func commit() throws(DatabaseError)
    /// Ends the transaction without keeping anything; never fails visibly, because a lost connection rolled back too.
    func rollback()
    func savepoint(_ step: SavepointStep) throws(DatabaseError)

    /// Runs one statement; the answer is the number of rows it changed.
    func execute(_ sql: SQL, _ values: [Value]) throws(DatabaseError) -> Int
    /// Runs one statement and hands over its rows one by one, as long as `each` says true.
    func query(_ sql: SQL, _ values: [Value], _ each: (borrowing Row) throws -> Bool) throws
    /// Runs several statements without values: schema changes.
    func run(script: String) throws(DatabaseError)
    func insert(_ rows: borrowing BulkRows) throws(DatabaseError) -> Int
    /// Hands a notice to the server if the server delivers it.
    func notify(_ payload: String) throws(DatabaseError)

    /// Takes memory for one large transaction, or gives it back after it.
    func expect(_ size: WriteSize)
    /// Drops prepared statements: the schema has changed.
    func forgetStatements()
    /// The last work before the writer's connection goes, such as a checkpoint.
    func prepareToClose()
}

/// How much a writing transaction is about to touch.
enum WriteSize { case small, large }

/// What a transaction is for.
enum Access { case read, write }

/// Each body of a shared transaction runs in its own savepoint.
enum SavepointStep { case begin, keep, undo }
