public import Database
public import Media

/// What a sync needs to know of a stored row.
public struct KnownRow: Sendable {
    public var id: Int64
    public var version: Int64
    public var mediaType: MediaType
    public var origin: Origin
    public var variant: Variant?
    public var state: Stage
    public var title: String
    public var year: Int64?
    public var jellyfin: InstanceID<JellyfinItemID>?
    public var tmdb: Int64?
    public var tvdb: Int64?
    public var imdb: String?
    public var radarr: InstanceID<Int64>?
    public var sonarr: InstanceID<Int64>?
    public var isAnime: Bool?
    public var hasPoster: Bool
    public var hasOverview: Bool
    public var hasAvailableAt: Bool
    /// Ids of further kinds, which have no column of their own.
    public var anidb: Int64?
    /// Whether a deletion of it is under way or waits for somebody.
    public var isUnderDeletion: Bool
    /// Whether the files went with the deleted row; nil where Marquee did not delete it.
    public var deletedFiles: Bool?
    public var stateChangedAt: Timestamp

    /// The *arr entry of this row's kind.
    public var catalogue: InstanceID<Int64>? { mediaType == .movie ? radarr : sonarr }

    static let columns: SQL = """
        id, version, media_type, origin, variant, state, title, year, jellyfin_instance, jellyfin_id, tmdb_id, \
        tvdb_id, imdb_id, radarr_instance, radarr_id, sonarr_instance, sonarr_id, is_anime, poster_url IS NOT NULL, \
        overview IS NOT NULL, available_at IS NOT NULL, deletion_log IS NOT NULL, deletion_files, state_changed_at
        """

    init(_ row: borrowing Row) {
        id = row.integer(0)
        version = row.integer(1)
        mediaType = MediaType(rawValue: row.text(2)) ?? .movie
        origin = Origin(rawValue: row.text(3)) ?? .request
        variant = row.optionalText(4).flatMap(Variant.init)
        state = Stage(rawValue: row.text(5)) ?? .requested
        title = row.text(6)
        year = row.optionalInteger(7)
        jellyfin = row.blob(9).map {
            InstanceID(instance: row.optionalText(8) ?? "default", id: JellyfinItemID(stored: $0))
        }
        tmdb = row.optionalInteger(10)
        tvdb = row.optionalInteger(11)
        imdb = row.optionalText(12)
        radarr = row.optionalInteger(14).map { InstanceID(instance: row.optionalText(13) ?? "default", id: $0) }
        sonarr = row.optionalInteger(16).map { InstanceID(instance: row.optionalText(15) ?? "default", id: $0) }
        isAnime = row.optionalInteger(17).map { $0 == 1 }
        hasPoster = row.bool(18)
        hasOverview = row.bool(19)
        hasAvailableAt = row.bool(20)
        isUnderDeletion = row.bool(21)
        deletedFiles = row.optionalInteger(22).map { $0 == 1 }
        stateChangedAt = Timestamp(milliseconds: row.integer(23))
    }
}

extension Reader {
    /// Rows after `id`, in order of id, for a sync to walk over without holding a snapshot.
    public func knownRows(after id: Int64, limit: Int) throws -> [KnownRow] {
        try rows(
            "SELECT " + KnownRow.columns + " FROM requests WHERE id > $1 ORDER BY id LIMIT $2",
            [.integer(id), .integer(Int64(limit))]
        ) { KnownRow($0) }
    }

    public func knownRow(_ id: Int64) throws -> KnownRow? {
        try first("SELECT " + KnownRow.columns + " FROM requests WHERE id = $1", [.integer(id)]) { KnownRow($0) }
    }

    /// Lends every key by which the rows `(after, through]` are matched, in order of row.
    public func matchKeys(
        afterRow after: Int64, through last: Int64,
        _ each: (_ row: Int64, _ type: MediaType, _ key: ProviderKey) throws -> Void
    ) throws {
        try query(
            """
            SELECT k.request_id, r.media_type, k.kind, k.value FROM request_keys k
            JOIN requests r ON r.id = k.request_id
            WHERE k.request_id > $1 AND k.request_id <= $2 ORDER BY k.request_id
            """, [.integer(after), .integer(last)]
        ) { row in
            let type: MediaType = unsafe row.withBytes(1) { $0.count == 2 } ?? false ? .tv : .movie
            let kind = row.text(2)
            let key: ProviderKey? =
                if kind == "jellyfin" {
                    JellyfinItemID(row.text(3)).map { ProviderKey.item($0) }
                } else if let provider = Provider(name: kind) {
                    unsafe row.withBytes(3) { unsafe ProviderKey(type, provider, $0) } ?? nil
                } else {
                    nil
                }
            if let key { try each(row.integer(0), type, key) }
        }
    }

    /// The highest row id handed out so far.
    public func lastRequestID() throws -> Int64 { try counter("id|requests") ?? 0 }

    /// How many rows are available because Jellyfin has them.
    public func availableCount() throws -> Int64 {
        try requestCounts().filter { $0.key.state == .available }.values.reduce(0, +)
    }
}
