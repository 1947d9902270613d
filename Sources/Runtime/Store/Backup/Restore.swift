public import Database
public import Media

/// Puts the state of a backup in the place of the present one, while the service is not running.
///
/// The caller holds the lock of the data directory. At any moment, also after a crash, the database is either as it was
/// or as in the backup.
public struct Restore: Sendable {
    let location: DatabaseLocation
    let folder: BackupFolder
    let version: String
    let migrations: [Migration]
    let now: @Sendable () -> Timestamp
    let freeBytes: @Sendable (String) -> Int64? = { Folder.freeBytes($0) }
    let files = FileThread.shared

    /// - Parameters:
    ///   - location: the database that gets the old state; a SQLite file or the tables of a server need not exist.
    ///   - directory: where the backups are.
    ///   - version: of Marquee, noted in the backup of the present state.
    ///   - migrations: all that this version knows.
    ///   - now: gives that backup its name and time.
    public init(
        into location: DatabaseLocation, from directory: String, version: String,
        migrations: [Migration] = Schema.migrations, now: @escaping @Sendable () -> Timestamp
    ) {
        self.location = location
        folder = BackupFolder(path: directory)
        self.version = version
        self.migrations = migrations
        self.now = now
    }

    /// Verifies a backup, backs the present state up, and restores.
    ///
    /// A backup of an older version is restored as it is, and the next start migrates it; on PostgreSQL this needs a
    /// database that is empty or of that same schema.
    /// - Parameter id: of the backup.
    /// - Returns: what was done.
    /// - Throws: `BackupError`: `.damaged`, `.newerSchema`, `.otherSchema`, `.otherBackend`, `.busy`, and others; then nothing was changed.
    public func run(_ id: String) async throws -> RestoreReport {
        let verification = try await Backups.verify(id, in: folder, files)
        guard verification.isSound else {
            throw BackupError(
                .damaged,
                "Backup \(id) in \(folder.path) is damaged, so nothing was changed. "
                    + verification.problems.joined(separator: " ") + " Choose another one: `marquee backup list`.")
        }
        let manifest = try await files.run { [folder] in
            do throws(ManifestDamage) { return try folder.manifest(of: id) } catch {
                throw BackupError(.damaged, error.sentence)
            }
        }
        let pending = try pending(after: manifest, id)
        do {
            let kept =
                switch location {
                case .sqlite(let path): try await replaceFile(path, by: manifest, of: verification.backup)
                case .postgresql: try await replaceTables(by: manifest, of: verification.backup)
                }
            return RestoreReport(backup: verification.backup, kept: kept, pending: pending)
        } catch let error as DatabaseError where error.reason == .connectionLost {
            // When the server went away during the commit, nobody knows.
            throw BackupError(
                .database(error.reason), "Backup \(id) may or may not have been restored: restore it again. \(error)")
        } catch {
            throw BackupError.explaining(error, "Backup \(id) was not restored and \(location) is as it was")
        }
    }

    /// The migrations to come, if this version can take the backup at all.
    private func pending(after manifest: BackupManifest, _ id: String) throws(BackupError) -> [String] {
        guard manifest.backend == location.backend else {
            throw BackupError(
                .otherBackend,
                "Backup \(id) is of \(manifest.backend.displayName), and \(location) is"
                    + " \(location.backend.displayName): set MARQUEE_DATABASE_URL to a database of the same kind.")
        }
        let known = migrations.map(\.id)
        let unknown = manifest.schema.filter { !known.contains($0) }
        guard unknown.isEmpty else {
            throw BackupError(
                .newerSchema,
                "Backup \(id) is at schema \(manifest.schema.count), this version knows \(known.count): it was made by"
                    + " Marquee \(manifest.version). Install that version or choose an older backup.")
        }
        guard known.starts(with: manifest.schema) else {
            throw BackupError(
                .damaged, "Backup \(id) names migrations in an order that no version had. Choose another one.")
        }
        return Array(known.dropFirst(manifest.schema.count))
    }

    /// Backs up what is there before it goes.
    func backUpPresent(_ database: Database) async throws -> RestoreReport.Kept {
        guard try await database.read({ try !$0.tables().isEmpty }) else { return .nothing }
        let backups = Backups(
            database: database, directory: folder.path, version: version, now: now, freeBytes: freeBytes)
        return .backup(try await backups.create(reason: .restore))
    }
}
