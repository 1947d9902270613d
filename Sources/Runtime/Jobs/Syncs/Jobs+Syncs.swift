public import Media
import Store

/// A started sync, or the identical one that was under way already.
public struct SyncStart: Sendable {
    public var job: Int64
    public var joined: Bool
}

extension Jobs {
    /// Syncs of every kind exclude each other (library-sync.md §4).
    public static let syncLane = "sync"

    /// Starts a sync, or joins an identical one.
    ///
    /// - Throws: `JobRunning` when another job holds the lane; `JobFailure` for a plan that cannot be applied.
    public func startSync(
        _ options: SyncOptions, by user: String, now: Timestamp, _ job: some PlannedJob
    ) async throws -> SyncStart {
        if let plan = options.plan { try await check(plan: plan, for: options, now: now) }
        let new = NewJob(
            kind: options.mode.kind, isDryRun: options.isDryRun, startedBy: user, params: options.json,
            lane: Self.syncLane, planOf: options.plan)
        do {
            return SyncStart(job: try await start(new, job), joined: false)
        } catch let busy as JobRunning {
            let other = try await store.read { try $0.job(busy.job) }
            guard let other, other.undoOf == nil, SyncOptions(json: other.params) == options else { throw busy }
            return SyncStart(job: busy.job, joined: true)
        }
    }

    /// A stored plan is good for an hour, once complete, and only for the kind of run that made it.
    private func check(plan: Int64, for options: SyncOptions, now: Timestamp) async throws {
        let record = try await store.read { try $0.job(plan) }
        guard let record, record.undoOf == nil, SyncOptions(json: record.params)?.mode == options.mode else {
            throw JobFailure(code: "plan_missing", detail: "Job \(plan) holds no plan of this kind; preview again.")
        }
        guard record.isDryRun || record.state == .interrupted, let planned = record.plannedAt else {
            throw JobFailure(code: "plan_missing", detail: "Job \(plan) holds no complete plan; preview again.")
        }
        guard now <= planned.advanced(by: .seconds(3_600)) else {
            throw JobFailure(
                code: "plan_expired", detail: "The plan of job \(plan) is over an hour old; preview again.")
        }
    }
}
