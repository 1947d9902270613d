import Database
import Media

extension TrackingLedger {
    /// Whether a row found by its medium's id may take a Seerr fact (tracking.md §2.3).
    ///
    /// A fact that carries a request id belongs only to a row that has none yet; one without belongs to the newest row.
    func isSeerrMatch(_ candidate: Candidate, for observation: Observation) -> Bool {
        guard candidate.origin == .request, candidate.mediaType == observation.keys.mediaType else { return false }
        if let said = observation.details[.variant].flatMap(Variant.init), let variant = candidate.variant,
            said != variant
        {
            return false
        }
        if let said = observation.details[.seasons].map(RequestRecord.seasons), !said.isEmpty,
            !candidate.seasons.isEmpty,
            said != candidate.seasons
        {
            return false
        }
        guard observation.keys.seerrRequest != nil else { return true }
        return (try? hasSeerrID(candidate.id, observation.instance)) == false
    }

    private func hasSeerrID(_ request: Int64, _ instance: String) throws -> Bool {
        try tx.raw.first(
            "SELECT 1 FROM request_keys WHERE request_id = $1 AND kind = 'jellyseerr' LIMIT 1", [.integer(request)]
        ) { $0.integer(0) } != nil
    }

    /// Makes the row of a request that Seerr reports for the first time; nothing else makes requests.
    func makeRequest(for observation: Observation, inbox: Int64?) throws -> TrackedRequest? {
        guard observation.service == "jellyseerr", let type = observation.keys.mediaType else { return nil }
        let makes: Set<Observation.Fact> = [.requested, .approved]
        guard makes.contains(observation.fact) || observation.keys.seerrRequest != nil else { return nil }
        guard observation.keys.seerrRequest != nil || observation.keys.tmdb != nil || observation.keys.tvdb != nil
        else {
            return nil
        }
        let tracked = try make(
            RequestRecord(askedFor: observation, type, now: tx.now), identifiedBy: observation)
        try book(observation, on: tracked, path: nil, inbox: inbox)
        return tracked
    }

    /// Stores a row with its keys, looks for it in Jellyfin at once, and brings home what waited for it.
    @discardableResult
    func make(_ fresh: RequestRecord, identifiedBy observation: Observation) throws -> TrackedRequest {
        var row = fresh
        row.id = try tx.reserveIDs(.requests)
        try insert(row)
        let tracked = TrackedRequest(row, [], [], [], isNew: true)
        hold(tracked)
        try addIdentity(observation, of: row)
        if observation.service == "jellyseerr" && observation.keys.seerrRequest != nil {
            try add(providerKeys(of: row), to: tracked)
        } else {
            for key in providerKeys(of: row) { try bindUnmatched(key) }
        }
        try tx.scheduleCheck(row.id, cause: "creation", at: tx.now)
        return tracked
    }

    private func insert(_ row: RequestRecord) throws {
        try tx.raw.execute(
            """
            INSERT INTO requests(id, media_type, origin, variant, title, title_key, year, overview, poster_url, tmdb_id,
                tvdb_id, imdb_id, state, uncertain, requested_by, owner, seasons, created_at, updated_at,
                state_changed_at, version)
            VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, $14, $15, $16, $17, $18, $19, 1)
            """,
            [
                .integer(row.id), .text(row.mediaType.rawValue), .text(row.origin.rawValue),
                Value(row.variant?.rawValue), .text(row.title), .text(TitleKey.fold(row.title)), Value(row.year),
                Value(row.overview), Value(row.posterURL), Value(row.tmdb), Value(row.tvdb), Value(row.imdb),
                .text(row.state.rawValue), Value(row.requestedBy), Value(row.owner), Value(row.packedSeasons),
                .integer(row.createdAt.milliseconds), .integer(row.updatedAt.milliseconds),
                .integer(row.stateChangedAt.milliseconds),
            ])
        if tx.raw.backend == .sqlite {
            try tx.raw.execute(
                "INSERT INTO requests_search(rowid, title_key) VALUES($1, $2)",
                [.integer(row.id), .text(TitleKey.fold(row.title))])
        }
        tx.count(RequestCount(mediaType: row.mediaType, state: row.state, origin: row.origin), 1)
    }

    /// The key whose uniqueness makes a duplicate lose in the database (tracking.md §2.2).
    private func addIdentity(_ observation: Observation, of row: RequestRecord) throws {
        let type = row.mediaType.rawValue
        if observation.service == "jellyseerr", let id = observation.keys.seerrRequest {
            try addKey(
                row.id, RequestKey("jellyseerr", observation.instance, String(id)),
                identity: "\(type)|jellyseerr|\(observation.instance)|\(id)||||")
            return
        }
        for key in providerKeys(of: row) {
            let rest = "request|1|\(row.variant?.rawValue ?? "")|\(row.packedSeasons ?? "")"
            try addKey(row.id, key, identity: "\(type)|\(key.kind)||\(key.value)|\(rest)")
        }
    }

    private func addKey(_ request: Int64, _ key: RequestKey, identity: String) throws {
        try tx.raw.execute(
            "INSERT INTO request_keys(request_id, kind, instance, value, identity) VALUES($1, $2, $3, $4, $5)",
            [.integer(request), .text(key.kind), .text(key.instance), .text(key.value), .text(identity)])
    }

    private func providerKeys(of row: RequestRecord) -> [RequestKey] {
        [
            row.tmdb.map { RequestKey("tmdb", "", String($0)) }, row.tvdb.map { RequestKey("tvdb", "", String($0)) },
            row.imdb.map { RequestKey("imdb", "", $0) },
        ].compactMap(\.self)
    }
}

extension RequestRecord {
    /// A row that has just come into being.
    init(mediaType: MediaType, origin: Origin, title: String) {
        id = 0
        self.mediaType = mediaType
        self.origin = origin
        self.title = title
        state = .requested
        isUncertain = false
        createdAt = Timestamp(milliseconds: 0)
        updatedAt = createdAt
        stateChangedAt = createdAt
        version = 1
        seasons = []
        proof = Proof()
    }

    /// The row of a request as Seerr first tells of it.
    init(askedFor observation: Observation, _ type: MediaType, now: Timestamp) {
        let details = observation.details
        self.init(mediaType: type, origin: .request, title: details[.title] ?? Self.untitled)
        year = details.integer(.year)
        overview = details[.overview]
        posterURL = details[.poster]
        requestedBy = details[.requester]
        owner = details[.owner]
        variant = details[.variant].flatMap(Variant.init)
        seasons = type == .tv ? details[.seasons].map(Self.seasons) ?? [] : []
        tmdb = observation.keys.tmdb
        tvdb = type == .tv ? observation.keys.tvdb : nil
        imdb = observation.keys.imdb
        createdAt = details.integer(.created).map(Timestamp.init(milliseconds:)) ?? observation.observedAt
        updatedAt = now
        stateChangedAt = createdAt
    }

    var packedSeasons: String? { seasons.isEmpty ? nil : seasons.map(String.init).joined(separator: ",") }
}
