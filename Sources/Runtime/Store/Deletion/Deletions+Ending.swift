import Changes
import Database
import FoundationEssentials
import JSONStream
public import Media

extension StoreTransaction {
    /// Ends a deletion as its steps stand: the rows become `deleted` where nothing is left, and stay otherwise.
    ///
    /// Where only seasons or episodes went, `endsRows` is false. What is freed is told only when it is proven.
    /// - Returns: how it ended; nil while a step is still open.
    /// - Throws: `DatabaseError`.
    @discardableResult
    public func endDeletion(
        _ log: Int64, endsRows: Bool, freed: Int64? = nil, leftBehind: [String] = []
    ) throws -> DeletionStatus? {
        guard let held = try raw.deletionLog(log) else { return nil }
        let status = held.steps.status
        guard status != .inProgress else { return nil }
        let left = String(decoding: try JSONEncoder().encode(leftBehind), as: UTF8.self)
        try raw.execute(
            """
            UPDATE deletion_logs SET status = $1, phase = 'done', completed_at = $2, due_at = NULL, freed_bytes = $3,
                left_behind = $4
            WHERE id = $5
            """,
            [.text(status.rawValue), .integer(now.milliseconds), Value(freed), .text(left), .integer(log)])
        try close(held, status, endsRows: endsRows)
        return status
    }

    /// Closes a deletion by word: what is left is accepted, or it was none.
    public func closeDeletion(_ log: Int64, as status: DeletionStatus, endsRows: Bool) throws {
        guard let held = try raw.deletionLog(log) else { return }
        try raw.execute(
            "UPDATE deletion_logs SET status = $1, phase = 'done', completed_at = $2, due_at = NULL WHERE id = $3",
            [.text(status.rawValue), .integer(now.milliseconds), .integer(log)])
        try close(held, status, endsRows: endsRows && status != .withdrawn)
    }

    /// Opens an ended deletion again, to be called or read once more.
    public func reopenDeletion(_ log: Int64) throws {
        guard let held = try raw.deletionLog(log) else { return }
        try raw.execute(
            """
            UPDATE deletion_logs SET status = 'in_progress', phase = 'confirmed', completed_at = NULL, due_at = NULL
            WHERE id = $1
            """, [.integer(log)])
        let live = try held.requests.filter { try raw.request($0).map { $0.state != .deleted } ?? false }
        try mark(live, log: log, .inProgress)
    }

    private func close(_ held: DeletionLog, _ status: DeletionStatus, endsRows: Bool) throws {
        try mark(held.requests, log: held.id, status, files: held.options.deletesFiles)
        if endsRows && (status == .complete || status == .accepted) {
            for request in held.requests { try endRequest(request, log: held) }
        }
        if let ended = try raw.deletionLog(held.id) { try tell(ended, of: nil) }
    }

    /// The row is `deleted`: gone from default lists; its story and the log stay.
    private func endRequest(_ id: Int64, log: DeletionLog) throws {
        guard let row = try raw.request(id), row.state != .deleted else { return }
        try raw.execute(
            """
            UPDATE requests SET state = 'deleted', state_changed_at = $1, updated_at = $2, version = version + 1,
                uncertain = 0, note = NULL, attention_code = NULL, attention_reason = NULL, attention_since = NULL,
                attention_source = NULL, attention_actions = NULL, progress_percent = NULL
            WHERE id = $3
            """, [.integer(now.milliseconds), .integer(now.milliseconds), .integer(id)])
        try raw.execute("DELETE FROM checks WHERE request_id = $1", [.integer(id)])
        count(RequestCount(mediaType: row.mediaType, state: row.state, origin: row.origin), -1)
        count(RequestCount(mediaType: row.mediaType, state: .deleted, origin: row.origin), 1)
        var values = JSONWriter()
        values.object { json in
            json.field("user", log.userName)
            json.field("log", String(log.id))
        }
        try appendTimeline(
            id, key: "deleted|\(log.id)", at: now, service: "marquee", event: "deleted", state: .deleted,
            data: String(decoding: values.bytes, as: UTF8.self))
        try emit(.request, object: id, data: RequestChange.updated.data)
        try emit(
            .requestDeleted, object: id, data: "{\"request_id\":\(id),\"deletion_log_id\":\(log.id)}")
    }

    /// News of a deletion (deletion.md §9): one step, or the whole of it.
    func tell(_ log: DeletionLog, of step: DeletionStep?) throws {
        let newest = log.steps.newest
        var json = JSONWriter()
        json.object { json in
            json.field("deletion_log_id", log.id)
            json.field("phase", log.phase.rawValue)
            json.field("service", step?.service.rawValue)
            json.field("instance", step?.instance)
            json.field("status", step?.status.rawValue ?? log.status.rawValue)
            json.field("details", step?.details)
            json.field("error", step?.error)
            json.field("at", (step?.at ?? now).rfc3339)
            json.field("done", newest.count { !$0.status.isOpen })
            json.field("total", newest.count)
            json.array("services") { json in
                for outcome in log.services {
                    json.object { json in
                        json.field("service", outcome.service.rawValue)
                        json.field("instance", outcome.instance)
                        json.field("status", outcome.status.rawValue)
                    }
                }
            }
            json.field("log_status", log.status.rawValue)
            json.field("completed_at", log.completedAt?.rfc3339)
        }
        try emit(.deletion, object: log.id, data: String(decoding: json.bytes, as: UTF8.self))
    }
}
