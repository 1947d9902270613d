import Database
import Media

extension EarlierRequest {
    /// Reads one row of `requests`, whose history is its timeline by time.
    init(
        id: Int64, _ type: MediaType, _ state: EarlierState, history: [EarlierEvent], _ columns: EarlierColumns,
        _ row: borrowing Row
    ) {
        let shoko = columns.id("shoko_series_id", row)
        self.init(
            id: id, title: columns.text("title", row) ?? "Untitled", mediaType: type,
            stage: Self.stage(state, history), attention: Self.attention(state, history),
            seerrID: columns.id("jellyseerr_id", row), tmdb: columns.id("tmdb_id", row),
            tvdb: columns.id("tvdb_id", row), imdb: columns.imdb("imdb_id", row),
            downloadHash: columns.name("qbit_hash", row), sonarrID: columns.id("sonarr_id", row),
            radarrID: columns.id("radarr_id", row), shokoSeriesID: type == .tv ? shoko : nil,
            shokoFileID: type == .movie ? shoko : nil, isAnime: columns.boolean("is_anime", row),
            alternateTitles: columns.texts("alternate_titles", row), quality: columns.text("quality", row),
            indexer: columns.text("indexer", row), releaseGroup: columns.text("release_group", row),
            fileSize: columns.id("file_size", row), downloadPath: columns.text("download_path", row),
            finalPath: columns.text("final_path", row), jellyfinID: columns.item("jellyfin_id", row),
            requestedBy: columns.text("requested_by", row), posterURL: columns.text("poster_url", row),
            year: columns.id("year", row), overview: columns.text("overview", row),
            seasons: columns.seasons("requested_seasons", row), season: columns.integer("season", row),
            episode: columns.integer("episode", row), createdAt: columns.time("created_at", row),
            updatedAt: columns.time("updated_at", row), stateChangedAt: columns.time("state_changed_at", row),
            availableAt: columns.time("available_at", row))
    }

    /// A request that timed out stands where its timeline last saw it; without any, at its beginning.
    private static func stage(_ state: EarlierState, _ history: [EarlierEvent]) -> Stage {
        state.stage ?? history.last { $0.stage != nil }?.stage ?? .requested
    }

    private static func attention(_ state: EarlierState, _ history: [EarlierEvent]) -> EarlierAttention? {
        let code: EarlierAttention.Code
        switch state {
        case .stage: return nil
        case .timeout: code = .timeout
        case .matchFailed: code = .matchFailed
        }
        return EarlierAttention(code: code, reason: history.last { $0.details != nil }?.details)
    }
}

extension EarlierDeletion {
    /// Reads one row of `deletion_logs`.
    init(id: Int64, _ type: MediaType, steps: [Step], _ columns: EarlierColumns, _ row: borrowing Row) {
        self.init(
            id: id, title: columns.text("title", row) ?? "Untitled", mediaType: type,
            seerrID: columns.id("jellyseerr_id", row), tmdb: columns.id("tmdb_id", row),
            tvdb: columns.id("tvdb_id", row), sonarrID: columns.id("sonarr_id", row),
            radarrID: columns.id("radarr_id", row), shokoSeriesID: columns.id("shoko_series_id", row),
            jellyfinID: columns.item("jellyfin_id", row), posterURL: columns.text("poster_url", row),
            year: columns.id("year", row), isAnime: columns.boolean("is_anime", row),
            source: columns.name("source", row) ?? "external", userID: columns.text("deleted_by_user_id", row),
            userName: columns.text("deleted_by_username", row),
            status: columns.name("status", row) == "complete" ? .complete : .incomplete,
            initiatedAt: columns.time("initiated_at", row), completedAt: columns.time("completed_at", row),
            steps: steps)
    }
}
