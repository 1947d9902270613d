/// The folder that holds all backups, each in a folder of its own.
struct BackupFolder: Sendable {
    let path: String

    /// The backups there are, newest first, damaged ones included; what is not ours is left out.
    func backups() throws(BackupError) -> [BackupInfo] {
        var found: [BackupInfo] = []
        for name in try Folder.names(in: path) where isBackup(name) { found.append(read(name)) }
        return found.sorted { first, second in
            switch (first.createdAt, second.createdAt) {
            case (let a?, let b?) where a != b: a > b
            case (nil, .some): false
            case (.some, nil): true
            default: first.id > second.id
            }
        }
    }

    /// One backup by its id, which may come from outside.
    func backup(_ id: String) throws(BackupError) -> BackupInfo {
        guard BackupID.isValid(id) else {
            throw BackupError(
                .invalidID, "That is not the id of a backup: it is a name such as 2026-11-20T12-00-00Z-manual.")
        }
        guard isBackup(id) else { throw .unknown(id, in: path) }
        return read(id)
    }

    /// The manifest of a backup whose info shows no damage.
    func manifest(of id: String) throws(ManifestDamage) -> BackupManifest {
        try BackupManifest(json: manifestBytes(of: id))
    }

    /// A folder is a backup when it holds a manifest, or when its name says so: then the manifest is lost.
    private func isBackup(_ name: String) -> Bool {
        guard BackupID.isValid(name), Folder.isFolder(path + "/" + name) else { return false }
        return BackupID.parse(name) != nil || Folder.exists(manifestPath(name))
    }

    private func read(_ id: String) -> BackupInfo {
        do throws(ManifestDamage) {
            return BackupInfo(id: id, path: path + "/" + id, try manifest(of: id))
        } catch {
            return BackupInfo(id: id, path: path + "/" + id, damage: error.sentence)
        }
    }

    private func manifestBytes(of id: String) throws(ManifestDamage) -> [UInt8] {
        guard Folder.exists(manifestPath(id)) else {
            throw ManifestDamage("Its \(BackupManifest.fileName) is missing: nothing tells what the files are.")
        }
        var bytes: [UInt8] = []
        do throws(BackupError) {
            let file = try InputFile(manifestPath(id))
            while bytes.count <= BackupManifest.maxBytes, let chunk = try file.next() { bytes += chunk }
        } catch {
            throw ManifestDamage(error.message)
        }
        guard bytes.count <= BackupManifest.maxBytes else { throw ManifestDamage("Its manifest is far too large.") }
        return bytes
    }

    private func manifestPath(_ id: String) -> String { path + "/" + id + "/" + BackupManifest.fileName }
}
