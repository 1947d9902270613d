import Database
import Jobs
import Media
import Store
import TestSupport
import Testing

@testable import LibrarySync

@Suite struct TrackerImportTests {
    static let content: [SQL] = [
        """
        INSERT INTO requests(id, title, media_type, state, jellyseerr_id, tmdb_id, tvdb_id, radarr_id, sonarr_id,
            shoko_series_id, jellyfin_id, requested_by, year, created_at, updated_at, state_changed_at, available_at)
        VALUES(17, 'Summer Ghost', 'MOVIE', 'AVAILABLE', 4, 100, NULL, 52, NULL, 901,
                '0123456789abcdef0123456789abcdef', 'Ann', 2021, '2025-01-01 10:00:00', '2025-01-02 10:00:00',
                '2025-01-02 10:00:00', '2025-01-02 10:00:00'),
            (23, 'Mushishi', 'TV', 'MATCH_FAILED', 5, NULL, 200, NULL, 3, NULL, NULL, 'Bob', 2005,
                '2025-02-01 10:00:00', NULL, NULL, NULL),
            (24, 'Mushishi', 'TV', 'MATCH_FAILED', 5, NULL, 200, NULL, 3, NULL, NULL, 'Bob', 2005,
                '2025-02-01 10:00:01', NULL, NULL, NULL),
            (30, 'Old Film', 'MOVIE', 'AVAILABLE', NULL, 300, NULL, NULL, NULL, NULL, NULL, 'Library Sync', 1999,
                '2025-03-01 10:00:00', NULL, NULL, NULL),
            (31, 'Lost', 'BOX', 'AVAILABLE', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
        """,
        """
        INSERT INTO timeline_events(id, request_id, service, event_type, state, details, timestamp) VALUES
            (1, 17, 'radarr', 'Grab', 'GRABBING', 'Grabbed from nyaa', '2025-01-01 11:00:00'),
            (2, 17, 'jellyfin', 'ItemAdded', 'AVAILABLE', NULL, '2025-01-02 10:00:00'),
            (3, 24, 'shoko', 'NotMatched', 'MATCH_FAILED', 'No AniDB entry', '2025-02-02 10:00:00')
        """,
        "INSERT INTO episodes(id, request_id, season_number, episode_number, state) VALUES(1, 23, 1, 1, 'AVAILABLE')",
    ]

    /// A bench beside a file of the earlier tracker.
    private func with(
        _ backend: Backend, _ more: [SQL] = [], _ body: (Bench, String) async throws -> Void
    ) async throws {
        try await TestDatabase.withFolder { folder in
            let path = folder + "/status.db"
            let file = try await EarlierSample.make(path, EarlierSample.tables + Self.content + more)
            await file.close()
            try await Bench.with(backend) { try await body($0, path) }
        }
    }

    private func run(_ bench: Bench, _ path: String, isDryRun: Bool = false) async throws -> SyncReport {
        let job = try await bench.syncs.importTracker(path, isDryRun: isDryRun, by: "tester")
        let record = try #require(try await bench.jobs.wait(for: job))
        #expect(record.kind == "library_sync")
        #expect(record.state == .partial, "\(record.error ?? "")")
        try await bench.checkConsistency()
        let report = try SyncReport(json: record.result ?? "")
        #expect(report.totalScanned == report.added + report.skipped + report.errors)
        return report
    }

