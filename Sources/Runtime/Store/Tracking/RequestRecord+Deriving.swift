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
    func update(_ row: RequestRecord, before: RequestRecord) throws {
        if row.title != before.title { try reindex(row, before: before) }
        try tx.raw.execute(Self.updateStatement, Self.values(of: row))
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

    private static let updateStatement: SQL = """
        UPDATE requests SET variant = $1, title = $2, title_key = $3, original_title = $4, year = $5, overview = $6,
            poster_url = $7, jellyfin_instance = $8, jellyfin_id = $9, tmdb_id = $10, tvdb_id = $11, imdb_id = $12,
            radarr_instance = $13, radarr_id = $14, sonarr_instance = $15, sonarr_id = $16, is_anime = $17,
            state = $18, uncertain = $19, requested_by = $20, created_at = $21, updated_at = $22,
            state_changed_at = $23, available_at = $24, version = $25, seasons = $26, owner = $27, note = $28,
            attention_code = $29, attention_reason = $30, attention_since = $31, attention_source = $32,
            attention_actions = $33, quality = $34, indexer = $35, release_group = $36, episodes_available = $37,
            episodes_aired = $38, episodes_total = $39, progress_percent = $40, progress_done = $41,
            progress_total = $42, progress_speed = $43, progress_eta = $44, playable = $45, playable_since = $46,
            stub = $47, absent_since = $48, absent_at = $49, jellyfin_read_at = $50, episodes_read_at = $51
        WHERE id = $52
        """

    private static func values(of row: RequestRecord) -> [Value] {
        [
            Value(row.variant?.rawValue), .text(row.title), .text(TitleKey.fold(row.title)), Value(row.originalTitle),
            Value(row.year), Value(row.overview), Value(row.posterURL), Value(row.jellyfin?.instance),
            Value(row.jellyfin?.id.bytes), Value(row.tmdb), Value(row.tvdb), Value(row.imdb),
            Value(row.radarr?.instance), Value(row.radarr?.id), Value(row.sonarr?.instance), Value(row.sonarr?.id),
            Value(row.isAnime), .text(row.state.rawValue), Value(row.isUncertain), Value(row.requestedBy),
            Value(row.createdAt), Value(row.updatedAt), Value(row.stateChangedAt), Value(row.availableAt),
            .integer(row.version), Value(row.packedSeasons), Value(row.owner), Value(row.note),
            Value(row.attention?.code.rawValue), Value(row.attention?.reason), Value(row.attention?.since),
            Value(row.attention?.source), Value(row.attention?.actions.joined(separator: ",")), Value(row.quality),
            Value(row.indexer), Value(row.releaseGroup), Value(row.episodesAvailable), Value(row.episodesAired),
            Value(row.episodesTotal), Value(row.progress?.percent), Value(row.progress?.bytesDone),
            Value(row.progress?.bytesTotal), Value(row.progress?.speed), Value(row.progress?.etaSeconds),
            Value(row.proof.isPlayable), Value(row.proof.since), Value(row.proof.stub), Value(row.proof.absentSince),
            Value(row.proof.absentAt), Value(row.jellyfinReadAt), Value(row.episodesReadAt), .integer(row.id),
        ]
    }
}
