extension Database {
    /// Takes a named lock if it is free; nil when somebody holds it.
    ///
    /// PostgreSQL: an advisory lock of a session of its own, so that one replica leads. SQLite: free unless this very
    /// object has given it out, because only one process uses the file.
    public func tryLock(_ name: String) async throws -> SessionLock? {
        switch location {
        case .sqlite: locks.tryLock(name)
        case .postgresql: nil
        }
    }
}
