import Changes
public import Database
public import Media

/// Something a sync saw that needs a person: a conflict, a drift, an ambiguity.
public struct Finding: Sendable {
    public enum State: String, Sendable, CaseIterable {
        case open, resolved, ignored, gone
    }

    public var id: Int64
    /// `conflict`, a quarantine reason, or a drift kind.
    public var kind: String
    /// What the finding is about; one finding per subject.
    public var subject: String
    public var request: Int64?
    public var mediaType: MediaType
    public var title: String
    public var year: Int64?
    /// Both sides and candidates, as JSON.
    public var detail: String
    public var state: State
    public var choice: String?
    public var job: Int64
    public var createdAt: Timestamp
    public var updatedAt: Timestamp
    public var resolvedAt: Timestamp?
    public var resolvedBy: String?

    static let columns: SQL = """
        id, kind, subject, request_id, media_type, title, year, detail, state, choice, job_id, created_at, updated_at, \
        resolved_at, resolved_by
        """

    init(_ row: borrowing Row) {
        id = row.integer(0)
        kind = row.text(1)
        subject = row.text(2)
        request = row.optionalInteger(3)
        mediaType = MediaType(rawValue: row.text(4)) ?? .movie
        title = row.text(5)
        year = row.optionalInteger(6)
        detail = row.text(7)
        state = State(rawValue: row.text(8)) ?? .open
        choice = row.optionalText(9)
        job = row.integer(10)
        createdAt = Timestamp(milliseconds: row.integer(11))
        updatedAt = Timestamp(milliseconds: row.integer(12))
        resolvedAt = row.optionalInteger(13).map(Timestamp.init(milliseconds:))
        resolvedBy = row.optionalText(14)
    }
}

/// A finding as a run reports it.
public struct NewFinding: Sendable {
    public var kind: String
    public var subject: String
    public var request: Int64?
    public var mediaType: MediaType
    public var title: String
    public var year: Int64?
    public var detail: String

    public init(
        kind: String, subject: String, request: Int64?, mediaType: MediaType, title: String, year: Int64?,
        detail: String
    ) {
        self.kind = kind
        self.subject = subject
        self.request = request
        self.mediaType = mediaType
        self.title = title
        self.year = year
        self.detail = detail
    }
}

extension Reader {
    public func findings(state: Finding.State?, kind: String? = nil, after id: Int64 = 0, limit: Int) throws
        -> [Finding]
    {
        var text: SQL = "SELECT " + Finding.columns + " FROM findings WHERE id > $1"
        var values: [Value] = [.integer(id)]
        if let state {
            values.append(.text(state.rawValue))
            text = text + " AND state = " + SQL.placeholder(values.count)
        }
        if let kind {
            values.append(.text(kind))
            text = text + " AND kind = " + SQL.placeholder(values.count)
        }
        values.append(.integer(Int64(limit)))
        return try rows(text + " ORDER BY id LIMIT " + SQL.placeholder(values.count), values) { Finding($0) }
    }

    public func finding(_ id: Int64) throws -> Finding? {
        try first("SELECT " + Finding.columns + " FROM findings WHERE id = $1", [.integer(id)]) { Finding($0) }
    }

    public func findingCount(state: Finding.State, kind: String? = nil) throws -> Int64 {
        var text: SQL = "SELECT count(*) FROM findings WHERE state = $1"
        var values: [Value] = [.text(state.rawValue)]
        if let kind {
            values.append(.text(kind))
            text = text + " AND kind = $2"
        }
        return try first(text, values) { $0.integer(0) } ?? 0
    }

    /// Subjects somebody looked at and found to be in order.
    public func subjectsKeptApart() throws -> Set<String> {
        Set(try rows("SELECT subject FROM findings WHERE choice = 'keep_apart'") { $0.text(0) })
    }
}

extension StoreTransaction {
    /// Reports a finding: new, seen again, or reopened; an ignored one stays ignored.
    public func report(_ finding: NewFinding, job: Int64) throws {
        let id = try reserveIDs(.findings)
        try raw.execute(
            """
            INSERT INTO findings(id, kind, subject, request_id, media_type, title, year, detail, state, job_id,
                created_at, updated_at)
            VALUES($1, $2, $3, $4, $5, $6, $7, $8, 'open', $9, $10, $11)
            ON CONFLICT(subject) DO UPDATE SET
                kind = excluded.kind, request_id = excluded.request_id, title = excluded.title, year = excluded.year,
                detail = excluded.detail, job_id = excluded.job_id, updated_at = excluded.updated_at,
                choice = CASE findings.state WHEN 'ignored' THEN findings.choice END,
                resolved_at = CASE findings.state WHEN 'ignored' THEN findings.resolved_at END,
                resolved_by = CASE findings.state WHEN 'ignored' THEN findings.resolved_by END,
                state = CASE findings.state WHEN 'ignored' THEN 'ignored' ELSE 'open' END
            """,
            [
                .integer(id), .text(finding.kind), .text(finding.subject), Value(finding.request),
                .text(finding.mediaType.rawValue), .text(finding.title), Value(finding.year), .text(finding.detail),
                .integer(job), .integer(now.milliseconds), .integer(now.milliseconds),
            ])
    }

    /// Closes open findings that the run `job` looked for and did not see again.
    public func closeFindings(notSeenBy job: Int64, kinds: [String]) throws {
        for kind in kinds {
            try raw.execute(
                "UPDATE findings SET state = 'gone', updated_at = $1 WHERE state = 'open' AND job_id < $2 AND kind = $3",
                [.integer(now.milliseconds), .integer(job), .text(kind)])
        }
        try emit(.finding)
    }

    public func resolve(_ finding: Int64, as state: Finding.State, choice: String, by user: String) throws {
        try raw.execute(
            """
            UPDATE findings SET state = $1, choice = $2, resolved_at = $3, resolved_by = $4, updated_at = $3
            WHERE id = $5
            """,
            [.text(state.rawValue), .text(choice), .integer(now.milliseconds), .text(user), .integer(finding)])
        try emit(.finding, object: finding)
    }
}
