public import Database
public import Media

/// An open request as a look into the library's index needs it: cheap enough for ten thousand at a time.
public struct LookedFor: Sendable, Hashable {
    public var id: Int64
    public var mediaType: MediaType
    public var title: String
    public var originalTitle: String?
    public var tmdb: Int64?
    public var tvdb: Int64?
    public var imdb: String?
    public var isAnime: Bool
    /// A file, an item or a hint of it is known, or Jellyfin was never asked for it: its ids alone do not tell where it
    /// may be found, nor whether its stage can change.
    public var hasTraces: Bool
    /// TheTVDB's ids of its episodes.
    public var episodes: [Int64]
}

extension Reader {
    /// What `openRequests` names, the longest waiting first.
    public func lookedFor() throws -> [LookedFor] {
        var episodes: [Int64: [Int64]] = [:]
        try query(
            """
            SELECT e.request_id, e.tvdb_id FROM requests r JOIN episodes e ON e.request_id = r.id
            WHERE r.origin = 'request' AND r.state IN ('requested', 'approved', 'indexed', 'downloading',
                'download_done', 'failed') AND e.tvdb_id IS NOT NULL
            """
        ) { episodes[$0.integer(0), default: []].append($0.integer(1)) }
        return try rows(Self.lookedForStatement) { row in
            let id = row.integer(0)
            return LookedFor(
                id: id, mediaType: MediaType(rawValue: row.text(1)) ?? .movie, title: row.text(2),
                originalTitle: row.optionalText(3), tmdb: row.optionalInteger(4), tvdb: row.optionalInteger(5),
                imdb: row.optionalText(6), isAnime: row.integer(7) == 1, hasTraces: row.integer(8) == 1,
                episodes: episodes[id] ?? [])
        }
    }

    private static let lookedForStatement: SQL = """
        SELECT r.id, r.media_type, r.title, r.original_title, r.tmdb_id, r.tvdb_id, r.imdb_id, r.is_anime,
            CASE WHEN r.state IN ('importing', 'anime_matching', 'syncing_library', 'available')
                OR r.jellyfin_read_at IS NULL OR r.jellyfin_id IS NOT NULL OR r.stub IS NOT NULL
                OR r.playable_since IS NOT NULL
                OR EXISTS(SELECT 1 FROM facts f WHERE f.request_id = r.id AND f.holds = 1
                    AND f.fact IN ('imported', 'has_file', 'path_changed', 'file_matched', 'appear_hint'))
                OR EXISTS(SELECT 1 FROM episodes e WHERE e.request_id = r.id
                    AND (e.item IS NOT NULL OR e.stub IS NOT NULL OR e.path IS NOT NULL))
            THEN 1 ELSE 0 END
        FROM requests r
        WHERE r.origin = 'request' AND (r.state IN ('requested', 'approved', 'indexed', 'downloading', 'download_done',
            'importing', 'anime_matching', 'syncing_library', 'failed')
            OR (r.state = 'available' AND r.media_type = 'tv' AND r.episodes_aired < r.episodes_total))
        ORDER BY r.state_changed_at, r.id
        """
}
