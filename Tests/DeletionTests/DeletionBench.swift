import Changes
import Database
import Jobs
import Media
import Observability
import Store
import Synchronization
import TestSupport

@testable import Deletion

/// A store with one film, and its deletion as planned.
struct DeletionBench: Sendable {
    let store: Store
    let clock: Clock
    let item: DeletionItem

    /// The time of day, moved by tests.
    final class Clock: Sendable {
        private let value = Mutex(Sample.now)

        var now: Timestamp { value.withLock { $0 } }
        func advance(_ duration: Duration) { value.withLock { $0 = $0.advanced(by: duration) } }
    }

    static let log = Logger("test", sink: LogSink(level: .error, write: { _ in }))

    static func with(_ backend: Backend = .sqlite, _ body: (DeletionBench) async throws -> Void) async throws {
        try await TestDatabase.with(backend, Schema.migrations) { database in
            let clock = Clock()
            let store = Store(database, changes: Changes()) { clock.now }
            try await store.write { try $0.insertSample(1) }
            try await body(DeletionBench(store: store, clock: clock, item: Sample.plan(Sample.film())))
        }
    }

    /// The targets that are called.
    var targets: [DeletionStep.Key] { item.steps.filter { $0.status == .pending }.map(\.key) }

    func new(_ item: DeletionItem? = nil) throws -> NewDeletion {
        try NewDeletion(
            item ?? self.item, Sample.options(), "1-abc", .dashboard, Deleter(id: "u", name: "ada"))
    }

    func begin() async throws -> Int64 {
        let new = try new()
        return try await store.write { try $0.beginDeletion(new) }
    }

    func deletion(_ id: Int64) async throws -> DeletionLog? { try await store.read { try $0.deletionLog(id) } }

    func executor(_ world: FakeWorld) -> Executor {
        Executor(store: store, services: world, settings: settings, clock: ContinuousClock(), log: Self.log)
    }

    func verifier(_ world: FakeWorld, _ waits: [Duration]? = nil) -> Verifier {
        var settings = settings
        settings.verifyWaits = waits
        return Verifier(store: store, services: world, settings: settings, log: Self.log)
    }

    private var settings: DeletionSettings {
        var settings = DeletionSettings()
        settings.isEnabled = true
        return settings
    }

    /// Carries a log out, calls and readings, until it is over or `limit` readings are made.
    func carryOut(_ id: Int64, _ world: FakeWorld, _ waits: [Duration]? = [.seconds(1), .seconds(1)], limit: Int = 20)
        async throws
    {
        try await executor(world).run([id], Progress())
        try await handOver(id)
        for _ in 0..<limit {
            clock.advance(.seconds(2_000))
            guard let held = try await deletion(id), held.phase == .verifying else { return }
            try await verifier(world, waits).read(held)
        }
    }

    func handOver(_ id: Int64) async throws {
        try await store.write { tx in
            guard let held = try tx.raw.deletionLog(id), held.phase != .done else { return }
            if held.steps.newest.contains(where: { $0.status.isOpen }) {
                try tx.calledAll(deletion: id, due: tx.now)
            } else {
                try tx.endDeletion(id, endsRows: true)
            }
        }
    }
}

extension StoreTransaction {
    /// A film that somebody asked for.
    func insertSample(_ id: Int64, tmdb: Int64 = 603) throws {
        _ = try reserveIDs(.requests)
        var row = RequestRecord(
            id: id, mediaType: .movie, origin: .request, title: "Quiet Harbour", state: .available, at: now)
        row.tmdb = tmdb
        try insert(row, keys: [IdentifiedKey("tmdb", String(tmdb))])
    }
}
