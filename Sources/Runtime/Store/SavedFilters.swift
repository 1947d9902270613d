public import Database
public import Media

/// A filter of the list of requests that somebody keeps under a name.
public struct SavedFilter: Sendable, Hashable {
    public var id: Int64
    public var name: String
    /// The part of the list's address after the `?`, percent-encoded.
    public var query: String
    public var savedAt: Timestamp
}

/// Somebody keeps as many filters as one may.
public struct TooManyFilters: Error, Hashable {
    /// How many one may keep.
    public static let limit = 50
}

extension Schema {
    /// What people keep of the list of requests.
    static let lists = """
        CREATE TABLE saved_filters(
            id {id},
            keeper {text} NOT NULL,
            name {text} NOT NULL,
            query {text} NOT NULL,
            saved_at {int} NOT NULL,
            UNIQUE(keeper, name)
        ) {strict};
        """
}

extension Reader {
    /// What somebody keeps, by name.
    public func savedFilters(of keeper: String) throws -> [SavedFilter] {
        try rows(
            "SELECT id, name, query, saved_at FROM saved_filters WHERE keeper = $1 ORDER BY name", [.text(keeper)]
        ) { row in
            SavedFilter(
                id: row.integer(0), name: row.text(1), query: row.text(2),
                savedAt: Timestamp(milliseconds: row.integer(3)))
        }
    }
}

extension StoreTransaction {
    /// Keeps a filter for somebody; one of the same name is replaced.
    ///
    /// - Throws: `TooManyFilters`.
    public func saveFilter(_ name: String, _ query: String, for keeper: String) throws -> SavedFilter {
        let held = try raw.savedFilters(of: keeper)
        if let known = held.first(where: { $0.name.unicodeScalars.elementsEqual(name.unicodeScalars) }) {
            try raw.execute(
                "UPDATE saved_filters SET query = $1, saved_at = $2 WHERE id = $3",
                [.text(query), .integer(now.milliseconds), .integer(known.id)])
            return SavedFilter(id: known.id, name: name, query: query, savedAt: now)
        }
        guard held.count < TooManyFilters.limit else { throw TooManyFilters() }
        let id = try reserveIDs(.savedFilters)
        try raw.execute(
            "INSERT INTO saved_filters(id, keeper, name, query, saved_at) VALUES($1, $2, $3, $4, $5)",
            [.integer(id), .text(keeper), .text(name), .text(query), .integer(now.milliseconds)])
        return SavedFilter(id: id, name: name, query: query, savedAt: now)
    }

    /// Lets go of a filter of somebody's own; false when they keep none of that number.
    public func removeFilter(_ id: Int64, of keeper: String) throws -> Bool {
        try raw.execute(
            "DELETE FROM saved_filters WHERE id = $1 AND keeper = $2", [.integer(id), .text(keeper)]) > 0
    }
}
