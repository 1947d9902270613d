import Database
import Media

extension TrackingLedger {
    /// Takes over the ids an observation brings: by them the request is found from now on, and NULL fields are filled.
    func learn(_ observation: Observation, _ tracked: TrackedRequest, path: String?) throws {
        let keys = observation.keys
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
        tracked.edit { row in fresh += row.learn(observation) }
        if !observation.otherTitles.isEmpty {
            let titles = [tracked.row.originalTitle ?? ""] + observation.otherTitles
            try tx.setOtherTitles(titles, of: tracked.id)
        }
        try add(fresh, to: tracked)
    }

    /// Stores keys and brings home the facts that waited for them.
    func add(_ fresh: [RequestKey], to tracked: TrackedRequest) throws {
        // Who was found by a key has it.
        for key in fresh where !(found[key]?.contains { $0.id == tracked.id } ?? false) {
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

    /// Fills NULL fields from an observation, and takes what Seerr says of its own request.
    ///
    /// - Returns: the keys by which the row is known from now on.
    mutating func learn(_ observation: Observation) -> [RequestKey] {
        let fresh = fillIDs(from: observation)
        guard observation.service == "jellyseerr" else { return fresh }
        let details = observation.details
        title = title == Self.untitled ? details[.title] ?? title : title
        overview = overview ?? details[.overview]
        posterURL = posterURL ?? details[.poster]
        requestedBy = requestedBy ?? details[.requester]
        owner = owner ?? details[.owner]
        variant = variant ?? details[.variant].flatMap(Variant.init)
        if let told = details[.seasons] { seasons = Self.seasons(told) }
        if let created = details.integer(.created) { createdAt = min(createdAt, Timestamp(milliseconds: created)) }
        return fresh
    }

    private mutating func fillIDs(from observation: Observation) -> [RequestKey] {
        let keys = observation.keys
        var fresh: [RequestKey] = []
        if let original = observation.otherTitles.first, !original.isEmpty, originalTitle == nil,
            TitleKey.fold(original) != TitleKey.fold(title)
        {
            originalTitle = original
        }
        if year == nil { year = observation.details.integer(.year) }
        if let id = keys.tmdb, tmdb == nil {
            tmdb = id
            fresh.append(RequestKey("tmdb", "", String(id)))
        }
        if let id = keys.tvdb, tvdb == nil, mediaType == .tv {
            tvdb = id
            fresh.append(RequestKey("tvdb", "", String(id)))
        }
        if let id = keys.imdb, imdb == nil {
            imdb = id
            fresh.append(RequestKey("imdb", "", id))
        }
        guard let number = keys.arrTitle else { return fresh }
        let id = InstanceID(instance: observation.instance, id: number)
        if observation.service == "radarr" && radarr == nil { radarr = id }
        if observation.service == "sonarr" && sonarr == nil { sonarr = id }
        return fresh
    }

    static func seasons(_ text: String) -> [Int] {
        Set(text.split { $0 == "," || $0 == " " }.compactMap { Int($0) }).sorted()
    }
}
