import Database
import Media
import TestSupport
import Testing

@testable import LibrarySync

@Suite struct EarlierMergingTests {
    @Test("rows of one Seerr request become the oldest, whatever order they lie in") func oneSeerrRequest() async throws
    {
        var records = try await EarlierSample.read([
            """
            INSERT INTO requests(id, title, media_type, state, jellyseerr_id, tmdb_id, radarr_id, created_at,
                state_changed_at)
            VALUES(5, 'Film', 'MOVIE', 'APPROVED', 9, 100, NULL, '2025-01-01 00:00:00', '2025-01-01 00:00:00'),
                (2, 'Film', 'MOVIE', 'IMPORTING', 9, NULL, 44, '2025-01-02 00:00:00', '2025-01-03 00:00:00'),
                (3, 'Film', 'TV', 'APPROVED', 9, 100, NULL, '2025-01-02 00:00:00', NULL)
            """,
            """
            INSERT INTO timeline_events(id, request_id, service, event_type, state, timestamp)
            VALUES(1, 2, 'radarr', 'Download', 'IMPORTING', '2025-01-03 00:00:00')
            """,
        ])
        #expect(records.mergeDuplicates() == [EarlierMerge(kept: 5, merged: [2])])
        #expect(records.requests.map(\.id) == [3, 5])
        let film = try #require(records.requests.last)
        #expect(film.stage == .importing && film.tmdb == 100 && film.radarrID == 44)
        #expect(records.events.map(\.requestID) == [5])
    }

    @Test("library rows merge only when everything that tells them apart is equal") func libraryRows() async throws {
        var records = try await EarlierSample.read([
            """
            INSERT INTO requests(id, title, media_type, state, tmdb_id, year, requested_seasons) VALUES
                (1, 'Show', 'TV', 'AVAILABLE', 7, 2001, '1'), (2, 'Show', 'TV', 'AVAILABLE', 7, 2001, '1'),
                (3, 'Show', 'TV', 'AVAILABLE', 7, 2001, '2'), (4, 'Show', 'TV', 'AVAILABLE', 8, 2001, '1'),
                (5, 'show', 'TV', 'AVAILABLE', 7, 2001, '1')
            """
        ])
        #expect(records.mergeDuplicates() == [EarlierMerge(kept: 1, merged: [2, 5])])
        #expect(records.requests.map(\.id) == [1, 3, 4])
    }

    @Test("titles without any id merge only when they are one item") func withoutIDs() async throws {
        var records = try await EarlierSample.read([
            """
            INSERT INTO requests(id, title, media_type, state, jellyfin_id) VALUES(1, 'Home', 'MOVIE', 'AVAILABLE', 'aa'),
                (2, 'Home', 'MOVIE', 'AVAILABLE', 'bb'), (3, 'Home', 'MOVIE', 'AVAILABLE', 'aa')
            """
        ])
        #expect(records.mergeDuplicates() == [EarlierMerge(kept: 1, merged: [3])])
    }

    @Test("an episode both rows have stays once, as the kept row had it") func episodes() async throws {
        var records = try await EarlierSample.read([
            """
            INSERT INTO requests(id, title, media_type, state, jellyseerr_id)
            VALUES(1, 'Show', 'TV', 'AVAILABLE', 3), (2, 'Show', 'TV', 'AVAILABLE', 3)
            """,
            """
            INSERT INTO episodes(id, request_id, season_number, episode_number, state) VALUES
                (1, 2, 1, 1, 'FAILED'), (2, 1, 1, 1, 'AVAILABLE'), (3, 2, 1, 2, 'IMPORTING')
            """,
        ])
        _ = records.mergeDuplicates()
        #expect(records.episodes.map(\.requestID) == [1, 1])
        #expect(records.episodes.map(\.stage) == [.available, .importing])
    }

    @Test("merging loses no event and is done after one round", arguments: 0..<20) func property(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var records = EarlierRecords()
        for id in 1...40 {
            var request = EarlierRequest.sample(id: Int64(id))
            request.seerrID = Bool.random(using: &random) ? Int64.random(in: 1...6, using: &random) : nil
            request.tmdb = Int64.random(in: 1...3, using: &random)
            request.createdAt = Timestamp(milliseconds: Int64.random(in: 0...5, using: &random))
            records.requests.append(request)
            records.events.append(
                EarlierEvent(id: Int64(id), requestID: Int64(id), service: "radarr", type: "Grab", stage: .indexed))
        }
        let ids = Set(records.requests.map(\.id))
        let merges = records.mergeDuplicates()
        let kept = Set(records.requests.map(\.id))
        #expect(kept.union(merges.flatMap(\.merged)) == ids)
        #expect(kept.isDisjoint(with: merges.flatMap(\.merged)))
        #expect(records.events.count == 40)
        #expect(records.events.allSatisfy { kept.contains($0.requestID) })
        #expect(records.mergeDuplicates().isEmpty)
    }
}

extension EarlierRequest {
    /// A film with a title and nothing else.
    static func sample(id: Int64) -> EarlierRequest {
        EarlierRequest(id: id, title: "Film", mediaType: .movie, stage: .approved, alternateTitles: [], seasons: [])
    }
}
