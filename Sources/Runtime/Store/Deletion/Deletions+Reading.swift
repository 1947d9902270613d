public import Database
import FoundationEssentials
public import Media

extension DeletionLog {
    static let columns: SQL = """
        id, job_id, status, phase, source, user_id, user_name, title, year, media_type, variant, is_anime, poster_url, \
        tmdb_id, tvdb_id, imdb_id, requests, options, plan, plan_hash, undo, initiated_at, completed_at, freed_bytes, \
        left_behind, due_at, called_at, reads, undone_by
        """

    init(_ row: borrowing Row) {
        id = row.integer(0)
        job = row.optionalInteger(1)
        status = DeletionStatus(rawValue: row.text(2)) ?? .inProgress
        phase = DeletionPhase(rawValue: row.text(3)) ?? .done
        source = DeletionSource(rawValue: row.text(4)) ?? .external
        user = row.optionalText(5)
        userName = row.text(6)
        title = row.text(7)
        year = row.optionalInteger(8)
        mediaType = MediaType(rawValue: row.text(9)) ?? .movie
        variant = row.optionalText(10).flatMap(Variant.init)
        isAnime = row.optionalInteger(11).map { $0 == 1 }
        posterURL = row.optionalText(12)
        tmdb = row.optionalInteger(13)
        tvdb = row.optionalInteger(14)
        imdb = row.optionalText(15)
        requests = row.text(16).split(separator: ",").compactMap { Int64($0) }
        options = Self.decoded(row.text(17)) ?? DeletionOptions()
        plan = row.text(18)
        planHash = row.text(19)
        undo = Self.decoded(row.text(20)) ?? UndoOutlook()
        initiatedAt = Timestamp(milliseconds: row.integer(21))
        completedAt = row.optionalTime(22)
        freedBytes = row.optionalInteger(23)
        leftBehind = Self.decoded(row.text(24)) ?? []
        dueAt = row.optionalTime(25)
        calledAt = row.optionalTime(26)
        reads = row.integer(27)
        undoneBy = row.optionalInteger(28)
        steps = []
    }

    private static func decoded<Value: Decodable>(_ text: String) -> Value? {
        try? JSONDecoder().decode(Value.self, from: Data(text.utf8))
    }
}

/// What a list of deletions is narrowed to.
public struct DeletionQuery: Sendable {
    public var source: DeletionSource?
    public var status: DeletionStatus?
    public var mediaType: MediaType?
    /// Only those that wait for an answer.
    public var isAsked = false
    /// Words of the title.
    public var search: String?
    /// Where the previous page ended: the newest come first.
    public var before: Int64?
    public var limit = 50

    public init() {}
}

extension Reader {
    /// A log with all its steps.
    public func deletionLog(_ id: Int64) throws -> DeletionLog? {
        try first("SELECT " + DeletionLog.columns + " FROM deletion_logs WHERE id = $1", [.integer(id)]) {
            DeletionLog($0)
        }.map { try withSteps($0) }
    }

    /// One page, the newest first; one more than `limit` tells that there are more.
    public func deletionLogs(_ query: DeletionQuery) throws -> [DeletionLog] {
        try matching(query, limit: query.limit + 1).map { id in
            try deletionLog(id)
        }.compactMap(\.self)
    }

    /// How many logs there are of a kind, counted up to 10,000.
    public func deletionLogCount(_ query: DeletionQuery) throws -> Int64 {
        var all = query
        all.before = nil
        return Int64(try matching(all, limit: 10_001).count)
    }

