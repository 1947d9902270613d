import Media

/// A backup in the making: a folder whose name no list shows before all is in it and on the disk.
struct UnfinishedBackup: Sendable {
    /// A dot cannot stand in the id of a backup.
    private static let prefix = ".unfinished-"

    private let directory: String
    private let createdAt: Timestamp
    private let reason: BackupReason
    private let lock: FolderLock
    /// Where its files go.
    let path: String

    /// Starts one, and removes what crashes have left of others.
    init(in directory: String, at createdAt: Timestamp, _ reason: BackupReason) throws(BackupError) {
        try Folder.create(directory)
        lock = try FolderLock(directory)
        self.directory = directory
        self.createdAt = createdAt
        self.reason = reason
        path = directory + "/" + Self.prefix + BackupID.make(at: createdAt, reason: reason)
        if lock.isExclusive { try Self.sweep(directory) }
        try Folder.create(path)
    }

    /// Writes the manifest and gives the backup its name; from then on it exists.
    func complete(_ manifest: BackupManifest) throws(BackupError) -> BackupInfo {
        var file = try OutputFile(path + "/" + BackupManifest.fileName)
        try file.write(manifest.json)
        _ = try file.finish()
        try Folder.keep(path)
        let id = freeID()
        try Folder.rename(path, to: directory + "/" + id)
        try Folder.keep(directory)
        return BackupInfo(id: id, path: directory + "/" + id, manifest)
    }

    /// Removes what is there of it, because it failed; what cannot be removed now goes with the next backup.
    func discard() { try? Folder.remove(path) }

    /// Takes a whole backup out of sight, then removes it: a crash in between leaves nothing that looks like one.
    static func remove(_ id: String, in directory: String) throws(BackupError) {
        let hidden = directory + "/" + prefix + id
        try Folder.rename(directory + "/" + id, to: hidden)
        try Folder.remove(hidden)
    }

    /// Removes what crashes have left; only while the folder is locked.
    static func sweep(_ directory: String) throws(BackupError) {
        for name in try Folder.names(in: directory) where name.hasPrefix(prefix) {
            try Folder.remove(directory + "/" + name)
        }
    }

    private func freeID() -> String {
        var attempt = 1
        while true {
            let id = BackupID.make(at: createdAt, reason: reason, attempt: attempt)
            guard Folder.exists(directory + "/" + id) else { return id }
            attempt += 1
        }
    }
}
