import FoundationEssentials
import JSONStream
import Jobs
public import Media
import Observability
import Store

extension Deletions {
    /// Calls what is to be called, then leaves the rest to the readings that verify it.
    func carryOut(_ logs: [Int64], unknown: [Int64] = [], _ progress: Progress) async throws -> DurableEnd {
        var wasCancelled = false
        do {
            try await executor.run(logs, progress)
        } catch is JobCancelled {
            wasCancelled = true
            try await stop(logs)
        }
        try await handOver(logs)
        let held = try await store.read { reader in try logs.compactMap { try reader.deletionLog($0) } }
        let failed = held.filter { $0.steps.newest.contains { $0.status == .failed } }.count
        let report = Self.report(held, unknown: unknown)
        if wasCancelled {
            return DurableEnd(
                .cancelled, result: report, errorCode: "cancelled",
                error: "Cancelled: what was called already is verified, the rest can be retried.")
        }
        return DurableEnd(failed > 0 || !unknown.isEmpty ? .partial : .succeeded, result: report)
    }

    /// What nobody called before the run was stopped can be retried; an item of which nothing was called is let go.
    private func stop(_ logs: [Int64]) async throws {
        try await store.write { tx in
            for id in logs {
                guard let log = try tx.raw.deletionLog(id) else { continue }
                if log.steps.contains(where: { $0.status == .acknowledged }) {
                    for step in log.steps.newest where step.status == .pending || step.status == .acknowledged {
                        try tx.step(step.key, .failed, error: "Cancelled before it was done", log: id)
                    }
                } else {
                    try tx.closeDeletion(id, as: .withdrawn, endsRows: false)
                }
            }
        }
    }

    /// Every call is made: what was accepted is read again, what has nothing to read ends now.
    private func handOver(_ logs: [Int64]) async throws {
        let first = Verifier.first(settings)
        let services = services
        try await store.write { tx in
            for id in logs {
                guard let log = try tx.raw.deletionLog(id), log.phase != .done else { continue }
                let item = try DeletionItem(json: log.plan)
                if log.steps.newest.contains(where: { $0.status.isOpen }) {
                    try tx.calledAll(deletion: id, due: tx.now.advanced(by: first))
                } else {
                    try tx.endDeletion(id, endsRows: item.endsRows, leftBehind: services.left(of: item.subject))
                }
            }
        }
    }

    private static func report(_ logs: [DeletionLog], unknown: [Int64]) -> String {
        var json = JSONWriter()
        json.object { json in
            json.array("logs") { json in
                for log in logs {
                    json.object { json in
                        json.field("deletion_log_id", log.id)
                        json.array("request_ids") { json in for request in log.requests { json.value(request) } }
                        json.field("title", log.title)
                        json.field("status", log.status.rawValue)
                        json.field("failed", log.steps.newest.count { $0.status == .failed })
                    }
                }
            }
            json.array("unknown_ids") { json in for id in unknown { json.value(id) } }
            json.field("items", logs.count)
            json.field("failed", logs.count { log in log.steps.newest.contains { $0.status == .failed } })
        }
        return String(decoding: json.bytes, as: UTF8.self)
    }

    /// Goes on with what a crash or a stop cut off.
    public func resumeStopped() async throws {
        let stopped = try await store.read { try $0.stoppedDeletions() }
        for (job, logs) in Dictionary(grouping: stopped, by: \.job) {
            let ids = logs.map(\.id)
            log.info("deletion_resumed", "Going on with deletions \(ids)")
            if let job, try await jobs.resume(job, { _, progress in try await self.carryOut(ids, progress) }) {
                continue
            }
            if let job, try await store.read({ try $0.job(job) })?.state == .running { continue }
            _ = try await launch(ids, by: logs.first?.userName ?? DeletionSource.external.defaultName)
        }
    }

    /// Reads what is due to be read again.
    ///
    /// - Returns: when the next reading is due; nil when nothing waits.
    public func readDue() async throws -> Timestamp? {
        let due = try await store.read { [store] in try $0.dueDeletions(at: store.now()) }
        for held in due {
            do {
                try await verifier.read(held)
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                log.warn(
                    "deletion_unread", "Deletion \(held.id) could not be read again: \(error)",
                    ["deletion_log_id": .integer(held.id)])
                try await store.write {
                    try $0.wasRead(deletion: held.id, due: $0.now.advanced(by: .seconds(60)))
                }
            }
        }
        return try await store.read { try $0.nextDeletionDue() }
    }
}
