import Glibc

/// Keeps others, of this process or another, from making or removing backups in the same folder.
///
/// The system gives it back with the descriptor, so also after a crash.
final class FolderLock: Sendable {
    private let descriptor: Int32
    /// False on a file system without locks: then leftovers may belong to a backup that is being made.
    let isExclusive: Bool

    init(_ path: String) throws(BackupError) {
        let opened = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard opened >= 0 else { throw .system(errno, "The folder \(path) cannot be opened") }
        let isLocked = flock(opened, LOCK_EX | LOCK_NB) == 0
        guard isLocked || errno != EWOULDBLOCK else {
            close(opened)
            throw BackupError(
                .busy, "Another backup is being made, removed, or restored in \(path): wait until it is done.")
        }
        descriptor = opened
        isExclusive = isLocked
    }

    deinit { close(descriptor) }
}
