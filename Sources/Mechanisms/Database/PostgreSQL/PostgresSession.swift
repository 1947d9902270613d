import CPostgreSQL

/// A connection that waits: for notices, or to notice that it is lost.
@safe
final class PostgresSession {
    /// A server that vanished without a word is found this fast.
    static let heartbeat: Duration = .seconds(5)

    private let connection: PostgresConnection

    init(url: String) throws(DatabaseError) { connection = try PostgresConnection(url: url) }

    func control(_ sql: String) throws(DatabaseError) { try connection.control(sql) }

    /// Waits until something arrives, the connection is lost, or `pipe` is woken.
    ///
    /// - Returns: false when the wait was ended by the pipe.
    func wait(_ pipe: WakePipe) throws(DatabaseError) -> Bool {
        switch unsafe pipe.wait(for: PQsocket(connection.handle), timeout: Self.heartbeat) {
        case .woken: return false
        case .timeout: try connection.control("SELECT 1")
        case .socket:
            guard unsafe PQconsumeInput(connection.handle) == 1 else {
                throw unsafe PostgresFailure.lost(connection.handle, sql: nil)
            }
        }
        return true
    }

    /// The notices that have arrived.
    func notices() -> [String] {
        var found: [String] = []
        while let notice = unsafe PQnotifies(connection.handle) {
            unsafe found.append(String(cString: notice.pointee.extra))
            unsafe PQfreemem(notice)
        }
        return found
    }

    /// True when this session now holds the lock.
    func tryLock(_ key: Int64) throws(DatabaseError) -> Bool {
        var isHeld = false
        do {
            try connection.query("SELECT pg_try_advisory_lock($1)", [.integer(key)]) {
                isHeld = $0.bool(0)
                return false
            }
        } catch let error as DatabaseError {
            throw error
        } catch {
            throw DatabaseError(.statement, "The lock could not be taken: \(error).")
        }
        return isHeld
    }
}
