import Database
import FoundationEssentials
import HTTPClient
import Jobs
import Media
import Store
import TestSupport
import Testing
import Tracking

/// What a pending sync leaves alone, and how it fails (library-sync.md §4 to §6).
@Suite("Pending sync, runs", .timeLimit(.minutes(5)))
struct RunTests {
    @Test("a second run finds everything tracked and writes nothing", arguments: TestDatabase.backends)
    func repeats(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.services.change { $0.requests = [.init(id: 1), .init(id: 2, isMovie: false, seasons: [1])] }
            #expect(try await bench.run().report?.added == 2)
            let sizes = try await bench.sizes()
            let run = try await bench.run()
            #expect(run.report?.added == 0 && run.skipped("already_tracked") == 2)
            #expect(try await bench.sizes() == sizes)
            #expect(run.report?.upstreamCalls == 1, "what is tracked costs no calls")
        }
    }

    @Test("a row that waits for Seerr's number counts as tracked; other variants and seasons do not")
    func byMedium() async throws {
        try await Bench.with(.sqlite) { bench in
            try await bench.hear(.movie, tmdb: 1_001, [.variant: "hd"])
            try await bench.hear(.tv, tmdb: 1_003, tvdb: 2_003, [.variant: "hd", .seasons: "1"])
            bench.services.change { content in
                content.requests = [
                    .init(id: 1), .init(id: 2, is4k: true), .init(id: 3, isMovie: false, seasons: [1]),
                    .init(id: 4, isMovie: false, seasons: [2]),
                ]
            }
            let run = try await bench.run()
            #expect(run.report?.added == 2 && run.skipped("already_tracked") == 2)
            #expect(run.plan.keys.sorted() == ["1002", "1004"])
        }
    }

    @Test("what Jellyfin plays is left to the library sync; a stub, another variant or half a series is not")
    func inLibrary() async throws {
        try await Bench.with(.sqlite) { bench in
            bench.services.change { content in
                content.requests = [
                    .init(id: 1, status: 5, mediaStatus: 5), .init(id: 2, status: 5, mediaStatus: 5),
                    .init(id: 3, isMovie: false, status: 5, mediaStatus: 5, seasons: [1]),
                    .init(id: 4, isMovie: false, seasons: [2]),
                ]
                content.movies = [FakeServices.movie(1, hasFile: true), FakeServices.movie(2, hasFile: true)]
                content.series = [FakeServices.show(3), FakeServices.show(4)]
                content.episodes =
                    [(1, 1, true), (1, 2, true), (2, 1, false)].flatMap { season, number, hasFile in
                        [3, 4].map { FakeServices.sonarrEpisode(of: $0, season, number, hasFile: hasFile) }
                    }
                content.items = [
                    FakeServices.film(1), FakeServices.stub(2), FakeServices.series(3), FakeServices.series(4),
                ]
                content.jellyfinEpisodes = [3, 4].flatMap { show in
                    (1...2).map { FakeServices.episode(of: show, 1, $0) }
                }
            }
            let run = try await bench.run()
            #expect(run.skipped("available_in_library") == 2, "\(run.report?.json ?? "")")
            #expect(run.plan == ["1002": .syncingLibrary, "1004": .approved])
            #expect(try await bench.rows().allSatisfy { $0.state != .available })
        }
    }

    @Test(
        "a stored plan is applied exactly, without a call; what came meanwhile is stale",
        arguments: TestDatabase.backends)
    func plan(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            let hash = String(repeating: "b", count: 40)
            bench.services.change { content in
                content.requests = [.init(id: 1), .init(id: 2), .init(id: 3, status: 1)]
                content.movies = [FakeServices.movie(1), FakeServices.movie(2)]
                content.movieQueue = [
                    FakeServices.record(1, movie: 1, id: hash, status: "downloading", state: "downloading", left: 30)
                ]
                content.torrents = [FakeServices.torrent(hash, "downloading", 0.7)]
            }
            let preview = try await bench.run { $0.isDryRun = true }
            #expect(preview.plan == ["1001": .downloading, "1002": .approved, "1003": .requested])
            try await bench.hear(.movie, tmdb: 1_002, [.variant: "hd"], request: 2)
            let calls = bench.services.transport.requests.count
            let run = try await bench.run { $0.plan = preview.id }
            #expect(bench.services.transport.requests.count == calls)
            #expect(run.report?.added == 2 && run.report?.stale == 1 && run.skipped("stale") == 1)
            #expect(try await bench.stages() == [1: .downloading, 2: .approved, 3: .requested])
            let row = try #require(try await bench.rows().first { $0.tmdb == 1_001 })
            #expect(row.progress?.percent == 70 && row.radarr == InstanceID(instance: "default", id: 501))
        }
    }

    @Test("without Seerr nothing is written, and the run says who is at fault")
    func withoutSeerr() async throws {
        try await Bench.with(.sqlite) { bench in
            bench.services.change { content in
                content.requests = [.init(id: 1)]
                content.down = ["seerr.test"]
            }
            let run = try await bench.run()
            #expect(run.job.state == .failed && run.job.errorCode == "upstream_unreachable")
            #expect(try await bench.rows().isEmpty)
        }
    }

    @Test(
        "a source that does not answer costs its facts only: the others' stage stands, the job is partial",
        arguments: [
            ("radarr.test", Stage.approved), ("qbittorrent.test", .downloading), ("jellyfin.test", .downloading),
            ("sonarr.test", .downloading),
        ])
    func unknown(host: String, stage: Stage) async throws {
        try await Bench.with(.sqlite) { bench in
            let hash = String(repeating: "c", count: 40)
            bench.services.change { content in
                content.requests = [.init(id: 1), .init(id: 2, isMovie: false)]
                content.movies = [FakeServices.movie(1)]
                content.movieQueue = [
                    FakeServices.record(1, movie: 1, id: hash, status: "downloading", state: "downloading", left: 60)
                ]
                content.torrents = [FakeServices.torrent(hash, "downloading", 0.4)]
                content.down = [host]
            }
            let run = try await bench.run()
            #expect(run.job.state == .partial && run.report?.added == 2)
            #expect(run.report?.warnings.map(\.code) == ["upstream_unreachable"])
            #expect(run.report?.warnings.first?.service == String(host.prefix { $0 != "." }))
            #expect(try await bench.stages() == [1: stage, 2: .approved])
        }
    }

    @Test(
        "a title that cannot be read is named and counted; one that TMDB does not have has no name; an *arr's name does"
    )
    func titles() async throws {
        try await Bench.with(.sqlite) { bench in
            bench.services.change { content in
                content.requests = [.init(id: 1), .init(id: 2), .init(id: 3)]
                content.movies = [FakeServices.movie(3)]
                content.titleless = [1_001: 500, 1_002: 404, 1_003: 500]
            }
            let run = try await bench.run()
            #expect(run.job.state == .partial && run.report?.errors == 1 && run.report?.added == 2)
            #expect(run.report?.errorDetails.map(\.item) == ["jellyseerr:1"])
            #expect(try await bench.rows().map(\.title) == ["Untitled", "Arr 3"])
        }
    }

    @Test("an undo takes back what nobody touched since, with all that hangs on it", arguments: TestDatabase.backends)
    func undo(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            let hash = String(repeating: "d", count: 40)
            let empty = try await bench.sizes()
            bench.services.change { content in
                content.requests = [.init(id: 1), .init(id: 2), .init(id: 3, isMovie: false, seasons: [1])]
                content.movies = [FakeServices.movie(1)]
                content.series = [FakeServices.show(3)]
                content.seriesQueue = [
                    FakeServices.record(
                        1, show: 3, unit: (1, 1), id: hash, status: "downloading", state: "downloading", left: 60)
                ]
            }
            let first = try await bench.run()
            #expect(try await bench.undo(first.id).reverted == 3)
            #expect(try await bench.sizes() == empty)
            let second = try await bench.run()
            try await bench.hear(.movie, tmdb: 1_002, [:], request: 2, .declined)
            let report = try await bench.undo(second.id)
            #expect(report.reverted == 2 && report.kept == 1)
            #expect(try await bench.stages() == [2: .declined])
        }
    }

    @Test("an identical run joins the one under way, and syncs exclude each other")
    func lane() async throws {
        try await Bench.with(.sqlite) { bench in
            bench.services.change { $0.requests = (1...30).map { .init(id: $0) } }
            let job = try await bench.services.transport.holding {
                let first = try await bench.pending.start(SyncOptions(.pending), by: "a")
                let second = try await bench.pending.start(SyncOptions(.pending), by: "b")
                var other = SyncOptions(.pending)
                other.isDryRun = true
                await #expect(throws: JobRunning.self) { _ = try await bench.pending.start(other, by: "c") }
                #expect(!first.joined && second.joined && first.job == second.job)
                return first.job
            }
            #expect(try await bench.jobs.wait(for: job)?.state == .succeeded)
            #expect(try await bench.rows().count == 30)
        }
    }

    @Test("a plan over an hour old, or of another kind of run, is refused")
    func oldPlan() async throws {
        try await Bench.with(.sqlite) { bench in
            var options = SyncOptions(.pending)
            options.plan = 77
            await #expect(throws: JobFailure.self) { _ = try await bench.pending.start(options, by: "a") }
        }
    }
}

extension Bench {
    /// A webhook of Seerr says something.
    func hear(
        _ type: MediaType, tmdb: Int64, tvdb: Int64? = nil, _ details: [Details.Key: String?], request: Int64? = nil,
        _ fact: Observation.Fact = .approved
    ) async throws {
        var keys = MediaKeys(mediaType: type)
        keys.tmdb = tmdb
        keys.tvdb = tvdb
        keys.seerrRequest = request
        let observation = Observation(
            service: "jellyseerr", instance: "default", channel: .webhook, fact: fact, naturalKey: "hook-\(tmdb)",
            observedAt: Self.now, receivedAt: Self.now, keys: keys, details: Details(details))
        let context = tracking.context
        try await store.write { tx in
            let ledger = TrackingLedger(tx, context)
            try ledger.record(observation)
            try ledger.finish()
        }
    }

    func undo(_ job: Int64) async throws -> UndoReport {
        let id = try await jobs.undo(job, lane: Jobs.syncLane, by: "tester")
        let record = try #require(try await jobs.wait(for: id))
        #expect(record.state == .succeeded)
        return try JSONDecoder().decode(UndoReport.self, from: Data((record.result ?? "").utf8))
    }
}
