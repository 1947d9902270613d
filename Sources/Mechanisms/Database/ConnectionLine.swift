/// The connection of one thread: opened when first needed, opened again when the server went away.
final class ConnectionLine {
    private let connector: Connector
    private let access: Access
    private(set) var current: (any Connection)?
    private var schemaVersion: Int

    init(_ connector: Connector, _ access: Access) {
        self.connector = connector
        self.access = access
        schemaVersion = connector.schemaVersion.value
    }

    func connection() throws(DatabaseError) -> any Connection {
        let version = connector.schemaVersion.value
        if let current, current.isUsable {
            if version != schemaVersion { current.forgetStatements() }
            schemaVersion = version
            return current
        }
        current = nil  // closes the old one first
        let fresh = try connector.open(access)
        current = fresh
        schemaVersion = version
        return fresh
    }

    /// Begins a transaction; when the server has gone away since the last one, on a new connection.
    func begin() throws(DatabaseError) -> any Connection {
        let connection = try connection()
        do {
            try connection.begin(access)
            return connection
        } catch  where error.reason == .connectionLost {
            let fresh = try self.connection()
            try fresh.begin(access)
            return fresh
        }
    }
}
