import Database
import Media

extension TrackingLedger {
    /// Makes requests of grabs that nobody asked for and that have waited this long
    /// (`MARQUEE_TRACK_UNREQUESTED`, tracking.md §2.1).
    public func trackUnrequested(olderThan age: Duration) throws {
        let limit = tx.now.advanced(by: .zero - age).milliseconds
        let waiting = try tx.raw.rows(
            "SELECT " + StoredFact.columns
                + """
                , keys FROM facts WHERE request_id = 0 AND match_key IS NOT NULL AND fact = 'grabbed'
                    AND received_at < $1 ORDER BY id LIMIT 100
                """, [.integer(limit)]
        ) { row in
            StoredFact(row).map { (fact: $0.observation, keys: row.optionalText(11)) }
        }.compactMap(\.self)
        for item in waiting {
            var observation = item.fact
            observation.keys = MediaKeys(packed: item.keys ?? "")
            // An earlier one of this round may have made its request already.
            guard try owners(of: observation, path: nil).isEmpty else { continue }
            try makeUnrequested(observation)
        }
    }

    private func makeUnrequested(_ observation: Observation) throws {
        guard let type = observation.keys.mediaType, observation.keys.tmdb != nil || observation.keys.tvdb != nil else {
            return
        }
        var row = RequestRecord(askedFor: observation, type, now: tx.now)
        if row.title == RequestRecord.untitled { row.title = observation.details[.release] ?? row.title }
        row.seasons = Set(observation.units.map(\.season)).sorted()
        try make(row, identifiedBy: observation)
    }
}
