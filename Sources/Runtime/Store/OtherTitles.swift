import Database
import Media

extension Schema {
    /// Titles besides the one shown, folded, one to a line, so that a search finds a request in any language.
    static let otherTitlesSQLite = """
        CREATE VIRTUAL TABLE other_titles USING fts5(title_keys, tokenize='trigram');
        INSERT INTO other_titles(rowid, title_keys)
            SELECT id, lower(original_title) FROM requests WHERE original_title IS NOT NULL;
        """

    static let otherTitlesPostgreSQL = """
        CREATE TABLE other_titles(request_id BIGINT PRIMARY KEY, title_keys TEXT COLLATE "C" NOT NULL);
        CREATE INDEX other_titles_search ON other_titles USING gin (title_keys gin_trgm_ops);
        INSERT INTO other_titles(request_id, title_keys)
            SELECT id, lower(original_title) FROM requests WHERE original_title IS NOT NULL;
        """
}

extension StoreTransaction {
    /// Lets the list find a request by these titles too, in place of those it had.
    ///
    /// The title itself needs no place here; of very many, those that come first count.
    public func setOtherTitles(_ titles: [String], of request: Int64) throws {
        var keys: [String] = []
        for title in titles.prefix(Self.mostTitles) {
            let key = TitleKey.fold(String(title.unicodeScalars.prefix(Self.longestTitle)))
            if !key.isEmpty && !keys.contains(where: { $0.utf8.elementsEqual(key.utf8) }) { keys.append(key) }
        }
        let text = keys.joined(separator: "\n")
        let held = try raw.first(Self.otherTitles, [.integer(request)]) { $0.text(0) } ?? ""
        if held.utf8.elementsEqual(text.utf8) { return }
        try removeOtherTitles(of: request)
        if text.isEmpty { return }
        try raw.execute(Self.addOtherTitles, [.integer(request), .text(text)])
    }

    func removeOtherTitles(of request: Int64) throws {
        try raw.execute(Self.dropOtherTitles, [.integer(request)])
    }

    private static let mostTitles = 60
    private static let longestTitle = 300

    private static let otherTitles = SQL.perBackend(
        sqlite: "SELECT title_keys FROM other_titles WHERE rowid = $1",
        postgresql: "SELECT title_keys FROM other_titles WHERE request_id = $1")
    private static let addOtherTitles = SQL.perBackend(
        sqlite: "INSERT INTO other_titles(rowid, title_keys) VALUES($1, $2)",
        postgresql: "INSERT INTO other_titles(request_id, title_keys) VALUES($1, $2)")
    private static let dropOtherTitles = SQL.perBackend(
        sqlite: "DELETE FROM other_titles WHERE rowid = $1",
        postgresql: "DELETE FROM other_titles WHERE request_id = $1")
}
