public import Database
public import Media

/// One try to sign in.
public struct LoginAttempt: Sendable, Hashable {
    public var at: Timestamp
    /// The name as typed, folded.
    public var name: String
    public var address: String
    public var hasSucceeded: Bool

    public init(at: Timestamp, name: String, address: String, hasSucceeded: Bool) {
        self.at = at
        self.name = name
        self.address = address
        self.hasSucceeded = hasSucceeded
    }
}

extension Reader {
    /// The tries under a name or from an address since a time, oldest first.
    public func loginAttempts(name: String, address: String, since: Timestamp) throws -> [LoginAttempt] {
        let byName = try rows(
            "SELECT id, at, name_key, address, succeeded FROM login_attempts WHERE name_key = $1 AND at >= $2",
            [.text(name), .integer(since.milliseconds)]
        ) { ($0.integer(0), LoginAttempt($0)) }
        let byAddress = try rows(
            """
            SELECT id, at, name_key, address, succeeded FROM login_attempts
            WHERE address = $1 AND at >= $2 AND name_key <> $3
            """, [.text(address), .integer(since.milliseconds), .text(name)]
        ) { ($0.integer(0), LoginAttempt($0)) }
        return (byName + byAddress).sorted { $0.0 < $1.0 }.map(\.1)
    }

    /// Whether a name ever signed in from an address, as far as is remembered.
    public func hasSignedIn(name: String, from address: String) throws -> Bool {
        try first(
            "SELECT id FROM login_attempts WHERE name_key = $1 AND address = $2 AND succeeded = 1 LIMIT 1",
            [.text(name), .text(address)]
        ) { $0.integer(0) } != nil
    }
}

extension StoreTransaction {
    /// - Returns: its number.
    @discardableResult
    public func record(_ attempt: LoginAttempt) throws -> Int64 {
        let id = try reserveIDs(.loginAttempts)
        try raw.execute(
            "INSERT INTO login_attempts(id, at, name_key, address, succeeded) VALUES($1, $2, $3, $4, $5)",
            [
                .integer(id), .integer(attempt.at.milliseconds), .text(attempt.name), .text(attempt.address),
                .integer(attempt.hasSucceeded ? 1 : 0),
            ])
        return id
    }

    public func loginAttemptSucceeded(_ id: Int64) throws {
        try raw.execute("UPDATE login_attempts SET succeeded = 1 WHERE id = $1", [.integer(id)])
    }

    /// A try that was never decided.
    public func forgetLoginAttempt(_ id: Int64) throws {
        try raw.execute("DELETE FROM login_attempts WHERE id = $1", [.integer(id)])
    }

    /// Forgets failures older than a day, and successes older than a year.
    public func pruneLoginAttempts() throws {
        let day = now.advanced(by: .seconds(-86_400)).milliseconds
        let year = now.advanced(by: .seconds(-365 * 86_400)).milliseconds
        try raw.execute(
            "DELETE FROM login_attempts WHERE at < $1 OR (at < $2 AND succeeded = 0)", [.integer(year), .integer(day)])
    }
}

extension LoginAttempt {
    fileprivate init(_ row: borrowing Row) {
        self.init(
            at: Timestamp(milliseconds: row.integer(1)), name: row.text(2), address: row.text(3),
            hasSucceeded: row.bool(4))
    }
}
