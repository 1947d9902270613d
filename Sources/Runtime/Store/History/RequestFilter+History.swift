import Database
import Media

extension RequestFilter {
    /// What was asked for and has ended within a period.
    ///
    /// What a library sync found never began as a request, so it does not end as one. The literals are those of the
    /// index `requests_history`; SQLite would take `state IN (…)` for a reason to use an index that is not in order.
    static func finished(in period: Period, visibleTo visibility: Visibility) -> RequestFilter {
        var filter = RequestFilter(visibleTo: visibility)
        filter.and("origin = 'request'")
        filter.and(
            """
            state NOT IN ('requested', 'approved', 'indexed', 'downloading', 'download_done', 'importing', \
            'anime_matching', 'syncing_library')
            """)
        filter.add(period, of: "state_changed_at")
        return filter
    }

    /// What was asked for within a period, whatever became of it.
    static func asked(in period: Period, visibleTo visibility: Visibility) -> RequestFilter {
        var filter = RequestFilter(visibleTo: visibility)
        filter.and("origin = 'request'")
        filter.add(period, of: "created_at")
        return filter
    }

    init(_ query: HistoryQuery, backend: Backend) {
        self = .finished(in: query.period, visibleTo: query.visibility)
        if !query.states.isEmpty { add(ends: query.states) }
        if let type = query.mediaType { and("media_type = " + placeholder(.text(type.rawValue))) }
        if let user = query.requestedBy { and("requested_by = " + placeholder(.text(Self.withoutNUL(user)))) }
        if let search = query.search { add(search: TitleKey.fold(Self.withoutNUL(search)), backend: backend) }
    }

    /// Each once, however often it was asked for: a statement takes so many values and no more.
    private mutating func add(ends states: [Stage]) {
        var list: SQL = ""
        for state in Stage.finished where states.contains(state) {
            list = list + (list.text.isEmpty ? "" : ", ") + placeholder(.text(state.rawValue))
        }
        // Not the bare column, for the reason above; a stage in which nothing ends matches nothing.
        and(list.text.isEmpty ? "1 = 0" : "state || '' IN (" + list + ")")
    }

    mutating func add(_ period: Period, of column: SQL) {
        if let since = period.since { and(column + " >= " + placeholder(.integer(since.milliseconds))) }
        if let until = period.until { and(column + " < " + placeholder(.integer(until.milliseconds))) }
    }
}
