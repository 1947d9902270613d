public import Jobs
public import Media
public import Observability
public import Store

/// The one door to library syncs: command line, API, schedule and pages all start them here.
public struct LibrarySyncs: Sendable {
    /// Syncs of every kind exclude each other (library-sync.md §4).
    public static let lane = "sync"

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

    /// A started run, or the identical one that was under way already.
    public struct Start: Sendable {
        public var job: Int64
        public var joined: Bool
    }

    /// Starts a sync, or joins an identical one.
    ///
    /// - Throws: `JobRunning` when another job holds the lane; `JobFailure` for a plan that cannot be applied.
    public func start(_ options: SyncOptions, by user: String) async throws -> Start {
        if let plan = options.plan { try await check(plan: plan, for: options) }
        let new = NewJob(
            kind: options.mode.kind, isDryRun: options.isDryRun, startedBy: user, params: options.json,
            lane: Self.lane, planOf: options.plan)
        let sync = LibrarySync(options, services: services(), store: store, now: now(), log: log)
        do {
            return Start(job: try await jobs.start(new, sync), joined: false)
        } catch let busy as JobRunning {
            let other = try await store.read { try $0.job(busy.job) }
            guard let other, other.undoOf == nil, SyncOptions(json: other.params) == options else { throw busy }
            return Start(job: busy.job, joined: true)
        }
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
            kind: options.mode.kind, isDryRun: isDryRun, startedBy: user, params: options.json, lane: Self.lane)
        return try await jobs.start(new, TrackerImport(records, now: now()))
    }

    /// A stored plan is good for an hour, once complete, and only for the kind of run that made it.
    private func check(plan: Int64, for options: SyncOptions) async throws {
        let record = try await store.read { try $0.job(plan) }
        guard let record, record.undoOf == nil, SyncOptions(json: record.params)?.mode == options.mode else {
            throw JobFailure(code: "plan_missing", detail: "Job \(plan) holds no plan of this kind; preview again.")
        }
        guard record.isDryRun || record.state == .interrupted, let planned = record.plannedAt else {
            throw JobFailure(code: "plan_missing", detail: "Job \(plan) holds no complete plan; preview again.")
        }
        guard now() <= planned.advanced(by: .seconds(3_600)) else {
            throw JobFailure(
                code: "plan_expired", detail: "The plan of job \(plan) is over an hour old; preview again.")
        }
    }

    public func undo(_ job: Int64, by user: String) async throws -> Int64 {
        try await jobs.undo(job, lane: Self.lane, by: user)
    }
}
