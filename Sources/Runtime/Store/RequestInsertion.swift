public import Database
public import Media

/// A key of a new request, with the text that no two rows share; nil for an id that several rows may carry
/// (tracking.md §2.2).
public struct IdentifiedKey: Sendable, Hashable {
    public var key: RequestKey
    public var identity: String?

    public init(_ kind: String, instance: String = "", _ value: String, identity: String? = nil) {
        key = RequestKey(kind, instance, value)
        self.identity = identity
    }
}

extension RequestRecord {
    /// A row of which nothing but this is known.
    public init(
        id: Int64, mediaType: MediaType, origin: Origin, title: String, state: Stage, at now: Timestamp
    ) {
        self.init(mediaType: mediaType, origin: origin, title: title)
        self.id = id
        self.state = state
        createdAt = now
        updatedAt = now
        stateChangedAt = now
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
    public func insert(_ row: RequestRecord, keys: [IdentifiedKey]) throws {
        let titleKey = TitleKey.fold(row.title)
        try raw.execute(
            """
            INSERT INTO requests(id, media_type, origin, variant, title, title_key, original_title, year, overview,
                poster_url, jellyfin_instance, jellyfin_id, tmdb_id, tvdb_id, imdb_id, radarr_instance, radarr_id,
                sonarr_instance, sonarr_id, is_anime, state, uncertain, requested_by, created_at, updated_at,
                state_changed_at, available_at, version, seasons, quality, indexer, release_group, attention_code,
                attention_reason, attention_since, attention_source, attention_actions)
            VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
                $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37)
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
                Value(row.packedSeasons), Value(row.quality), Value(row.indexer), Value(row.releaseGroup),
                Value(row.attention?.code.rawValue), Value(row.attention?.reason),
                Value(row.attention?.since.milliseconds), Value(row.attention?.source),
                Value(row.attention?.actions.joined(separator: ",")),
            ])
        if raw.backend == .sqlite {
            try raw.execute(
                "INSERT INTO requests_search(rowid, title_key) VALUES($1, $2)", [.integer(row.id), .text(titleKey)])
        }
        if let original = row.originalTitle { try setOtherTitles([original], of: row.id) }
        for key in keys {
            try raw.execute(
                "INSERT INTO request_keys(request_id, kind, instance, value, identity) VALUES($1, $2, $3, $4, $5)",
                [
                    .integer(row.id), .text(key.key.kind), .text(key.key.instance), .text(key.key.value),
                    Value(key.identity),
                ])
        }
        count(RequestCount(mediaType: row.mediaType, state: row.state, origin: row.origin), 1)
    }

    /// Lets ids that were given from outside never be given again.
    public func skipRequestIDs(through id: Int64) throws {
        let last = try raw.lastRequestID()
        if id > last { _ = try reserveIDs(.requests, Int(id - last)) }
    }
}
