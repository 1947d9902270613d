import Lifecycle

/// The thread for the file work of backups, which may take minutes and must not hold up Swift's small pool.
///
/// One for the whole process, started with the first backup: a `ThreadExecutor` must outlive every call into it, also
/// those whose job has already run.
actor FileThread {
    static let shared = FileThread()

    private nonisolated let executor = ThreadExecutor(name: "backup-files")

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    private init() {}

    /// Runs work that blocks.
    func run<T: Sendable>(_ work: @Sendable () throws -> T) rethrows -> T { try work() }
}
