public import Database
public import Media

/// A setting as the Settings page stored it.
public struct StoredSetting: Sendable, Hashable {
    /// What is kept of a value.
    public enum Content: Sendable, Hashable {
        case plain(String)
        /// A secret, sealed for this row.
        case sealed([UInt8])
    }

    /// The name of the environment variable that would set the same.
    public var name: String
    public var content: Content
    public var savedAt: Timestamp
    public var savedBy: String

    public init(name: String, content: Content, savedAt: Timestamp, savedBy: String) {
        self.name = name
        self.content = content
        self.savedAt = savedAt
        self.savedBy = savedBy
    }
}

extension Schema {
    static let settings = """
        CREATE TABLE settings(
            name {text} PRIMARY KEY,
            value {text},
            sealed {blob},
            saved_at {int} NOT NULL,
            saved_by {text} NOT NULL,
            CHECK((value IS NULL) <> (sealed IS NULL))
        ) {clustered};
        """
}

extension Reader {
    /// Everything stored, by name.
    public func settings() throws -> [StoredSetting] {
        try rows("SELECT name, value, sealed, saved_at, saved_by FROM settings ORDER BY name") { row in
            StoredSetting(
                name: row.text(0),
                content: row.blob(2).map { .sealed($0) } ?? .plain(row.text(1)),
                savedAt: Timestamp(milliseconds: row.integer(3)), savedBy: row.text(4))
        }
    }
}

extension StoreTransaction {
    public func save(_ setting: StoredSetting) throws {
        var value: String?
        var sealed: [UInt8]?
        switch setting.content {
        case .plain(let text): value = text
        case .sealed(let bytes): sealed = bytes
        }
        try raw.execute(
            """
            INSERT INTO settings(name, value, sealed, saved_at, saved_by) VALUES($1, $2, $3, $4, $5)
            ON CONFLICT(name) DO UPDATE SET value = excluded.value, sealed = excluded.sealed,
                saved_at = excluded.saved_at, saved_by = excluded.saved_by
            """,
            [
                .text(setting.name), Value(value), sealed.map { .blob($0) } ?? .null,
                .integer(setting.savedAt.milliseconds), .text(setting.savedBy),
            ])
    }

    public func removeSetting(_ name: String) throws {
        try raw.execute("DELETE FROM settings WHERE name = $1", [.text(name)])
    }
}
