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

/// What a database says about its own schema.
struct MigrationState: Sendable {
    struct Applied: Sendable {
        let id: String
        let sql: String
    }

    let applied: [Applied]
    let hasTables: Bool

    init(_ reader: Reader) throws {
        let tables = try reader.tables()
        hasTables = !tables.isEmpty
        guard tables.contains(MigrationPlan.table) else {
            applied = []
            return
        }
        applied = try reader.rows("SELECT id, sql FROM schema_migrations ORDER BY position") {
            Applied(id: $0.text(0), sql: $0.text(1))
        }
    }
}

/// Compares what a database has with what this version knows, and applies the difference.
struct MigrationPlan: Sendable {
    static let table = "schema_migrations"

    private let migrations: [Migration]
    private let backend: Backend

    init(_ migrations: [Migration], _ backend: Backend) {
        self.migrations = migrations
        self.backend = backend
    }

    /// The steps still to do.
    func pending(after applied: [MigrationState.Applied]) throws(DatabaseError) -> ArraySlice<Migration> {
        let unknown = applied.map(\.id).filter { id in !migrations.contains { $0.id == id } }
        guard unknown.isEmpty else {
            throw DatabaseError(
                .newerSchema(found: unknown, known: migrations.count),
                "Database is at schema \(applied.count), this version knows \(migrations.count)"
                    + " (unknown: \(unknown.joined(separator: ", "))). Install the newer version or restore a backup.")
        }
        for (step, known) in zip(applied, migrations) {
            guard step.id == known.id, step.sql == known.source(for: backend) else {
                throw DatabaseError(
                    .editedAfterRelease(id: known.id),
                    "Migration \(known.id) differs from what this database was built with."
                        + " Released migrations must not change: install the version that made this database.")
            }
        }
        return migrations[applied.count...]
    }

    /// One step and its record, all or nothing; nothing at all when another process was faster.
    func apply(_ migration: Migration, at appliedAt: Int64, in transaction: Transaction) throws {
        if try !transaction.tables().contains(Self.table) { try createTable(in: transaction) }
        let position = try transaction.first("SELECT count(*) FROM schema_migrations") { $0.integer(0) } ?? 0
        let known = try transaction.first(
            "SELECT sql FROM schema_migrations WHERE id = $1", [.text(migration.id)]
        ) { $0.text(0) }
        guard known == nil else { return }
        try transaction.run(script: migration.script(for: backend))
        try transaction.execute(
            "INSERT INTO schema_migrations (id, position, sql, applied_at) VALUES ($1, $2, $3, $4)",
            [.text(migration.id), .integer(position + 1), .text(migration.source(for: backend)), .integer(appliedAt)])
    }

    private func createTable(in transaction: Transaction) throws {
        let own = Migration(
            Self.table,
            """
            CREATE TABLE schema_migrations (id {text} PRIMARY KEY, position {int} NOT NULL UNIQUE, sql {text} NOT NULL, \
            applied_at {int} NOT NULL) {strict}
            """)
        try transaction.run(script: own.script(for: backend))
    }
}
