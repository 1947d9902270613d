import Database
public import Media

extension StoreTransaction {
    /// Adds episodes and downloads to a row that has none, as they were known elsewhere, and counts the episodes.
    ///
    /// Each download's id becomes a key of the row, so that what is heard of it finds the row.
    public func add(_ episodes: [Episode], _ downloads: [Download], to request: Int64) throws {
        if !episodes.isEmpty {
            var id = try reserveIDs(.episodes, episodes.count)
            for episode in episodes {
                try insert(episode, id: id, request: request)
                id += 1
            }
            let counted = episodes.filter { $0.class == .counted }
            try raw.execute(
                "UPDATE requests SET episodes_available = $1, episodes_aired = $2, episodes_total = $3 WHERE id = $4",
                [
                    .integer(Int64(counted.count { $0.stage == .available })), .integer(Int64(counted.count)),
                    .integer(Int64(episodes.count)), .integer(request),
                ])
        }
        for download in downloads {
            _ = try insert(download, request: request)
            try addKey(request, "download", "", download.downloadID)
        }
    }
}
