@testable import Dashboard

extension Samples {
    /// The Deletions page by the name of its snapshot.
    static let deletions: [(name: String, model: DeletionsPage.Model)] = {
        var full = DeletionsPage.Model()
        full.rows = DeletionModel.Status.allCases.enumerated().map { deletion(Int64(57 + $0), $1) }
        full.total = 58
        full.next = "57"
        full.asked = 1
        full.opened = 57
        var empty = DeletionsPage.Model()
        empty.isEnabled = false
        var filtered = DeletionsPage.Model()
        filtered.filters.status = .incomplete
        filtered.filters.search = "no \"such\" <title>"
        return [("full", full), ("empty", empty), ("no-match", filtered)]
    }()

    /// A deletion with every kind of step.
    static func deletion(
        _ id: Int64, _ status: DeletionModel.Status, text: String = "Files kept on disk"
    ) -> DeletionModel {
        var model = DeletionModel(
            id: id, title: status == .complete ? "Summer <Ghost>" : "Mushishi", kind: id % 2 == 0 ? .movie : .tv,
            source: DeletionModel.Source.allCases[Int(id) % 6], by: "mira", status: status, startedAt: noon)
        model.request = 12
        model.year = 2021
        model.endedAt = status == .inProgress ? nil : noon + 90_000
        model.freedBytes = status == .complete ? 8_400_000_000 : nil
        model.services = zip(DeletionRow.columns, DeletionModel.Step.allCases).map { service, step in
            var outcome = DeletionModel.Outcome(service: service, instance: "4k", status: step)
            outcome.details = step == .skipped ? text : nil
            outcome.error = step == .failed ? text : nil
            return outcome
        }
        model.events = model.services.map { DeletionModel.Event(at: noon, outcome: $0, target: "movie:52") }
        model.leftBehind = status == .incomplete ? ["/media/tv/Mushishi/\(text).mkv"] : []
        model.actions =
            switch status {
            case .asked: [.propagate, .record, .dismiss]
            case .incomplete: [.retry, .acceptLeftovers, .includeSkipped]
            case .inProgress, .complete, .accepted, .withdrawn: []
            }
        model.version = 30
        return model
    }

    /// A plan for two titles, one of which cannot be carried out.
    static func deletePlan(text: String = "Shared with “Summer Ghost”") -> DeletePlan {
        let items = [true, false].map { isRefused in
            var item = DeletePlan.Item(title: isRefused ? "Mushishi" : "Summer Ghost", kind: .tv)
            item.services = deletion(57, .inProgress, text: text).services
            for step in [DeletionModel.Step.unknown, .notNeeded, .notApplicable] {
                item.services.append(.init(service: "sonarr", status: step))
            }
            item.warnings = [text]
            item.refusal = isRefused ? text : nil
            item.cannotUndo = ["files", "torrent", "watch_state", "shoko_links", "request_number"]
            return item
        }
        var plan = DeletePlan(requests: [12, 13], planID: "1795167663120-abc", items: items)
        plan.deletesFiles = true
        plan.bytes = 84_000_000_000
        plan.confirmCount = 2
        plan.busy = [(14, 56)]
        plan.unknownIDs = [15]
        return plan
    }
}