    @Test("an empty tracker gets every request under its own id, with keys and story", arguments: TestDatabase.backends)
    func whole(backend: Backend) async throws {
        try await with(backend) { bench, path in
            let report = try await run(bench, path)
            #expect(report.totalScanned == 5 && report.added == 3 && report.errors == 1)
            #expect(report.skippedByReason == ["duplicate": 1])
            #expect(report.warnings.map(\.code) == ["duplicates_merged"])
            let film = try #require(try await bench.store.read { try $0.request(17) })
            #expect(film.title == "Summer Ghost" && film.state == .available && film.origin == .request)
            #expect(film.radarr == InstanceID(instance: "default", id: 52) && film.requestedBy == "Ann")
            #expect(film.createdAt.rfc3339 == "2025-01-01T10:00:00.000Z")
            #expect(film.availableAt?.rfc3339 == "2025-01-02T10:00:00.000Z")
            let story = try await bench.store.read { try $0.timeline(of: 17) }
            #expect(story.map(\.state) == [.indexed, .available])
            #expect(story[0].data == #"{"text":"Grabbed from nyaa","type":"Grab"}"#)
            let anime = try await bench.store.read { (try $0.request(23), try $0.timeline(of: 23)) }
            #expect(anime.0?.state == .animeMatching)
            #expect(anime.0?.attention?.code == .matchFailed && anime.0?.attention?.reason == "No AniDB entry")
            #expect(anime.1.contains { $0.data == #"{"text":"No AniDB entry","type":"match_failed"}"# })
            #expect(try await bench.store.read { try $0.request(30)?.origin } == .librarySync)
            #expect(try await bench.store.read { try $0.request(24) } == nil)
            let found = try await bench.store.read {
                try $0.request(withIdentity: "movie|jellyseerr|default|4||||")
            }
            #expect(found == 17)
            #expect(try await bench.store.write { try $0.reserveIDs(.requests) } == 31)
        }
    }

    @Test("episodes and downloads come along, those of merged rows too", arguments: TestDatabase.backends)
    func parts(backend: Backend) async throws {
        let (pack, single) = (String(repeating: "ab", count: 20), String(repeating: "cd", count: 20))
        let more: [SQL] = [
            """
            UPDATE requests SET qbit_hash = 'EFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEF', file_size = 4096 WHERE id = 17
            """,
            """
            INSERT INTO episodes(id, request_id, season_number, episode_number, episode_title, sonarr_episode_id,
                episode_tvdb_id, state, qbit_hash, final_path, jellyfin_id, updated_at) VALUES
                (2, 23, 1, 2, 'The Light', 902, 7002, 'AVAILABLE', 'ABABABABABABABABABABABABABABABABABABABAB',
                    '/tv/2.mkv', '0123456789abcdef0123456789abcdff', '2025-02-03 10:00:00'),
                (3, 24, 1, 3, NULL, NULL, NULL, 'DOWNLOADING', 'ABABABABABABABABABABABABABABABABABABABAB',
                    NULL, NULL, NULL),
                (4, 23, 1, 4, NULL, NULL, NULL, 'FAILED', 'CDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCD',
                    NULL, NULL, NULL),
                (5, 30, 1, 1, NULL, NULL, NULL, 'AVAILABLE', NULL, NULL, NULL, NULL)
            """,
            "INSERT INTO deletion_logs(id, title, media_type, status) VALUES(1, 'Gone', 'MOVIE', 'COMPLETE')",
        ]
        try await with(backend, more) { bench, path in
            let report = try await run(bench, path)
            #expect(report.warnings.map(\.code) == ["duplicates_merged", "not_imported"])
            let episodes = try await bench.store.read { try $0.episodes(of: 23) }
            #expect(episodes.map(\.number) == (1...4).map { UnitNumber(1, $0) })
            #expect(episodes.map(\.stage) == [.available, .available, .downloading, .failed])
            #expect(episodes.map(\.proof.isPlayable) == [false, true, false, false])
            #expect(episodes[1].proof.since?.rfc3339 == "2025-02-03T10:00:00.000Z")
            #expect(episodes[1].title == "The Light" && episodes[1].sonarrID == 902 && episodes[1].tvdb == 7_002)
            #expect(episodes[1].path == "/tv/2.mkv")
            let show = try #require(try await bench.store.read { try $0.request(23) })
            #expect(show.episodesAvailable == 2 && show.episodesAired == 4 && show.episodesTotal == 4)

            let downloads = try await bench.store.read { try $0.downloads(of: 23) }
            #expect(downloads.map(\.downloadID) == [pack, single])
            #expect(downloads[0].units == [UnitNumber(1, 2), UnitNumber(1, 3)] && downloads[0].isLive)
            #expect(downloads[0].doneAt == nil && downloads[1].hasFailed)
            let film = try await bench.store.read { try $0.downloads(of: 17) }
            #expect(film.map(\.service) == ["radarr"] && film[0].size == 4_096 && film[0].doneAt != nil)
            #expect(film[0].grabbedAt.rfc3339 == "2025-01-01T11:00:00.000Z")
            #expect(try await bench.store.read { try $0.episodes(of: 30) }.isEmpty)

            // What is heard of a download finds its row.
            let found = try await bench.store.read { reader in
                try reader.rows(
                    "SELECT request_id FROM request_keys WHERE kind = 'download' AND value = $1", [.text(single)]
                ) {
                    $0.integer(0)
                }
            }
            #expect(found == [23])
        }
    }

