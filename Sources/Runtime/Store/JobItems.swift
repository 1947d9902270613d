public import Database
public import Media
import Synchronization

/// Where a plan's line stands: its action first, so that one action's lines are one range.
public struct PlanPosition: Sendable, Hashable, Comparable {
    public var raw: Int64

    public init(raw: Int64) { self.raw = raw }
    public init(_ action: PlanAction, _ number: Int64) { raw = action.rawValue << 40 | number }

    public static func < (a: Self, b: Self) -> Bool { a.raw < b.raw }

    /// Just before the first line of an action.
    public static func start(of action: PlanAction) -> Self { Self(raw: action.rawValue << 40 - 1) }
    /// Just before the first line of the action after it.
    public static func end(of action: PlanAction) -> Self { Self(raw: (action.rawValue + 1) << 40 - 1) }
}

extension Reader {
    /// Lends the lines of a plan after `position`, in order, at most `limit`.
    ///
    /// One value, `change`, is reused for every line.
    /// - Returns: the position of the last line; nil when there was none.
    /// - Throws: `PlanDamaged`, `DatabaseError`, or what `each` throws.
    public func planLines(
        of job: Int64, after position: PlanPosition, through end: PlanPosition = PlanPosition(raw: .max), limit: Int,
        into change: inout PlannedChange, _ each: (borrowing PlannedChange, PlanPosition) throws -> Void
    ) throws -> PlanPosition? {
        var last: PlanPosition?
        try query(
            "SELECT seq, entry FROM job_items WHERE job_id = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT $4",
            [.integer(job), .integer(position.raw), .integer(end.raw), .integer(Int64(limit))]
        ) { row in
            let here = PlanPosition(raw: row.integer(0))
            let isSound = unsafe row.withBytes(1) { unsafe change.record.load($0) } ?? false
            guard isSound else { throw PlanDamaged(job: job, position: here.raw) }
            try each(change, here)
            last = here
        }
        return last
    }

    /// Reads the lines of a plan after `position`, in order, at most `limit`, into `lines`, whose memory is reused.
    ///
    /// - Returns: how many there were, from the first of `lines` on, and the position of the last; nil for none.
    public func planLines(
        of job: Int64, after position: PlanPosition, limit: Int, into lines: inout [PlannedChange]
    ) throws -> (count: Int, last: PlanPosition)? {
        var count = 0
        var last = position
        try query(
            "SELECT seq, entry FROM job_items WHERE job_id = $1 AND seq > $2 ORDER BY seq LIMIT $3",
            [.integer(job), .integer(position.raw), .integer(Int64(limit))]
        ) { row in
            last = PlanPosition(raw: row.integer(0))
            if count == lines.count { lines.append(PlannedChange()) }
            let isSound = unsafe row.withBytes(1) { unsafe lines[count].record.load($0) } ?? false
            guard isSound else { throw PlanDamaged(job: job, position: last.raw) }
            count += 1
        }
        return count > 0 ? (count, last) : nil
    }

    /// How many lines a plan has.
    public func planLineCount(of job: Int64) throws -> Int64 {
        try PlanAction.allCases.reduce(0) { try $0 + planLineCount(of: job, $1) }
    }

    /// How many lines a plan has of one action: they are numbered from 1, so nothing has to be counted.
    public func planLineCount(of job: Int64, _ action: PlanAction) throws -> Int64 {
        let last =
            try first(
                "SELECT max(seq) FROM job_items WHERE job_id = $1 AND seq > $2 AND seq <= $3",
                [
                    .integer(job), .integer(PlanPosition.start(of: action).raw),
                    .integer(PlanPosition.end(of: action).raw),
                ]
            ) { $0.optionalInteger(0) } ?? nil
        return last.map { $0 - PlanPosition(action, 0).raw } ?? 0
    }
}

/// A stored plan line that does not decode: the database was changed by other hands.
public struct PlanDamaged: Error, CustomStringConvertible {
    public let job: Int64
    public let position: Int64

    public init(job: Int64, position: Int64) {
        self.job = job
        self.position = position
    }

    public var description: String { "The plan of job \(job) is damaged at line \(position); preview again." }
}

/// Lines of a plan on their way to `job_items`, written some hundreds at a time.
public final class PlanBatch: Sendable {
    private struct State: ~Copyable {
        var rows = BulkRows(table: "job_items", columns: ["job_id", "seq", "entry"])
        var next: [PlanAction: Int64] = [:]

        mutating func take() -> BulkRows {
            var taken = BulkRows(table: "job_items", columns: ["job_id", "seq", "entry"])
            swap(&taken, &rows)
            return taken
        }
    }

    private let job: Int64
    private let state = Mutex(State())

    public init(job: Int64) { self.job = job }

    /// How many lines wait to be written.
    public var count: Int { state.withLock { $0.rows.count } }

    /// Whether it is time to write: five hundred lines, or two megabytes of them.
    public var isFull: Bool { state.withLock { $0.rows.count >= 500 || $0.rows.byteCount > 2 << 20 } }

    public func append(_ change: borrowing PlannedChange) {
        let action = change.action
        let bytes = change.record.bytes
        state.withLock { state in
            let number = state.next[action, default: 0] + 1
            state.next[action] = number
            state.rows.append(job)
            state.rows.append(PlanPosition(action, number).raw)
            unsafe bytes.withUnsafeBytes { unsafe state.rows.append(blob: $0) }
            state.rows.endRow()
        }
    }

    /// Writes the waiting lines and forgets them.
    public func write(in tx: StoreTransaction) throws {
        let rows = state.withLock { $0.take() }
        try tx.raw.insert(rows)
    }
}
