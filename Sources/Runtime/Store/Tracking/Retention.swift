import Database
import Media

extension StoreTransaction {
    /// Lets go of observations of closed requests that later ones of the same kind supersede (tracking.md §8).
    ///
    /// The newest of each fact and unit stays, so that deriving again gives the same stage.
    /// - Returns: whether there is more to do.
    public func pruneFacts(olderThan age: Duration) throws -> Bool {
        let limit = now.advanced(by: .zero - age).milliseconds
        let removed = try raw.execute(
            """
            DELETE FROM facts WHERE id IN (
                SELECT f.id FROM facts f JOIN requests r ON r.id = f.request_id
                WHERE r.state IN ('available', 'declined', 'failed', 'deleted') AND r.state_changed_at < $1
                    AND f.observed_at < $2 AND EXISTS (
                        SELECT 1 FROM facts g WHERE g.request_id = f.request_id AND g.fact = f.fact
                            AND COALESCE(g.units, '') = COALESCE(f.units, '') AND g.observed_at > f.observed_at)
                LIMIT 500)
            """, [.integer(limit), .integer(limit)])
        return removed == 500
    }

    /// Removes requests that have been closed for longer than this; rows that a library sync found stay.
    ///
    /// - Returns: whether there is more to do.
    public func pruneRequests(closedFor age: Duration) throws -> Bool {
        let limit = now.advanced(by: .zero - age).milliseconds
        let old = try raw.rows(
            """
            SELECT id FROM requests WHERE origin = 'request' AND state IN ('available', 'declined', 'failed', 'deleted')
                AND state_changed_at < $1 ORDER BY id LIMIT 100
            """, [.integer(limit)]
        ) { $0.integer(0) }
        for id in old {
            guard let row = try raw.request(id) else { continue }
            try removeRequest(row)
        }
        return old.count == 100
    }
}
