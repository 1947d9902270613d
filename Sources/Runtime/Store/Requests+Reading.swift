public import Database
import Media

extension Reader {
    public func request(_ id: Int64) throws -> RequestRecord? {
        try first(RequestRecord.byID, [.integer(id)]) { RequestRecord($0) }
    }

    /// The request, if there is one that the caller may know of: a foreign one is as one that is missing.
    public func request(_ id: Int64, visibleTo visibility: Visibility) throws -> RequestRecord? {
        if visibility == .all { return try request(id) }
        var filter = RequestFilter(visibleTo: visibility)
        filter.and("id = " + filter.placeholder(.integer(id)))
        return try first("SELECT " + RequestRecord.columns + " FROM requests" + filter.text, filter.values) {
            RequestRecord($0)
        }
    }

    /// By which numbers Seerr knows a request, by instance.
    public func seerrIDs(of request: Int64) throws -> [InstanceID<Int64>] {
        try rows(
            "SELECT instance, value FROM request_keys WHERE request_id = $1 AND kind = 'jellyseerr' ORDER BY instance",
            [.integer(request)]
        ) { InstanceID(instance: $0.text(0), id: $0.integer(1)) }
    }

    /// One page, by keyset; deleted rows are left out unless asked for by state.
    public func requests(_ query: RequestQuery) throws -> RequestList {
        var filter = RequestFilter(query, backend: backend)
        let (total, isMinimum) = try total(of: query, filter)
        filter.add(cursor: query.after, sort: query.sort)
        let limit = filter.placeholder(.integer(Int64(query.limit + 1)))
        var rows = try rows(
            "SELECT " + RequestRecord.columns + " FROM requests" + filter.text + query.sort.order + " LIMIT " + limit,
            filter.values
        ) { RequestRecord($0) }
        let hasMore = rows.count > query.limit
        if hasMore { rows.removeLast() }
        return RequestList(
            requests: rows, next: hasMore ? rows.last.map { Self.cursor(after: $0, query.sort) } : nil, total: total,
            totalIsMinimum: isMinimum)
    }

    private static func cursor(after row: RequestRecord, _ sort: RequestQuery.Sort) -> RequestQuery.Cursor {
        let key =
            switch sort {
            case .updated: String(row.updatedAt.milliseconds)
            case .created: String(row.createdAt.milliseconds)
            case .title: TitleKey.fold(row.title)
            case .state: row.state.rawValue
            }
        return RequestQuery.Cursor(key: key, id: row.id)
    }

    /// Exact from the counters where they cover the filter, else counted up to 10,000 (api.md §1).
    private func total(of query: RequestQuery, _ filter: RequestFilter) throws -> (Int64, isMinimum: Bool) {
        let isCovered =
            query.search == nil && query.requestedBy == nil && query.isAnime == nil && query.attention == nil
            && query.place == nil
        if isCovered && query.visibility == .all {
            let matching = try requestCounts().filter { what, _ in
                (query.states.isEmpty ? what.state != .deleted : query.states.contains(what.state))
                    && (query.mediaType == nil || query.mediaType == what.mediaType)
                    && (query.origin == nil || query.origin == what.origin)
            }
            return (matching.values.reduce(0, +), false)
        }
        let counted = try first(
            "SELECT count(*) FROM (SELECT 1 FROM requests" + filter.text + " LIMIT 10001) AS bounded", filter.values
        ) { $0.integer(0) }
        return (min(counted ?? 0, 10_000), (counted ?? 0) > 10_000)
    }
}

extension RequestRecord {
    fileprivate static let byID: SQL = "SELECT " + columns + " FROM requests WHERE id = $1"
}
