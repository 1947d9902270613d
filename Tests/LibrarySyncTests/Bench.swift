import Changes
import Database
import HTTPClient
import Jobs
import LibrarySync
import Media
import Observability
import Store
import Synchronization
import TestSupport
import Testing

/// A tracker with an empty database beside a fake stack.
struct Bench: Sendable {
    let store: Store
    let jobs: Jobs
    let syncs: LibrarySyncs
    let stack: FakeStack
    let setup: Setup
    let log: Lines

    /// What a test may turn while it runs.
    final class Setup: Sendable {
        struct Values: Sendable {
            var now = Timestamp(milliseconds: 1_750_000_000_000)
            var radarrs: [(instance: String, variant: Variant?)] = [("default", nil)]
            var sonarrs: [String] = ["default"]
            var commonPath: @Sendable (String, String, String) -> String = { path, _, _ in path }
            var transport: (any HTTPTransport)?
            /// Addresses and keys of the *arrs, where they are not the fake stack's.
            var arrs: [String: (base: String, key: String)] = [:]
            var jellyfin: (base: String, key: String) = ("http://jellyfin.test", "key")
        }

        private let values = Mutex(Values())

        var now: Timestamp { values.withLock { $0.now } }
        func change(_ body: (inout sending Values) -> Void) { values.withLock { body(&$0) } }
        var all: Values { values.withLock { $0 } }
    }

    /// Log lines as they were written.
    final class Lines: Sendable {
        private let lines = Mutex<[String]>([])

        func add(_ line: [UInt8]) { lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) } }
        var all: [String] { lines.withLock { $0 } }
    }

    static func with(_ backend: Backend, _ body: (Bench) async throws -> Void) async throws {
        try await TestDatabase.with(backend, Schema.migrations) { database in
            try await TestDatabase.withFolder { folder in
                let setup = Setup()
                let lines = Lines()
                let stack = FakeStack()
                let log = Logger("test", sink: LogSink(level: .info, write: { lines.add($0) }))
                let store = Store(database, changes: Changes()) { setup.now }
                let jobs = Jobs(store, owner: "test", log: log)
                let syncs = LibrarySyncs(
                    jobs, store: store, services: { services(setup.all, stack, folder) }, now: { setup.now }, log: log)
                let bench = Bench(store: store, jobs: jobs, syncs: syncs, stack: stack, setup: setup, log: lines)
                try await body(bench)
                await jobs.stop()
            }
        }
    }

    private static func services(_ values: Setup.Values, _ stack: FakeStack, _ folder: String) -> LibraryServices {
        func connection(_ kind: String, _ instance: String, _ variant: Variant? = nil) -> LibraryServices.Connection? {
            let name = instance == "default" ? kind : "\(kind)-\(instance)"
            let (address, key) = values.arrs[kind] ?? ("http://\(name).test", "key")
            guard let base = try? BaseURL(address) else { return nil }
            return LibraryServices.Connection(instance: instance, base: base, key: key, variant: variant)
        }
        let jellyfin = (try? BaseURL(values.jellyfin.base)).map {
            LibraryServices.Connection(instance: "default", base: $0, key: values.jellyfin.key)
        }
        return LibraryServices(
            jellyfin: jellyfin, radarr: values.radarrs.compactMap { connection("radarr", $0.instance, $0.variant) },
            sonarr: values.sonarrs.compactMap { connection("sonarr", $0) },
            transport: values.transport ?? stack.transport, commonPath: values.commonPath, temporaryDirectory: folder)
    }

    /// Runs a sync to its end and checks what must hold after every run.
    @discardableResult
    func run(
        _ mode: SyncOptions.Mode = .library, _ change: (inout SyncOptions) -> Void = { _ in },
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Run {
        var options = SyncOptions(mode)
        change(&options)
        let before = try await dump()
        let start = try await syncs.start(options, by: "tester")
        let record = try #require(try await jobs.wait(for: start.job), sourceLocation: sourceLocation)
        let run = Run(job: record, report: try record.result.map { try SyncReport(json: $0) })
        if let report = run.report { check(report, sourceLocation) }
        if options.isDryRun || record.state == .failed {
            #expect(try await dump() == before, "nothing may be written", sourceLocation: sourceLocation)
        }
        try await checkConsistency(sourceLocation)
        return run
    }

    /// Every scanned item is in exactly one counter (library-sync.md §5).
    private func check(_ report: SyncReport, _ location: SourceLocation) {
        #expect(
            report.totalScanned == report.added + report.updated + report.skipped + report.errors, "\(report.json)",
            sourceLocation: location)
        #expect(
            report.skippedByReason.values.reduce(0, +) == report.skipped, "\(report.json)", sourceLocation: location)
        #expect(report.stale == report.skippedByReason["stale", default: 0], "\(report.json)", sourceLocation: location)
        for (name, count) in [
            ("added", report.added), ("updated", report.updated), ("skipped", report.skipped),
            ("errors", report.errors), ("rows_updated", report.rowsUpdated), ("stale", report.stale),
            ("became_available", report.becameAvailable), ("conflicts", report.conflicts), ("drift", report.drift),
        ] { #expect(count >= 0, "\(name)", sourceLocation: location) }
    }
}

/// One finished run.
struct Run: Sendable {
    let job: JobRecord
    let report: SyncReport?

    var id: Int64 { job.id }
    func skipped(_ reason: String) -> Int { report?.skippedByReason[reason] ?? 0 }
}
