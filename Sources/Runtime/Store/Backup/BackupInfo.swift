public import Database
public import Media

/// What is known of one backup without reading its data.
///
/// Of a damaged one, what its manifest would say is nil or empty, but for time and reason, which its name tells too.
public struct BackupInfo: Sendable, Hashable {
    /// Its folder's name, such as `2026-11-20T12-00-00Z-manual`.
    public let id: String
    /// Its folder.
    public let path: String
    public let createdAt: Timestamp?
    public let reason: BackupReason?
    /// The version of Marquee that made it.
    public let version: String?
    public let backend: Backend?
    /// The migrations its database has, in the order they were applied.
    public let schema: [String]
    /// How many rows each table has.
    public let tables: [String: Int64]
    /// The size of its data.
    public let bytes: Int64
    /// What is wrong with the manifest; nil says nothing about the data, which only `Backups.verify(_:)` reads.
    public let damage: String?

    /// The rows of all tables.
    public var rows: Int64 { tables.values.reduce(0, +) }

    init(id: String, path: String, _ manifest: BackupManifest) {
        self.id = id
        self.path = path
        createdAt = manifest.createdAt
        reason = manifest.reason
        version = manifest.version
        backend = manifest.backend
        schema = manifest.schema
        tables = manifest.tables
        bytes = manifest.files.reduce(0) { $0 + $1.bytes }
        damage = nil
    }

    init(id: String, path: String, damage: String) {
        let name = BackupID.parse(id)
        self.id = id
        self.path = path
        createdAt = name?.createdAt
        reason = name?.reason
        version = nil
        backend = nil
        schema = []
        tables = [:]
        bytes = 0
        self.damage = damage
    }
}

/// What a check of all data of one backup has found.
public struct BackupVerification: Sendable, Hashable {
    public let backup: BackupInfo
    /// One sentence each; empty when the backup is sound.
    public let problems: [String]

    /// True when it can be restored.
    public var isSound: Bool { problems.isEmpty }
}

/// What a restore has done.
public struct RestoreReport: Sendable, Hashable {
    /// Where the state that was replaced is now.
    public enum Kept: Sendable, Hashable {
        case backup(BackupInfo)
        /// It was too damaged for a backup: the file, set aside as it was.
        case file(path: String)
        /// There was none.
        case nothing
    }

    /// What was restored.
    public let backup: BackupInfo
    public let kept: Kept
    /// The migrations that the next start will apply, because the backup is of an older version.
    public let pending: [String]
}
