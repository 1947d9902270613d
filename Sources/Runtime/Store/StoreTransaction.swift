public import Changes
public import Database
public import Media

/// One writing transaction: the statements of the tables, and the news they cause.
public final class StoreTransaction {
    public let raw: Transaction
    /// When the transaction was asked for; every time it stores.
    public let now: Timestamp
    private var news: [Change] = []
    private var counts: [RequestCount: Int64] = [:]

    init(_ raw: Transaction, now: Timestamp) {
        self.raw = raw
        self.now = now
    }

    /// Takes `count` consecutive ids for a table; the single writer makes them gapless and never reused.
    public func reserveIDs(_ table: SequencedTable, _ count: Int = 1) throws -> Int64 {
        let name: Value = .text("id|" + table.rawValue)
        let next = try raw.first(
            "UPDATE counters SET n = n + $1 WHERE name = $2 RETURNING n", [.integer(Int64(count)), name]
        ) { $0.integer(0) }
        if let next { return next - Int64(count) + 1 }
        try raw.execute("INSERT INTO counters(name, n) VALUES($1, $2)", [name, .integer(Int64(count))])
        return 1
    }

    /// Records news to be told after the commit; kept for those who reconnect.
    public func emit(_ topic: Change.Topic, object: Int64? = nil, data: String = "{}") throws {
        let id = try reserveIDs(.events)
        try raw.execute(
            "INSERT INTO events(id, at, topic, object_id, data) VALUES($1, $2, $3, $4, $5)",
            [.integer(id), .integer(now.milliseconds), .text(topic.rawValue), Value(object), .text(data)])
        news.append(Change(id: id, topic: topic, object: object, data: data))
    }

    /// News that is told after the commit but not kept, such as progress.
    public func tell(_ topic: Change.Topic, object: Int64, data: String = "{\"change\":\"updated\"}") {
        news.append(Change(id: nil, topic: topic, object: object, data: data))
    }

    /// Notes that requests of this kind became more or fewer; written once, at the end.
    public func count(_ what: RequestCount, _ difference: Int64) {
        counts[what, default: 0] += difference
    }

    func finish() throws -> [Change] {
        for (what, difference) in counts.sorted(by: { $0.key.counterName < $1.key.counterName }) where difference != 0 {
            try raw.add(difference, to: what.counterName)
        }
        if news.contains(where: { $0.id != nil }) { try raw.notify("events") }
        return news
    }
}

/// A table whose ids are taken from `counters`.
public enum SequencedTable: String, Sendable {
    case requests, facts, timeline, jobs, changes, findings, events, episodes, downloads, inbox
}
