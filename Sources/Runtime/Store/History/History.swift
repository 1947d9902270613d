public import Database
public import Media

extension Reader {
    /// One page of what has ended, the newest end first, with how many there are: at most 10,000 are counted.
    public func history(_ query: HistoryQuery) throws -> RequestList {
        var filter = RequestFilter(query, backend: backend)
        let counted = try first(
            "SELECT count(*) FROM (SELECT 1 FROM requests" + filter.text + " LIMIT 10001) AS bounded", filter.values
        ) { $0.integer(0) }
        if let cursor = query.after {
            filter.and(
                "(state_changed_at, id) < (" + filter.placeholder(.integer(Int64(cursor.key) ?? 0)) + ", "
                    + filter.placeholder(.integer(cursor.id)) + ")")
        }
        let limit = filter.placeholder(.integer(Int64(query.limit + 1)))
        var rows = try rows(
            "SELECT " + RequestRecord.columns + " FROM requests" + filter.text
                + " ORDER BY state_changed_at DESC, id DESC LIMIT " + limit, filter.values
        ) { RequestRecord($0) }
        let hasMore = rows.count > query.limit
        if hasMore { rows.removeLast() }
        let last = hasMore ? rows.last : nil
        return RequestList(
            requests: rows,
            next: last.map { RequestQuery.Cursor(key: String($0.stateChangedAt.milliseconds), id: $0.id) },
            total: min(counted ?? 0, 10_000), totalIsMinimum: (counted ?? 0) > 10_000)
    }

    /// How many requests ended in which way within a period.
    public func outcomes(in period: Period, visibleTo visibility: Visibility) throws -> [Stage: Int64] {
        let filter = RequestFilter.finished(in: period, visibleTo: visibility)
        // Sums in one walk: grouping would sort a hundred thousand rows.
        return try first(
            """
            SELECT sum(CASE WHEN state = 'available' THEN 1 ELSE 0 END),
                sum(CASE WHEN state = 'failed' THEN 1 ELSE 0 END),
                sum(CASE WHEN state = 'declined' THEN 1 ELSE 0 END),
                sum(CASE WHEN state = 'deleted' THEN 1 ELSE 0 END) FROM requests
            """ + filter.text, filter.values
        ) { row in
            [
                .available: row.integer(0), .failed: row.integer(1), .declined: row.integer(2),
                .deleted: row.integer(3),
            ]
        } ?? [:]
    }
}
