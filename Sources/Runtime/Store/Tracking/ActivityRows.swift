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

extension Reader {
    /// What needs somebody, the oldest trouble first.
    public func requestsWithAttention(limit: Int) throws -> RequestBand {
        let rows = try rows(
            "SELECT " + RequestRecord.columns
                + """
                 FROM requests WHERE attention_code IS NOT NULL AND state <> 'deleted' \
                ORDER BY attention_since, id LIMIT $1
                """, [.integer(Int64(limit))]
        ) { RequestRecord($0) }
        return RequestBand(rows: rows, total: try attentionCount())
    }

    /// How many requests need somebody.
    public func attentionCount() throws -> Int64 {
        try first("SELECT count(*) FROM requests WHERE attention_code IS NOT NULL AND state <> 'deleted'") {
            $0.integer(0)
        } ?? 0
    }

    /// What is on its way and needs nobody: the most advanced first, then the longest in its stage.
    public func movingRequests(limit: Int) throws -> RequestBand {
        var band = RequestBand(total: try movingCount())
        for stage in Stage.moving where band.rows.count < limit {
            band.rows += try rows(
                "SELECT " + RequestRecord.columns
                    + """
                     FROM requests WHERE attention_code IS NULL AND state = $1 \
                    ORDER BY state_changed_at, id LIMIT $2
                    """, [.text(stage.rawValue), .integer(Int64(limit - band.rows.count))]
            ) { RequestRecord($0) }
        }
        return band
    }

    public func movingCount() throws -> Int64 {
        try Stage.moving.reduce(0) { sum, stage in
            let count = try first(
                "SELECT count(*) FROM requests WHERE attention_code IS NULL AND state = $1", [.text(stage.rawValue)]
            ) { $0.integer(0) }
            return sum + (count ?? 0)
        }
    }

    /// What was asked for and became playable after `since`, the newest first.
    public func arrivedRequests(since: Timestamp, limit: Int) throws -> RequestBand {
        let rows = try rows(
            "SELECT " + RequestRecord.columns
                + """
                 FROM requests WHERE origin = 'request' AND state = 'available' AND available_at > $1 \
                ORDER BY available_at DESC, id DESC LIMIT $2
                """, [.integer(since.milliseconds), .integer(Int64(limit))]
        ) { RequestRecord($0) }
        return RequestBand(rows: rows, total: try arrivedCount(since: since))
    }

    public func arrivedCount(since: Timestamp) throws -> Int64 {
        try first(
            """
            SELECT count(*) FROM requests WHERE origin = 'request' AND state = 'available' AND available_at > $1
            """, [.integer(since.milliseconds)]
        ) { $0.integer(0) } ?? 0
    }

    /// The newest arrival of all that was asked for.
    public func lastArrival() throws -> RequestRecord? {
        try first(
            "SELECT " + RequestRecord.columns
                + """
                 FROM requests WHERE origin = 'request' AND state = 'available' AND available_at IS NOT NULL \
                ORDER BY available_at DESC, id DESC LIMIT 1
                """
        ) { RequestRecord($0) }
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
    public func attentionCounts() throws -> [Attention.Code: Int64] {
        var counts: [Attention.Code: Int64] = [:]
        try query(
            """
            SELECT attention_code, count(*) FROM requests WHERE attention_code IS NOT NULL AND state <> 'deleted'
            GROUP BY attention_code
            """
        ) { row in
            if let code = Attention.Code(rawValue: row.text(0)) { counts[code] = row.integer(1) }
        }
        return counts
    }
}
