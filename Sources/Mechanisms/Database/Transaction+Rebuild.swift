extension Transaction {
    /// Removes every table and builds the schema of `migrations` anew: the start of a restore into a server whose tables
    /// have another shape than those of the backup.
    ///
    /// Connections of this database that prepared statements before must not be used afterwards: close it.
    /// - Parameters:
    ///   - migrations: the first ones there ever were, in order.
    ///   - appliedAt: Unix milliseconds, noted beside each.
    /// - Throws: `DatabaseError`, `.misuse` on SQLite, where a restore replaces the file.
    public func rebuild(_ migrations: some Sequence<Migration>, appliedAt: Int64) throws {
        guard backend == .postgresql else {
            throw DatabaseError(.misuse, "SQLite is restored by replacing its file.")
        }
        let old = try tables()
        if !old.isEmpty { try run(script: "DROP TABLE " + old.map(SQL.quoted).joined(separator: ", ")) }
        let migrations = Array(migrations)
        let plan = MigrationPlan(migrations, backend)
        for migration in migrations { try plan.apply(migration, at: appliedAt, in: self) }
    }
}
