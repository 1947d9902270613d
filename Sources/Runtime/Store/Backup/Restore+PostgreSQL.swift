import Database
import Media

extension Restore {
    /// Empties the tables and copies the backup into them, in one transaction.
    ///
    /// Tables of another schema cannot take the rows; in an empty database they are made first.
    func replaceTables(by manifest: BackupManifest, of backup: BackupInfo) async throws -> RestoreReport.Kept {
        let database = try await Database.open(location, readers: 1)
        do {
            let isNew = try await prepareTables(of: database, for: manifest, backup.id)
            let kept = isNew ? .nothing : try await backUpPresent(database)
            try await database.writeAlone { transaction in
                try transaction.empty(manifest.tables.keys.sorted())
                for file in manifest.files { try transaction.fill(from: file, in: backup.path, manifest) }
            }
            await database.close()
            return kept
        } catch {
            await database.close()
            throw error
        }
    }

    /// True when there were no tables, and they were made.
    private func prepareTables(of database: Database, for manifest: BackupManifest, _ id: String) async throws -> Bool {
        guard try await database.read({ try !$0.tables().isEmpty }) else {
            try await database.migrate(Array(migrations.prefix(manifest.schema.count)))
            return true
        }
        let present = try await database.appliedMigrations()
        guard present == manifest.schema else {
            throw BackupError(
                .otherSchema,
                "Backup \(id) is at schema \(manifest.schema.count) and the tables of \(location) are at schema"
                    + " \(present.count), so nothing was changed. Create an empty database, set MARQUEE_DATABASE_URL to"
                    + " it, and restore there.")
        }
        return false
    }
}

extension Transaction {
    /// Copies one file into its table and makes sure that it is what was verified.
    fileprivate func fill(from file: BackupManifest.File, in path: String, _ manifest: BackupManifest) throws {
        guard let table = file.table else { return }
        let input = try InputFile(path + "/" + file.name)
        var meter = FileMeter()
        let rows = try copyIn(table: table) {
            try beat()
            guard let chunk = try input.next() else { return nil }
            meter.add(chunk)
            return chunk
        }
        guard meter.finish().sha256 == file.sha256, Int64(rows) == manifest.tables[table] else {
            throw BackupError(
                .damaged, "\(path)/\(file.name) changed while it was copied. Verify the backup and try again.")
        }
    }
}
