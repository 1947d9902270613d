extension Schema {
    /// Ids as `JellyfinUserID` writes them, and a way to one user's requests that none of their changes touches.
    static let owners = """
        UPDATE requests SET owner = lower(replace(owner, '-', '')) WHERE owner IS NOT NULL;
        CREATE INDEX requests_owner ON requests(owner, id) WHERE owner IS NOT NULL;
        """
}
