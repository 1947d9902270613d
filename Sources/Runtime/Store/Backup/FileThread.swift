import Lifecycle

/// A thread for the file work of backups, which may take minutes and must not hold up Swift's small pool.
actor FileThread {
    private nonisolated let executor = ThreadExecutor(name: "backup-files")

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    deinit { executor.stop() }

    /// Runs work that blocks.
    func run<T: Sendable>(_ work: @Sendable () throws -> T) rethrows -> T { try work() }
}
