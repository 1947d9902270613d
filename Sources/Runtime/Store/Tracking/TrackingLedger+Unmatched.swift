import Database
import Media

extension TrackingLedger {
    /// Keeps an observation that belongs to nobody yet, under its strongest lasting key (tracking.md §2.1).
    func keepUnmatched(_ observation: Observation, path: String?, inbox: Int64?) throws {
        guard !observation.fact.isLevel, observation.fact != .availableHint, observation.service != "jellyfin" else {
            return
        }
        guard let key = observation.waitingKey(path: path) else { return }
        let fact = try tx.raw.first(
            """
            SELECT id FROM facts WHERE request_id = 0 AND service = $1 AND instance = $2 AND fact = $3
                AND natural_key = $4 AND unit_id = 0
            """,
            [
                .text(observation.service), .text(observation.instance), .text(observation.fact.rawValue),
                .text(observation.waitingName),
            ]
        ) { $0.integer(0) }
        if fact != nil { return }
        var stored = observation
        stored.naturalKey = observation.waitingName
        let id = try tx.reserveIDs(.facts)
        try tx.insertFact(stored, id: id, request: 0, inbox: inbox)
        hasUnmatched = true
        try tx.raw.execute(
            "UPDATE facts SET keys = $1, match_key = $2 WHERE id = $3",
            [Value(observation.keys.packed), .text(key), .integer(id)])
    }

    /// Books what waited for this key.
    func bindUnmatched(_ key: RequestKey) throws {
        guard try isAnythingWaiting() else { return }
        let name = "\(key.kind)|\(key.instance)|\(key.value)"
        let waiting = try tx.raw.rows(
            "SELECT " + StoredFact.columns
                + ", keys, inbox_id FROM facts WHERE match_key = $1 ORDER BY observed_at, id",
            [.text(name)]
        ) { row in
            StoredFact(row).map { (fact: $0, keys: row.optionalText(11), inbox: row.optionalInteger(12)) }
        }.compactMap(\.self)
        for item in waiting {
            var observation = item.fact.observation
            observation.naturalKey = Observation.naturalKey(fromWaiting: observation.naturalKey)
            observation.keys = MediaKeys(packed: item.keys ?? "")
            let path = observation.keys.path.map { context.commonPath($0, observation.service, observation.instance) }
            let owners = try self.owners(of: observation, path: path)
            guard !owners.isEmpty else { continue }
            try tx.raw.execute("DELETE FROM facts WHERE id = $1", [.integer(item.fact.id)])
            for (id, units) in owners {
                guard let tracked = try request(id) else { continue }
                observation.units = units
                try book(observation, on: tracked, path: path, inbox: item.inbox)
            }
            if let inbox = item.inbox, let owner = owners.first { try tx.settleInbox(inbox, request: owner.id) }
        }
    }
}

extension TrackingLedger {
    /// Mostly nothing waits at all, and then no key needs to be asked about.
    private func isAnythingWaiting() throws -> Bool {
        if let hasUnmatched { return hasUnmatched }
        let waits =
            try tx.raw.first("SELECT id FROM facts WHERE match_key IS NOT NULL LIMIT 1") { $0.integer(0) } != nil
        hasUnmatched = waits
        return waits
    }
}

extension Observation {
    /// The key a request must learn for this to be tried again: native id, download, upstream id, file name.
    fileprivate func waitingKey(path: String?) -> String? {
        func name(_ key: RequestKey) -> String { "\(key.kind)|\(key.instance)|\(key.value)" }
        if keys.mediaType == .movie, let tmdb = keys.tmdb { return name(RequestKey("tmdb", "", String(tmdb))) }
        if keys.mediaType == .tv, let tvdb = keys.tvdb { return name(RequestKey("tvdb", "", String(tvdb))) }
        if let download = keys.downloads.first { return name(RequestKey("download", "", download)) }
        if let title = keys.arrTitle { return name(RequestKey(service, instance, String(title))) }
        if let path, let file = PathKey.levels(of: path).last { return name(RequestKey("path", "", file)) }
        if let file = keys.shokoFile { return name(RequestKey("shoko_file", instance, String(file))) }
        return nil
    }

    /// Facts of different requests may share a natural key; while they wait they are told apart by their units.
    fileprivate var waitingName: String { naturalKey + "\u{1f}" + units.packed }

    fileprivate static func naturalKey(fromWaiting name: String) -> String {
        name.firstIndex(of: "\u{1f}").map { String(name[..<$0]) } ?? name
    }
}
