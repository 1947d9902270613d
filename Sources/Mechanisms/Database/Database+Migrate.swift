extension Database {
    /// How long a replica waits while another one migrates.
    private static let migrationPatience: Duration = .seconds(60)
    private static let migrationPause: Duration = .milliseconds(250)

    /// Brings the schema to the newest of `migrations`; each step runs in its own transaction.
    ///
    /// - Parameters:
    ///   - migrations: all there ever were, oldest first, with different ids.
    ///   - backup: called once, before the first change, when steps are pending on a database that has tables already;
    ///     gets the pending ids. Its error stops the migration.
    /// - Returns: what was done, and the version the database has now.
    /// - Throws: `DatabaseError` with `.newerSchema`, `.editedAfterRelease`, `.busy` (another replica migrates for more
    ///   than a minute), or the failure of a step, which is then rolled back.
    @discardableResult
    public func migrate(
        _ migrations: [Migration],
        beforeFirstChange backup: @Sendable (_ pending: [String]) async throws -> Void = { _ in }
    ) async throws -> MigrationReport {
        precondition(Set(migrations.map(\.id)).count == migrations.count, "two migrations have the same id")
        let lock = try await migrationLock()
        defer { lock.release() }
        let plan = MigrationPlan(migrations, backend)
        let state = try await read { try MigrationState($0) }
        let pending = try plan.pending(after: state.applied)
        guard !pending.isEmpty else { return MigrationReport(applied: [], version: state.applied.count) }
        if state.hasTables { try await backup(pending.map(\.id)) }
        for migration in pending {
            let appliedAt = now()
            try await writeAlone { try plan.apply(migration, at: appliedAt, in: $0) }
        }
        connector.schemaVersion.raise()
        return MigrationReport(applied: pending.map(\.id), version: migrations.count)
    }

    /// The ids of the migrations that this database has, in the order they were applied.
    public func appliedMigrations() async throws -> [String] {
        try await read { try MigrationState($0).applied.map(\.id) }
    }

    private func migrationLock() async throws -> SessionLock {
        var waited: Duration = .zero
        while waited < Self.migrationPatience {
            if let lock = try await tryLock("schema_migrations") { return lock }
            try await clock.sleep(for: Self.migrationPause)
            waited += Self.migrationPause
        }
        throw DatabaseError(
            .busy,
            "Another replica has been migrating \(location) for more than a minute: wait for it, then start again.")
    }
}
