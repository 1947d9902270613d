public import Database
public import Media

/// Something that somebody did, or was refused; rows are only ever added.
public struct AuditEntry: Sendable, Hashable {
    public var id: Int64 = 0
    public var at: Timestamp
    public var who: String
    public var address: String?
    /// A word of ours, such as `login`, `login_refused`, `key_created`.
    public var action: String
    public var object: String?
    public var before: String?
    public var after: String?

    public init(
        at: Timestamp, who: String, address: String?, action: String, object: String? = nil, before: String? = nil,
        after: String? = nil
    ) {
        self.at = at
        self.who = who
        self.address = address
        self.action = action
        self.object = object
        self.before = before
        self.after = after
    }
}

extension StoreTransaction {
    public func record(_ entry: AuditEntry) throws {
        try raw.execute(
            "INSERT INTO audit(id, at, who, address, action, object, before, after) VALUES($1, $2, $3, $4, $5, $6, $7, $8)",
            [
                .integer(try reserveIDs(.audit)), .integer(entry.at.milliseconds), .text(entry.who),
                Value(entry.address), .text(entry.action), Value(entry.object), Value(entry.before),
                Value(entry.after),
            ])
    }
}

extension Reader {
    /// What was done, the newest first.
    public func audit(before id: Int64?, limit: Int) throws -> [AuditEntry] {
        try rows(
            """
            SELECT id, at, who, address, action, object, before, after FROM audit WHERE id < $1
            ORDER BY id DESC LIMIT $2
            """, [.integer(id ?? .max), .integer(Int64(limit))]
        ) { row in
            var entry = AuditEntry(
                at: Timestamp(milliseconds: row.integer(1)), who: row.text(2), address: row.optionalText(3),
                action: row.text(4), object: row.optionalText(5), before: row.optionalText(6),
                after: row.optionalText(7))
            entry.id = row.integer(0)
            return entry
        }
    }

    public func auditCount() throws -> Int64 { try counter("id|audit") ?? 0 }
}
