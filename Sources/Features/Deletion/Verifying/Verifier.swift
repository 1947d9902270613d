import Lifecycle
import Media
import Observability
import Store

/// Reads again what was called until each target is proven gone, or the schedule is over (deletion.md §7).
struct Verifier: Sendable {
    let store: Store
    let services: any CallDesk
    let settings: DeletionSettings
    let log: Logger

    /// Nothing answered for so long: nobody can tell any more.
    static let givesUpAfter = Duration.seconds(24 * 3_600)
    /// Between two scans of everything.
    private static let coolDown: Int64 = 600_000

    /// When a log is read for the first time after its calls.
    static func first(_ settings: DeletionSettings) -> Duration {
        (settings.verifyWaits ?? DeletionSettings.usualWaits).first ?? .zero
    }

    /// One reading of a log that is due.
    func read(_ held: DeletionLog) async throws {
        let item = try DeletionItem(json: held.plan)
        let schedule = ReadSchedule(settings.verifyWaits, reads: Int(held.reads))
        let open = held.steps.newest.filter { $0.status == .confirmed }
        var still: [Target] = []
        for step in open {
            guard let planned = item.steps.first(where: { $0.key == step.key }) else { continue }
            let target = Target(log: held.id, step: planned, subject: item.subject, isWhole: false)
            if try await decide(target, held, schedule) == .there { still.append(target) }
        }
        try await nudge(still, schedule)
        try await finish(held.id, item, schedule)
    }

    /// Reads one target and stores what that proves.
    private func decide(_ target: Target, _ held: DeletionLog, _ schedule: ReadSchedule) async throws -> Sight? {
        guard let calls = services.calls(target.key.service, target.key.instance) else { return nil }
        do {
            if try await calls.isGone(target) {
                try await note(target, .verified, details: held.details(of: target.key))
                return .gone
            }
        } catch {
            try Task.checkCancellation()
            let age = store.now().milliseconds - (held.calledAt ?? store.now()).milliseconds
            if age >= Int64(Self.givesUpAfter / .milliseconds(1)) {
                try await note(target, .failed, error: "Could not verify: \(error)")
            }
            return nil
        }
        if schedule.isLast(for: target.key.service) {
            try await note(target, .failed, error: calls.leftText)
            return .gone
        }
        return .there
    }

    /// Does once more what may help: at the third reading, when a slow service has had its time.
    private func nudge(_ targets: [Target], _ schedule: ReadSchedule) async throws {
        guard schedule.isTimeToNudge else { return }
        for service in [DeletionService.shoko, .jellyfin] {
            let own = targets.filter { $0.key.service == service }
            for instance in Set(own.map(\.key.instance)) {
                let targets = own.filter { $0.key.instance == instance }
                guard let calls = services.calls(service, instance), try await mayNudge(service, instance) else {
                    continue
                }
                do {
                    guard let text = try await calls.nudge(targets) else { continue }
                    for target in targets { try await note(target, .confirmed, details: text) }
                } catch {
                    log.warn("deletion_nudge_failed", "\(error)")
                }
            }
        }
    }

    /// At most one scan of everything in ten minutes, whoever asked for it.
    private func mayNudge(_ service: DeletionService, _ instance: String?) async throws -> Bool {
        guard service == .jellyfin else { return true }
        let mark = "scan|\(instance ?? "default")|*"
        return try await store.write { tx in
            let last = try tx.raw.counter(mark) ?? 0
            guard tx.now.milliseconds - last >= Self.coolDown else { return false }
            try tx.raw.setCounter(mark, to: tx.now.milliseconds)
            return true
        }
    }

    /// Ends the log when everything is decided; else says when it is read again.
    private func finish(_ id: Int64, _ item: DeletionItem, _ schedule: ReadSchedule) async throws {
        let left = item.endsRows ? services.left(of: item.subject) : []
        let next = schedule.next
        try await store.write { tx in
            if try tx.endDeletion(id, endsRows: item.endsRows, leftBehind: left) == nil {
                try tx.wasRead(deletion: id, due: tx.now.advanced(by: next))
            }
        }
    }

    private func note(
        _ target: Target, _ status: StepStatus, details: String? = nil, error: String? = nil
    ) async throws {
        try await store.write {
            try $0.step(target.key, status, details: details, error: error, log: target.log)
        }
    }
}

extension DeletionLog {
    /// What was said of a target last.
    fileprivate func details(of key: DeletionStep.Key) -> String? {
        steps.last { $0.key == key && $0.details != nil }?.details
    }
}
