import Database
public import Media

/// Where a durable job stands (architecture.md §5).
public enum JobState: String, Sendable, Hashable, CaseIterable {
    case queued, running, succeeded, partial, failed, cancelled, interrupted

    public var isOver: Bool { self != .queued && self != .running }
    /// Finished with its work done, if perhaps not for every item.
    public var isDone: Bool { self == .succeeded || self == .partial }
}

/// One row of `jobs`.
public struct JobRecord: Sendable {
    public var id: Int64
    public var kind: String
    public var target: String
    public var state: JobState
    public var isDryRun: Bool
    public var startedBy: String
    /// What was asked, as JSON.
    public var params: String
    public var createdAt: Timestamp
    public var startedAt: Timestamp?
    public var finishedAt: Timestamp?
    public var phase: String?
    public var done: Int64
    public var total: Int64?
    /// Counters so far, as a JSON object of numbers.
    public var counts: String
    /// When the plan was complete; nil while there is none.
    public var plannedAt: Timestamp?
    /// The report, as JSON.
    public var result: String?
    public var errorCode: String?
    public var error: String?
    public var owner: String?
    public var isCancelRequested: Bool
    public var planOf: Int64?
    public var undoOf: Int64?
    public var undoneBy: Int64?
}

extension JobRecord {
    static let columns: SQL = """
        id, kind, target, state, dry_run, started_by, params, created_at, started_at, finished_at, phase, done, total, \
        counts, planned_at, result, error_code, error, owner, cancel_requested, plan_of, undo_of, undone_by
        """

    init(_ row: borrowing Row) {
        id = row.integer(0)
        kind = row.text(1)
        target = row.text(2)
        state = JobState(rawValue: row.text(3)) ?? .failed
        isDryRun = row.bool(4)
        startedBy = row.text(5)
        params = row.text(6)
        createdAt = Timestamp(milliseconds: row.integer(7))
        startedAt = row.optionalInteger(8).map(Timestamp.init(milliseconds:))
        finishedAt = row.optionalInteger(9).map(Timestamp.init(milliseconds:))
        phase = row.optionalText(10)
        done = row.integer(11)
        total = row.optionalInteger(12)
        counts = row.text(13)
        plannedAt = row.optionalInteger(14).map(Timestamp.init(milliseconds:))
        result = row.optionalText(15)
        errorCode = row.optionalText(16)
        error = row.optionalText(17)
        owner = row.optionalText(18)
        isCancelRequested = row.bool(19)
        planOf = row.optionalInteger(20)
        undoOf = row.optionalInteger(21)
        undoneBy = row.optionalInteger(22)
    }
}
