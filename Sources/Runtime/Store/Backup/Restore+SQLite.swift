import Database
import Glibc
import Media

extension Restore {
    /// Copies the backup beside the database and renames it over the old file.
    func replaceFile(
        _ path: String, by manifest: BackupManifest, of backup: BackupInfo
    ) async throws -> RestoreReport.Kept {
        guard let source = manifest.files.first else { throw BackupError(.damaged, "The backup has no file.") }
        let freeBytes = freeBytes
        let target = try await files.run {
            let target = RestoreTarget(path)
            try FreeSpace(path: target.folder, advice: "free some and try again", freeBytes: freeBytes)
                .require(source.bytes)
            return target
        }
        let present = try await keepPresentFile(target)
        let stamp = BackupID.make(at: now(), reason: .restore)
        return try await files.run {
            defer { target.removeNew() }
            try target.copy(from: backup.path + "/" + source.name, expecting: source)
            return try target.swap(keepingOld: present == nil ? stamp : nil) ?? present ?? .nothing
        }
    }

    /// Backs the present file up; nil when it is too damaged for that.
    private func keepPresentFile(_ target: RestoreTarget) async throws -> RestoreReport.Kept? {
        guard await files.run({ Folder.exists(target.path) }) else { return .nothing }
        do {
            let database = try await Database.open(.sqlite(path: target.path), readers: 1)
            do {
                let kept = try await backUpPresent(database)
                await database.close()
                return kept
            } catch {
                await database.close()
                throw error
            }
        } catch let error as DatabaseError where Self.isDamage(error.reason) {
            return nil
        } catch let error as BackupError {
            guard case .database(let reason) = error.reason, Self.isDamage(reason) else { throw error }
            return nil
        }
    }

    private static func isDamage(_ reason: DatabaseError.Reason) -> Bool {
        reason == .corrupted || reason == .notADatabase
    }
}

/// The file that a restore replaces, and the new one beside it.
private struct RestoreTarget: Sendable {
    /// Where the file really is, when the path is a link.
    let path: String
    private var new: String { path + ".restoring" }

    init(_ path: String) {
        guard let real = unsafe realpath(path, nil) else {
            self.path = path
            return
        }
        defer { unsafe free(real) }
        self.path = unsafe String(cString: real)
    }

    var folder: String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Writes the new file to the disk and makes sure that it is what was verified.
    func copy(from source: String, expecting file: BackupManifest.File) throws(BackupError) {
        removeNew()  // of a restore that crashed
        let input = try InputFile(source)
        var output = try OutputFile(new)
        while let chunk = try input.next() { try output.write(chunk) }
        let sum = try output.finish()
        guard sum.bytes == file.bytes, sum.sha256 == file.sha256 else {
            throw BackupError(.damaged, "\(source) changed while it was copied. Verify the backup and try again.")
        }
    }

    /// Puts the new file in the old one's place; sets the old one aside when it could not be backed up.
    func swap(keepingOld stamp: String?) throws(BackupError) -> RestoreReport.Kept? {
        var kept: RestoreReport.Kept?
        if let stamp {
            let aside = path + ".damaged-" + stamp
            try Folder.rename(path, to: aside)
            if Folder.exists(path + "-wal") { try Folder.rename(path + "-wal", to: aside + "-wal") }
            kept = .file(path: aside)
        }
        // A log that is left would be applied to the new file. Closing has emptied it, unless somebody else is there.
        if Folder.exists(path), Self.size(path + "-wal") > 0 {
            throw BackupError(.busy, "\(path) is in use by another process: stop it and try again.")
        }
        for suffix in ["-wal", "-shm", "-journal"] { unsafe unlink(path + suffix) }
        do throws(BackupError) {
            try Folder.rename(new, to: path)
        } catch {
            if case .file(let aside) = kept { try Folder.rename(aside, to: path) }
            throw error
        }
        try Folder.keep(folder)
        return kept
    }

    /// Removes what a failed restore leaves.
    func removeNew() { unsafe unlink(new) }

    private static func size(_ path: String) -> Int64 {
        var status = stat()
        return unsafe lstat(path, &status) == 0 ? Int64(status.st_size) : 0
    }
}
