public import Database
public import Media

/// Which requests of Seerr are tracked: those known by their numbers, and rows that wait for theirs.
public struct SeerrStanding: Sendable {
    private var known: Set<InstanceID<Int64>> = []
    private var waiting: [Waiting] = []

    /// A row that a hook without a number made.
    private struct Waiting {
        var mediaType: MediaType
        var tmdb: Int64?
        var tvdb: Int64?
        var variant: Variant?
        var seasons: [Int]
    }

    /// Whether a request has its row: by instance and number, else by medium, variant and seasons (library-sync.md §6).
    public func tracks(_ reading: SeerrReading, instance: String) -> Bool {
        if known.contains(InstanceID(instance: instance, id: reading.id)) { return true }
        return waiting.contains { row in
            guard row.mediaType == reading.mediaType else { return false }
            if let variant = row.variant, variant != reading.variant { return false }
            if !row.seasons.isEmpty && !reading.seasons.isEmpty && row.seasons != reading.seasons { return false }
            if row.mediaType == .tv, let own = row.tvdb, let other = reading.tvdb { return own == other }
            return row.tmdb != nil && row.tmdb == reading.tmdb
        }
    }
}

extension Reader {
    public func seerrStanding() throws -> SeerrStanding { try SeerrStanding(self) }
}

extension SeerrStanding {
    fileprivate init(_ reader: Reader) throws {
        let numbers = try reader.rows("SELECT instance, value FROM request_keys WHERE kind = 'jellyseerr'") { row in
            Int64(row.text(1)).map { InstanceID(instance: row.text(0), id: $0) }
        }
        known = Set(numbers.compactMap(\.self))
        waiting = try reader.rows(
            """
            SELECT r.media_type, r.tmdb_id, r.tvdb_id, r.variant, r.seasons FROM requests r
            WHERE r.origin = 'request' AND NOT EXISTS (
                SELECT 1 FROM request_keys k WHERE k.request_id = r.id AND k.kind = 'jellyseerr')
            """
        ) { row in
            Waiting(
                mediaType: MediaType(rawValue: row.text(0)) ?? .movie, tmdb: row.optionalInteger(1),
                tvdb: row.optionalInteger(2), variant: row.optionalText(3).flatMap(Variant.init),
                seasons: row.text(4).split(separator: ",").compactMap { Int($0) })
        }
    }
}
