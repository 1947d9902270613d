import Changes
import Database
import Lifecycle
import Media
public import Observability
public import Store
import Synchronization

/// Runs durable jobs: one at a time in each lane, with progress, cancel, and an honest end.
public final class Jobs: Sendable {
    struct Running {
        var progress: Progress
        var task: Task<Void, Never>
    }

    let store: Store
    let log: Logger
    let owner: String
    private let executor: ThreadExecutor
    private let running = Mutex<[Int64: Running]>([:])
    /// Ends that the store could not take yet.
    private let unsaved = Mutex<[JobLease: JobEnd]>([:])

    static let lease = Duration.seconds(30)

    /// Runs jobs in the name of `owner`, which tells this process from all others that share the database.
    public init(_ store: Store, owner: String, log: Logger) {
        self.store = store
        self.owner = owner
        self.log = log
        executor = ThreadExecutor(name: "jobs")
    }

    /// Declares what a lost process left behind `interrupted` (architecture.md §5).
    ///
    /// With SQLite the lock on the data directory is every job's lease, so whatever claims to run does not. With
    /// PostgreSQL a job's runner also holds a lock of its session, which ends with the process: a lease may lapse in a
    /// long transaction, the lock does not.
    public func recover(isStart: Bool) async throws {
        let isAlone = store.database.backend == .sqlite
        guard isStart || !isAlone else { return }
        let limit = isAlone ? Timestamp(milliseconds: .max) : store.now()
        for job in try await store.read({ try $0.lapsedJobs(at: limit) }) where !runningIDs.contains(job) {
            guard let lock = try await store.database.tryLock(Self.lockName(job)) else { continue }
            defer { lock.release() }
            guard try await store.write({ try $0.interruptJob(job) }) else { continue }
            log.warn("job_interrupted", "Job \(job) was running when Marquee stopped", ["job_id": .integer(job)])
        }
    }

    static func lockName(_ job: Int64) -> String { "job-\(job)" }

    /// Starts a job, unless its lane is taken.
    ///
    /// - Throws: `JobRunning` naming the job that holds the lane.
    public func start(_ new: NewJob, _ job: some PlannedJob) async throws -> Int64 {
        try await launch(new) { lease, progress in try await self.run(job, new, lease, progress) }
    }

    /// Makes the job's row and runs `work` on the jobs' own thread.
    func launch(
        _ new: NewJob, _ work: @escaping @Sendable (JobLease, Progress) async throws -> JobEnd
    ) async throws -> Int64 {
        let owner = owner
        let (id, other) = try await store.write { try $0.startJob(new, owner: owner, lease: Self.lease) }
        if let other { throw JobRunning(job: other.id, kind: other.kind) }
        try await begin(JobLease(job: id, owner: owner), work)
        log.info("job_started", "Started \(new.kind)", ["job_id": .integer(id), "dry_run": .bool(new.isDryRun)])
        return id
    }

    /// Runs `work` for a job whose lease is ours.
    func begin(
        _ lease: JobLease, _ work: @escaping @Sendable (JobLease, Progress) async throws -> JobEnd
    ) async throws {
        let progress = Progress()
        let lock = try await store.database.tryLock(Self.lockName(lease.job))
        running.withLock { running in
            // Owned by `running` until it removes itself: a job outlives the call that started it.
            let task = Task(executorPreference: executor) {
                await self.supervise(lease, progress, work)
                lock?.release()
            }
            running[lease.job] = Running(progress: progress, task: task)
        }
    }

    /// Waits until a job is over, wherever it runs.
    ///
    /// - Returns: its row then; nil when there is no such job.
    /// - Throws: `CancellationError` as soon as the caller is cancelled, and `DatabaseError`.
    public func wait(for job: Int64) async throws -> JobRecord? {
        // Not by the task's value: waiting for that could not be cancelled, and callers wait for a limited time only.
        while running.withLock({ $0[job] != nil }) { try await Task.sleep(for: .milliseconds(20)) }
        while true {
            guard let record = try await store.read({ try $0.job(job) }) else { return nil }
            if record.state.isOver { return record }
            if let end = unsavedEnds.first(where: { $0.key.job == job })?.value { return record.ended(end) }
            try await Task.sleep(for: .milliseconds(250))
        }
    }

    /// Asks a job to stop at its next safe point; false when it is over or in its final transaction.
    public func cancel(_ job: Int64) async throws -> Bool {
        if let own = running.withLock({ $0[job] }) {
            guard own.progress.cancel() else { return false }
            own.task.cancel()  // ends a call that would take long
        }
        return try await store.write { try $0.requestCancel(job) }
    }

    /// A job's live progress when this process runs it.
    public func progress(of job: Int64) -> Progress.Snapshot? {
        running.withLock { $0[job]?.progress }?.snapshot
    }

    /// Ids of the jobs this process runs.
    public var runningIDs: [Int64] { running.withLock { $0.keys.sorted() } }

    var unsavedEnds: [JobLease: JobEnd] { unsaved.withLock { $0 } }

    func setUnsaved(_ end: JobEnd?, _ lease: JobLease) { unsaved.withLock { $0[lease] = end } }

    func forget(_ job: Int64) { _ = running.withLock { $0.removeValue(forKey: job) } }

    /// Cancels what runs and waits for it: part of stopping the process.
    public func stop() async {
        let tasks = running.withLock { running in
            for job in running.values {
                job.progress.interrupt()
                job.task.cancel()
            }
            return running.values.map(\.task)
        }
        for task in tasks { await task.value }
    }
}

extension JobRecord {
    /// The row as it would be stored.
    fileprivate func ended(_ end: JobEnd) -> JobRecord {
        var record = self
        record.state = end.state
        record.result = end.result
        record.errorCode = end.errorCode
        record.error = end.error
        return record
    }
}
