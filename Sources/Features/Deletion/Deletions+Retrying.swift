import Jobs
public import Media
import Store

/// What is asked of a deletion that ended, or waits for an answer.
public struct DeletionRetry: Sendable, Hashable {
    public var includesSkipped = false
    public var acceptsLeftovers = false
    public var answer: DeletionAnswer?

    public init() {}
}

extension Deletions {
    /// Repeats what failed, accepts what is left, or answers a deletion made elsewhere.
    ///
    /// - Returns: the job that calls the services; nil where none is called.
    /// - Throws: `DeletionRefusal`; nothing was changed then.
    public func retry(_ id: Int64, _ retry: DeletionRetry, by deleter: Deleter) async throws -> Int64? {
        guard let log = try await store.read({ try $0.deletionLog(id) }) else {
            throw DeletionRefusal(.notFound, "There is no deletion log \(id).")
        }
        do {
            let job = try await perform(retry, on: log, deleter)
            try await audit("deletion_retry", of: log.requests, deleter, "deletion_log/\(id)")
            return job
        } catch let refusal as DeletionRefusal {
            try await audit("deletion_refused", of: log.requests, deleter, refusal.detail)
            throw refusal
        }
    }

    private func perform(_ retry: DeletionRetry, on log: DeletionLog, _ deleter: Deleter) async throws -> Int64? {
        if log.phase == .asked {
            guard let answer = retry.answer else {
                throw DeletionRefusal(
                    .notRetryable, "Deletion \(log.id) waits for an answer: propagate, record or dismiss.", log: log.id)
            }
            return try await self.answer(answer, log, deleter)
        }
        guard retry.answer == nil else {
            throw DeletionRefusal(.notRetryable, "Nobody asked about deletion \(log.id).", log: log.id)
        }
        let item = try DeletionItem(json: log.plan)
        guard log.phase == .done, log.status == .incomplete || log.status == .complete else {
            throw DeletionRefusal(.notRetryable, "Deletion \(log.id) is \(log.status.rawValue).", log: log.id)
        }
        if retry.acceptsLeftovers {
            guard log.status == .incomplete else {
                throw DeletionRefusal(.notRetryable, "Deletion \(log.id) left nothing.", log: log.id)
            }
            try await store.write { try $0.closeDeletion(log.id, as: .accepted, endsRows: item.endsRows) }
            return nil
        }
        guard settings.isEnabled else {
            throw DeletionRefusal(
                .disabled, "Deletion sync is disabled (ENABLE_DELETION_SYNC): no service would be called.", log: log.id)
        }
        let again = log.steps.newest.filter { step in
            step.status == .failed || (retry.includesSkipped && step.isLeftForLater)
        }
        guard !again.isEmpty else {
            throw DeletionRefusal(.notRetryable, "Nothing of deletion \(log.id) can be retried.", log: log.id)
        }
        let plan = try await replanned(item, log, again)
        try await store.write { tx in
            try tx.reopenDeletion(log.id)
            try tx.replan(deletion: log.id, plan.json, plan.steps)
        }
        return try await launch([log.id], by: deleter.name)
    }

    /// The plan for what is done again: targets are those of the log, except where nobody could tell them before.
    private func replanned(
        _ item: DeletionItem, _ log: DeletionLog, _ again: [DeletionStep]
    ) async throws -> (json: String, steps: [NewDeletion.FirstStep]) {
        var item = item
        var steps: [NewDeletion.FirstStep] = []
        var unknown: [DeletionStep] = []
        for step in again {
            if let place = item.steps.firstIndex(where: { $0.key == step.key && $0.work != nil }) {
                item.steps[place].status = .pending
                steps.append(NewDeletion.FirstStep(step.key, .pending, details: nil, error: nil))
            } else {
                unknown.append(step)
            }
        }
        guard !unknown.isEmpty, let request = log.requests.first else { return (try item.json(), steps) }
        guard let facts = try await gatherer.facts(of: request, log.options, calls: true, evenDeleted: true) else {
            throw DeletionRefusal(.notRetryable, "The row of deletion \(log.id) is gone.", log: log.id)
        }
        let fresh = DeletionPlanner(facts, log.options, .full, commonPath: settings.commonPath).item()
        for step in unknown {
            let found = fresh.steps.filter { $0.service == step.service && $0.instance == step.instance }
            item.steps.removeAll { $0.key == step.key }
            for target in found where !item.steps.contains(where: { $0.key == target.key }) {
                item.steps.append(target)
                steps.append(target.first)
            }
            if !found.contains(where: { $0.key == step.key }) {
                // What stood for the whole service is told target by target now.
                steps.append(NewDeletion.FirstStep(step.key, .notNeeded, details: "Looked up", error: nil))
            }
        }
        return (try item.json(), steps)
    }
}

extension DeletionStep {
    /// Whether it was only recorded, and could still be called.
    var isLeftForLater: Bool {
        status == .skipped && (details == DeletionLog.recordedOnly || details == DeletionLog.syncDisabled)
    }
}
