extension Database {
    /// Takes a named lock if it is free; nil when somebody holds it.
    ///
    /// PostgreSQL: an advisory lock of a session of its own, so that one replica leads; it is given back when the lock is
    /// released or dropped, and when the database closes. SQLite: free unless this very object has given it out, because
    /// only one process uses the file.
    public func tryLock(_ name: String) async throws -> SessionLock? {
        switch location {
        case .sqlite: return locks.tryLock(name)
        case .postgresql(let url):
            let holder = try PostgresLockHolder(url: url, name)
            guard sessions.add(holder) else { throw DatabaseError.closed }
            return try await withCheckedThrowingContinuation { caller in
                do throws(DatabaseError) {
                    try threads.start("db-lock") { [sessions] in
                        holder.run { caller.resume(with: $0.mapError { $0 }) }
                        sessions.remove(holder)
                    }
                } catch {
                    sessions.remove(holder)
                    caller.resume(throwing: error)
                }
            }
        }
    }
}
