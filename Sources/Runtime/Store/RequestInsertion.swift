public import Database
public import Media

/// One row of `request_keys`: an id by which a request is found.
public struct RequestKey: Sendable, Hashable {
    /// What the id names: `tmdb`, `jellyseerr`, `radarr`.
    public var kind: String
    /// Empty where the id means the same everywhere.
    public var instance: String
    public var value: String
    /// The text that no two rows share; nil for an id that several rows may carry (tracking.md §2.2).
    public var identity: String?

    public init(_ kind: String, instance: String = "", _ value: String, identity: String? = nil) {
        self.kind = kind
        self.instance = instance
        self.value = value
        self.identity = identity
    }
}

extension RequestRecord {
    /// A row of which nothing but this is known.
    public init(
        id: Int64, mediaType: MediaType, origin: Origin, title: String, state: Stage, at now: Timestamp
    ) {
        self.id = id
        self.mediaType = mediaType
        self.origin = origin
        self.title = title
        self.state = state
        isUncertain = false
        createdAt = now
        updatedAt = now
        stateChangedAt = now
        version = 1
    }
}

extension Reader {
    /// The request that carries an identity.
    public func request(withIdentity identity: String) throws -> Int64? {
        try first("SELECT request_id FROM request_keys WHERE identity = $1", [.text(identity)]) { $0.integer(0) }
    }

    /// Whether there is no request at all.
    public func hasNoRequests() throws -> Bool {
        try first("SELECT id FROM requests LIMIT 1") { $0.integer(0) } == nil
    }
}

extension StoreTransaction {
    /// Writes a row under its own id, with its keys.
    ///
    /// - Throws: `DatabaseError` when the id or one of the identities is taken.
    public func insert(_ row: RequestRecord, keys: [RequestKey]) throws {
        let titleKey = TitleKey.fold(row.title)
        try raw.execute(
            """
            INSERT INTO requests(id, media_type, origin, variant, title, title_key, original_title, year, overview,
                poster_url, jellyfin_instance, jellyfin_id, tmdb_id, tvdb_id, imdb_id, radarr_instance, radarr_id,
                sonarr_instance, sonarr_id, is_anime, state, uncertain, requested_by, created_at, updated_at,
                state_changed_at, available_at, version)
            VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
                $23, $24, $25, $26, $27, $28)
            """,
            [
                .integer(row.id), .text(row.mediaType.rawValue), .text(row.origin.rawValue),
                Value(row.variant?.rawValue), .text(row.title), .text(titleKey), Value(row.originalTitle),
                Value(row.year), Value(row.overview), Value(row.posterURL), Value(row.jellyfin?.instance),
                Value(row.jellyfin?.id.bytes), Value(row.tmdb), Value(row.tvdb), Value(row.imdb),
                Value(row.radarr?.instance), Value(row.radarr?.id), Value(row.sonarr?.instance),
                Value(row.sonarr?.id), Value(row.isAnime), .text(row.state.rawValue), Value(row.isUncertain),
                Value(row.requestedBy), .integer(row.createdAt.milliseconds), .integer(row.updatedAt.milliseconds),
                .integer(row.stateChangedAt.milliseconds), Value(row.availableAt?.milliseconds), .integer(row.version),
            ])
        if raw.backend == .sqlite {
            try raw.execute(
                "INSERT INTO requests_search(rowid, title_key) VALUES($1, $2)", [.integer(row.id), .text(titleKey)])
        }
        for key in keys {
            try raw.execute(
                "INSERT INTO request_keys(request_id, kind, instance, value, identity) VALUES($1, $2, $3, $4, $5)",
                [.integer(row.id), .text(key.kind), .text(key.instance), .text(key.value), Value(key.identity)])
        }
        count(RequestCount(mediaType: row.mediaType, state: row.state, origin: row.origin), 1)
    }

    /// Lets ids that were given from outside never be given again.
    public func skipRequestIDs(through id: Int64) throws {
        let last = try raw.lastRequestID()
        if id > last { _ = try reserveIDs(.requests, Int(id - last)) }
    }
}
