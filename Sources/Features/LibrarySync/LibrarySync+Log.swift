public import Jobs
import Observability
public import Store

extension LibrarySync {
    /// Gives every fill its log line, read back from what was committed.
    public func applied(_ report: SyncReport, lease: JobLease, store: Store) async {
        guard report.rowsUpdated > 0 else { return }
        var last: Int64 = 0
        while true {
            let start = last
            let changes = try? await store.read { try $0.updates(of: lease.job, after: start, limit: 500) }
            guard let changes, let end = changes.last else { return }
            for change in changes {
                log.info(
                    "field_filled", "\(change.field) of request \(change.request)",
                    [
                        "request_id": .integer(change.request), "field": .string(change.field),
                        "before": .string(change.before ?? "null"), "after": .string(change.after ?? "null"),
                        "service": .string(change.source), "job_id": .integer(change.job),
                    ])
            }
            last = end.id
        }
    }
}
