import Database
import Media

extension RequestRecord {
    /// Caches what was derived.
    mutating func take(_ derivation: Derivation, now: Timestamp) {
        if state != derivation.stage {
            state = derivation.stage
            stateChangedAt = derivation.since ?? now
        }
        isUncertain = derivation.isUncertain
        note = derivation.note?.packed
        attention = derivation.attention?.keepingBeginning(of: attention)
        quality = derivation.quality ?? quality
        indexer = derivation.indexer ?? indexer
        releaseGroup = derivation.releaseGroup ?? releaseGroup
        progress = derivation.progress
        if derivation.isAnime == true { isAnime = true }
        if origin == .request && mediaType == .tv {
            episodesAvailable = Int64(derivation.episodesAvailable)
            episodesAired = Int64(derivation.episodesAired)
            episodesTotal = derivation.episodesTotal.map(Int64.init)
        }
        if state == .available && availableAt == nil { availableAt = derivation.availableAt }
    }
}

extension Attention {
    /// The same condition keeps its beginning although its words change.
    fileprivate func keepingBeginning(of old: Attention?) -> Attention {
        guard let old, old.code == code, old.source == source else { return self }
        var copy = self
        copy.since = min(old.since, since)
        return copy
    }
}

/// What differs between two states of a row.
struct RowChanges {
    /// Something people see, beyond progress.
    let isVisible: Bool
    let hasProgress: Bool
    let isAny: Bool

    init(_ old: RequestRecord, _ new: RequestRecord, hasNewIdentity: Bool) {
        isVisible =
            hasNewIdentity || old.state != new.state || old.isUncertain != new.isUncertain || old.note != new.note
            || old.attention?.code != new.attention?.code || old.attention?.source != new.attention?.source
            || old.quality != new.quality || old.indexer != new.indexer || old.releaseGroup != new.releaseGroup
            || old.isAnime != new.isAnime || old.episodesAvailable != new.episodesAvailable
            || old.episodesAired != new.episodesAired || old.episodesTotal != new.episodesTotal
            || old.jellyfin != new.jellyfin || old.availableAt != new.availableAt
        hasProgress = old.progress != new.progress
        isAny =
            isVisible || hasProgress || old.attention != new.attention || old.stateChangedAt != new.stateChangedAt
            || old.proof != new.proof || old.episodesReadAt != new.episodesReadAt
            || old.jellyfinReadAt != new.jellyfinReadAt
    }
}

extension TrackingLedger {
    /// Writes the row; keys are written where they are learned.
    ///
    /// What a title is called and who asked for it rarely changes, and three indexes hang on it: SQLite would write each of
    /// them anew for every column that a statement names.
    func update(_ row: RequestRecord, before: RequestRecord) throws {
        if row.title != before.title { try reindex(row, before: before) }
        if !row.isDescribed(as: before) { try tx.raw.execute(Self.describing, Self.description(of: row)) }
        try tx.raw.execute(Self.following, Self.course(of: row))
    }

    private func reindex(_ row: RequestRecord, before: RequestRecord) throws {
        guard tx.raw.backend == .sqlite else { return }
        try tx.raw.execute(
            "INSERT INTO requests_search(requests_search, rowid, title_key) VALUES('delete', $1, $2)",
            [.integer(row.id), .text(TitleKey.fold(before.title))])
        try tx.raw.execute(
            "INSERT INTO requests_search(rowid, title_key) VALUES($1, $2)",
            [.integer(row.id), .text(TitleKey.fold(row.title))])
    }

    private static let describing: SQL = """
        UPDATE requests SET variant = $1, title = $2, title_key = $3, original_title = $4, year = $5, overview = $6,
            poster_url = $7, requested_by = $8, created_at = $9, seasons = $10, owner = $11
        WHERE id = $12
        """

    private static func description(of row: RequestRecord) -> [Value] {
        [
            Value(row.variant?.rawValue), .text(row.title), .text(TitleKey.fold(row.title)), Value(row.originalTitle),
            Value(row.year), Value(row.overview), Value(row.posterURL), Value(row.requestedBy), Value(row.createdAt),
            Value(row.packedSeasons), Value(row.owner), .integer(row.id),
        ]
    }

    private static let following: SQL = """
        UPDATE requests SET jellyfin_instance = $1, jellyfin_id = $2, tmdb_id = $3, tvdb_id = $4, imdb_id = $5,
            radarr_instance = $6, radarr_id = $7, sonarr_instance = $8, sonarr_id = $9, is_anime = $10, state = $11,
            uncertain = $12, updated_at = $13, state_changed_at = $14, available_at = $15, version = $16, note = $17,
            attention_code = $18, attention_reason = $19, attention_since = $20, attention_source = $21,
            attention_actions = $22, quality = $23, indexer = $24, release_group = $25, episodes_available = $26,
            episodes_aired = $27, episodes_total = $28, progress_percent = $29, progress_done = $30,
            progress_total = $31, progress_speed = $32, progress_eta = $33, playable = $34, playable_since = $35,
            stub = $36, absent_since = $37, absent_at = $38, jellyfin_read_at = $39, episodes_read_at = $40
        WHERE id = $41
        """

    private static func course(of row: RequestRecord) -> [Value] {
        [
            Value(row.jellyfin?.instance), Value(row.jellyfin?.id.bytes), Value(row.tmdb), Value(row.tvdb),
            Value(row.imdb), Value(row.radarr?.instance), Value(row.radarr?.id), Value(row.sonarr?.instance),
            Value(row.sonarr?.id), Value(row.isAnime), .text(row.state.rawValue), Value(row.isUncertain),
            Value(row.updatedAt), Value(row.stateChangedAt), Value(row.availableAt), .integer(row.version),
            Value(row.note), Value(row.attention?.code.rawValue), Value(row.attention?.reason),
            Value(row.attention?.since), Value(row.attention?.source),
            Value(row.attention?.actions.joined(separator: ",")), Value(row.quality), Value(row.indexer),
            Value(row.releaseGroup), Value(row.episodesAvailable), Value(row.episodesAired), Value(row.episodesTotal),
            Value(row.progress?.percent), Value(row.progress?.bytesDone), Value(row.progress?.bytesTotal),
            Value(row.progress?.speed), Value(row.progress?.etaSeconds), Value(row.proof.isPlayable),
            Value(row.proof.since), Value(row.proof.stub), Value(row.proof.absentSince), Value(row.proof.absentAt),
            Value(row.jellyfinReadAt), Value(row.episodesReadAt), .integer(row.id),
        ]
    }
}

extension RequestRecord {
    /// Whether the title's name and circumstances are the same.
    fileprivate func isDescribed(as other: RequestRecord) -> Bool {
        variant == other.variant && title == other.title && originalTitle == other.originalTitle && year == other.year
            && overview == other.overview && posterURL == other.posterURL && requestedBy == other.requestedBy
            && createdAt == other.createdAt && seasons == other.seasons && owner == other.owner
    }
}
