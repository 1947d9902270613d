import Dashboard
import Deletion
import Media
import Store

// Deletions as pages show them.

extension DeletionModel {
    /// The deletion as the page of one of its rows shows it, or, without a `request`, as the first row's.
    init(_ log: DeletionLog, request: Int64? = nil, version: Int64) {
        self.init(
            id: log.id, title: log.title, kind: log.mediaType == .movie ? .movie : .tv,
            source: Source(rawValue: log.source.rawValue) ?? .external, by: log.userName, status: Status(log),
            startedAt: log.initiatedAt.milliseconds)
        self.request = request ?? log.requests.first
        year = log.year
        deletesFiles = log.options.deletesFiles
        endedAt = log.completedAt?.milliseconds
        freedBytes = log.freedBytes
        leftBehind = log.leftBehind
        services = log.services.map { outcome in
            var shown = Outcome(
                service: outcome.service.rawValue, instance: outcome.instance, status: Step(outcome.status))
            shown.details = outcome.details
            shown.error = outcome.error
            return shown
        }
        events = log.steps.map { step in
            var outcome = Outcome(service: step.service.rawValue, instance: step.instance, status: Step(step.status))
            outcome.details = step.details
            outcome.error = step.error
            return Event(at: step.at.milliseconds, outcome: outcome, target: step.target)
        }
        actions = log.actions.compactMap { Action(rawValue: $0) }
        self.version = version
    }
}

extension DeletionModel.Status {
    init(_ log: DeletionLog) {
        self = log.phase == .asked ? .asked : Self(rawValue: log.status.rawValue) ?? .inProgress
    }
}

extension DeletionModel.Step {
    init(_ status: StepStatus) { self = Self(rawValue: status.rawValue) ?? .failed }
}

extension DeletePlan {
    init(_ plan: DeletionPlan, of requests: [Int64], confirmCount: Int?) {
        self.init(requests: requests, planID: plan.id, items: plan.items.map(Item.init))
        deletesFiles = plan.options.deletesFiles
        torrents = Torrents(rawValue: plan.options.torrents.rawValue) ?? .auto
        addsExclusion = plan.options.addsExclusion
        isEnabled = plan.isEnabled
        bytes = plan.bytes
        self.confirmCount = confirmCount.map(Int64.init)
        busy = plan.busy.map { ($0.request, $0.log) }
        unknownIDs = plan.unknownIDs
    }
}

extension DeletePlan.Item {
    init(_ item: DeletionItem) {
        self.init(title: item.subject.title, kind: item.subject.type == .movie ? .movie : .tv)
        year = item.subject.year
        services = item.steps.map { step in
            var shown = DeletionModel.Outcome(
                service: step.service.rawValue, instance: step.instance,
                status: step.isUnknown ? .unknown : DeletionModel.Step(step.status))
            let texts = [step.name, step.details].compactMap(\.self)
            shown.details = texts.isEmpty ? nil : texts.joined(separator: ": ")
            shown.error = step.error
            return shown
        }
        warnings = item.warnings.map(\.detail)
        refusal = item.refusal?.detail
        bytes = item.bytes
        cannotUndo = item.undo.cannot
    }
}
