import HTTPClient
import Jobs
import Media
import Store
import Synchronization

/// Brings Seerr's requests that are not tracked yet into the tracker, each with the stage its services prove
/// (library-sync.md §6).
struct PendingSync: PlannedJob {
    typealias Report = SyncReport

    let tracking: Tracking
    let upstreams: TrackingUpstreams
    let calls: CallCounter
    /// Ids that became known by applying: whoever lists them should look again once it is durable.
    let lessons = Lessons()

    final class Lessons: Sendable {
        private let held = Mutex<[Learned]>([])

        func add(_ learned: Learned) { held.withLock { $0.append(learned) } }
        var all: [Learned] { held.withLock { $0 } }
    }

    init(_ tracking: Tracking, _ upstreams: TrackingUpstreams, calls: CallCounter) {
        self.tracking = tracking
        self.upstreams = upstreams
        self.calls = calls
    }

    func report(of held: PendingHoldings) -> SyncReport { held.report }

    func known(in store: Store, beside held: PendingHoldings) async throws -> KnownBatches<PendingRequest> {
        var next = 0
        return KnownBatches {
            let batch = Array(held.requests.dropFirst(next).prefix(200))
            next += batch.count
            return batch.isEmpty ? nil : batch
        }
    }

    /// Decides one request of Seerr: its observations, and the stage they give.
    func plan(
        _ request: PendingRequest, beside held: PendingHoldings, into plan: inout PlanLines, report: inout SyncReport
    ) throws {
        switch request.verdict(held.rules, now: held.readAt) {
        case .skip(let reason): report.skip(reason.rawValue)
        case .unreadable(let detail):
            report.errors += 1
            guard report.errorDetails.count < 100 else { return }
            report.errorDetails.append(
                SyncReport.ErrorDetail(
                    item: request.name, title: request.title ?? request.name, code: "unreadable", detail: detail))
        case .add(let newcomer, let row, let derivation):
            report.added += 1
            report.planLines += 1
            plan.append { $0.describe(newcomer, row, derivation) }
        }
    }

    func planned(
        _ report: SyncReport, held: PendingHoldings
    ) -> @Sendable (StoreTransaction, JobLease) throws -> Void {
        { _, _ in }
    }

    func applier(
        for plan: Int64, lease: JobLease, in tx: StoreTransaction
    ) throws -> any PlanApplier<SyncReport> {
        PendingApplier(context: tracking.context, plan: plan, lease: lease, lessons: lessons)
    }

    func applied(_ report: SyncReport, lease: JobLease, store: Store) async {
        for learned in lessons.all { tracking.wakes.tell(learned) }
        tracking.wakes.wake("checks")
    }
}

extension PlannedChange {
    /// The line of a request that would be added.
    fileprivate mutating func describe(_ newcomer: Newcomer, _ row: RequestRecord, _ derivation: Derivation) {
        typealias Item = LibraryItem.Slot
        record.put(Slot.action, PlanAction.add.rawValue)
        record.put(Slot.kind, Self.pendingKind)
        record.put(Slot.items, 1)
        record.put(Slot.stage, derivation.stage.rawValue)
        record.put(Slot.newcomer, newcomer.packed)
        record.put(Item.type, row.mediaType == .tv ? 1 : 0)
        record.put(Item.title, row.title)
        if let year = row.year { record.put(Item.year, year) }
        if let id = row.tmdb { record.put(Item.tmdb, String(id)) }
        if let id = row.tvdb { record.put(Item.tvdb, String(id)) }
        if let id = row.imdb { record.put(Item.imdb, id) }
    }
}
