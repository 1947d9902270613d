import Database
import FoundationEssentials
import Media
import TestSupport
import Testing

@testable import LibrarySync

@Suite struct EarlierTrackerTests {
    @Test("a request comes with all its cells, times as UTC, ids and hashes in their usual form")
    func request() async throws {
        let records = try await EarlierSample.read([
            """
            INSERT INTO requests(id, title, media_type, state, jellyseerr_id, tmdb_id, tvdb_id, imdb_id, qbit_hash,
                sonarr_id, shoko_series_id, is_anime, alternate_titles, quality, indexer, file_size, release_group,
                final_path, jellyfin_id, requested_by, poster_url, year, overview, requested_seasons, created_at,
                updated_at, state_changed_at, available_at)
            VALUES(7, 'Mushishi', 'TV', 'AVAILABLE', 12, 30977, 79640, 'tt0807832', 'ABCDEF', 3, 55, 1,
                '["蟲師", "Mushi-Shi"]', 'Bluray-1080p', 'nyaa', 1181116006, 'Group', '/anime/Mushishi',
                '0123456789ABCDEF0123456789abcdef', 'Ann', 'http://p/x.jpg', 2005, 'A man walks.', '2, 1',
                '2025-11-02 18:04:05.123456', '2025-11-02 18:04:06', '2025-11-03 00:00:00.5', NULL)
            """
        ])
        let row = try #require(records.requests.first)
        #expect(row.id == 7 && row.title == "Mushishi" && row.mediaType == .tv && row.stage == .available)
        #expect(row.attention == nil)
        #expect(row.seerrID == 12 && row.tmdb == 30977 && row.tvdb == 79640 && row.imdb == "tt0807832")
        #expect(row.downloadHash == "abcdef" && row.sonarrID == 3 && row.radarrID == nil)
        #expect(row.shokoSeriesID == 55 && row.shokoFileID == nil && row.isAnime == true)
        #expect(row.alternateTitles == ["蟲師", "Mushi-Shi"])
        #expect(row.jellyfinID?.text == "0123456789abcdef0123456789abcdef")
        #expect(row.seasons == [1, 2] && row.fileSize == 1_181_116_006)
        #expect(row.createdAt?.rfc3339 == "2025-11-02T18:04:05.123Z")
        #expect(row.stateChangedAt?.rfc3339 == "2025-11-03T00:00:00.500Z")
        #expect(row.availableAt == nil)
        #expect(records.unreadable.isEmpty)
    }

    @Test(
        "every stored state becomes its stage, in any case",
        arguments: [
            ("REQUESTED", Stage.requested), ("approved", .approved), ("GRABBING", .indexed), ("INDEXED", .indexed),
            ("Downloading", .downloading), ("DOWNLOADED", .downloadDone), ("DOWNLOAD_DONE", .downloadDone),
            ("IMPORTING", .importing), ("ANIME_MATCHING", .animeMatching), ("SYNCING_LIBRARY", .syncingLibrary),
            ("AVAILABLE", .available), ("FAILED", .failed), ("MATCH_FAILED", .animeMatching),
        ])
    func state(name: String, stage: Stage) {
        #expect(EarlierState(name)?.stage == stage)
    }

    @Test("a request that timed out stands where its timeline last saw it") func timeout() async throws {
        let records = try await EarlierSample.read([
            """
            INSERT INTO requests(id, title, media_type, state) VALUES
                (1, 'A', 'MOVIE', 'TIMEOUT'), (2, 'B', 'MOVIE', 'TIMEOUT'), (3, 'C', 'MOVIE', 'MATCH_FAILED')
            """,
            """
            INSERT INTO timeline_events(id, request_id, service, event_type, state, details, timestamp) VALUES
                (1, 1, 'radarr', 'Grab', 'GRABBING', 'Grabbed', '2025-01-01 10:00:00'),
                (2, 1, 'qbittorrent', 'Progress', 'DOWNLOADING', NULL, '2025-01-01 11:00:00'),
                (3, 1, 'system', 'Timeout', 'TIMEOUT', 'Stuck for 24 h', '2025-01-02 11:00:00'),
                (4, 3, 'shoko', 'NotMatched', 'MATCH_FAILED', 'No AniDB entry', '2025-01-02 11:00:00')
            """,
        ])
        #expect(records.requests.map(\.stage) == [.downloading, .requested, .animeMatching])
        #expect(records.requests[0].attention == EarlierAttention(code: .timeout, reason: "Stuck for 24 h"))
        #expect(records.requests[1].attention == EarlierAttention(code: .timeout, reason: nil))
        #expect(records.requests[2].attention == EarlierAttention(code: .matchFailed, reason: "No AniDB entry"))
        #expect(records.events.map(\.stage) == [.indexed, .downloading, nil, .animeMatching])
    }

    @Test("a film's Shoko series id is the id of its file") func shokoFile() async throws {
        let rows = try await EarlierSample.read([
            """
            INSERT INTO requests(id, title, media_type, state, shoko_series_id, tmdb_id, imdb_id)
            VALUES(1, 'Film', 'movie', 'available', 901, 0, ''), (2, 'Series', 'tv', 'available', 902, -1, 'tt0')
            """
        ]).requests
        #expect(rows.map(\.shokoFileID) == [901, nil])
        #expect(rows.map(\.shokoSeriesID) == [nil, 902])
        #expect(rows.allSatisfy { $0.tmdb == nil && $0.imdb == nil })
    }

