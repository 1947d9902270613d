public import Database
public import Media

/// How long requests stayed in one stage.
public struct StageTime: Sendable, Hashable {
    /// Milliseconds, as is the other.
    public var median: Int64
    /// 95 of a hundred stays were no longer.
    public var percentile95: Int64
    public var count: Int64

    /// The figures of some stays in milliseconds; nil without any.
    ///
    /// Both are stays that happened (nearest rank).
    public init?(_ stays: [Int64]) {
        guard !stays.isEmpty else { return nil }
        let sorted = stays.sorted()
        median = sorted[sorted.count / 2]
        percentile95 = sorted[(sorted.count * 95 + 99) / 100 - 1]
        count = Int64(sorted.count)
    }
}

extension Reader {
    /// How long requests stayed in each stage on their way: of the newest ones that arrived within a period.
    public func stageTimes(
        ofNewest count: Int, in period: Period = Period(), visibleTo visibility: Visibility
    ) throws -> [Stage: StageTime] {
        try stageDurations(ofNewest: count, in: period, visibleTo: visibility)
            .filter { !$0.key.isClosed }.compactMapValues { StageTime($0) }
    }

    /// The single stays in milliseconds behind `stageTimes`.
    public func stageDurations(
        ofNewest count: Int, in period: Period = Period(), visibleTo visibility: Visibility
    ) throws -> [Stage: [Int64]] {
        var filter = RequestFilter.arrived(visibleTo: visibility)
        filter.add(period, of: "available_at")
        let limit = filter.placeholder(.integer(Int64(count)))
        var durations: [Stage: [Int64]] = [:]
        var open: (request: Int64, stage: Stage, since: Int64)?
        try query(
            "SELECT request_id, at, state FROM timeline WHERE state IS NOT NULL AND request_id IN (SELECT id FROM requests"
                + filter.text + " ORDER BY available_at DESC, id DESC LIMIT " + limit
                + ") ORDER BY request_id, at, id", filter.values
        ) { row in
            guard let stage = Stage(rawValue: row.text(2)) else { return }
            let (request, at) = (row.integer(0), row.integer(1))
            if let held = open, held.request == request {
                if held.stage == stage { return }
                durations[held.stage, default: []].append(at - held.since)
            }
            open = (request, stage, at)
        }
        return durations
    }
}
