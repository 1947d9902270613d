public import Database
public import Media

/// What became of a webhook.
public enum InboxOutcome: String, Sendable, CaseIterable {
    /// It concerned a request.
    case applied
    /// It is without effect here.
    case recorded
    /// It concerns a title nobody has requested yet; tried again when somebody does.
    case unmatched
    /// It could not be interpreted.
    case failed
}

/// One received webhook.
public struct InboxEntry: Sendable {
    public var id: Int64
    public var receivedAt: Timestamp
    public var service: String
    public var instance: String
    public var event: String
    public var outcome: InboxOutcome
    public var request: Int64?
    /// As received, without secrets; nil once it was let go.
    public var hasBody: Bool
}

extension StoreTransaction {
    /// Keeps a webhook as received, under a number taken before.
    public func appendInbox(
        id: Int64, service: String, instance: String, event: String, body: [UInt8], outcome: InboxOutcome,
        request: Int64?
    ) throws {
        try raw.execute(
            """
            INSERT INTO inbox(id, received_at, service, instance, event, outcome, request_id, body)
            VALUES($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            [
                .integer(id), .integer(now.milliseconds), .text(service), .text(instance), .text(event),
                .text(outcome.rawValue), Value(request), .blob(body),
            ])
    }

    /// A webhook that waited has found its request, or a replay has.
    public func settleInbox(_ id: Int64, request: Int64) throws {
        try raw.execute(
            "UPDATE inbox SET outcome = 'applied', request_id = $1 WHERE id = $2", [.integer(request), .integer(id)])
    }

    public func setInboxOutcome(_ id: Int64, _ outcome: InboxOutcome, request: Int64?) throws {
        try raw.execute(
            "UPDATE inbox SET outcome = $1, request_id = $2 WHERE id = $3",
            [.text(outcome.rawValue), Value(request), .integer(id)])
    }

    /// Lets go of bodies after a week and of entries after thirty days, and of facts that waited as long.
    public func pruneInbox() throws {
        let week = now.advanced(by: .seconds(-7 * 86_400)).milliseconds
        let month = now.advanced(by: .seconds(-30 * 86_400)).milliseconds
        try raw.execute("DELETE FROM inbox WHERE received_at < $1", [.integer(month)])
        try raw.execute(
            "UPDATE inbox SET body = NULL WHERE received_at < $1 AND body IS NOT NULL AND outcome <> 'unmatched'",
            [.integer(week)])
        try raw.execute(
            "DELETE FROM facts WHERE match_key IS NOT NULL AND received_at < $1", [.integer(month)])
    }
}

extension Reader {
    /// Received webhooks, newest first.
    public func inbox(_ outcome: InboxOutcome?, before: Int64?, limit: Int) throws -> [InboxEntry] {
        var sql: SQL = """
            SELECT id, received_at, service, instance, event, outcome, request_id, body IS NOT NULL FROM inbox
            WHERE id < $1
            """
        var values: [Value] = [.integer(before ?? .max)]
        if let outcome {
            sql = sql + " AND outcome = $2 ORDER BY id DESC LIMIT $3"
            values.append(.text(outcome.rawValue))
        } else {
            sql = sql + " ORDER BY id DESC LIMIT $2"
        }
        values.append(.integer(Int64(limit)))
        return try rows(sql, values) { InboxEntry($0) }
    }

    /// As far as webhooks are counted (api.md §1).
    public static var inboxCountLimit: Int64 { 10_000 }

    /// How many there are; one more than `inboxCountLimit` where there are more than that.
    public func inboxCount(_ outcome: InboxOutcome?) throws -> Int64 {
        let limit = Value.integer(Self.inboxCountLimit + 1)
        guard let outcome else {
            return try first("SELECT count(*) FROM (SELECT 1 FROM inbox LIMIT $1) AS counted", [limit]) {
                $0.integer(0)
            } ?? 0
        }
        return try first(
            "SELECT count(*) FROM (SELECT 1 FROM inbox WHERE outcome = $1 LIMIT $2) AS counted",
            [.text(outcome.rawValue), limit]
        ) { $0.integer(0) } ?? 0
    }

    public func inboxEntry(_ id: Int64) throws -> (entry: InboxEntry, body: [UInt8]?)? {
        try first(
            """
            SELECT id, received_at, service, instance, event, outcome, request_id, body IS NOT NULL, body FROM inbox
            WHERE id = $1
            """, [.integer(id)]
        ) { (InboxEntry($0), $0.blob(8)) }
    }

    /// The bodies of these webhooks, as far as they are kept and not longer than `limit` bytes.
    public func inboxBodies(_ ids: [Int64], limit: Int64) throws -> [Int64: [UInt8]] {
        var bodies: [Int64: [UInt8]] = [:]
        for id in ids {
            bodies[id] = try first(
                "SELECT body FROM inbox WHERE id = $1 AND length(body) <= $2", [.integer(id), .integer(limit)]
            ) { $0.blob(0) ?? [] }
        }
        return bodies
    }

    /// When each instance was last heard, and how many of its hooks came to what.
    public func inboxSummary() throws -> [InboxSummary] {
        try rows(
            "SELECT service, instance, outcome, count(*), max(received_at) FROM inbox GROUP BY service, instance, outcome"
        ) { row in
            InboxSummary(
                service: row.text(0), instance: row.text(1), outcome: InboxOutcome(rawValue: row.text(2)) ?? .recorded,
                count: row.integer(3), lastHeard: Timestamp(milliseconds: row.integer(4)))
        }
    }
}

/// How many webhooks of an instance came to one outcome.
public struct InboxSummary: Sendable {
    public var service: String
    public var instance: String
    public var outcome: InboxOutcome
    public var count: Int64
    public var lastHeard: Timestamp
}

extension InboxEntry {
    fileprivate init(_ row: borrowing Row) {
        self.init(
            id: row.integer(0), receivedAt: Timestamp(milliseconds: row.integer(1)), service: row.text(2),
            instance: row.text(3), event: row.text(4), outcome: InboxOutcome(rawValue: row.text(5)) ?? .recorded,
            request: row.optionalInteger(6), hasBody: row.bool(7))
    }
}