    @Test("episodes and deletions come along; an unfinished deletion is incomplete") func others() async throws {
        let records = try await EarlierSample.read([
            """
            INSERT INTO episodes(id, request_id, season_number, episode_number, episode_title, state, shoko_file_id)
            VALUES(1, 4, 1, 2, 'Two', 'AVAILABLE', '77'), (2, 4, 0, 1, NULL, 'GRABBING', NULL), (3, 4, 1, 1, '', 'LOST', '')
            """,
            """
            INSERT INTO deletion_logs(id, title, media_type, source, status, is_anime, initiated_at)
            VALUES(1, 'Gone', 'MOVIE', 'DASHBOARD', 'COMPLETE', 0, '2025-01-01 00:00:00'),
                (2, 'Half', 'TV', 'SONARR', 'IN_PROGRESS', 1, NULL), (3, 'Less', 'TV', 'JELLYFIN', 'INCOMPLETE', 1, NULL)
            """,
            """
            INSERT INTO deletion_sync_events(id, deletion_log_id, service, status, error_message, timestamp)
            VALUES(2, 1, 'jellyfin', 'VERIFIED', NULL, '2025-01-01 00:00:02'),
                (1, 1, 'radarr', 'FAILED', 'HTTP 500', '2025-01-01 00:00:01')
            """,
        ])
        #expect(records.episodes.map { [$0.season, $0.number] } == [[0, 1], [1, 2]])
        #expect(records.episodes.map(\.stage) == [.indexed, .available])
        #expect(records.unreadable == [.init(table: .episodes, id: 3, why: "has no known state")])
        #expect(records.deletions.map(\.status) == [.complete, .incomplete, .incomplete])
        #expect(records.deletions.map(\.source) == ["dashboard", "sonarr", "jellyfin"])
        #expect(records.deletions[0].steps.map(\.service) == ["radarr", "jellyfin"])
        #expect(records.deletions[0].steps[0].error == "HTTP 500")
    }

    @Test("a file of the first version lacks columns and tables and is read all the same") func firstVersion()
        async throws
    {
        let records = try await EarlierSample.read(
            ["INSERT INTO requests VALUES(1, 'Old', 'MOVIE', 'IMPORTING', '2024-01-01 00:00:00')"],
            tables: EarlierSample.firstTables)
        #expect(records.requests.map(\.title) == ["Old"])
        #expect(records.requests[0].seerrID == nil && records.requests[0].seasons.isEmpty)
        #expect(records.episodes.isEmpty && records.deletions.isEmpty)
    }

    @Test("a row that means nothing is told, and hides no other") func unreadable() async throws {
        let records = try await EarlierSample.read([
            """
            INSERT INTO requests(id, title, media_type, state, alternate_titles, created_at, year) VALUES
                (1, 'A', 'BOOK', 'AVAILABLE', '', '', 0), (2, 'B', 'TV', 'NIRVANA', '', '', 0),
                (3, '  ', 'TV', 'FAILED', 'no json', 'yesterday', 'none')
            """
        ])
        #expect(records.unreadable.map(\.id) == [1, 2])
        #expect(records.requests.map(\.title) == ["Untitled"])
        #expect(records.requests[0].createdAt == nil && records.requests[0].year == nil)
    }

    @Test("reading changes no byte of the file, and sees what is still in the log beside it") func untouched()
        async throws
    {
        try await TestDatabase.withFolder { folder in
            let path = folder + "/status.db"
            let database = try await EarlierSample.make(path, EarlierSample.tables)
            try await database.write {
                try $0.execute("INSERT INTO requests(id, title, media_type, state) VALUES(1, 'Late', 'TV', 'APPROVED')")
            }
            let files = ["", "-wal"].map { path + $0 }
            let before = try files.map { try Data(contentsOf: URL(filePath: $0)) }
            #expect(before[1].count > 0)
            #expect(try await EarlierTracker.read(path).requests.map(\.title) == ["Late"])
            #expect(try files.map { try Data(contentsOf: URL(filePath: $0)) } == before)
            await database.close()
            let closed = try Data(contentsOf: URL(filePath: path))
            #expect(try await EarlierTracker.read(path).requests.count == 1)
            #expect(try Data(contentsOf: URL(filePath: path)) == closed)
            #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
        }
    }

    @Test("what is not the earlier tracker's database is refused by name") func otherFiles() async throws {
        try await TestDatabase.withFolder { folder in
            let path = folder + "/other.db"
            await #expect(throws: EarlierTrackerError.missing(path)) { try await EarlierTracker.read(path) }
            let other = try await EarlierSample.make(path, ["CREATE TABLE requests(id INTEGER PRIMARY KEY)"])
            await other.close()
            await #expect(throws: EarlierTrackerError.otherDatabase(path)) { try await EarlierTracker.read(path) }
            try Data("no database at all, but long enough to be one".utf8).write(to: URL(filePath: folder + "/x"))
            await #expect(throws: DatabaseError.self) { try await EarlierTracker.read(folder + "/x") }
        }
        await #expect(throws: EarlierTrackerError.missingColumns("requests", ["media_type", "state"])) {
            try await EarlierSample.read(
                [],
                tables: [
                    "CREATE TABLE requests(id INTEGER PRIMARY KEY, title TEXT)",
                    "CREATE TABLE timeline_events(id INTEGER PRIMARY KEY, request_id INTEGER, timestamp DATETIME)",
                ])
        }
    }
}
