public import Database
public import Media

/// What somebody may do (security.md §3).
public enum Role: String, Sendable, Hashable, CaseIterable {
    case admin, user, readonly
}

/// A Jellyfin user who has signed in here.
public struct UserRecord: Sendable, Hashable {
    /// Jellyfin's id, lower case and without dashes.
    public var id: String
    /// As Jellyfin shows it; users change it, so it grants nothing.
    public var name: String
    /// Whether Jellyfin calls them an administrator.
    public var isAdministrator: Bool
    public var isDisabled: Bool
    /// What an admin here has made of them; nil leaves it to Jellyfin.
    public var assignedRole: Role?
    public var createdAt: Timestamp
    public var lastLoginAt: Timestamp?
    /// When Jellyfin was last asked about them.
    public var checkedAt: Timestamp

    public init(id: String, name: String, isAdministrator: Bool, isDisabled: Bool, at now: Timestamp) {
        self.id = Self.normal(id)
        self.name = name
        self.isAdministrator = isAdministrator
        self.isDisabled = isDisabled
        createdAt = now
        checkedAt = now
    }

    /// Ids compare without dashes and case.
    public static func normal(_ id: String) -> String { JellyfinUserID(id)?.text ?? "" }
}

extension Reader {
    public func user(_ id: String) throws -> UserRecord? {
        try first("SELECT " + UserRecord.columns + " FROM users WHERE id = $1", [.text(id)]) { UserRecord($0) }
    }

    /// Everybody who ever signed in, by name.
    public func users() throws -> [UserRecord] {
        try rows("SELECT " + UserRecord.columns + " FROM users ORDER BY name, id") { UserRecord($0) }
    }

    /// Whether an admin of Jellyfin's has ever signed in: from then on nobody comes in without a login.
    public func hasSignedInAdmin() throws -> Bool {
        try counter("admin_signed_in") != nil
    }
}

extension StoreTransaction {
    /// Stores what a login or a re-check says of a user; the assigned role stays.
    public func save(_ user: UserRecord) throws {
        if let known = try raw.user(user.id) {
            let isLess = user.isDisabled && !known.isDisabled || !user.isAdministrator && known.isAdministrator
            if isLess { try accessChanged() }
        }
        try raw.execute(
            """
            INSERT INTO users(id, name, is_administrator, is_disabled, created_at, last_login_at, checked_at)
            VALUES($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT(id) DO UPDATE SET name = excluded.name, is_administrator = excluded.is_administrator,
                is_disabled = excluded.is_disabled, checked_at = excluded.checked_at,
                last_login_at = coalesce(excluded.last_login_at, users.last_login_at)
            """,
            [
                .text(user.id), .text(user.name), .integer(user.isAdministrator ? 1 : 0),
                .integer(user.isDisabled ? 1 : 0), .integer(user.createdAt.milliseconds), Value(user.lastLoginAt),
                .integer(user.checkedAt.milliseconds),
            ])
    }

    /// Remembers for ever that there is an admin who can sign in.
    public func noteSignedInAdmin() throws { try raw.setCounter("admin_signed_in", to: 1) }

    /// - Returns: whether the user exists.
    public func assign(_ role: Role?, to user: String) throws -> Bool {
        try accessChanged()
        return try raw.execute(
            "UPDATE users SET assigned_role = $1 WHERE id = $2", [Value(role?.rawValue), .text(user)]) == 1
    }
}

extension UserRecord {
    fileprivate static let columns: SQL =
        "id, name, is_administrator, is_disabled, assigned_role, created_at, last_login_at, checked_at"

    fileprivate init(_ row: borrowing Row) {
        self.init(
            id: row.text(0), name: row.text(1), isAdministrator: row.bool(2), isDisabled: row.bool(3),
            at: Timestamp(milliseconds: row.integer(5)))
        assignedRole = row.optionalText(4).flatMap(Role.init)
        lastLoginAt = row.optionalTime(6)
        checkedAt = Timestamp(milliseconds: row.integer(7))
    }
}
