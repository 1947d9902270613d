import Database
public import Media

extension StoreTransaction {
    /// Fills NULL fields of one row, guarded by its version and by each field still being NULL.
    ///
    /// - Returns: false when the row has changed since the plan: nothing is written then.
    public func fill(_ change: borrowing PlannedChange, job: Int64) throws -> Bool {
        guard let request = change.requestID, let version = change.version else { return false }
        let fills = change.fills
        func value(_ field: FillableField, _ value: Value) -> Value { fills.contains(field) ? value : .null }
        let record = change.record
        let catalogue = Value(record.integer(PlannedChange.Slot.catalogueID))
        let changed = try raw.execute(
            Self.fillStatement,
            [
                value(.jellyfinID, Value(record.slice(LibraryItem.Slot.id).map(Array.init))),
                value(.jellyfinID, Value(record.text(PlannedChange.Slot.itemInstance))),
                value(.tmdbID, Value(record.number(LibraryItem.Slot.tmdb))),
                value(.tvdbID, Value(record.number(LibraryItem.Slot.tvdb))),
                value(.imdbID, Value(record.text(LibraryItem.Slot.imdb))),
                value(.radarrID, catalogue),
                value(.radarrID, Value(record.text(PlannedChange.Slot.catalogueInstance))),
                value(.sonarrID, catalogue),
                value(.sonarrID, Value(record.text(PlannedChange.Slot.catalogueInstance))),
                value(.isAnime, Value(record.integer(PlannedChange.Slot.isAnime))),
                value(.posterURL, Value(record.text(LibraryItem.Slot.posterURL))),
                value(.year, Value(record.integer(LibraryItem.Slot.year))),
                value(.overview, Value(record.text(LibraryItem.Slot.overview))),
                value(.availableAt, Value(record.integer(PlannedChange.Slot.availableAt))),
                value(.availableAt, Value(record.integer(PlannedChange.Slot.isApproximate))),
                .integer(now.milliseconds), .integer(request), .integer(version),
            ])
        guard changed == 1 else { return false }
        for field in FillableField.allCases where fills.contains(field) {
            try recordChange(
                job: job, request: request, action: "fill", field: field.name, before: nil,
                after: change.value(of: field), source: change.source(of: field))
        }
        try addKeys(change, fills)
        return true
    }

    private static let fillStatement: SQL = """
        UPDATE requests SET
            jellyfin_id = COALESCE(jellyfin_id, $1), jellyfin_instance = COALESCE(jellyfin_instance, $2),
            tmdb_id = COALESCE(tmdb_id, $3), tvdb_id = COALESCE(tvdb_id, $4), imdb_id = COALESCE(imdb_id, $5),
            radarr_id = COALESCE(radarr_id, $6), radarr_instance = COALESCE(radarr_instance, $7),
            sonarr_id = COALESCE(sonarr_id, $8), sonarr_instance = COALESCE(sonarr_instance, $9),
            is_anime = COALESCE(is_anime, $10), poster_url = COALESCE(poster_url, $11), year = COALESCE(year, $12),
            overview = COALESCE(overview, $13), available_at = COALESCE(available_at, $14),
            available_approximate = COALESCE(available_approximate, $15), updated_at = $16, version = version + 1
        WHERE id = $17 AND version = $18
        """

    /// The ids learned become keys by which the row is found from now on.
    private func addKeys(_ change: borrowing PlannedChange, _ fills: FieldSet) throws {
        guard let request = change.requestID else { return }
        if fills.contains(.jellyfinID), let id = change.itemID {
            try addKey(request, "jellyfin", change.record.text(PlannedChange.Slot.itemInstance) ?? "default", id.text)
        }
        for (field, provider) in [(FillableField.tmdbID, Provider.tmdb), (.tvdbID, .tvdb), (.imdbID, .imdb)]
        where fills.contains(field) {
            if let value = change.value(of: field) { try addKey(request, provider.name, "", value) }
        }
        for (field, kind) in [(FillableField.radarrID, "radarr"), (.sonarrID, "sonarr")] where fills.contains(field) {
            let instance = change.record.text(PlannedChange.Slot.catalogueInstance) ?? "default"
            if let value = change.value(of: field) { try addKey(request, kind, instance, value) }
        }
    }

    public func addKey(_ request: Int64, _ kind: String, _ instance: String, _ value: String) throws {
        try raw.execute(
            "INSERT INTO request_keys(request_id, kind, instance, value) VALUES($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            [.integer(request), .text(kind), .text(instance), .text(value)])
    }

    /// Stores a stage that `derive` gave, guarded by the row's version.
    public func setStage(_ request: Int64, to stage: Stage, from before: Stage, version: Int64) throws -> Bool {
        guard let row = try raw.request(request) else { return false }
        let changed = try raw.execute(
            """
            UPDATE requests SET state = $1, state_changed_at = $2, updated_at = $3, version = version + 1
            WHERE id = $4 AND version = $5
            """,
            [
                .text(stage.rawValue), .integer(now.milliseconds), .integer(now.milliseconds), .integer(request),
                .integer(version),
            ])
        guard changed == 1 else { return false }
        count(RequestCount(mediaType: row.mediaType, state: row.state, origin: row.origin), -1)
        count(RequestCount(mediaType: row.mediaType, state: stage, origin: row.origin), 1)
        return true
    }

    /// Replaces the item a row points to, after Jellyfin re-keyed it (library-sync.md §7).
    public func adoptItem(_ change: borrowing PlannedChange, before: JellyfinItemID, job: Int64) throws -> Bool {
        guard let request = change.requestID, let version = change.version, let item = change.itemID else {
            return false
        }
        let instance = change.record.text(PlannedChange.Slot.itemInstance) ?? "default"
        let changed = try raw.execute(
            """
            UPDATE requests SET jellyfin_id = $1, updated_at = $2, version = version + 1
            WHERE id = $3 AND version = $4
            """,
            [.blob(item.bytes), .integer(now.milliseconds), .integer(request), .integer(version)])
        guard changed == 1 else { return false }
        try raw.execute(
            "DELETE FROM request_keys WHERE request_id = $1 AND kind = 'jellyfin' AND value = $2",
            [.integer(request), .text(before.text)])
        try addKey(request, "jellyfin", instance, item.text)
        try recordChange(
            job: job, request: request, action: "adopt", field: FillableField.jellyfinID.name, before: before.text,
            after: item.text, source: "jellyfin")
        return true
    }
}