    private func matching(_ query: DeletionQuery, limit: Int) throws -> [Int64] {
        var text: SQL = "SELECT id, title_key FROM deletion_logs WHERE id < $1"
        var values: [Value] = [.integer(query.before ?? .max)]
        func and(_ column: SQL, _ value: String?) {
            guard let value else { return }
            values.append(.text(value))
            text = text + " AND " + column + " = " + SQL.placeholder(values.count)
        }
        and("source", query.source?.rawValue)
        and("status", query.status?.rawValue)
        and("media_type", query.mediaType?.rawValue)
        and("phase", query.isAsked ? DeletionPhase.asked.rawValue : nil)
        // Few enough to look at each: words of people never become patterns.
        let wanted = query.search.map { TitleKey.fold(RequestFilter.withoutNUL($0)) }
        var found: [Int64] = []
        for (id, key) in try rows(text + " ORDER BY id DESC", values, { ($0.integer(0), $0.text(1)) }) {
            if let wanted, !key.contains(wanted) { continue }
            found.append(id)
            if found.count == limit { break }
        }
        return found
    }

    /// Whether a deletion of a row was begun at or after a time, whatever came of it.
    public func hasDeletionLog(of request: Int64, since time: Timestamp) throws -> Bool {
        try rows("SELECT requests FROM deletion_logs WHERE initiated_at >= $1", [.integer(time.milliseconds)]) {
            $0.text(0).split(separator: ",").contains { Int64($0) == request }
        }.contains(true)
    }

    /// The logs of a job, in their order.
    public func deletionLogs(ofJob job: Int64) throws -> [DeletionLog] {
        try logs("job_id = $1 ORDER BY id", [.integer(job)])
    }

    /// Deletions that go on by themselves and that nobody carries out at the moment, as far as the tables tell.
    public func stoppedDeletions() throws -> [DeletionLog] {
        try logs(
            """
            phase IN ('confirmed', 'executing') AND (job_id IS NULL OR job_id IN (
                SELECT id FROM jobs WHERE state NOT IN ('queued', 'running'))) ORDER BY id
            """, [])
    }

    /// Deletions of which something is to be read again by now.
    public func dueDeletions(at now: Timestamp, limit: Int = 20) throws -> [DeletionLog] {
        try logs(
            "due_at <= $1 ORDER BY due_at, id LIMIT $2", [.integer(now.milliseconds), .integer(Int64(limit))])
    }

    /// When the next reading is due; nil when nothing waits.
    public func nextDeletionDue() throws -> Timestamp? {
        try first("SELECT min(due_at) FROM deletion_logs WHERE due_at IS NOT NULL") { $0.optionalTime(0) } ?? nil
    }

    private func logs(_ condition: SQL, _ values: [Value]) throws -> [DeletionLog] {
        try rows("SELECT " + DeletionLog.columns + " FROM deletion_logs WHERE " + condition, values) {
            DeletionLog($0)
        }.map { try withSteps($0) }
    }

    private func withSteps(_ log: DeletionLog) throws -> DeletionLog {
        var log = log
        log.steps = try rows(
            """
            SELECT id, service, instance, target, status, details, error, at FROM deletion_steps
            WHERE log_id = $1 ORDER BY id
            """, [.integer(log.id)]
        ) { row in
            DeletionStep(
                id: row.integer(0), service: DeletionService(rawValue: row.text(1)) ?? .jellyfin,
                instance: row.optionalText(2), target: row.text(3),
                status: StepStatus(rawValue: row.text(4)) ?? .failed, details: row.optionalText(5),
                error: row.optionalText(6), at: Timestamp(milliseconds: row.integer(7)))
        }
        return log
    }
}

extension Reader {
    /// The rows that a provider's number leads to.
    public func requests(kind: String, value: String) throws -> [RequestRecord] {
        try rows(
            "SELECT request_id FROM request_keys WHERE kind = $1 AND instance = '' AND value = $2 ORDER BY request_id",
            [.text(kind), .text(value)]
        ) { $0.integer(0) }.compactMap { try request($0) }
    }

    /// The live rows that a torrent was grabbed for, by one of its names.
    public func requests(ofDownload id: String) throws -> [RequestRecord] {
        try rows(
            "SELECT request_id FROM downloads WHERE download_id = $1 ORDER BY request_id", [.text(id)]
        ) { $0.integer(0) }.compactMap { try request($0) }.filter { $0.state != .deleted }
    }
}
