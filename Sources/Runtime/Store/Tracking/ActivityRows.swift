public import Database
public import Media

/// The requests of one band of the Activity page, and how many there are in all.
public struct RequestBand: Sendable {
    public var rows: [RequestRecord] = []
    public var total: Int64 = 0
}

extension Stage {
    /// On its way, most advanced first.
    public static let moving: [Stage] = allCases.filter { !$0.isClosed }.sorted { $0.rank > $1.rank }
}

extension RequestFilter {
    static func needingSomebody(visibleTo visibility: Visibility) -> RequestFilter {
        var filter = RequestFilter(visibleTo: visibility)
        filter.and("attention_code IS NOT NULL")
        filter.and("state <> 'deleted'")
        return filter
    }

    static func moving(in stage: Stage, visibleTo visibility: Visibility) -> RequestFilter {
        var filter = RequestFilter(visibleTo: visibility)
        filter.and("attention_code IS NULL")
        filter.and("state = " + filter.placeholder(.text(stage.rawValue)))
        return filter
    }

    /// What was asked for and became playable: ever, or after `since`.
    static func arrived(since: Timestamp? = nil, visibleTo visibility: Visibility) -> RequestFilter {
        var filter = RequestFilter(visibleTo: visibility)
        filter.and("origin = 'request'")
        filter.and("state = 'available'")
        if let since {
            filter.and("available_at > " + filter.placeholder(.integer(since.milliseconds)))
        } else {
            filter.and("available_at IS NOT NULL")
        }
        return filter
    }
}

extension Reader {
    private func requests(_ filter: RequestFilter, orderedBy order: SQL, limit: Int) throws -> [RequestRecord] {
        var filter = filter
        let limit = filter.placeholder(.integer(Int64(limit)))
        return try rows(
            "SELECT " + RequestRecord.columns + " FROM requests" + filter.text + " ORDER BY " + order + " LIMIT "
                + limit, filter.values
        ) { RequestRecord($0) }
    }

    private func count(_ filter: RequestFilter) throws -> Int64 {
        try first("SELECT count(*) FROM requests" + filter.text, filter.values) { $0.integer(0) } ?? 0
    }

    /// What needs somebody, the oldest trouble first.
    public func requestsWithAttention(limit: Int, visibleTo visibility: Visibility) throws -> RequestBand {
        let filter = RequestFilter.needingSomebody(visibleTo: visibility)
        return RequestBand(
            rows: try requests(filter, orderedBy: "attention_since, id", limit: limit), total: try count(filter))
    }

    /// How many requests need somebody.
    public func attentionCount(visibleTo visibility: Visibility = .all) throws -> Int64 {
        try count(.needingSomebody(visibleTo: visibility))
    }

    /// What is on its way and needs nobody: the most advanced first, then the longest in its stage.
    public func movingRequests(limit: Int, visibleTo visibility: Visibility) throws -> RequestBand {
        var band = RequestBand(total: try movingCount(visibleTo: visibility))
        for stage in Stage.moving where band.rows.count < limit {
            band.rows += try requests(
                .moving(in: stage, visibleTo: visibility), orderedBy: "state_changed_at, id",
                limit: limit - band.rows.count)
        }
        return band
    }

    public func movingCount(visibleTo visibility: Visibility = .all) throws -> Int64 {
        try Stage.moving.reduce(0) { try $0 + count(.moving(in: $1, visibleTo: visibility)) }
    }

    /// What was asked for and became playable after `since`, the newest first.
    public func arrivedRequests(
        since: Timestamp, limit: Int, visibleTo visibility: Visibility
    ) throws -> RequestBand {
        let filter = RequestFilter.arrived(since: since, visibleTo: visibility)
        return RequestBand(
            rows: try requests(filter, orderedBy: "available_at DESC, id DESC", limit: limit),
            total: try count(filter))
    }

    public func arrivedCount(since: Timestamp, visibleTo visibility: Visibility) throws -> Int64 {
        try count(.arrived(since: since, visibleTo: visibility))
    }

    /// The newest arrival of all that was asked for.
    public func lastArrival(visibleTo visibility: Visibility = .all) throws -> RequestRecord? {
        try requests(
            .arrived(visibleTo: visibility), orderedBy: "available_at DESC, id DESC", limit: 1
        ).first
    }

    /// How many counted episodes of each request are in which stage.
    public func episodeStages(of requests: [Int64]) throws -> [Int64: [Stage: Int64]] {
        var found: [Int64: [Stage: Int64]] = [:]
        for request in requests {
            try query(
                """
                SELECT state, count(*) FROM episodes WHERE request_id = $1 AND class = 'counted' GROUP BY state
                """, [.integer(request)]
            ) { row in
                if let stage = Stage(rawValue: row.text(0)) { found[request, default: [:]][stage] = row.integer(1) }
            }
        }
        return found
    }

    /// How many requests need somebody, by reason.
    public func attentionCounts(visibleTo visibility: Visibility = .all) throws -> [Attention.Code: Int64] {
        let filter = RequestFilter.needingSomebody(visibleTo: visibility)
        var counts: [Attention.Code: Int64] = [:]
        try query(
            "SELECT attention_code, count(*) FROM requests" + filter.text + " GROUP BY attention_code", filter.values
        ) { row in
            if let code = Attention.Code(rawValue: row.text(0)) { counts[code] = row.integer(1) }
        }
        return counts
    }
}
