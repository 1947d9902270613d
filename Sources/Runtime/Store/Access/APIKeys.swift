public import Database
public import Media

/// A key for programs; of its text only the SHA-256 is stored.
public struct APIKeyRecord: Sendable, Hashable {
    public var id: Int64 = 0
    public var name: String
    public var hash: [UInt8]
    /// `read`, `operate`, `admin`, `metrics`, `hook:<service>`.
    public var scopes: [String]
    /// The user whose rights bound it; nil for a key made on the command line.
    public var owner: String?
    public var createdBy: String
    public var createdAt: Timestamp
    public var expiresAt: Timestamp?
    public var usedAt: Timestamp?
    public var revokedAt: Timestamp?

    public init(
        name: String, hash: [UInt8], scopes: [String], owner: String?, createdBy: String, at now: Timestamp,
        expiresAt: Timestamp?
    ) {
        self.name = name
        self.hash = hash
        self.scopes = scopes
        self.owner = owner
        self.createdBy = createdBy
        createdAt = now
        self.expiresAt = expiresAt
    }
}

extension Reader {
    public func apiKey(hash: [UInt8]) throws -> APIKeyRecord? {
        try first("SELECT " + APIKeyRecord.columns + " FROM api_keys WHERE hash = $1", [.blob(hash)]) {
            APIKeyRecord($0)
        }
    }

    public func apiKey(_ id: Int64) throws -> APIKeyRecord? {
        try first("SELECT " + APIKeyRecord.columns + " FROM api_keys WHERE id = $1", [.integer(id)]) {
            APIKeyRecord($0)
        }
    }

    /// Every key that was ever made, the newest first.
    public func apiKeys() throws -> [APIKeyRecord] {
        try rows("SELECT " + APIKeyRecord.columns + " FROM api_keys ORDER BY id DESC") { APIKeyRecord($0) }
    }
}

extension StoreTransaction {
    /// - Returns: its number.
    public func insert(_ key: APIKeyRecord) throws -> Int64 {
        let id = try reserveIDs(.apiKeys)
        try raw.execute(
            """
            INSERT INTO api_keys(id, name, hash, scopes, owner, created_by, created_at, expires_at)
            VALUES($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            [
                .integer(id), .text(key.name), .blob(key.hash), .text(key.scopes.joined(separator: ",")),
                Value(key.owner), .text(key.createdBy), .integer(key.createdAt.milliseconds), Value(key.expiresAt),
            ])
        return id
    }

    public func touch(apiKey id: Int64) throws {
        try raw.execute("UPDATE api_keys SET used_at = $1 WHERE id = $2", [.integer(now.milliseconds), .integer(id)])
    }

    /// Ends a key and the sessions it was exchanged for.
    ///
    /// - Returns: false when there is no such key in force.
    public func revoke(apiKey id: Int64) throws -> Bool {
        try raw.execute("DELETE FROM sessions WHERE key_id = $1", [.integer(id)])
        try accessChanged()
        return try raw.execute(
            "UPDATE api_keys SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL",
            [.integer(now.milliseconds), .integer(id)]) == 1
    }
}

extension APIKeyRecord {
    fileprivate static let columns: SQL =
        "id, name, hash, scopes, owner, created_by, created_at, expires_at, used_at, revoked_at"

    fileprivate init(_ row: borrowing Row) {
        self.init(
            name: row.text(1), hash: row.blob(2) ?? [], scopes: row.text(3).split(separator: ",").map(String.init),
            owner: row.optionalText(4), createdBy: row.text(5), at: Timestamp(milliseconds: row.integer(6)),
            expiresAt: row.optionalTime(7))
        id = row.integer(0)
        usedAt = row.optionalTime(8)
        revokedAt = row.optionalTime(9)
    }
}
