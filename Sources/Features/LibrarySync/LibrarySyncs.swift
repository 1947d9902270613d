public import Jobs
public import Media
public import Observability
public import Store

/// The one door to library syncs and metadata updates: command line, API, schedule and pages all start them here.
public struct LibrarySyncs: Sendable {
    private let jobs: Jobs
    private let store: Store
    private let services: @Sendable () -> LibraryServices
    private let now: @Sendable () -> Timestamp
    private let log: Logger

    public init(
        _ jobs: Jobs, store: Store, services: @escaping @Sendable () -> LibraryServices,
        now: @escaping @Sendable () -> Timestamp, log: Logger
    ) {
        self.jobs = jobs
        self.store = store
        self.services = services
        self.now = now
        self.log = log
    }

    /// Starts a sync, or joins an identical one.
    ///
    /// - Throws: `JobRunning` when another job holds the lane; `JobFailure` for a plan that cannot be applied.
    public func start(_ options: SyncOptions, by user: String) async throws -> SyncStart {
        let sync = LibrarySync(options, services: services(), store: store, now: now(), log: log)
        return try await jobs.startSync(options, by: user, now: now(), sync)
    }

    /// Starts the import of the earlier tracker's database; undone as any sync is.
    ///
    /// - Returns: the job.
    /// - Throws: `EarlierTrackerError` or `DatabaseError` when the file cannot be read, `JobRunning` while a sync runs.
    public func importTracker(_ file: String, isDryRun: Bool, by user: String) async throws -> Int64 {
        let records = try await EarlierTracker.read(file)
        var options = SyncOptions(.importing)
        options.isDryRun = isDryRun
        let new = NewJob(
            kind: options.mode.kind, isDryRun: isDryRun, startedBy: user, params: options.json, lane: Jobs.syncLane)
        return try await jobs.start(new, TrackerImport(records, now: now()))
    }

    public func undo(_ job: Int64, by user: String) async throws -> Int64 {
        try await jobs.undo(job, lane: Jobs.syncLane, by: user)
    }
}
