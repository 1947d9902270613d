import Database
import Media
import Store

/// A row put into the tracker before a run, as another part of Marquee would have made it.
struct SeedRow: Sendable {
    var type = MediaType.movie
    var origin = Origin.request
    var variant: Variant?
    var title = "Seeded"
    var year: Int64?
    var overview: String?
    var poster: String?
    var jellyfin: String?
    var tmdb: Int64?
    var tvdb: Int64?
    var imdb: String?
    var radarr: Int64?
    var radarrInstance = "default"
    var sonarr: Int64?
    var isAnime: Bool?
    var state = Stage.available
    var availableAt: Int64?

    /// A requested film.
    static func movie(_ tmdb: Int64?, _ state: Stage = .available, _ change: (inout SeedRow) -> Void = { _ in })
        -> SeedRow
    {
        var row = SeedRow()
        row.tmdb = tmdb
        row.state = state
        row.title = "Film \(tmdb ?? 0)"
        change(&row)
        return row
    }

    static func tv(_ tvdb: Int64?, _ state: Stage = .approved, _ change: (inout SeedRow) -> Void = { _ in }) -> SeedRow
    {
        var row = SeedRow()
        row.type = .tv
        row.tvdb = tvdb
        row.state = state
        row.title = "Series \(tvdb ?? 0)"
        change(&row)
        return row
    }

    func insert(in tx: StoreTransaction) throws -> Int64 {
        let id = try tx.reserveIDs(.requests)
        let now = Value.integer(tx.now.milliseconds)
        let item = jellyfin.flatMap { JellyfinItemID($0) }
        try tx.raw.execute(
            """
            INSERT INTO requests(id, media_type, origin, variant, title, title_key, year, overview, poster_url,
                jellyfin_instance, jellyfin_id, tmdb_id, tvdb_id, imdb_id, radarr_instance, radarr_id, sonarr_instance,
                sonarr_id, is_anime, state, uncertain, requested_by, created_at, updated_at, state_changed_at,
                available_at, version)
            VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, 0, $21,
                $22, $23, $24, $25, 1)
            """,
            [
                .integer(id), .text(type.rawValue), .text(origin.rawValue), Value(variant?.rawValue), .text(title),
                .text(TitleKey.fold(title)), Value(year), Value(overview), Value(poster),
                item == nil ? .null : "default", Value(item?.bytes), Value(tmdb), Value(tvdb), Value(imdb),
                radarr == nil ? .null : .text(radarrInstance), Value(radarr), sonarr == nil ? .null : "default",
                Value(sonarr), Value(isAnime), .text(state.rawValue), "someone", now, now, now, Value(availableAt),
            ])
        if let item { try tx.addKey(id, "jellyfin", "default", item.text) }
        if let tmdb { try tx.addKey(id, "tmdb", "", String(tmdb)) }
        if let tvdb { try tx.addKey(id, "tvdb", "", String(tvdb)) }
        if let imdb { try tx.addKey(id, "imdb", "", imdb) }
        if let radarr { try tx.addKey(id, "radarr", radarrInstance, String(radarr)) }
        if let sonarr { try tx.addKey(id, "sonarr", "default", String(sonarr)) }
        if tx.raw.backend == .sqlite {
            try tx.raw.execute(
                "INSERT INTO requests_search(rowid, title_key) VALUES($1, $2)",
                [.integer(id), .text(TitleKey.fold(title))])
        }
        tx.count(RequestCount(mediaType: type, state: state, origin: origin), 1)
        return id
    }
}

extension Bench {
    @discardableResult
    func seed(_ rows: SeedRow...) async throws -> [Int64] { try await seed(rows) }

    @discardableResult
    func seed(_ rows: [SeedRow]) async throws -> [Int64] {
        try await store.write { tx in try rows.map { try $0.insert(in: tx) } }
    }

    /// Changes one row by hand, as an edit would.
    func edit(_ statement: SQL, _ values: [Value] = []) async throws {
        try await store.write { tx in _ = try tx.raw.execute(statement, values) }
    }
}
