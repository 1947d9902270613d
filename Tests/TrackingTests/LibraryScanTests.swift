import Media
import Store
import Testing

@testable import Tracking

@Suite("Asking Jellyfin to look for new files", .timeLimit(.minutes(5)))
struct LibraryScanTests {
    private static let folders = "jellyfin.test/Library/VirtualFolders"
    private static let whole = "jellyfin.test/Library/Refresh"
    private static let narrow = "jellyfin.test/Library/Media/Updated"

    /// A film that was just imported, as Jellyfin's libraries lie.
    private func imported(_ locations: [String], _ bench: TrackingBench) async throws -> Int64 {
        let places = locations.map { "\"\($0)\"" }.joined(separator: ",")
        bench.services.set(
            Self.folders,
            #"[{"Name":"Films","ItemId":"0123456789abcdef0123456789abcdef","Locations":[\#(places)]}]"#)
        bench.services.set(Self.whole, "")
        bench.services.set(Self.narrow, "")
        let id = try await bench.ask(1, tmdb: 7)
        let now = bench.clock.now
        var told = Observation(
            service: "radarr", instance: "default", channel: .webhook, fact: .imported, naturalKey: "file|1",
            observedAt: now, receivedAt: now)
        told.details[.path] = "/media/films/A (2020)/A.mkv"
        let fact = told
        try await bench.tracking.book([]) { ledger in
            try ledger.request(id)?.record(fact)
            try ledger.tx.removeCheck(id, cause: "scan")
        }
        return id
    }

    private func scans(_ bench: TrackingBench) throws -> LibraryScans {
        LibraryScans(jellyfin: try #require(bench.tracking.upstreams.jellyfin), tracking: bench.tracking)
    }

    private func orders(_ bench: TrackingBench) -> [String] { bench.services.calls.filter { $0.hasPrefix("POST") } }

    private func nextScan(_ bench: TrackingBench) async throws -> Timestamp? {
        try await bench.store.read { reader in
            try reader.dueChecks(by: Timestamp(milliseconds: .max), limit: 50).first { $0.cause == "scan" }?.dueAt
        }
    }

    @Test("where a mapping leads to its library, only the folder is looked at")
    func mapped() async throws {
        try await TrackingBench.with(["jellyfin"]) { bench in
            let id = try await imported(["/media/films"], bench)
            bench.clock.advance(.seconds(60))
            try await scans(bench).run(for: id)
            #expect(orders(bench) == ["POST \(Self.narrow)"])
        }
    }

    @Test("a library whose name only begins alike does not hold it")
    func alike() async throws {
        try await TrackingBench.with(["jellyfin"]) { bench in
            let id = try await imported(["/media/film"], bench)
            bench.clock.advance(.seconds(60))
            try await scans(bench).run(for: id)
            #expect(orders(bench).isEmpty)
        }
    }

    @Test(
        "where none does, everything is looked at, ten minutes after the import",
        arguments: [false, true])
    func unmapped(isOutside: Bool) async throws {
        try await TrackingBench.with(["jellyfin"], ownPath: { isOutside ? nil : $0 + ($1 + $2).prefix(0) }) { bench in
            let id = try await imported(["/somewhere"], bench)
            let importedAt = bench.clock.now
            let scans = try scans(bench)
            bench.clock.advance(.seconds(60))
            try await scans.run(for: id)
            #expect(orders(bench).isEmpty)
            #expect(try await nextScan(bench) == importedAt.advanced(by: .seconds(600)))
            bench.clock.advance(.seconds(540))
            try await scans.run(for: id)
            #expect(orders(bench) == ["POST \(Self.whole)"])
            #expect(try await bench.facts(id).contains { $0.fact == .scanRequested })
            // Another request soon after waits for the cool-down.
            bench.clock.advance(.seconds(100))
            try await scans.run(for: id)
            #expect(orders(bench).count == 1)
            for _ in 0..<4 {
                bench.clock.advance(.seconds(600))
                try await scans.run(for: id)
            }
            #expect(orders(bench).count == 3)
        }
    }
}
