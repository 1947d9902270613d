import Jobs
import LibrarySync
import Lifecycle
import Media
import Observability
import Settings
import Store
import Tracking

/// Keeps the event log short, and starts scheduled syncs when their time has come.
struct Housekeeping: Service {
    let name = "housekeeping"
    private let work: Composition
    private let clock: any Clock<Duration>

    init(_ work: Composition, clock: any Clock<Duration> = ContinuousClock()) {
        self.work = work
        self.clock = clock
    }

    func run(until shutdown: ShutdownSignal) async throws {
        while !shutdown.isTriggered {
            await shutdown.wait(atMost: .seconds(30), clock: clock)
            if shutdown.isTriggered { return }
            do {
                await work.resources.jobs.saveUnsavedEnds()
                try await work.resources.store.write { try $0.pruneEvents() }
                while try await work.resources.store.write({ try $0.prunePlans() }), !shutdown.isTriggered {}
                try await forget(until: shutdown)
                try await work.resources.jobs.recover(isStart: false)
                try await startDueSync()
                try await startDuePendingSync()
                try await makeDueBackup()
            } catch {
                work.resources.log.warn("housekeeping_failed", "\(error)")
            }
        }
    }

    /// Lets go of webhooks and facts that nobody needs any more, in short transactions.
    private func forget(until shutdown: ShutdownSignal) async throws {
        let tracking = work.configuration.tracking
        try await work.resources.store.write { try $0.pruneInbox() }
        while try await work.resources.store.write({ try $0.pruneFacts(olderThan: tracking.factRetention) }),
            !shutdown.isTriggered
        {}
        guard let age = tracking.requestRetention else { return }
        while try await work.resources.store.write({ try $0.pruneRequests(closedFor: age) }), !shutdown.isTriggered {}
    }

    /// Makes a backup when the newest is older than the interval, and lets go of the oldest.
    private func makeDueBackup() async throws {
        let newest = try await work.resources.backups.list().compactMap(\.createdAt).max()
        let due = newest?.advanced(by: work.configuration.backupEvery)
        if let due, due > Application.now() { return }
        if try await work.resources.store.read({ try $0.lastRequestID() }) == 0 { return }
        let backup = try await work.resources.backups.create(reason: .schedule)
        let removed = try await work.resources.backups.prune(keep: work.configuration.backupKeep)
        work.resources.log.info("backup_made", "Backup \(backup.id) made, \(removed.count) old ones removed")
    }

    /// How often each kind of job starts by itself; kinds without a schedule are absent.
    static func intervals(_ configuration: Configuration) -> [String: Duration] {
        var intervals: [String: Duration] = [:]
        intervals["library_sync"] = configuration.librarySyncInterval.interval
        intervals["pending_sync"] = configuration.tracking.pendingSyncInterval.interval
        return intervals
    }

    /// Whether the last job of a kind is older than its interval.
    private func isDue(_ kind: String) async throws -> Bool {
        guard let interval = Self.intervals(work.configuration)[kind] else { return false }
        let last = try await work.resources.store.read { try $0.jobs(kind: kind, limit: 1) }.first
        return last.map { $0.createdAt.advanced(by: interval) <= Application.now() } ?? true
    }

    private func startDuePendingSync() async throws {
        guard try await isDue("pending_sync") else { return }
        do {
            _ = try await work.pending.start(SyncOptions(.pending), by: "Schedule")
        } catch is JobRunning {
            return
        }
    }

    private func startDueSync() async throws {
        guard try await isDue("library_sync") else { return }
        do {
            var options = SyncOptions(.library)
            options.writesTimeline = work.configuration.syncTimeline
            _ = try await work.syncs.start(options, by: "Schedule")
        } catch is JobRunning {
            return
        }
    }
}
