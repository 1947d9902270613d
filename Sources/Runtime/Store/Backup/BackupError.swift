public import Database
import Glibc

/// Why a backup was not made, checked, or restored: what, where, why, and what to do.
///
/// Safe to log.
public struct BackupError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Which failure it is, for the code that handles it.
    public enum Reason: Sendable, Hashable {
        /// The text cannot name a backup.
        case invalidID
        case notFound
        /// Another backup is being made or removed, or the database is in use.
        case busy
        case noSpace
        /// The backup cannot be trusted.
        case damaged
        /// The backup was made by a newer version than this one.
        case newerSchema
        /// The tables of a PostgreSQL database have another shape than those of the backup.
        case otherSchema
        /// A backup of SQLite for PostgreSQL, or the other way round.
        case otherBackend
        /// A folder or file cannot be read or written.
        case file
        /// The database itself failed.
        case database(DatabaseError.Reason)
    }

    public let reason: Reason
    /// One or more sentences for people.
    public let message: String

    public var description: String { message }

    init(_ reason: Reason, _ message: String) {
        self.reason = reason
        self.message = message
    }

    /// A refusal of the system, told with the advice that fits.
    static func system(_ code: Int32, _ what: String) -> BackupError {
        let cause = unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
        return switch code {
        case ENOSPC, EDQUOT, EFBIG: BackupError(.noSpace, "\(what): no space is left. Free some and try again.")
        case EACCES, EPERM:
            BackupError(.file, "\(what): user \(geteuid()) may not. Check the owner and mode of the folder.")
        case EROFS: BackupError(.file, "\(what): the file system is read-only. Choose another folder.")
        default: BackupError(.file, "\(what): \(cause). Check the disk and the folder.")
        }
    }

    static func unknown(_ id: String, in directory: String) -> BackupError {
        BackupError(.notFound, "There is no backup \(id) in \(directory): `marquee backup list` shows those there are.")
    }

    /// Any failure as one of backups, told after what was to be done.
    static func explaining(_ error: any Error, _ what: String) -> BackupError {
        switch error {
        case let error as BackupError: error
        case let error as DatabaseError where error.reason == .full:
            BackupError(.noSpace, "\(what): no space is left. Free some and try again.")
        case let error as DatabaseError: BackupError(.database(error.reason), "\(what): \(error)")
        default: BackupError(.file, "\(what): \(error)")
        }
    }
}
