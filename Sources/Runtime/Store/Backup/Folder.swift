import Glibc

/// What backups ask of the file system.
enum Folder {
    /// Creates a folder and those above it, readable by their owner only; one that is there is left as it is.
    static func create(_ path: String) throws(BackupError) {
        if unsafe mkdir(path, 0o700) == 0 { return adopt(path) }
        if errno == ENOENT, let slash = path.dropLast().lastIndex(of: "/"), slash > path.startIndex {
            try create(String(path[..<slash]))
            if unsafe mkdir(path, 0o700) == 0 { return adopt(path) }
        }
        guard errno == EEXIST, isFolder(path) else { throw .system(errno, "The folder \(path) cannot be made") }
    }

    /// The names in a folder, sorted; none when it is not there.
    static func names(in path: String) throws(BackupError) -> [String] {
        guard let stream = unsafe opendir(path) else {
            if errno == ENOENT { return [] }
            throw .system(errno, "The folder \(path) cannot be read")
        }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                unsafe tuple.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: tuple.pointee)) {
                    unsafe String(cString: $0)
                }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// True for a folder itself, not for a link to one.
    static func isFolder(_ path: String) -> Bool { kind(path) == S_IFDIR }

    /// True when something has this name.
    static func exists(_ path: String) -> Bool { kind(path) != nil }

    /// Gives something another name in the same file system, at once or not at all.
    static func rename(_ old: String, to new: String) throws(BackupError) {
        guard unsafe Glibc.rename(old, new) == 0 else { throw .system(errno, "\(old) cannot be renamed to \(new)") }
    }

    /// Removes a folder of files as far as that goes; folders inside it are somebody else's and stay.
    static func remove(_ path: String) throws(BackupError) {
        for name in try names(in: path) { unsafe unlink(path + "/" + name) }
        guard unsafe rmdir(path) == 0 || errno == ENOENT else {
            throw .system(errno, "The folder \(path) cannot be removed")
        }
    }

    /// Makes a file or folder durable and gives it the owner of its folder.
    static func keep(_ path: String) throws(BackupError) {
        adopt(path)
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(errno, "\(path) cannot be opened") }
        defer { close(descriptor) }
        // Some network file systems refuse it for folders.
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw .system(errno, "\(path) cannot be written") }
    }

    /// Bytes that this user may still write at a place; nil when the system does not say.
    static func freeBytes(_ path: String) -> Int64? {
        var status = statvfs()
        guard unsafe statvfs(path, &status) == 0 else { return nil }
        return Int64(
            clamping: UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize)).partialValue)
    }

    /// Root makes backups for the user who owns the place: what it makes must not shut that user out.
    private static func adopt(_ path: String) {
        guard geteuid() == 0 else { return }
        let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        var status = stat()
        guard unsafe stat(parent.isEmpty ? "/" : parent, &status) == 0 else { return }
        _ = unsafe lchown(path, status.st_uid, status.st_gid)
    }

    private static func kind(_ path: String) -> mode_t? {
        var status = stat()
        return unsafe lstat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }
}
