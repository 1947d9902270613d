public import Database

extension Reader {
    /// Who has asked for something, by name, at most `limit` of them.
    ///
    /// Each name is a step of its own in the index, so that a hundred thousand requests of five people are five steps.
    public func requesters(limit: Int) throws -> [String] {
        try rows(
            """
            WITH RECURSIVE names(name) AS (
                SELECT min(requested_by) FROM requests WHERE origin = 'request' AND requested_by IS NOT NULL
                UNION ALL
                SELECT (SELECT min(requested_by) FROM requests
                    WHERE origin = 'request' AND requested_by IS NOT NULL AND requested_by > names.name)
                FROM names WHERE names.name IS NOT NULL
            ) SELECT name FROM names WHERE name IS NOT NULL LIMIT $1
            """, [.integer(Int64(limit))]
        ) { $0.text(0) }
    }
}
