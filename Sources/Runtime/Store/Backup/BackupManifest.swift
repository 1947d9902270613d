import Database
import Media

/// What a backup says about itself: the content of its `manifest.json`.
struct BackupManifest: Sendable, Hashable {
    static let fileName = "manifest.json"
    /// Raised when older versions could not read the result.
    static let format = 1
    /// Far more than any manifest has.
    static let maxBytes = 1 << 20

    /// One file of data beside the manifest.
    struct File: Sendable, Hashable {
        let name: String
        let bytes: Int64
        let sha256: String
        /// The table whose rows it holds; nil when it is a whole database.
        let table: String?
    }

    let version: String
    let schema: [String]
    let backend: Backend
    let createdAt: Timestamp
    let reason: BackupReason
    let tables: [String: Int64]
    let files: [File]
}

/// What is wrong with a manifest.
struct ManifestDamage: Error {
    let sentence: String

    init(_ sentence: String) { self.sentence = sentence }
}
