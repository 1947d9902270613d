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
