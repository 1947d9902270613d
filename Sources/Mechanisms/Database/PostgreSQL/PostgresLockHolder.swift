/// Holds a named lock with a connection of its own, and tells when that is lost.
final class PostgresLockHolder: Sendable {
    private let url: String
    private let name: String
    private let pipe: WakePipe

    init(url: String, _ name: String) throws(DatabaseError) {
        self.url = url
        self.name = name
        pipe = try WakePipe()
    }

    func release() { pipe.wake() }

    /// The thread's whole life.
    ///
    /// - Parameter answer: gets the lock, nil when somebody else holds it, or why the server could not be asked.
    func run(_ answer: (Result<SessionLock?, DatabaseError>) -> Void) {
        let session: PostgresSession
        do throws(DatabaseError) {
            session = try PostgresSession(url: url)
            guard try session.tryLock(AdvisoryLock.key("session " + name)) else { return answer(.success(nil)) }
        } catch {
            return answer(.failure(error))
        }
        let lock = WeakLock()
        hold(session, lock, answer)
        lock.value?.markEnded()
    }

    private func hold(
        _ session: PostgresSession, _ lock: WeakLock, _ answer: (Result<SessionLock?, DatabaseError>) -> Void
    ) {
        do {
            // Handed out inside a scope of its own: only the caller keeps the lock alive, so that dropping it releases.
            let held = SessionLock(name) { [weak self] in self?.release() }
            lock.value = held
            answer(.success(held))
        }
        while (try? session.wait(pipe)) == true {}
    }

    /// Sees the lock without keeping it alive.
    private final class WeakLock {
        weak var value: SessionLock?
    }
}
