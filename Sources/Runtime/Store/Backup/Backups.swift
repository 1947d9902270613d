public import Database
public import Media

/// The backups of one database, each a folder with the data and a manifest that tells what it must hold.
///
/// One is made while work goes on and shows the state of one moment. A backup appears when it is complete and on the
/// disk, never before. The key file of the service is not part of it. File work runs on a thread of its own.
public final class Backups: Sendable {
    let database: Database
    let folder: BackupFolder
    let version: String
    let now: @Sendable () -> Timestamp
    let freeBytes: @Sendable (String) -> Int64?
    let files = FileThread.shared

    /// - Parameters:
    ///   - database: what is backed up.
    ///   - directory: where the backups are; made when it is not there.
    ///   - version: of Marquee, noted in each manifest.
    ///   - now: gives a backup its name and time.
    public convenience init(
        database: Database, directory: String, version: String, now: @escaping @Sendable () -> Timestamp
    ) {
        self.init(
            database: database, directory: directory, version: version, now: now, freeBytes: { Folder.freeBytes($0) })
    }

    init(
        database: Database, directory: String, version: String, now: @escaping @Sendable () -> Timestamp,
        freeBytes: @escaping @Sendable (String) -> Int64?
    ) {
        self.database = database
        folder = BackupFolder(path: directory)
        self.version = version
        self.now = now
        self.freeBytes = freeBytes
    }

    /// All backups, newest first; a damaged one says so in `BackupInfo.damage`.
    ///
    /// Leftovers of crashes are no backups.
    /// - Throws: `BackupError` when the folder cannot be read.
    public func list() async throws -> [BackupInfo] {
        let folder = folder
        return try await files.run { try folder.backups() }
    }

    /// Removes all but the newest backups, and never the newest one.
    ///
    /// Folders that were renamed or hold anything else, and damaged backups, are left to people.
    /// - Parameter keep: how many stay.
    /// - Returns: the ids of those removed.
    /// - Throws: `BackupError`, `.busy` while a backup is made.
    @discardableResult
    public func prune(keep: Int) async throws -> [String] {
        let folder = folder
        return try await files.run {
            guard Folder.isFolder(folder.path) else { return [] }
            let lock = try FolderLock(folder.path)
            return try withExtendedLifetime(lock) {
                if lock.isExclusive { try UnfinishedBackup.sweep(folder.path) }
                let old = try folder.backups().filter { $0.damage == nil }.dropFirst(max(1, keep))
                return try old.filter { try folder.isOurs($0) }.map { backup in
                    try UnfinishedBackup.remove(backup.id, in: folder.path)
                    return backup.id
                }
            }
        }
    }
}

extension BackupFolder {
    /// True when the name is one that we give, and the manifest accounts for all that is in the folder.
    fileprivate func isOurs(_ backup: BackupInfo) throws(BackupError) -> Bool {
        guard BackupID.parse(backup.id) != nil, let manifest = try? manifest(of: backup.id) else { return false }
        let known = Set(manifest.files.map(\.name) + [BackupManifest.fileName])
        return try known.isSuperset(of: Folder.names(in: backup.path))
    }
}
