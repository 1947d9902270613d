import Database
import Media

extension Restore {
    /// Empties the tables and copies the backup into them, in one transaction.
    func replaceTables(by manifest: BackupManifest, of backup: BackupInfo) async throws -> RestoreReport.Kept {
        let database = try await Database.open(location, readers: 1)
        do {
            let kept = try await backUpPresent(database)
            let present = try await database.appliedMigrations()
            let schema = Array(migrations.prefix(manifest.schema.count))
            let restoredAt = now().milliseconds
            try await database.writeAlone { transaction in
                // Only tables of the same shape can take the rows.
                if present != manifest.schema { try transaction.rebuild(schema, appliedAt: restoredAt) }
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
