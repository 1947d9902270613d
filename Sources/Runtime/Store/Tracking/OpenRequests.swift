public import Database
public import Media

/// A request that still waits for something, as far as readers need to know it.
public struct OpenRequest: Sendable, Hashable {
    public var id: Int64
    public var mediaType: MediaType
    public var state: Stage
    public var title: String
    public var tmdb: Int64?
    public var tvdb: Int64?
    public var radarr: InstanceID<Int64>?
    public var sonarr: InstanceID<Int64>?
    public var seasons: [Int]
    public var isAnime: Bool
    public var stateChangedAt: Timestamp
    public var episodesReadAt: Timestamp?
    public var jellyfin: JellyfinItemID?
}

extension Reader {
    /// Requests that are not closed, and available series with episodes to come; the longest waiting first.
    public func openRequests() throws -> [OpenRequest] {
        try rows(
            """
            SELECT id, media_type, state, title, tmdb_id, tvdb_id, radarr_instance, radarr_id, sonarr_instance, sonarr_id,
                seasons, is_anime, state_changed_at, episodes_read_at, jellyfin_id
            FROM requests
            WHERE origin = 'request' AND (state IN ('requested', 'approved', 'indexed', 'downloading', 'download_done',
                'importing', 'anime_matching', 'syncing_library', 'failed')
                OR (state = 'available' AND media_type = 'tv' AND episodes_aired < episodes_total))
            ORDER BY state_changed_at, id
            """
        ) { row in
            OpenRequest(
                id: row.integer(0), mediaType: MediaType(rawValue: row.text(1)) ?? .movie,
                state: Stage(rawValue: row.text(2)) ?? .requested, title: row.text(3), tmdb: row.optionalInteger(4),
                tvdb: row.optionalInteger(5),
                radarr: row.optionalInteger(7).map { InstanceID(instance: row.text(6), id: $0) },
                sonarr: row.optionalInteger(9).map { InstanceID(instance: row.text(8), id: $0) },
                seasons: row.text(10).split(separator: ",").compactMap { Int($0) }, isAnime: row.integer(11) == 1,
                stateChangedAt: row.optionalTime(12) ?? Timestamp(milliseconds: 0),
                episodesReadAt: row.optionalTime(13),
                jellyfin: row.blob(14).map { JellyfinItemID(stored: $0) })
        }
    }

    /// Which requests one instance of Seerr knows, by its numbers; deleted ones are left out.
    public func seerrRequests(_ instance: String) throws -> [Int64: Int64] {
        let pairs = try rows(
            """
            SELECT k.value, k.request_id FROM request_keys k JOIN requests r ON r.id = k.request_id
            WHERE k.kind = 'jellyseerr' AND k.instance = $1 AND r.state <> 'deleted'
            """, [.text(instance)]
        ) { ($0.integer(0), $0.integer(1)) }
        return Dictionary(pairs) { first, _ in first }
    }

    /// The request that an instance of Seerr knows by this number.
    public func seerrRequest(_ id: Int64, _ instance: String) throws -> Int64? {
        try first(
            """
            SELECT request_id FROM request_keys WHERE kind = 'jellyseerr' AND instance = $1 AND value = $2 LIMIT 1
            """, [.text(instance), .text(String(id))]
        ) { $0.integer(0) }
    }

    /// How many requests of a kind are in each stage, from the counters.
    public func waiting(_ type: MediaType? = nil) throws -> [Stage: Int64] {
        var found: [Stage: Int64] = [:]
        for (what, count) in try requestCounts()
        where what.origin == .request && (type == nil || what.mediaType == type) && count > 0 {
            found[what.state, default: 0] += count
        }
        return found
    }

    /// Packs that the client is still loading: request, row and hash.
    public func unfinishedPacks(limit: Int) throws -> [(request: Int64, download: Int64, hash: String)] {
        try rows(
            """
            SELECT request_id, id, download_id FROM downloads WHERE torrent_state IS NOT NULL AND torrent_is_done = 0
                AND torrent_missed < 2 AND done_at IS NULL AND units LIKE '%,%' ORDER BY grabbed_at LIMIT $1
            """, [.integer(Int64(limit))]
        ) { ($0.integer(0), $0.integer(1), $0.text(2)) }
    }

    /// Requests of which one instance's newest reading says that a fact holds.
    public func requests(holding fact: Observation.Fact, _ service: String, _ instance: String) throws -> [Int64] {
        try rows(
            """
            SELECT f.request_id FROM requests r JOIN facts f ON f.request_id = r.id
            WHERE r.origin = 'request' AND r.state IN ('requested', 'approved', 'indexed', 'downloading',
                'download_done', 'importing', 'anime_matching', 'syncing_library', 'failed')
                AND f.service = $1 AND f.instance = $2 AND f.fact = $3 AND f.holds = 1
            """, [.text(service), .text(instance), .text(fact.rawValue)]
        ) { $0.integer(0) }
    }

    /// Requests for which nothing was grabbed in time, the longest waiting first.
    public func ungrabbedRequests(limit: Int) throws -> [Int64] {
        try rows(
            """
            SELECT id FROM requests WHERE attention_code IN ('not_grabbed', 'releases_rejected') AND state = 'approved'
            ORDER BY attention_since, id LIMIT $1
            """, [.integer(Int64(limit))]
        ) { $0.integer(0) }
    }
}
