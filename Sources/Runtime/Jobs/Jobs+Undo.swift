import Changes
import Database
import FoundationEssentials
import Media
public import Store

/// What an undo came to.
public struct UndoReport: Sendable, Codable {
    public struct Kept: Sendable, Codable {
        public var requestID: Int64
        public var field: String
        public var reason: String

        enum CodingKeys: String, CodingKey {
            case requestID = "request_id"
            case field, reason
        }
    }

    public var reverted = 0
    public var kept = 0
    /// The first two hundred of what was kept.
    public var keptDetails: [Kept] = []

    enum CodingKeys: String, CodingKey {
        case reverted, kept
        case keptDetails = "kept_details"
    }

    mutating func count(_ outcome: UndoOutcome, _ change: FieldChange) {
        switch outcome {
        case .reverted: reverted += 1
        case .kept(let reason):
            kept += 1
            guard keptDetails.count < 200 else { return }
            keptDetails.append(Kept(requestID: change.request, field: change.field, reason: reason))
        }
    }

    func json() throws -> String { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }
}

extension Jobs {
    /// Takes back what a finished job wrote, as a job of its own; values touched since stay and are reported.
    ///
    /// - Throws: `JobFailure` when there is nothing to undo, `JobRunning` when the lane is taken.
    public func undo(_ job: Int64, lane: String, by user: String) async throws -> Int64 {
        guard let record = try await store.read({ try $0.job(job) }) else {
            throw JobFailure(code: "not_found", detail: "There is no job \(job).")
        }
        if record.kind == "deletion" {
            throw JobFailure(code: "cannot_undo", detail: "Job \(job) is a deletion, which nothing takes back yet.")
        }
        guard record.canUndo else {
            throw JobFailure(code: "cannot_undo", detail: "Job \(job) wrote nothing that can be taken back.")
        }
        let new = NewJob(kind: record.kind, startedBy: user, lane: lane, undoOf: job)
        return try await launch(new) { lease, progress in try await self.undo(record, lease, progress) }
    }

    private func undo(_ record: JobRecord, _ lease: JobLease, _ progress: Progress) async throws -> JobEnd {
        progress.report("undo", done: 0)
        try progress.beginFinalTransaction()
        let json = try await store.writeAlone { tx in
            var report = UndoReport()
            var last: Int64 = 0
            while case let changes = try tx.raw.changes(of: record.id, after: last, limit: 500), !changes.isEmpty {
                try tx.raw.beat()
                try progress.checkInterruption()
                for change in changes {
                    report.count(try tx.undo(change), change)
                    last = change.id
                }
                progress.report("undo", done: report.reverted + report.kept)
            }
            try tx.markUndone(record.id, by: lease.job)
            try tx.emit(.requests, data: "{\"job_id\":\(lease.job),\"added\":0,\"updated\":\(report.reverted)}")
            let json = try report.json()
            guard try tx.finishJob(lease, as: .succeeded, result: json) else { throw LeaseLost() }
            return json
        }
        return JobEnd(state: .succeeded, result: json, isStored: true)
    }
}

extension JobRecord {
    /// Whether the job wrote something that `undo` knows how to take back.
    public var canUndo: Bool {
        state.isDone && !isDryRun && undoOf == nil && undoneBy == nil
            && ["library_sync", "metadata_update", "pending_sync"].contains(kind)
    }
}
