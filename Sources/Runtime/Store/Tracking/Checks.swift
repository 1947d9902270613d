public import Database
public import Media

/// A check that is due: durable, so that a restart forgets none (tracking.md §5).
public struct DueCheck: Sendable, Hashable {
    public var request: Int64
    public var cause: String
    public var dueAt: Timestamp
    /// How often it was tried.
    public var attempt: Int64
}

extension StoreTransaction {
    /// Asks for a check; one that waits for the same cause is moved.
    ///
    /// With `keepsEarlier` (the default) it is only ever moved forward, so that many triggers make one check.
    public func scheduleCheck(_ request: Int64, cause: String, at due: Timestamp, keepsEarlier: Bool = true) throws {
        try raw.execute(
            keepsEarlier ? Self.movingForward : Self.movingAnywhere,
            [.integer(request), .text(cause), .integer(due.milliseconds)])
    }

    private static let movingForward: SQL = """
        INSERT INTO checks(request_id, cause, due_at, attempt) VALUES($1, $2, $3, 0)
        ON CONFLICT(request_id, cause) DO UPDATE SET due_at = excluded.due_at, attempt = 0
            WHERE checks.due_at > excluded.due_at
        """
    private static let movingAnywhere: SQL = """
        INSERT INTO checks(request_id, cause, due_at, attempt) VALUES($1, $2, $3, 0)
        ON CONFLICT(request_id, cause) DO UPDATE SET due_at = excluded.due_at, attempt = 0
            WHERE checks.due_at <> excluded.due_at
        """

    /// The same check again, later.
    public func repeatCheck(_ check: DueCheck, at due: Timestamp) throws {
        try raw.execute(
            "UPDATE checks SET due_at = $1, attempt = attempt + 1 WHERE request_id = $2 AND cause = $3 AND due_at = $4",
            [
                .integer(due.milliseconds), .integer(check.request), .text(check.cause),
                .integer(check.dueAt.milliseconds),
            ])
    }

    public func removeCheck(_ request: Int64, cause: String) throws {
        try raw.execute(
            "DELETE FROM checks WHERE request_id = $1 AND cause = $2", [.integer(request), .text(cause)])
    }

    /// Ends a check that was made, unless it was asked for anew meanwhile.
    public func endCheck(_ check: DueCheck) throws {
        try raw.execute(
            "DELETE FROM checks WHERE request_id = $1 AND cause = $2 AND due_at = $3",
            [.integer(check.request), .text(check.cause), .integer(check.dueAt.milliseconds)])
    }
}

extension Reader {
    /// Checks due by now, the longest overdue first.
    public func dueChecks(by now: Timestamp, limit: Int) throws -> [DueCheck] {
        try rows(
            "SELECT request_id, cause, due_at, attempt FROM checks WHERE due_at <= $1 ORDER BY due_at LIMIT $2",
            [.integer(now.milliseconds), .integer(Int64(limit))]
        ) { row in
            DueCheck(
                request: row.integer(0), cause: row.text(1), dueAt: Timestamp(milliseconds: row.integer(2)),
                attempt: row.integer(3))
        }
    }

    /// When the next check is due.
    public func nextCheck() throws -> Timestamp? {
        try first("SELECT min(due_at) FROM checks") { $0.optionalTime(0) } ?? nil
    }
}
