import Database
import Lifecycle
import Media
import Store

extension Jobs {
    private static var batch: Int { 500 }

    /// Gather and plan, or take an earlier plan; then stop, or apply it.
    func run<Job: PlannedJob>(
        _ job: Job, _ new: NewJob, _ lease: JobLease, _ progress: Progress
    ) async throws -> JobEnd {
        let plan: Int64
        var report: Job.Report
        if let earlier = new.planOf {
            plan = earlier
            report = try await self.report(ofPlan: earlier)
        } else {
            plan = lease.job
            report = try await makePlan(job, lease, progress)
            Memory.giveBack()  // what was gathered has been forgotten; the transaction needs its own
        }
        let end: JobState = report.isPartial ? .partial : .succeeded
        if new.isDryRun { return JobEnd(state: end, result: report.json) }
        try await apply(job, plan, &report, lease, progress)
        await job.applied(report, lease: lease, store: store)
        return JobEnd(state: end, result: report.json, isStored: true)
    }

    private func makePlan<Job: PlannedJob>(
        _ job: Job, _ lease: JobLease, _ progress: Progress
    ) async throws -> Job.Report {
        let held = try await job.gather(progress)
        Memory.giveBack()
        try progress.checkCancellation()
        var report = job.report(of: held)
        let known = try await job.known(in: store, beside: held)
        let pending = PlanBatch(job: lease.job)
        var lines = PlanLines()
        var done = 0
        while let subjects = try await known.next() {
            try progress.checkCancellation()
            for subject in subjects {
                lines.removeAll()
                try job.plan(subject, beside: held, into: &lines, report: &report)
                for index in 0..<lines.count { pending.append(lines.changes[index]) }
                if pending.isFull { try await write(pending) }
            }
            done += subjects.count
            progress.report("plan", done: done, counts: report.counts)
        }
        try await write(pending)
        let keep = job.planned(report, held: held)
        let json = report.json
        try await store.write { tx in
            try tx.markPlanned(lease, report: json)
            try keep(tx, lease)
        }
        return report
    }

    /// Stores a batch of plan lines; what is planned is not yet done, so a crash here loses nothing.
    private func write(_ batch: PlanBatch) async throws {
        if batch.count > 0 { try await store.write { try batch.write(in: $0) } }
    }

    private func report<Report: JobReport>(ofPlan plan: Int64) async throws -> Report {
        guard let result = try await store.read({ try $0.job(plan)?.result }) else {
            throw JobFailure(code: "plan_missing", detail: "Job \(plan) holds no plan; preview again.")
        }
        return try Report(json: result)
    }

    /// One transaction: every line, then the job's own end; losing the lease rolls all of it back.
    private func apply<Job: PlannedJob>(
        _ job: Job, _ plan: Int64, _ report: inout Job.Report, _ lease: JobLease, _ progress: Progress
    ) async throws {
        let total = Int(try await store.read { try $0.planLineCount(of: plan) })
        progress.report("apply", done: 0, total: total)
        try progress.beginFinalTransaction()
        let planned = report
        report = try await store.writeAlone { tx in
            var report = planned
            var applier = try job.applier(for: plan, lease: lease, in: tx)
            var batches = PlanBatches(of: Self.batch)
            while try batches.next({ try applier.apply(upTo: $0, after: $1, in: tx) }) {
                try tx.raw.beat()
                try progress.checkInterruption()
                progress.report("apply", done: batches.done, total: total)
            }
            try applier.finish(&report, in: tx)
            let state: JobState = report.isPartial ? .partial : .succeeded
            guard try tx.finishJob(lease, as: state, result: report.json) else { throw LeaseLost() }
            return report
        }
    }
}

/// Walks a plan in batches that stay small in bytes as well as in lines: descriptions can be long.
private struct PlanBatches {
    private(set) var done = 0
    private let largest: Int
    private var size = 50
    private var position = PlanPosition(raw: 0)

    private static let bytes = 2 << 20

    init(of largest: Int) { self.largest = largest }

    /// - Returns: false when there was nothing left.
    mutating func next(_ apply: (Int, PlanPosition) throws -> AppliedBatch?) rethrows -> Bool {
        guard let batch = try apply(size, position) else { return false }
        position = batch.last
        done += batch.lines
        size = min(largest, max(1, Self.bytes / max(1, batch.bytes / max(1, batch.lines))))
        return true
    }
}
