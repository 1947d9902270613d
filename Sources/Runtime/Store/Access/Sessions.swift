import Changes
public import Database
public import Media

/// A browser that is signed in; of its token only the SHA-256 is stored.
public struct SessionRecord: Sendable, Hashable {
    public var id: Int64 = 0
    /// SHA-256 of the token in force.
    public var token: [UInt8]
    /// The token before the last renewal, good for a moment more.
    public var previousToken: [UInt8]?
    public var previousUntil: Timestamp?
    /// Who signed in; nil when a key was exchanged.
    public var user: String?
    public var key: Int64?
    /// What the tokens of its forms are made from.
    public var formSecret: [UInt8]
    public var createdAt: Timestamp
    public var rotatedAt: Timestamp
    public var usedAt: Timestamp
    public var address: String
    public var agent: String

    public init(
        token: [UInt8], user: String?, key: Int64?, formSecret: [UInt8], at now: Timestamp, address: String,
        agent: String
    ) {
        self.formSecret = formSecret
        self.token = token
        self.user = user
        self.key = key
        createdAt = now
        rotatedAt = now
        usedAt = now
        self.address = address
        self.agent = agent
    }
}

extension Reader {
    /// The session of a token's hash, its previous one included.
    public func session(token: [UInt8]) throws -> SessionRecord? {
        try first(
            "SELECT " + SessionRecord.columns + " FROM sessions WHERE token = $1 OR previous_token = $1 LIMIT 1",
            [.blob(token)]
        ) { SessionRecord($0) }
    }

    /// The sessions of a user, the newest use first.
    public func sessions(of user: String) throws -> [SessionRecord] {
        try rows(
            "SELECT " + SessionRecord.columns + " FROM sessions WHERE user_id = $1 ORDER BY used_at DESC, id DESC",
            [.text(user)]
        ) { SessionRecord($0) }
    }
}

extension StoreTransaction {
    /// - Returns: its number.
    @discardableResult
    public func insert(_ session: SessionRecord) throws -> Int64 {
        let id = try reserveIDs(.sessions)
        try raw.execute(
            """
            INSERT INTO sessions(id, token, user_id, key_id, created_at, rotated_at, used_at, address, agent, form_secret)
            VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """,
            [
                .integer(id), .blob(session.token), Value(session.user), Value(session.key),
                .integer(session.createdAt.milliseconds), .integer(session.rotatedAt.milliseconds),
                .integer(session.usedAt.milliseconds), .text(session.address), .text(session.agent),
                .blob(session.formSecret),
            ])
        return id
    }

    /// Notes that a session was used.
    public func touch(session id: Int64) throws {
        try raw.execute("UPDATE sessions SET used_at = $1 WHERE id = $2", [.integer(now.milliseconds), .integer(id)])
    }

    /// Gives a session a new token; the old one lives until `until`.
    ///
    /// - Returns: false when another request renewed it first.
    public func rotate(session id: Int64, from old: [UInt8], to new: [UInt8], until: Timestamp) throws -> Bool {
        try raw.execute(
            """
            UPDATE sessions SET token = $1, previous_token = $2, previous_until = $3, rotated_at = $4, used_at = $5
            WHERE id = $6 AND token = $7
            """,
            [
                .blob(new), .blob(old), .integer(until.milliseconds), .integer(now.milliseconds),
                .integer(now.milliseconds), .integer(id), .blob(old),
            ]) == 1
    }

    public func endSession(_ id: Int64) throws {
        try raw.execute("DELETE FROM sessions WHERE id = $1", [.integer(id)])
        try accessChanged()
    }

    /// - Returns: how many ended.
    @discardableResult
    public func endSessions(of user: String) throws -> Int {
        let count = try raw.execute("DELETE FROM sessions WHERE user_id = $1", [.text(user)])
        if count > 0 { try accessChanged() }
        return count
    }

    /// Tells every process that somebody may do less than before: streams ask again whether they may go on.
    public func accessChanged() throws { try emit(.access) }

    /// Forgets sessions that nobody can use any more.
    public func pruneSessions(idleSince: Timestamp, createdBefore: Timestamp) throws {
        try raw.execute(
            "DELETE FROM sessions WHERE used_at < $1 OR created_at < $2",
            [.integer(idleSince.milliseconds), .integer(createdBefore.milliseconds)])
    }
}

extension SessionRecord {
    fileprivate static let columns: SQL = """
        id, token, previous_token, previous_until, user_id, key_id, created_at, rotated_at, used_at, address, agent, \
        form_secret
        """

    fileprivate init(_ row: borrowing Row) {
        self.init(
            token: row.blob(1) ?? [], user: row.optionalText(4), key: row.optionalInteger(5),
            formSecret: row.blob(11) ?? [], at: Timestamp(milliseconds: row.integer(6)), address: row.text(9),
            agent: row.text(10))
        id = row.integer(0)
        previousToken = row.blob(2)
        previousUntil = row.optionalTime(3)
        rotatedAt = Timestamp(milliseconds: row.integer(7))
        usedAt = Timestamp(milliseconds: row.integer(8))
    }
}
