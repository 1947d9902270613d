import Database
import Jobs
import Media
import Store

/// Carries out the plan of a pending sync: every request as it was planned, unless it came by another way since.
struct PendingApplier: PlanApplier {
    let context: TrackingContext
    let plan: Int64
    let lease: JobLease
    let lessons: PendingSync.Lessons
    private var lines: [PlannedChange] = []
    private var stale = 0

    init(context: TrackingContext, plan: Int64, lease: JobLease, lessons: PendingSync.Lessons) {
        self.context = context
        self.plan = plan
        self.lease = lease
        self.lessons = lessons
    }

    mutating func apply(upTo limit: Int, after position: PlanPosition, in tx: StoreTransaction) throws -> AppliedBatch?
    {
        guard let read = try tx.raw.planLines(of: plan, after: position, limit: limit, into: &lines) else {
            return nil
        }
        let ledger = TrackingLedger(tx, context)
        var added: [TrackedRequest] = []
        for line in lines[..<read.count] {
            guard let newcomer = line.record.text(PlannedChange.Slot.newcomer).flatMap(Newcomer.init(packed:)) else {
                throw PlanDamaged(job: plan, position: read.last.raw)
            }
            if let tracked = try ledger.add(newcomer) { added.append(tracked) } else { stale += 1 }
        }
        try ledger.finish()
        for tracked in added {
            // The version it begins with: an undo takes back only what nobody has touched since.
            try tx.recordChange(
                job: lease.job, request: tracked.id, action: "add", field: "", before: nil,
                after: String(tracked.row.version), source: "jellyseerr")
        }
        lessons.add(Learned(ledger))
        let bytes = lines[..<read.count].reduce(0) { $0 + $1.record.bytes.count }
        return AppliedBatch(last: read.last, lines: read.count, bytes: bytes)
    }

    mutating func finish(_ report: inout SyncReport, in tx: StoreTransaction) throws {
        for _ in 0..<stale { report.makeStale(\.added) }
    }
}
