public import Database
public import Media

/// One row of `changes`: what a job did to one field, with its provenance.
public struct FieldChange: Sendable {
    public var id: Int64
    public var job: Int64
    public var request: Int64
    /// `add`, `fill`, `stage`, or `adopt`.
    public var action: String
    public var field: String
    public var before: String?
    public var after: String?
    public var source: String
    public var at: Timestamp

    static let columns: SQL = "id, job_id, request_id, action, field, before, after, source, at"

    init(_ row: borrowing Row) {
        id = row.integer(0)
        job = row.integer(1)
        request = row.integer(2)
        action = row.text(3)
        field = row.text(4)
        before = row.optionalText(5)
        after = row.optionalText(6)
        source = row.text(7)
        at = Timestamp(milliseconds: row.integer(8))
    }
}

extension Reader {
    /// Where a request's values came from, newest first.
    public func provenance(of request: Int64) throws -> [FieldChange] {
        try rows(
            "SELECT " + FieldChange.columns + " FROM changes WHERE request_id = $1 ORDER BY id DESC LIMIT 200",
            [.integer(request)]
        ) { FieldChange($0) }
    }

    /// What a job did, in the order it did it.
    public func changes(of job: Int64, after id: Int64, limit: Int) throws -> [FieldChange] {
        try rows(
            "SELECT " + FieldChange.columns + " FROM changes WHERE job_id = $1 AND id > $2 ORDER BY id LIMIT $3",
            [.integer(job), .integer(id), .integer(Int64(limit))]
        ) { FieldChange($0) }
    }

    /// What a job did to rows that were there before it, in the order it did it.
    public func updates(of job: Int64, after id: Int64, limit: Int) throws -> [FieldChange] {
        try rows(
            "SELECT " + FieldChange.columns
                + " FROM changes WHERE job_id = $1 AND id > $2 AND action <> 'add' ORDER BY id LIMIT $3",
            [.integer(job), .integer(id), .integer(Int64(limit))]
        ) { FieldChange($0) }
    }

    /// The job that last wrote a field of a request.
    public func lastWriter(of field: String, request: Int64) throws -> Int64? {
        try first(
            "SELECT job_id FROM changes WHERE request_id = $1 AND field = $2 ORDER BY id DESC LIMIT 1",
            [.integer(request), .text(field)]
        ) { $0.integer(0) }
    }
}

extension StoreTransaction {
    public func recordChange(
        job: Int64, request: Int64, action: String, field: String, before: String?, after: String?, source: String
    ) throws {
        let id = try reserveIDs(.changes)
        try raw.execute(
            """
            INSERT INTO changes(id, job_id, request_id, action, field, before, after, source, at)
            VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """,
            [
                .integer(id), .integer(job), .integer(request), .text(action), .text(field), Value(before),
                Value(after), .text(source), .integer(now.milliseconds),
            ])
    }
}
