public import Database
public import Media

extension Reader {
    public func job(_ id: Int64) throws -> JobRecord? {
        try first("SELECT " + JobRecord.columns + " FROM jobs WHERE id = $1", [.integer(id)]) { JobRecord($0) }
    }

    /// Jobs, newest first; `before` is the id where the previous page ended.
    public func jobs(
        kind: String? = nil, state: JobState? = nil, before: Int64? = nil, limit: Int = 50
    ) throws -> [JobRecord] {
        var text: SQL = "SELECT " + JobRecord.columns + " FROM jobs WHERE id < $1"
        var values: [Value] = [.integer(before ?? .max)]
        if let kind {
            values.append(.text(kind))
            text = text + " AND kind = " + SQL.placeholder(values.count)
        }
        if let state {
            values.append(.text(state.rawValue))
            text = text + " AND state = " + SQL.placeholder(values.count)
        }
        values.append(.integer(Int64(limit)))
        return try rows(text + " ORDER BY id DESC LIMIT " + SQL.placeholder(values.count), values) { JobRecord($0) }
    }

    public func jobCount(kind: String? = nil, state: JobState? = nil) throws -> Int64 {
        var text: SQL = "SELECT count(*) FROM jobs WHERE id > $1"
        var values: [Value] = [0]
        if let kind {
            values.append(.text(kind))
            text = text + " AND kind = " + SQL.placeholder(values.count)
        }
        if let state {
            values.append(.text(state.rawValue))
            text = text + " AND state = " + SQL.placeholder(values.count)
        }
        return try first(text, values) { $0.integer(0) } ?? 0
    }

    /// The job that holds a lane; at most one does.
    public func job(inLane lane: String) throws -> JobRecord? {
        try first("SELECT " + JobRecord.columns + " FROM jobs WHERE lane = $1", [.text(lane)]) { JobRecord($0) }
    }

    /// Jobs that claim to run but whose lease has lapsed at `now`.
    public func lapsedJobs(at now: Timestamp) throws -> [Int64] {
        try rows(
            "SELECT id FROM jobs WHERE state IN ('queued', 'running') AND lease_until < $1 ORDER BY id",
            [.integer(now.milliseconds)]
        ) { $0.integer(0) }
    }

    /// The newest job of a kind that is over, previews and undos too.
    public func lastEnded(kind: String) throws -> JobRecord? {
        try first(
            "SELECT " + JobRecord.columns
                + " FROM jobs WHERE kind = $1 AND finished_at IS NOT NULL ORDER BY id DESC LIMIT 1", [.text(kind)]
        ) { JobRecord($0) }
    }

    /// The newest job of a kind that finished and was more than a preview.
    public func lastFinished(kind: String) throws -> JobRecord? {
        try first(
            "SELECT " + JobRecord.columns
                + " FROM jobs WHERE kind = $1 AND finished_at IS NOT NULL AND undo_of IS NULL AND dry_run = 0 ORDER BY id DESC LIMIT 1",
            [.text(kind)]
        ) { JobRecord($0) }
    }
}
