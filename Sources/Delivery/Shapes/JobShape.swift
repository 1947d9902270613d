public import JSONStream
public import Jobs
import Media
public import OpenAPI
public import Store

/// A durable job, with live progress while this process runs it.
public struct JobShape: Shape {
    public let record: JobRecord
    /// The progress to show: what this process knows, else what was stored last.
    public let progress: Progress.Snapshot

    public static let schema = Schema.named(
        "Job",
        [
            "id": .id, "kind": .string, "target": .string.orNull, "state": .choice(JobState.self),
            "dry_run": .boolean, "started_by": .string, "created_at": .time, "started_at": .time.orNull,
            "finished_at": .time.orNull,
            "progress": [
                "phase": .string, "done": .count, "total": .count.orNull, "rate": .number.orNull,
                "eta_seconds": .count.orNull, "counts": .map(.integer).note("By the kind's own names."),
            ],
            "result": Schema.map(.any).orNull.note("The kind's own report; null before the end."),
            "error": .string.orNull, "error_code": .string.orNull, "can_cancel": .boolean, "can_undo": .boolean,
            "undo_of": .id.orNull, "undone_by": .id.orNull, "plan": .id.orNull.note("The job whose plan it applies."),
            "resume": .string.orNull.note("The command that goes on after an interruption."),
        ])

    public init(_ record: JobRecord, live: Progress.Snapshot?) {
        self.record = record
        if let live, !record.state.isOver {
            progress = live
        } else {
            var stored = Progress.Snapshot()
            stored.phase = record.phase ?? "queued"
            stored.done = record.done
            stored.total = record.total
            stored.counts = record.counts
            progress = stored
        }
    }

    public var canCancel: Bool { !record.state.isOver && progress.phase != "apply" && progress.phase != "undo" }

    /// How to go on after an interruption: a complete plan can still be applied.
    public var resume: String? {
        guard record.state == .interrupted, record.undoOf == nil else { return nil }
        let verbs = ["metadata_update": "metadata", "pending_sync": "pending"]
        let verb = "marquee sync \(verbs[record.kind, default: "library"])"
        return record.plannedAt == nil ? verb : "\(verb) --plan \(record.id)"
    }

    public func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("id", record.id)
            json.field("kind", record.kind)
            json.field("target", record.target.isEmpty ? nil : record.target)
            json.field("state", record.state.rawValue)
            json.field("dry_run", record.isDryRun)
            json.field("started_by", record.startedBy)
            json.field("created_at", record.createdAt)
            json.field("started_at", record.startedAt)
            json.field("finished_at", record.finishedAt)
            json.object("progress") { json in
                json.field("phase", progress.phase)
                json.field("done", progress.done)
                json.field("total", progress.total)
                json.field("rate", progress.rate)
                json.field("eta_seconds", progress.etaSeconds)
                json.field("counts", json: progress.counts)
            }
            json.field("result", json: record.result)
            json.field("error", record.error)
            json.field("error_code", record.errorCode)
            json.field("can_cancel", canCancel)
            json.field("can_undo", record.canUndo)
            json.field("undo_of", record.undoOf)
            json.field("undone_by", record.undoneBy)
            json.field("plan", record.planOf)
            json.field("resume", resume)
        }
    }
}
