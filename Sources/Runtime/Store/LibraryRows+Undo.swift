import Database
public import Media

/// What undoing one change came to.
public enum UndoOutcome: Sendable, Hashable {
    case reverted
    /// Left as it is, and why.
    case kept(String)
}

extension StoreTransaction {
    /// Takes back one change of a job, if nobody has touched it since (library-sync.md §4).
    public func undo(_ change: FieldChange) throws -> UndoOutcome {
        switch change.action {
        case "add": try undoAddition(change)
        case "fill": try undoFill(change)
        case "adopt": .kept("the item's new id stays: the old one is gone from Jellyfin")
        default: .kept("a stage follows from what the services report")
        }
    }

    private func undoAddition(_ change: FieldChange) throws -> UndoOutcome {
        guard let row = try raw.request(change.request) else { return .kept("the row is gone already") }
        // A pending sync notes the version its row began with; every other begins with 1.
        guard row.version == change.after.flatMap({ Int64($0) }) ?? 1 else { return .kept("the row was edited since") }
        if try hasForeignFacts(change) { return .kept("another service has reported on it since") }
        try removeRequest(row)
        return .reverted
    }

    /// Whether anybody but the run's own sources told of a row; those read their levels again and again.
    private func hasForeignFacts(_ change: FieldChange) throws -> Bool {
        let isForeign: SQL =
            change.source == "jellyseerr"
            ? """
            channel IN ('webhook', 'stream', 'user') OR channel = 'poll' AND service <> 'jellyseerr' AND fact NOT IN
                ('in_arr', 'monitored', 'released', 'missing', 'has_file', 'release_search')
            """ : "NOT (service = 'jellyfin' AND channel = 'sync' AND fact = 'playable')"
        let foreign = try raw.first(
            "SELECT count(*) FROM facts WHERE request_id = $1 AND (" + isForeign + ")", [.integer(change.request)]
        ) { $0.integer(0) }
        return (foreign ?? 0) > 0
    }

    func removeRequest(_ row: RequestRecord) throws {
        let id: [Value] = [.integer(row.id)]
        if raw.backend == .sqlite {
            try raw.execute(
                "INSERT INTO requests_search(requests_search, rowid, title_key) VALUES('delete', $1, $2)",
                [.integer(row.id), .text(TitleKey.fold(row.title))])
        }
        try removeOtherTitles(of: row.id)
        try raw.execute("DELETE FROM request_keys WHERE request_id = $1", id)
        try raw.execute("DELETE FROM facts WHERE request_id = $1", id)
        try raw.execute("DELETE FROM timeline WHERE request_id = $1", id)
        try raw.execute("DELETE FROM findings WHERE request_id = $1", id)
        try raw.execute("DELETE FROM episodes WHERE request_id = $1", id)
        try raw.execute("DELETE FROM downloads WHERE request_id = $1", id)
        try raw.execute("DELETE FROM checks WHERE request_id = $1", id)
        try raw.execute("DELETE FROM requests WHERE id = $1", id)
        count(RequestCount(mediaType: row.mediaType, state: row.state, origin: row.origin), -1)
    }

    private func undoFill(_ change: FieldChange) throws -> UndoOutcome {
        guard let field = FillableField(name: change.field) else { return .kept("unknown field") }
        guard let row = try raw.request(change.request) else { return .kept("the row is gone already") }
        guard row.text(of: field) == change.after else { return .kept("the value was edited since") }
        guard try raw.lastWriter(of: change.field, request: change.request) == change.job else {
            return .kept("a later run wrote it")
        }
        try clear(field, of: row)
        return .reverted
    }

    private func clear(_ field: FillableField, of row: RequestRecord) throws {
        try raw.execute(Self.clearing[field, default: ""], [.integer(now.milliseconds), .integer(row.id)])
        let key: (kind: String, value: String)? =
            switch field {
            case .jellyfinID: row.jellyfin.map { ("jellyfin", $0.id.text) }
            case .tmdbID: row.tmdb.map { ("tmdb", String($0)) }
            case .tvdbID: row.tvdb.map { ("tvdb", String($0)) }
            case .imdbID: row.imdb.map { ("imdb", $0) }
            case .radarrID: row.radarr.map { ("radarr", String($0.id)) }
            case .sonarrID: row.sonarr.map { ("sonarr", String($0.id)) }
            default: nil
            }
        guard let key else { return }
        try raw.execute(
            "DELETE FROM request_keys WHERE request_id = $1 AND kind = $2 AND value = $3",
            [.integer(row.id), .text(key.kind), .text(key.value)])
    }

    private static let clearing: [FillableField: SQL] = {
        let tail: SQL = ", updated_at = $1, version = version + 1 WHERE id = $2"
        return [
            .jellyfinID: "UPDATE requests SET jellyfin_id = NULL, jellyfin_instance = NULL" + tail,
            .tmdbID: "UPDATE requests SET tmdb_id = NULL" + tail,
            .tvdbID: "UPDATE requests SET tvdb_id = NULL" + tail,
            .imdbID: "UPDATE requests SET imdb_id = NULL" + tail,
            .radarrID: "UPDATE requests SET radarr_id = NULL, radarr_instance = NULL" + tail,
            .sonarrID: "UPDATE requests SET sonarr_id = NULL, sonarr_instance = NULL" + tail,
            .isAnime: "UPDATE requests SET is_anime = NULL" + tail,
            .posterURL: "UPDATE requests SET poster_url = NULL" + tail,
            .year: "UPDATE requests SET year = NULL" + tail,
            .overview: "UPDATE requests SET overview = NULL" + tail,
            .availableAt: "UPDATE requests SET available_at = NULL, available_approximate = NULL" + tail,
        ]
    }()
}

extension RequestRecord {
    /// A fillable field's value as `changes` writes it.
    public func text(of field: FillableField) -> String? {
        switch field {
        case .jellyfinID: jellyfin?.id.text
        case .tmdbID: tmdb.map(String.init)
        case .tvdbID: tvdb.map(String.init)
        case .imdbID: imdb
        case .radarrID: radarr.map { String($0.id) }
        case .sonarrID: sonarr.map { String($0.id) }
        case .isAnime: isAnime.map(String.init)
        case .posterURL: posterURL
        case .year: year.map(String.init)
        case .overview: overview
        case .availableAt: availableAt?.rfc3339
        }
    }
}
