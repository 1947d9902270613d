public import Changes
public import Database
public import Media

/// One writing transaction: the statements of the tables, and the news they cause.
public final class StoreTransaction {
    public let raw: Transaction
    /// When the transaction was asked for; every time it stores.
    public let now: Timestamp
    /// What other processes are told when there are new events.
    static let eventsNotice = "events"
    private var news: [Change] = []
    private var counts: [RequestCount: Int64] = [:]
    /// Numbers taken of the common sequence and not given out yet.
    private var block: Range<Int64> = 0..<0

    init(_ raw: Transaction, now: Timestamp) {
        self.raw = raw
        self.now = now
    }

    /// Takes `count` consecutive ids for a table; the single writer never gives out one twice.
    ///
    /// Rows that people never see by number share one sequence, of which a transaction takes a block: one statement
    /// instead of one for each table. Its rest is lost, so these numbers have gaps; all others have none.
    public func reserveIDs(_ table: SequencedTable, _ count: Int = 1) throws -> Int64 {
        guard table.isCommon else { return try take(count, of: table.rawValue) }
        if block.count < count {
            let size = max(count, Self.blockSize)
            let first = try take(size, of: "rows")
            block = first..<first + Int64(size)
        }
        defer { block = block.lowerBound + Int64(count)..<block.upperBound }
        return block.lowerBound
    }

    /// What a webhook of a film needs.
    private static let blockSize = 8

    private func take(_ count: Int, of sequence: String) throws -> Int64 {
        // Read, then written: nobody else writes, and RETURNING costs SQLite a table of its own each time.
        let name = "id|" + sequence
        guard let last = try raw.counter(name) else {
            try raw.execute("INSERT INTO counters(name, n) VALUES($1, $2)", [.text(name), .integer(Int64(count))])
            return 1
        }
        try raw.execute(
            "UPDATE counters SET n = $1 WHERE name = $2", [.integer(last + Int64(count)), .text(name)])
        return last + 1
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
    public func tell(_ topic: Change.Topic, object: Int64, data: String = RequestChange.updated.data) {
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
        if news.contains(where: { $0.id != nil }) { try raw.notify(Self.eventsNotice) }
        return news
    }
}

/// A table whose ids are taken from `counters`.
public enum SequencedTable: String, Sendable {
    case requests, facts, timeline, jobs, changes, findings, events, episodes, downloads, inbox, sessions, audit
    case loginAttempts = "login_attempts"
    case apiKeys = "api_keys"
    case savedFilters = "saved_filters"
    case deletionLogs = "deletion_logs"
    case deletionSteps = "deletion_steps"

    /// Whether its numbers come from the sequence that several tables share.
    var isCommon: Bool {
        switch self {
        case .facts, .timeline, .episodes, .downloads, .inbox: true
        case .requests, .jobs, .changes, .findings, .events, .sessions, .audit, .loginAttempts, .apiKeys,
            .savedFilters, .deletionLogs, .deletionSteps:
            false
        }
    }
}
