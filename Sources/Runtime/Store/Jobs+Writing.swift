import Changes
import Database
import Media

/// What a job is asked to do.
public struct NewJob: Sendable {
    public var kind: String
    public var target: String
    public var isDryRun: Bool
    public var startedBy: String
    public var params: String
    /// Jobs of one lane exclude each other.
    public var lane: String?
    public var planOf: Int64?
    public var undoOf: Int64?

    public init(
        kind: String, target: String = "", isDryRun: Bool = false, startedBy: String, params: String = "{}",
        lane: String?, planOf: Int64? = nil, undoOf: Int64? = nil
    ) {
        self.kind = kind
        self.target = target
        self.isDryRun = isDryRun
        self.startedBy = startedBy
        self.params = params
        self.lane = lane
        self.planOf = planOf
        self.undoOf = undoOf
    }
}

/// The proof that a job is still ours: its owner's name, until when.
public struct JobLease: Sendable, Hashable {
    public var job: Int64
    public var owner: String

    public init(job: Int64, owner: String) {
        self.job = job
        self.owner = owner
    }
}

extension StoreTransaction {
    /// Makes a job and starts its lease in the same moment.
    ///
    /// - Returns: the new job's id, or the job that holds the lane already.
    public func startJob(_ job: NewJob, owner: String, lease: Duration) throws -> (id: Int64, running: JobRecord?) {
        if let lane = job.lane, let running = try raw.job(inLane: lane) { return (running.id, running) }
        let id = try reserveIDs(.jobs)
        try raw.execute(
            """
            INSERT INTO jobs(id, kind, target, state, dry_run, started_by, params, lane, created_at, started_at, done,
                counts, owner, lease_until, cancel_requested, plan_of, undo_of)
            VALUES($1, $2, $3, 'running', $4, $5, $6, $7, $8, $9, 0, '{}', $10, $11, 0, $12, $13)
            """,
            [
                .integer(id), .text(job.kind), .text(job.target), Value(job.isDryRun), .text(job.startedBy),
                .text(job.params), Value(job.lane), .integer(now.milliseconds), .integer(now.milliseconds),
                .text(owner), .integer(now.advanced(by: lease).milliseconds), Value(job.planOf), Value(job.undoOf),
            ])
        try emit(.job, object: id)
        return (id, nil)
    }

    /// Moves a running job to its end; an interrupted one keeps the report its plan was stored with.
    ///
    /// - Returns: false when the lease is lost: the caller must roll back.
    public func finishJob(
        _ lease: JobLease, as state: JobState, result: String?, errorCode: String? = nil, error: String? = nil
    ) throws -> Bool {
        let changed = try raw.execute(
            """
            UPDATE jobs SET state = $1, result = COALESCE($2, CASE $1 WHEN 'interrupted' THEN result END),
                error_code = $3, error = $4, finished_at = $5, lane = NULL,
                owner = NULL, lease_until = NULL
            WHERE id = $6 AND owner = $7 AND state = 'running'
            """,
            [
                .text(state.rawValue), Value(result), Value(errorCode), Value(error), .integer(now.milliseconds),
                .integer(lease.job), .text(lease.owner),
            ])
        if changed == 1 { try emit(.job, object: lease.job) }
        return changed == 1
    }

    /// Writes progress and renews the lease.
    ///
    /// - Returns: whether somebody asked the job to stop; nil when the lease is lost.
    public func saveProgress(
        _ lease: JobLease, phase: String, done: Int64, total: Int64?, counts: String, renew: Duration
    ) throws -> Bool? {
        try raw.first(
            """
            UPDATE jobs SET phase = $1, done = $2, total = $3, counts = $4, lease_until = $5
            WHERE id = $6 AND owner = $7 AND state = 'running' RETURNING cancel_requested
            """,
            [
                .text(phase), .integer(done), Value(total), .text(counts),
                .integer(now.advanced(by: renew).milliseconds), .integer(lease.job), .text(lease.owner),
            ]
        ) { $0.bool(0) }
    }

    /// Notes that the plan is whole, with its report: from now on it can be applied, even after a crash.
    public func markPlanned(_ lease: JobLease, report: String) throws {
        try raw.execute(
            "UPDATE jobs SET planned_at = $1, result = $2 WHERE id = $3 AND owner = $4",
            [.integer(now.milliseconds), .text(report), .integer(lease.job), .text(lease.owner)])
    }

    /// Asks a running job to stop at its next safe point.
    ///
    /// - Returns: false when it is over already.
    public func requestCancel(_ job: Int64) throws -> Bool {
        let changed = try raw.execute(
            "UPDATE jobs SET cancel_requested = 1 WHERE id = $1 AND state IN ('queued', 'running')", [.integer(job)])
        if changed == 1 { try emit(.job, object: job) }
        return changed == 1
    }

    /// Declares a running job interrupted: whoever ran it is gone.
    ///
    /// - Returns: false when it has ended meanwhile.
    public func interruptJob(_ job: Int64) throws -> Bool {
        let changed = try raw.execute(
            """
            UPDATE jobs SET state = 'interrupted', finished_at = $1, lane = NULL, owner = NULL, lease_until = NULL,
                error_code = 'interrupted', error = 'Marquee stopped while this job ran.'
            WHERE id = $2 AND state IN ('queued', 'running')
            """, [.integer(now.milliseconds), .integer(job)])
        if changed == 1 { try emit(.job, object: job) }
        return changed == 1
    }

    /// Takes up an interrupted job again.
    ///
    /// - Returns: false when it is not interrupted any more.
    public func resumeJob(_ job: Int64, owner: String, lease: Duration) throws -> Bool {
        let changed = try raw.execute(
            """
            UPDATE jobs SET state = 'running', finished_at = NULL, error_code = NULL, error = NULL, owner = $1,
                lease_until = $2, cancel_requested = 0
            WHERE id = $3 AND state = 'interrupted'
            """, [.text(owner), .integer(now.advanced(by: lease).milliseconds), .integer(job)])
        if changed == 1 { try emit(.job, object: job) }
        return changed == 1
    }

    /// Forgets a piece of a plan that nobody can apply or undo any more: of failed runs, and after thirty days.
    ///
    /// - Returns: whether there is more to forget.
    public func prunePlans(atMost lines: Int = 5_000) throws -> Bool {
        let monthAgo = now.advanced(by: .seconds(-30 * 86_400)).milliseconds
        let job = try raw.first(
            """
            SELECT id FROM jobs WHERE finished_at IS NOT NULL AND (finished_at < $1 OR planned_at IS NULL)
                AND EXISTS (SELECT 1 FROM job_items WHERE job_id = jobs.id)
            ORDER BY id LIMIT 1
            """, [.integer(monthAgo)]
        ) { $0.integer(0) }
        guard let job else { return false }
        try raw.execute(
            """
            DELETE FROM job_items WHERE job_id = $1 AND seq IN (
                SELECT seq FROM job_items WHERE job_id = $2 ORDER BY seq LIMIT $3)
            """, [.integer(job), .integer(job), .integer(Int64(lines))])
        return true
    }

    public func markUndone(_ job: Int64, by undo: Int64) throws {
        try raw.execute("UPDATE jobs SET undone_by = $1 WHERE id = $2", [.integer(undo), .integer(job)])
        try emit(.job, object: job)
    }
}
