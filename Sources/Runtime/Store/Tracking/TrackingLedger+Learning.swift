import Database
import Media

extension TrackingLedger {
    /// Takes over the ids an observation brings: by them the request is found from now on, and NULL fields are filled.
    func learn(_ observation: Observation, _ tracked: TrackedRequest, path: String?) throws {
        let keys = observation.keys
        let details = observation.details
        var fresh: [RequestKey] = []
        for download in keys.downloads { fresh.append(RequestKey("download", "", download)) }
        if observation.service == "radarr" || observation.service == "sonarr", let title = keys.arrTitle {
            fresh.append(RequestKey(observation.service, observation.instance, String(title)))
        }
        if let id = keys.seerrRequest, observation.service == "jellyseerr" {
            fresh.append(RequestKey("jellyseerr", observation.instance, String(id)))
        }
        if let file = keys.shokoFile { fresh.append(RequestKey("shoko_file", observation.instance, String(file))) }
        if let path, observation.fact == .imported || observation.fact == .pathChanged || observation.fact == .hasFile {
            fresh += PathKey.levels(of: path).map { RequestKey("path", "", $0) }
        }
        tracked.edit { row in
            fill(&row, from: observation, &fresh)
            guard observation.service == "jellyseerr" else { return }
            row.title = row.title == RequestRecord.untitled ? details[.title] ?? row.title : row.title
            row.overview = row.overview ?? details[.overview]
            row.posterURL = row.posterURL ?? details[.poster]
            row.requestedBy = row.requestedBy ?? details[.requester]
            row.owner = row.owner ?? details[.owner]
            row.variant = row.variant ?? details[.variant].flatMap(Variant.init)
            if let seasons = details[.seasons] { row.seasons = Self.seasons(seasons) }
            if let created = details.integer(.created) {
                row.createdAt = min(row.createdAt, Timestamp(milliseconds: created))
            }
        }
        try add(fresh, to: tracked)
    }

    static func seasons(_ text: String) -> [Int] {
        Set(text.split { $0 == "," || $0 == " " }.compactMap { Int($0) }).sorted()
    }

    private func fill(_ row: inout RequestRecord, from observation: Observation, _ fresh: inout [RequestKey]) {
        let keys = observation.keys
        if row.year == nil { row.year = observation.details.integer(.year) }
        if let tmdb = keys.tmdb, row.tmdb == nil {
            row.tmdb = tmdb
            fresh.append(RequestKey("tmdb", "", String(tmdb)))
        }
        if let tvdb = keys.tvdb, row.tvdb == nil, row.mediaType == .tv {
            row.tvdb = tvdb
            fresh.append(RequestKey("tvdb", "", String(tvdb)))
        }
        if let imdb = keys.imdb, row.imdb == nil {
            row.imdb = imdb
            fresh.append(RequestKey("imdb", "", imdb))
        }
        guard let title = keys.arrTitle else { return }
        let id = InstanceID(instance: observation.instance, id: title)
        if observation.service == "radarr" && row.radarr == nil { row.radarr = id }
        if observation.service == "sonarr" && row.sonarr == nil { row.sonarr = id }
    }

    /// Stores keys and brings home the facts that waited for them.
    func add(_ fresh: [RequestKey], to tracked: TrackedRequest) throws {
        for key in fresh {
            let added = try tx.raw.execute(
                """
                INSERT INTO request_keys(request_id, kind, instance, value) VALUES($1, $2, $3, $4)
                ON CONFLICT DO NOTHING
                """, [.integer(tracked.id), .text(key.kind), .text(key.instance), .text(key.value)])
            guard added == 1 else { continue }
            found[key] = nil
            noteLearned(key)
            try bindUnmatched(key)
        }
    }
}

extension RequestRecord {
    /// Stands for a title until somebody tells it.
    public static let untitled = "Untitled"
}
