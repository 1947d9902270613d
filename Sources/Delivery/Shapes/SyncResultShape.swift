public import JSONStream
public import Jobs
import Media
public import OpenAPI
public import Store

/// The report of a sync with the first of its changes (library-sync.md §5).
public struct SyncResultShape: Shape {
    let job: JobRecord
    let report: SyncReport
    let joined: Bool
    let changes: [ChangeShape]
    let next: PlanPosition?
    /// Below which our own paths begin.
    let basePath: String

    public static let schema = Schema.named(
        "SyncResult",
        [
            "job_id": .id, "dry_run": .boolean, "joined": .boolean.note("Whether an identical sync was under way."),
            "total_scanned": .count, "added": .count, "updated": .count, "skipped": .count, "errors": .count,
            "skipped_by_reason": .map(.count), "rows_updated": .count, "became_available": .count,
            "conflicts": .count, "drift": .count, "stale": .count,
            "error_details": .array([
                "item": .string, "title": .string.orNull, "code": .string, "detail": .string,
            ]),
            "warnings": .array(["service": .string, "code": .string, "detail": .string]),
            "upstream_calls": .count, "duration_ms": .count.orNull, "changes": .array(ChangeShape.schema),
            "changes_next": .string.orNull.note("Where the changes behind the first 200 are."),
        ])

    /// A report whose changes go on at `next`; nil when these are all.
    public init(
        _ job: JobRecord, _ report: SyncReport, joined: Bool, changes: [ChangeShape], next: PlanPosition?,
        basePath: String = ""
    ) {
        self.basePath = basePath
        self.job = job
        self.report = report
        self.joined = joined
        self.changes = changes
        self.next = next
    }

    public func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("job_id", job.id)
            json.field("dry_run", job.isDryRun)
            json.field("joined", joined)
            json.field("total_scanned", report.totalScanned)
            json.field("added", report.added)
            json.field("updated", report.updated)
            json.field("skipped", report.skipped)
            json.field("errors", report.errors)
            json.object("skipped_by_reason") { json in
                for (reason, count) in report.skippedByReason.sorted(by: { $0.key < $1.key }) {
                    json.key(string: reason)
                    json.value(count)
                }
            }
            json.field("rows_updated", report.rowsUpdated)
            json.field("became_available", report.becameAvailable)
            json.field("conflicts", report.conflicts)
            json.field("drift", report.drift)
            json.field("stale", report.stale)
            writeProblems(to: &json)
            json.field("upstream_calls", report.upstreamCalls)
            json.field("duration_ms", duration)
            json.field("changes", changes)
            json.field(
                "changes_next", next.map { "\(basePath)/api/jobs/\(job.planOf ?? job.id)/changes?after=\($0.raw)" })
        }
    }

    private var duration: Int64? {
        guard let start = job.startedAt, let end = job.finishedAt else { return nil }
        return end.milliseconds - start.milliseconds
    }

    private func writeProblems(to json: inout JSONWriter) {
        json.array("error_details") { json in
            for error in report.errorDetails {
                json.object { json in
                    json.field("item", error.item)
                    json.field("title", error.title)
                    json.field("code", error.code)
                    json.field("detail", error.detail)
                }
            }
        }
        json.array("warnings") { json in
            for warning in report.allWarnings {
                json.object { json in
                    json.field("service", warning.service)
                    json.field("code", warning.code)
                    json.field("detail", warning.detail)
                }
            }
        }
    }
}
