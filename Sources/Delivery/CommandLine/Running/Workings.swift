import API
import Accounts
import Changes
import Deletion
import Lifecycle
import Observability
import Settings
import Store
import Tracking

/// Runs what works in the background under the settings in force, and begins anew when they change.
struct Workings: Service {
    let name = "workings"
    private let application: Application

    init(_ application: Application) { self.application = application }

    func run(until shutdown: ShutdownSignal) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await watchSettings() }
            while !shutdown.isTriggered { try await run(application.turns.current, until: shutdown) }
            application.resources.board.setUnready("draining")
            group.cancelAll()
        }
    }

    private func run(_ turn: Turn, until shutdown: ShutdownSignal) async throws {
        let work = turn.composition
        let services: [any Service] = [
            HealthChecks(work), Housekeeping(work), TrackingService(work.tracking), AccountsService(work.accounts),
            DeletionWorks(work.deletions, isLeading: { work.tracking.isLeading }),
        ]
        let link = Task {
            await shutdown.wait()
            if shutdown.isTriggered { application.resources.board.setUnready("draining") }
            turn.over.trigger()
        }
        defer { link.cancel() }
        do {
            try await ServiceGroup(services, grace: work.configuration.shutdownGrace).run(until: turn.over)
        } catch  where !shutdown.isTriggered && turn.over.isTriggered {
            application.log.warn("slow_change", "After a change of settings: \(error)")
        }
    }

    /// Other replicas say that settings were saved; this one hears itself too, which changes nothing.
    private func watchSettings() async {
        while !Task.isCancelled {
            for await _ in application.resources.store.changes.subscribe(to: [.settings]) {
                await application.turns.refresh()
            }
            await application.turns.refresh()
        }
    }
}
