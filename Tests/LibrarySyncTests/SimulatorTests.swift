import Database
import HTTPClient
import Jobs
import LibrarySync
import Lifecycle
import Media
import Simulator
import Store
import TestSupport
import Testing

/// The whole feature over real HTTP, against the simulator, which shares no code with our readers.
@Suite("Library sync against the simulator", .timeLimit(.minutes(10)))
struct SimulatorTests {
    private func with(
        _ backend: Backend, seed: UInt64, _ body: (Bench, Simulator) async throws -> Void
    ) async throws {
        var options = try ServeOptions([])
        options.port = 0
        options.plan = LibraryPlan(
            size: LibrarySize(films: 700, series: 150, episodes: 2_000), seed: seed, contradictions: 60)
        let server = SimulatorServer(options)
        let lines = try await server.start()
        let shutdown = ShutdownSignal()
        let serving = Task { try await server.run(until: shutdown) }
        let environment = Dictionary(
            lines.compactMap { line -> (String, String)? in
                let sides = line.split(separator: "=", maxSplits: 1).map(String.init)
                return sides.count == 2 ? (sides[0], sides[1]) : nil
            }, uniquingKeysWith: { first, _ in first })
        try await Bench.with(backend) { bench in
            bench.setup.change { values in
                values.transport = CurlTransport()
                values.jellyfin = (environment["JELLYFIN_URL"] ?? "", environment["JELLYFIN_API_KEY"] ?? "")
                values.arrs = [
                    "radarr": (environment["RADARR_URL"] ?? "", environment["RADARR_API_KEY"] ?? ""),
                    "sonarr": (environment["SONARR_URL"] ?? "", environment["SONARR_API_KEY"] ?? ""),
                ]
                values.now = Timestamp(milliseconds: 1_800_000_000_000)
            }
            try await body(bench, server.simulator)
        }
        shutdown.trigger()
        try await serving.value
    }

    private func control(_ simulator: Simulator, _ path: [String], _ body: String) async -> Int {
        let call = Call("POST", ["simulator"] + path, body: Array(body.utf8), remoteAddress: "127.0.0.1")
        return await simulator.route(call).answer.status
    }

    @Test(
        "adds a library full of odd cases once; a repeat changes nothing; undo takes all of it back",
        arguments: TestDatabase.backends, [1, 2, 3] as [UInt64])
    func whole(backend: Backend, seed: UInt64) async throws {
        try await with(backend, seed: seed) { bench, _ in
            let empty = try await bench.contents()
            let run = try await bench.run()
            #expect(run.job.state == .succeeded, "\(run.job.error ?? "")")
            let report = try #require(run.report)
            #expect(report.added > 700 && report.skippedByReason["same_medium", default: 0] > 0)
            #expect(
                report.skippedByReason["no_media", default: 0] > 0
                    && report.skippedByReason["quarantined", default: 0] > 0)
            #expect(report.upstreamCalls < 20)
            let rows = try await bench.rows()
            #expect(rows.count == report.added)
            #expect(rows.contains { $0.isAnime == true } && rows.contains { $0.radarr != nil && $0.sonarr == nil })
            let again = try await bench.run()
            #expect(again.report?.added == 0 && again.report?.updated == 0 && again.report?.drift == 0)
            let undo = try await bench.syncs.undo(run.id, by: "tester")
            _ = try await bench.jobs.wait(for: undo)
            #expect(try await bench.contents() == empty)
            try await bench.checkConsistency()
        }
    }

    @Test(
        "every fault of a listing is a failure or heals, and never a wrong library",
        arguments: [
            "truncate", "malformed", "html", "500", "401", "503", "refuse", "empty_page", "partial", "repeat_items",
            "skip_items", "changing_total",
        ])
    func faults(kind: String) async throws {
        try await with(.sqlite, seed: 5) { bench, simulator in
            let clean = try await bench.run { $0.isDryRun = true }
            let wanted = try await bench.plan(of: clean.id)
            for count in [1, 1_000] {
                let fault =
                    #"{"kind":"\#(kind)","service":"jellyfin","path":"/Items","count":\#(count),"params":{"bytes":20000}}"#
                #expect(await control(simulator, ["fault"], fault) == 201)
                let run = try await bench.run { $0.isDryRun = true }
                if run.job.state == .failed {
                    #expect(["upstream_unreachable", "listing_incomplete"].contains(run.job.errorCode ?? ""))
                } else {
                    #expect(try await bench.plan(of: run.id) == wanted, "\(kind) \(count)")
                }
                #expect(await control(simulator, ["reset"], "{}") == 200)
            }
            let healed = try await bench.run { $0.isDryRun = true }
            #expect(try await bench.plan(of: healed.id) == wanted)
        }
    }

    @Test("a moved file is a replaced item, a removed one is missing", arguments: TestDatabase.backends)
    func changes(backend: Backend) async throws {
        try await with(backend, seed: 9) { bench, simulator in
            try await bench.run()
            let films = (30..<60).filter {
                simulator.world.view.title($0).odd.isEmpty && simulator.world.view.title($0).holding == .both
            }
            #expect(await control(simulator, ["titles", "\(films[0])", "mutate"], #"{"action":"move"}"#) == 200)
            #expect(
                await control(
                    simulator, ["titles", "\(films[1])", "mutate"], #"{"action":"remove","service":"jellyfin"}"#) == 200
            )
            #expect(
                await control(
                    simulator, ["titles", "\(films[2])", "mutate"], #"{"action":"remove","service":"radarr"}"#) == 200)
            let run = try await bench.run()
            #expect(run.report?.drift == 3)
            let kinds = try await bench.findings().map(\.kind).filter {
                ["item_replaced", "item_missing", "arr_missing"].contains($0)
            }
            #expect(kinds.sorted() == ["arr_missing", "item_missing", "item_replaced"])
        }
    }
}
