import Database
public import Media

/// An id that means something only on one instance of a service.
public struct InstanceID<ID: Sendable & Hashable>: Sendable, Hashable {
    public var instance: String
    public var id: ID

    public init(instance: String, id: ID) {
        self.instance = instance
        self.id = id
    }
}

/// One row of `requests`.
public struct RequestRecord: Sendable {
    public var id: Int64
    public var mediaType: MediaType
    public var origin: Origin
    public var variant: Variant?
    public var title: String
    public var originalTitle: String?
    public var year: Int64?
    public var overview: String?
    public var posterURL: String?
    public var jellyfin: InstanceID<JellyfinItemID>?
    public var tmdb: Int64?
    public var tvdb: Int64?
    public var imdb: String?
    public var radarr: InstanceID<Int64>?
    public var sonarr: InstanceID<Int64>?
    public var isAnime: Bool?
    public var state: Stage
    public var isUncertain: Bool
    public var requestedBy: String?
    public var createdAt: Timestamp
    public var updatedAt: Timestamp
    public var stateChangedAt: Timestamp
    public var availableAt: Timestamp?
    public var version: Int64
}

extension RequestRecord {
    static let columns: SQL = """
        id, media_type, origin, variant, title, original_title, year, overview, poster_url, jellyfin_instance, \
        jellyfin_id, tmdb_id, tvdb_id, imdb_id, radarr_instance, radarr_id, sonarr_instance, sonarr_id, is_anime, \
        state, uncertain, requested_by, created_at, updated_at, state_changed_at, available_at, version
        """

    /// Reads a row selected by `columns`.
    init(_ row: borrowing Row) {
        id = row.integer(0)
        mediaType = MediaType(rawValue: row.text(1)) ?? .movie
        origin = Origin(rawValue: row.text(2)) ?? .request
        variant = row.optionalText(3).flatMap(Variant.init)
        title = row.text(4)
        originalTitle = row.optionalText(5)
        year = row.optionalInteger(6)
        overview = row.optionalText(7)
        posterURL = row.optionalText(8)
        jellyfin = row.blob(10).map {
            InstanceID(instance: row.optionalText(9) ?? "default", id: JellyfinItemID(stored: $0))
        }
        tmdb = row.optionalInteger(11)
        tvdb = row.optionalInteger(12)
        imdb = row.optionalText(13)
        radarr = row.optionalInteger(15).map { InstanceID(instance: row.optionalText(14) ?? "default", id: $0) }
        sonarr = row.optionalInteger(17).map { InstanceID(instance: row.optionalText(16) ?? "default", id: $0) }
        isAnime = row.optionalInteger(18).map { $0 == 1 }
        state = Stage(rawValue: row.text(19)) ?? .requested
        isUncertain = row.integer(20) == 1
        requestedBy = row.optionalText(21)
        createdAt = Timestamp(milliseconds: row.integer(22))
        updatedAt = Timestamp(milliseconds: row.integer(23))
        stateChangedAt = Timestamp(milliseconds: row.integer(24))
        availableAt = row.optionalInteger(25).map(Timestamp.init(milliseconds:))
        version = row.integer(26)
    }
}
