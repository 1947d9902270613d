extension Schema {
    /// What History reads: ends in their order, requests by when they were made, and who made them.
    ///
    /// `origin` stands in them for SQLite, which reads a row for a column that the condition has settled already. Each is
    /// partial, so that a library of a hundred thousand titles is not in them, and a request under way touches
    /// none of them but at its beginning and end.
    static let history = """
        CREATE INDEX requests_history ON requests(state_changed_at, id, state, media_type, owner, origin)
            WHERE origin = 'request' AND state NOT IN ('requested', 'approved', 'indexed', 'downloading',
                'download_done', 'importing', 'anime_matching', 'syncing_library');
        CREATE INDEX requests_asked ON requests(created_at, owner, origin) WHERE origin = 'request';
        CREATE INDEX requests_requester ON requests(requested_by)
            WHERE origin = 'request' AND requested_by IS NOT NULL;
        """
}