    @Test("undo leaves no episode and no download behind") func undoParts() async throws {
        try await with(.sqlite) { bench, path in
            let job = try await bench.syncs.importTracker(path, isDryRun: false, by: "tester")
            _ = try await bench.jobs.wait(for: job)
            #expect(try await bench.store.read { try $0.episodes(of: 23) }.count == 1)
            let undo = try await bench.syncs.undo(job, by: "tester")
            #expect(try await bench.jobs.wait(for: undo)?.state == .succeeded)
            #expect(try await bench.store.read { try $0.episodes(of: 23) }.isEmpty)
        }
    }

    @Test("a second run adds nothing and changes nothing", arguments: TestDatabase.backends)
    func twice(backend: Backend) async throws {
        try await with(backend) { bench, path in
            _ = try await run(bench, path)
            let before = try await bench.dump()
            let report = try await run(bench, path)
            #expect(report.added == 0)
            #expect(report.skippedByReason == ["duplicate": 1, "already_imported": 3])
            #expect(try await bench.dump() == before)
        }
    }

    @Test("a dry run says the same and writes nothing") func dryRun() async throws {
        try await with(.sqlite) { bench, path in
            let before = try await bench.dump()
            let plan = try await run(bench, path, isDryRun: true)
            #expect(try await bench.dump() == before)
            #expect(try await run(bench, path).added == plan.added)
        }
    }

    @Test("undo takes all of it back, and what came back can be imported again") func undo() async throws {
        try await with(.sqlite) { bench, path in
            let job = try await bench.syncs.importTracker(path, isDryRun: false, by: "tester")
            _ = try await bench.jobs.wait(for: job)
            let first = try await bench.contents()
            let undo = try await bench.syncs.undo(job, by: "tester")
            #expect(try await bench.jobs.wait(for: undo)?.state == .succeeded)
            #expect(try await bench.contents().isEmpty)
            try await bench.checkConsistency()
            _ = try await run(bench, path)
            #expect(try await bench.contents() == first)
        }
    }

    @Test("beside other requests the rows get new ids, and what is known already stays as it is")
    func besideOthers() async throws {
        try await with(.sqlite) { bench, path in
            let id = try await bench.store.write { tx in
                let id = try tx.reserveIDs(.requests)
                let row = RequestRecord(
                    id: id, mediaType: .movie, origin: .request, title: "Known", state: .approved, at: tx.now)
                try tx.insert(
                    row,
                    keys: [
                        IdentifiedKey(
                            "jellyseerr", instance: "default", "4", identity: "movie|jellyseerr|default|4||||")
                    ])
                return id
            }
            let report = try await run(bench, path)
            #expect(report.added == 2)
            #expect(report.skippedByReason["already_known"] == 1)
            #expect(try await bench.store.read { try $0.request(id)?.title } == "Known")
            #expect(try await bench.store.read { try $0.request(17) } == nil)
            #expect(try await bench.store.read { try $0.request(3)?.title } == "Old Film")
        }
    }

    @Test("an import's plan is no plan of a library sync") func foreignPlan() async throws {
        try await with(.sqlite) { bench, path in
            let job = try await bench.syncs.importTracker(path, isDryRun: true, by: "tester")
            _ = try await bench.jobs.wait(for: job)
            var options = SyncOptions(.library)
            options.plan = job
            await #expect(throws: JobFailure.self) { try await bench.syncs.start(options, by: "tester") }
        }
    }
}
