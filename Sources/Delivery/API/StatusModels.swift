import Accounts
import Changes
import Dashboard
import Database
import HTTPServer
import Jobs
import LibrarySync
import Media
import Shapes
import Store
import Tracking

extension API {
    /// Everything the Status page shows to this viewer, of one moment.
    func statusModel(_ request: Request) async throws -> StatusPage.Model {
        let viewer = context(request)
        let read = try await store.read { reader in
            let summary = try reader.inboxSummary()
            let unmatched = viewer.mayOperate ? try reader.inbox(.unmatched, before: nil, limit: 50) : []
            return (
                version: try reader.lastEventID(), summary: summary, unmatched: unmatched,
                bodies: try reader.inboxBodies(unmatched.map(\.id), limit: 65_536)
            )
        }
        var model = StatusPage.Model()
        model.version = read.version
        let states = serviceStates(read.summary)
        model.services = states.map { $0.row(version: read.version) }
        if viewer.maySeeJobs { model.jobs = try await jobKinds(version: read.version) }
        guard viewer.mayOperate else { return model }
        model.warnings = warnings(request)
        model.own = try await ownState(states)
        model.unmatchedTotal = read.summary.filter { $0.outcome == .unmatched }.map(\.count).reduce(0, +)
        model.unmatched = read.unmatched.map { entry in
            var shown = UnmatchedList.Entry(
                id: entry.id, service: entry.service, instance: entry.instance, event: entry.event,
                receivedAt: entry.receivedAt.milliseconds)
            shown.canReplay = entry.hasBody
            shown.title = read.bodies[entry.id].flatMap { HookSubject.title($0) }
            return shown
        }
        return model
    }

    private func warnings(_ request: Request) -> [StatusPage.Warning] {
        var warnings: [StatusPage.Warning] = []
        switch board.unreadiness {
        case HealthBoard.diskFull: warnings.append(.diskFull)
        case "database": warnings.append(.database)
        default: break
        }
        if access.hasOpenHooks { warnings.append(.openHooks) }
        if case .session? = request.caller?.proof, !isSecure(request) { warnings.append(.plainCookie) }
        return warnings
    }

    private func ownState(_ states: [ServiceState]) async throws -> OwnState.Model {
        let applied = try await store.database.appliedMigrations().count
        let log = try await store.read { try $0.eventLog() }
        var own = OwnState.Model(
            database: store.database.backend == .sqlite ? "SQLite" : "PostgreSQL",
            schema: (applied, Schema.migrations.count), events: (log.count, log.newest),
            streams: store.changes.listenerCount, leads: tracking.isLeading)
        let size = store.database.sizeBytes
        own.databaseSize = size > 0 ? size : nil
        own.eventsSince = log.oldestAt?.milliseconds
        own.diskFree = board.freeBytes
        own.clockSkews = states.compactMap(\.entry.clockSkew)
        return own
    }

    /// Every kind of job, with what runs, what ran last, and when it runs next.
    func jobKinds(version: Int64) async throws -> [JobKindRow.Model] {
        let read = try await store.read { reader in
            (
                running: try reader.job(inLane: Jobs.syncLane),
                kinds: try JobModel.Kind.allCases.map { kind in
                    (
                        kind: kind, last: try reader.lastEnded(kind: kind.rawValue),
                        newest: try reader.jobs(kind: kind.rawValue, limit: 1).first
                    )
                }
            )
        }
        let intervals = schedules()
        return read.kinds.map { kind, last, newest in
            var model = JobKindRow.Model(kind: kind)
            model.version = version
            model.isBusy = read.running != nil
            if let running = read.running, running.kind == kind.rawValue {
                model.running = jobModel(JobShape(running, live: jobs.progress(of: running.id)), version: version)
            }
            model.last = last.flatMap { jobModel(JobShape($0, live: nil), version: version) }
            if let interval = intervals[kind.rawValue] {
                let due = newest?.createdAt.advanced(by: interval) ?? now()
                model.nextAt = max(due, now()).milliseconds
            }
            return model
        }
    }
}
