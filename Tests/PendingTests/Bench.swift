import Changes
import Database
import HTTPClient
import Jobs
import Media
import Observability
import Store
import Synchronization
import TestSupport
import Testing
import Tracking

/// A tracker with an empty database beside fake services.
struct Bench: Sendable {
    let store: Store
    let jobs: Jobs
    let tracking: Tracking
    let pending: PendingSyncs
    let services: FakeServices

    static let now = Timestamp(milliseconds: 1_767_261_600_000)  // 2026-01-01T10:00:00Z

    static func with(
        _ backend: Backend, hasJellyfin: Bool = true, _ rules: (inout TrackingRules) -> Void = { _ in },
        _ body: (Bench) async throws -> Void
    ) async throws {
        try await TestDatabase.with(backend, Schema.migrations) { database in
            let log = Logger("test", sink: LogSink(level: .error, write: { _ in }))
            let store = Store(database, changes: Changes()) { now }
            let jobs = Jobs(store, owner: "test", log: log)
            let services = FakeServices()
            var own = TrackingRules()
            own.hasClient = true
            rules(&own)
            let options = TrackingOptions(
                rules: own, variants: [:], commonPath: { path, _, _ in path }, ownPath: { path, _, _ in path })
            let transport = services.transport
            let make: @Sendable (any HTTPTransport) -> TrackingUpstreams = { upstreams($0, hasJellyfin: hasJellyfin) }
            let tracking = Tracking(store: store, settings: options, upstreams: make(transport), log: log)
            let pending = PendingSyncs(jobs, tracking: tracking, transport: transport, upstreams: make)
            try await body(
                Bench(store: store, jobs: jobs, tracking: tracking, pending: pending, services: services))
            await jobs.stop()
        }
    }

    private static func upstreams(_ transport: any HTTPTransport, hasJellyfin: Bool) -> TrackingUpstreams {
        var upstreams = TrackingUpstreams()
        func base(_ name: String) -> BaseURL? { try? BaseURL("http://\(name).test") }
        if let url = base("seerr") { upstreams.addSeerr("default", url, key: "k", transport) }
        if let url = base("radarr") { upstreams.addServarr(.movie, "default", url, key: "k", transport) }
        if let url = base("sonarr") { upstreams.addServarr(.tv, "default", url, key: "k", transport) }
        if let url = base("qbittorrent") { upstreams.addClient("default", url, .none, transport) }
        if hasJellyfin, let url = base("jellyfin") { upstreams.setJellyfin("default", url, key: "k", transport) }
        return upstreams
    }

    /// Runs a pending sync to its end and checks what must hold after every run.
    @discardableResult
    func run(
        _ change: (inout SyncOptions) -> Void = { _ in }, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Run {
        var options = SyncOptions(.pending)
        change(&options)
        let before = try await rows()
        let start = try await pending.start(options, by: "tester")
        let record = try #require(try await jobs.wait(for: start.job), sourceLocation: sourceLocation)
        let report = try record.result.map { try SyncReport(json: $0) }
        if let report {
            #expect(
                report.totalScanned == report.added + report.updated + report.skipped + report.errors,
                "\(report.json)", sourceLocation: sourceLocation)
            #expect(
                report.skippedByReason.values.reduce(0, +) == report.skipped, "\(report.json)",
                sourceLocation: sourceLocation)
        }
        if options.isDryRun || record.state == .failed {
            #expect(try await rows().map(\.id) == before.map(\.id), sourceLocation: sourceLocation)
        }
        return Run(job: record, report: report, plan: try await plan(of: record.id))
    }

    /// The stages that a plan shows, by TMDB number.
    private func plan(of job: Int64) async throws -> [String: Stage] {
        try await store.read { reader in
            var line = PlannedChange()
            var stages: [String: Stage] = [:]
            _ = try reader.planLines(of: job, after: PlanPosition(raw: 0), limit: 1_000, into: &line) { line, _ in
                if let id = line.record.text(LibraryItem.Slot.tmdb) { stages[id] = line.stage }
            }
            return stages
        }
    }

    /// Every request, in the order of their rows.
    func rows() async throws -> [RequestRecord] {
        try await store.read { reader in
            let ids = try reader.rows("SELECT id FROM requests ORDER BY id") { $0.integer(0) }
            return try ids.compactMap { try reader.request($0) }
        }
    }

    /// The stored stage of each request of Seerr, by its number.
    func stages() async throws -> [Int: Stage] {
        Dictionary(
            try await rows().compactMap { row in row.tmdb.map { (Int($0) - 1_000, row.state) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// How many rows every table of requests has.
    func sizes() async throws -> [String: Int64] {
        let tables: [(String, SQL)] = [
            ("requests", "SELECT count(*) FROM requests"), ("request_keys", "SELECT count(*) FROM request_keys"),
            ("facts", "SELECT count(*) FROM facts"), ("timeline", "SELECT count(*) FROM timeline"),
            ("downloads", "SELECT count(*) FROM downloads"), ("episodes", "SELECT count(*) FROM episodes"),
            ("checks", "SELECT count(*) FROM checks"),
        ]
        return try await store.read { reader in
            var sizes: [String: Int64] = [:]
            for (name, query) in tables { sizes[name] = try reader.first(query) { $0.integer(0) } }
            return sizes
        }
    }
}

/// One finished run.
struct Run: Sendable {
    let job: JobRecord
    let report: SyncReport?
    let plan: [String: Stage]

    var id: Int64 { job.id }
    func skipped(_ reason: String) -> Int { report?.skippedByReason[reason] ?? 0 }
}
