import Database
import Jobs
import Media
import Store

extension Deletions {
    /// Begins a deletion.
    ///
    /// - Returns: the job that carries it out, and the log of every item.
    /// - Throws: `DeletionRefusal`; nothing was changed then.
    public func start(_ order: DeletionOrder, by deleter: Deleter) async throws -> DeletionStart {
        do {
            let plan = try await accepted(order)
            let logs = try await begin(plan, deleter)
            let job = try await launch(logs, unknown: plan.unknownIDs, by: deleter.name)
            return DeletionStart(job: job, logs: logs)
        } catch let refusal as DeletionRefusal {
            try await audit("deletion_refused", of: order.requests, deleter, refusal.detail)
            throw refusal
        }
    }

    /// The plan of an order, held against the preview it names, the caps and the confirmation.
    private func accepted(_ order: DeletionOrder) async throws -> DeletionPlan {
        guard order.requests.count <= settings.maxItems else {
            throw DeletionRefusal(
                .capExceeded,
                "\(order.requests.count) items are more than the \(settings.maxItems) one run may delete "
                    + "(MARQUEE_DELETION_MAX_ITEMS).")
        }
        if let id = order.planID, try isOver(id) {
            throw DeletionRefusal(.planExpired, "The preview is older than fifteen minutes: look at it again.")
        }
        let plan = try await plan(order.requests, order.options)
        if order.requests.count == 1 {
            if let busy = plan.busy.first {
                throw DeletionRefusal(
                    .underWay, "Request \(busy.request) is being deleted already: see deletion log \(busy.log).",
                    log: busy.log)
            }
            if let unknown = plan.unknownIDs.first {
                throw DeletionRefusal(.notFound, "There is no request \(unknown).")
            }
        }
        if let refusal = plan.items.compactMap(\.refusal).first {
            throw DeletionRefusal(.ambiguousTarget, refusal.detail)
        }
        if let id = order.planID, id.split(separator: "-").last != plan.id.split(separator: "-").last {
            throw DeletionRefusal(
                .targetChanged, "What would be deleted is no longer what the preview showed: look at it again.")
        }
        if let count = try await confirmCount(of: plan), order.confirmCount != count {
            throw DeletionRefusal(
                .confirmationRequired, "This deletes \(count) items with their files: confirm_count must be \(count).")
        }
        return plan
    }

    private func isOver(_ id: String) throws -> Bool {
        let parts = id.split(separator: "-")
        guard parts.count == 2, let made = Int64(parts[0]) else {
            throw DeletionRefusal(.invalid, "plan_id is not the id of a preview.")
        }
        return Timestamp(milliseconds: made).advanced(by: DeletionPlan.lifetime) < store.now()
    }

    /// Stores the logs, all or none: a row that somebody else deletes meanwhile refuses the whole run.
    private func begin(_ plan: DeletionPlan, _ deleter: Deleter) async throws -> [Int64] {
        let news = try plan.items.map { try NewDeletion($0, plan.options, plan.id, .dashboard, deleter) }
        do {
            return try await store.write { tx in
                try news.map { new in
                    let log = try tx.beginDeletion(new)
                    try tx.record(
                        AuditEntry(
                            at: tx.now, who: deleter.name, address: deleter.address, action: "deletion",
                            object: "deletion_log/\(log)", after: new.title))
                    return log
                }
            }
        } catch let busy as DeletionUnderWay {
            throw DeletionRefusal(.underWay, "\(busy)", log: busy.log)
        } catch let nothing as NothingToDelete {
            throw DeletionRefusal(.notFound, "There is no request \(nothing.request) to delete.")
        }
    }

    /// Starts the job that carries logs out.
    func launch(_ logs: [Int64], unknown: [Int64] = [], by name: String) async throws -> Int64 {
        let target = logs.map(String.init).joined(separator: ",")
        let new = NewJob(kind: "deletion", target: target, startedBy: name, lane: nil)
        return try await jobs.start(new) { lease, progress in
            try await self.store.write { try $0.assign(deletions: logs, to: lease.job) }
            return try await self.carryOut(logs, unknown: unknown, progress)
        }
    }

    func audit(_ action: String, of requests: [Int64], _ deleter: Deleter, _ detail: String) async throws {
        try await store.write { tx in
            try tx.record(
                AuditEntry(
                    at: tx.now, who: deleter.name, address: deleter.address, action: action,
                    object: requests.map { "request/\($0)" }.joined(separator: ","), after: detail))
        }
    }
}

extension NewDeletion {
    /// A log's beginning, as planned.
    init(
        _ item: DeletionItem, _ options: DeletionOptions, _ planID: String, _ source: DeletionSource,
        _ deleter: Deleter?
    ) throws {
        guard let type = item.subject.type else {
            throw DeletionRefusal(.invalid, "The kind of \(item.subject.title) is not known.")
        }
        self.init(
            source: source, user: deleter?.id, userName: deleter?.name ?? source.defaultName,
            title: item.subject.title, mediaType: type, requests: item.subject.requests, options: options,
            plan: try item.json(), planHash: String(planID.split(separator: "-").last ?? ""), undo: item.undo,
            steps: item.steps.map(\.first))
        year = item.subject.year
        variant = item.subject.variant.flatMap(Variant.init)
        isAnime = item.subject.isAnime
        posterURL = item.subject.posterURL
        tmdb = item.subject.tmdb
        tvdb = item.subject.tvdb
        imdb = item.subject.imdb
    }
}

extension PlannedStep {
    var first: NewDeletion.FirstStep { NewDeletion.FirstStep(key, status, details: details, error: error) }
}
