public import Changes
public import Database
public import Media

extension Reader {
    /// The id of the newest event; 0 when there is none.
    public func lastEventID() throws -> Int64 {
        try first("SELECT n FROM counters WHERE name = $1", ["id|events"]) { $0.integer(0) } ?? 0
    }

    /// The events after `id`, oldest first, at most `limit`.
    ///
    /// - Returns: nil when events after `id` have been pruned: the listener must start afresh.
    public func events(after id: Int64, limit: Int = 10_000) throws -> [Change]? {
        guard try hasEvents(after: id) else { return nil }
        return try changes("id > $1 ORDER BY id LIMIT $2", [.integer(id), .integer(Int64(limit))])
    }

    /// How much of the log is kept: how many events, since when, and the newest one's id.
    public func eventLog() throws -> (count: Int64, oldestAt: Timestamp?, newest: Int64) {
        let kept = try first("SELECT count(*), min(at) FROM events") { ($0.integer(0), $0.optionalTime(1)) }
        return (kept?.0 ?? 0, kept?.1, try lastEventID())
    }

    /// Whether all events after `id` are still kept, and `id` is of this log.
    func hasEvents(after id: Int64) throws -> Bool {
        let oldest = try first("SELECT min(id) FROM events") { $0.optionalInteger(0) } ?? nil
        if id > 0, let oldest, oldest > id + 1 { return false }
        return try lastEventID() >= id
    }

    func changes(_ condition: SQL, _ values: [Value]) throws -> [Change] {
        try rows("SELECT id, topic, object_id, data FROM events WHERE " + condition, values) { row in
            Change(
                id: row.integer(0), topic: Change.Topic(rawValue: row.text(1)) ?? .health,
                object: row.optionalInteger(2), data: row.text(3))
        }
    }
}

extension StoreTransaction {
    /// Forgets events older than ten minutes beyond the newest ten thousand (operations.md §4).
    public func pruneEvents() throws {
        let keep = try raw.lastEventID() - 10_000
        let tenMinutesAgo = now.advanced(by: .seconds(-600)).milliseconds
        try raw.execute("DELETE FROM events WHERE id <= $1 AND at < $2", [.integer(keep), .integer(tenMinutesAgo)])
    }
}
