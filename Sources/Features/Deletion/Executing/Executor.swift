import Jobs
import Lifecycle
import Media
import Observability
import Store

/// Carries plans out: service by service over all logs of a run, each call between its stored intent and its stored
/// result, so that a run goes on wherever it was cut off.
struct Executor: Sendable {
    let store: Store
    let services: any CallDesk
    let settings: DeletionSettings
    let clock: any Clock<Duration>
    let log: Logger

    /// Calls everything that is still to be called.
    ///
    /// - Throws: `JobCancelled` when somebody stopped it; `CancellationError` when Marquee stops: it goes on later.
    func run(_ logs: [Int64], _ progress: Progress) async throws {
        try await store.write { tx in for log in logs { try tx.move(deletion: log, to: .executing) } }
        var done = 0
        let total = try await open(logs, nil).count
        for service in DeletionService.allCases {
            try progress.checkCancellation()
            progress.report(service.rawValue, done: done, total: total)
            let targets = try await open(logs, service)
            if targets.isEmpty { continue }
            try await settle(before: service, targets, progress)
            for instance in Set(targets.map(\.key.instance)).sorted(by: { ($0 ?? "") < ($1 ?? "") }) {
                let own = targets.filter { $0.key.instance == instance }
                guard let calls = services.calls(service, instance) else {
                    for target in own {
                        try await note(target, .failed, error: "\(service.displayName) is not configured any more.")
                    }
                    continue
                }
                try await call(own, calls, progress) {
                    done += 1
                    progress.report(service.rawValue, done: done, total: total)
                }
            }
        }
    }

    /// What waits to be called, of one service or of all, in the order of the logs.
    private func open(_ logs: [Int64], _ service: DeletionService?) async throws -> [Target] {
        let held = try await store.read { reader in try logs.compactMap { try reader.deletionLog($0) } }
        return try held.flatMap { log in
            let item = try DeletionItem(json: log.plan)
            let states = Dictionary(
                log.steps.newest.map { ($0.key, $0.status) }, uniquingKeysWith: { _, last in last })
            return item.steps.filter { step in
                (service == nil || step.service == service) && step.work != nil
                    && [.pending, .acknowledged].contains(states[step.key])
            }.map { Target(log: log.id, step: $0, subject: item.subject, isWhole: item.isWhole && item.endsRows) }
        }
    }

    private func call(
        _ targets: [Target], _ calls: any ServiceCalls, _ progress: Progress, _ count: () -> Void
    ) async throws {
        var ready: [Target] = []
        for target in targets {
            try progress.checkCancellation()
            if try await looksReady(target, calls) {
                if calls.isGathered {
                    ready.append(target)
                    continue
                }
                try await callNow([target], calls)
            }
            count()
        }
        if ready.isEmpty { return }
        try progress.checkCancellation()
        try await callNow(ready, calls)
        for _ in ready { count() }
    }

    /// Looks at a target right before its call; decides it where there is nothing to call.
    private func looksReady(_ target: Target, _ calls: any ServiceCalls) async throws -> Bool {
        if let newcomer = try await newcomer(to: target) {
            try await note(target, .failed, error: "target_changed: \(newcomer)")
            return false
        }
        let sight: Sight
        do {
            sight = try await calls.look(at: target)
        } catch {
            try Task.checkCancellation()
            try await note(target, .failed, error: "\(error)")
            return false
        }
        switch sight {
        case .there: return true
        case .gone: try await note(target, .confirmed, details: "Already gone")
        case .changed(let what): try await note(target, .failed, error: "target_changed: \(what)")
        }
        return false
    }

    /// A row of the medium that is not in the plan: somebody asked for it anew meanwhile.
    private func newcomer(to target: Target) async throws -> String? {
        guard target.isWhole, let first = target.subject.requests.first else { return nil }
        let planned = Set(target.subject.requests)
        return try await store.read { reader in
            guard let row = try reader.request(first) else { return nil }
            let others = try reader.siblings(of: row).filter { other in
                !planned.contains(other.id)
                    && (row.variant == nil || other.variant == nil || row.variant == other.variant)
            }
            return others.first.map { "Request \($0.id) of the same title is outside the plan." }
        }
    }

    private func callNow(_ targets: [Target], _ calls: any ServiceCalls) async throws {
        try await store.write { tx in
            for target in targets { try tx.step(target.key, .acknowledged, log: target.log) }
        }
        let outcomes = await calls.call(targets)
        // A call that was cut off says nothing: its intent is stored, and it is looked at again.
        try Task.checkCancellation()
        try await store.write { tx in
            for (target, outcome) in zip(targets, outcomes) {
                switch outcome {
                case .done(let details):
                    try tx.step(target.key, .confirmed, details: details ?? target.step.details, log: target.log)
                case .failed(let error): try tx.step(target.key, .failed, error: error, log: target.log)
                }
            }
        }
        for (target, outcome) in zip(targets, outcomes) {
            guard case .failed(let error) = outcome else { continue }
            log.warn(
                "deletion_step_failed", error,
                ["deletion_log_id": .integer(target.log), "service": .string(target.key.service.rawValue)])
        }
    }

    private func note(
        _ target: Target, _ status: StepStatus, details: String? = nil, error: String? = nil
    ) async throws {
        try await store.write {
            try $0.step(target.key, status, details: details, error: error, log: target.log)
        }
    }

    /// Waits until files that go in the background are gone, as far as anybody can see, for at most half a minute.
    private func settle(before service: DeletionService, _ targets: [Target], _ progress: Progress) async throws {
        guard service == .shoko || service == .jellyfin else { return }
        var waited = Duration.zero
        for mark in [0, 2, 5, 10, 30].map(Duration.seconds) {
            if mark > waited {
                try await clock.sleep(for: mark - waited)
                waited = mark
                try progress.checkCancellation()
            }
            if await !services.seesFiles(of: targets, service) { return }
        }
    }
}
