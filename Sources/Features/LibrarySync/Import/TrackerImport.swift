import Jobs
import Media
import Store

/// Takes over the requests of the earlier tracker and their stories (library-sync.md §8).
///
/// It adds and never changes: a request that is known already stays as it is, so a second run adds nothing.
struct TrackerImport: PlannedJob {
    typealias Report = SyncReport

    /// A request of the file, and why it needs no row, if it does not.
    struct Known {
        var request: EarlierRequest
        var skipped: String?
    }

    let records: EarlierRecords
    let merges: [EarlierMerge]
    let rows: [Int64: ImportedRow]
    let parts: [Int64: ImportedParts]

    init(_ records: EarlierRecords, now: Timestamp) {
        var records = records
        merges = records.mergeDuplicates()
        self.records = records
        rows = ImportedRow.all(records.requests, now: now)
        parts = ImportedParts.all(records, rows)
    }

    func gather(_ progress: Progress) async throws -> EarlierRecords {
        progress.report("gather", done: records.requests.count, total: records.requests.count)
        return records
    }

    func report(of held: EarlierRecords) -> SyncReport {
        var report = SyncReport(.importing)
        let duplicates = merges.reduce(0) { $0 + $1.merged.count }
        let unreadable = held.unreadable.filter { $0.table == .requests }
        report.totalScanned = held.requests.count + duplicates + unreadable.count
        report.skip("duplicate", duplicates)
        report.errors = unreadable.count
        report.errorDetails = unreadable.prefix(100).map { row in
            SyncReport.ErrorDetail(
                item: String(row.id), title: "request \(row.id)", code: "unreadable",
                detail: "Request \(row.id) \(row.why).")
        }
        for merge in merges.prefix(100) {
            let ids = merge.merged.map { "#\($0)" }.joined(separator: ", ")
            report.warn(Self.service, "duplicates_merged", "\(ids) became part of #\(merge.kept), which says the same.")
        }
        if !held.deletions.isEmpty {
            report.warn(
                Self.service, "not_imported",
                "\(held.deletions.count) deletion logs were read but are not kept by this version.")
        }
        return report
    }

    func known(in store: Store, beside held: EarlierRecords) async throws -> KnownBatches<Known> {
        var next = 0
        return KnownBatches {
            let batch = Array(held.requests.dropFirst(next).prefix(200))
            next += batch.count
            guard !batch.isEmpty else { return nil }
            return try await store.read { reader in
                try batch.map { Known(request: $0, skipped: try rows[$0.id]?.reasonToSkip(in: reader)) }
            }
        }
    }

    func plan(
        _ known: Known, beside held: EarlierRecords, into plan: inout PlanLines, report: inout SyncReport
    ) throws {
        if let reason = known.skipped { return report.skip(reason) }
        report.added += 1
        report.planLines += 1
        plan.append { ImportedRow.describe(known.request, in: &$0) }
    }

    func planned(
        _ report: SyncReport, held: EarlierRecords
    ) -> @Sendable (StoreTransaction, JobLease) throws -> Void {
        { _, _ in }
    }

    func applier(
        for plan: Int64, lease: JobLease, in tx: StoreTransaction
    ) throws -> any PlanApplier<SyncReport> {
        try TrackerImportApplier(self, plan: plan, lease: lease, in: tx)
    }

    func applied(_ report: SyncReport, lease: JobLease, store: Store) async {}

    /// How the earlier tracker is named beside the services.
    static let service = "status_tracker"
}
