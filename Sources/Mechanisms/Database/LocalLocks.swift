/// The named locks of one SQLite database: other processes are kept out by the process lock of the data directory.
final class LocalLocks: Sendable {
    private let held = Locked<Set<String>>([])

    func tryLock(_ name: String) -> SessionLock? {
        guard held.withLock({ $0.insert(name).inserted }) else { return nil }
        return SessionLock(name) { [weak self] in self?.held.withLock { _ = $0.remove(name) } }
    }
}
