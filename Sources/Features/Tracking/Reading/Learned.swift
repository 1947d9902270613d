import Store

/// Ids by which requests are known since a transaction, for the readers that hold what belongs to them.
struct Learned: Sendable {
    var downloads: [String]
    /// By `radarr` or `radarr/4k`.
    var titles: [String: Set<Int64>] = [:]

    init(_ ledger: TrackingLedger) {
        downloads = ledger.learnedDownloads
        for key in ledger.learnedTitles {
            guard let id = Int64(key.value) else { continue }
            titles[key.instance == "default" ? key.kind : "\(key.kind)/\(key.instance)", default: []].insert(id)
        }
    }
}
