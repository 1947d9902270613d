public import Database
public import Media

/// One request within a transaction: its row and facts as loaded, and what has changed since.
public final class TrackedRequest {
    public private(set) var row: RequestRecord
    /// The row as stored.
    private(set) var stored: RequestRecord
    public private(set) var facts: RequestFacts
    public let isNew: Bool

    /// Row numbers beside `facts.observations`; 0 for facts not stored yet.
    private var factIDs: [Int64]
    private var factInboxes: [Int: Int64] = [:]
    private var changedFacts: Set<Int> = []
    private var changedDownloads: Set<Int> = []
    private var changedEpisodes: Set<Int> = []
    /// Whether identity, titles or ids of the row changed: what a running plan must notice.
    public private(set) var hasNewIdentity = false
    /// Whether anything was recorded, so that the stage must be derived anew.
    public private(set) var isDirty: Bool

    init(_ row: RequestRecord, _ known: [StoredFact], _ downloads: [Download], _ episodes: [Episode], isNew: Bool) {
        self.row = row
        self.stored = row
        self.isNew = isNew
        isDirty = isNew
        factIDs = known.map(\.id)
        facts = RequestFacts(mediaType: row.mediaType, origin: row.origin, observations: known.map(\.observation))
        facts.seasons = row.seasons
        facts.downloads = downloads
        facts.episodes = episodes
        facts.episodesReadAt = row.episodesReadAt
        facts.proof = row.proof
        facts.jellyfinReadAt = row.jellyfinReadAt
        facts.createdAt = row.createdAt
        facts.hasSeerrID = known.contains { $0.observation.service == "jellyseerr" }
        facts.isAnime = row.isAnime
        facts.isDeleted = row.state == .deleted
    }

    public var id: Int64 { row.id }

    /// Something outside the facts changed what they prove, such as the time.
    public func touch() { isDirty = true }

    /// Records an observation.
    ///
    /// - Returns: false when it said nothing new.
    @discardableResult
    public func record(_ observation: Observation, inbox: Int64? = nil) -> Bool {
        switch facts.merge(observation) {
        case .known: return false
        case .added(let index):
            factIDs.append(0)
            changedFacts.insert(index)
            factInboxes[index] = inbox
        case .changed(let index): changedFacts.insert(index)
        }
        if observation.service == "jellyseerr" { facts.hasSeerrID = true }
        isDirty = true
        return true
    }

    /// Changes the row itself: titles, ids, scope.
    public func edit(_ change: (inout RequestRecord) -> Void) {
        let before = row
        change(&row)
        guard !row.hasSameIdentity(as: before) else { return }
        facts.seasons = row.seasons
        facts.isAnime = row.isAnime
        hasNewIdentity = true
        isDirty = true
    }

    /// Finds the download that goes by one of these ids, or makes it.
    public func download(
        service: String, instance: String, ids: [String], release: String?, at time: Timestamp
    ) -> Int {
        let known = facts.downloads.firstIndex { download in
            download.service == service && download.instance == instance
                && (ids.contains(download.downloadID) || download.hashes.contains { ids.contains($0) }
                    || (release != nil && download.downloadID == release)
                    || (ids.isEmpty && release != nil && download.release == release))
        }
        if let known {
            if let id = ids.first, facts.downloads[known].downloadID == release, id != release {
                editDownload(known) { $0.downloadID = id }
            }
            return known
        }
        var fresh = Download(
            service: service, instance: instance, downloadID: ids.first ?? release ?? "", grabbedAt: time)
        fresh.release = release
        facts.downloads.append(fresh)
        changedDownloads.insert(facts.downloads.count - 1)
        isDirty = true
        return facts.downloads.count - 1
    }

    public func editDownload(_ index: Int, _ change: (inout Download) -> Void) {
        let before = facts.downloads[index]
        change(&facts.downloads[index])
        guard facts.downloads[index] != before else { return }
        changedDownloads.insert(index)
        isDirty = true
    }

    /// Takes what a reading says of an episode; an unknown episode gets a row.
    public func update(_ reading: EpisodeReading, readAt: Timestamp) {
        if let index = facts.episodes.firstIndex(where: { $0.number == reading.number }) {
            if facts.episodes[index].update(reading, readAt: readAt) {
                changedEpisodes.insert(index)
                isDirty = true
            }
            return
        }
        var episode = Episode(reading.number)
        _ = episode.update(reading, readAt: readAt)
        facts.episodes.append(episode)
        changedEpisodes.insert(facts.episodes.count - 1)
        isDirty = true
    }

    /// The whole list of episodes was read; those it lacks are not dropped: a fact may name them.
    public func listRead(at time: Timestamp) {
        if facts.episodesReadAt == nil { isDirty = true }
        facts.episodesReadAt = max(facts.episodesReadAt ?? time, time)
        row.episodesReadAt = facts.episodesReadAt
    }

    /// Records what Jellyfin proves of the film, or of one episode.
    public func setProof(_ unit: UnitNumber?, _ change: (inout Proof) -> Void) {
        if let unit {
            guard let index = facts.episodes.firstIndex(where: { $0.number == unit }) else { return }
            let before = facts.episodes[index].proof
            change(&facts.episodes[index].proof)
            guard facts.episodes[index].proof != before else { return }
            changedEpisodes.insert(index)
        } else {
            let before = facts.proof
            change(&facts.proof)
            guard facts.proof != before else { return }
            row.proof = facts.proof
        }
        isDirty = true
    }

    /// Jellyfin was read for this request, whatever it said.
    public func jellyfinRead(at time: Timestamp) {
        guard (facts.jellyfinReadAt ?? Timestamp(milliseconds: 0)) < time else { return }
        facts.jellyfinReadAt = time
        row.jellyfinReadAt = time
        isDirty = true
    }

    /// Caches what was derived of the episodes.
    func takeStages(_ states: [UnitNumber: UnitState]) {
        for (index, episode) in facts.episodes.enumerated() {
            guard let state = states[episode.number] else { continue }
            guard state.stage != episode.stage || state.class != episode.class else { continue }
            facts.episodes[index].stage = state.stage
            facts.episodes[index].class = state.class
            changedEpisodes.insert(index)
        }
    }

    func take(_ row: RequestRecord) {
        self.row = row
        stored = row
    }

    /// Writes what changed below the row.
    func saveParts(in tx: StoreTransaction) throws {
        try saveFacts(in: tx)
        try saveEpisodes(in: tx)
        for index in changedDownloads.sorted() {
            if facts.downloads[index].id == 0 {
                facts.downloads[index].id = try tx.insert(facts.downloads[index], request: id)
            } else {
                try tx.update(facts.downloads[index])
            }
        }
        changedDownloads = []
        isDirty = false
    }

    /// New facts take their numbers together: one statement for a whole pack.
    private func saveFacts(in tx: StoreTransaction) throws {
        let fresh = changedFacts.count { factIDs[$0] == 0 }
        var next = fresh == 0 ? 0 : try tx.reserveIDs(.facts, fresh)
        for index in changedFacts.sorted() {
            let fact = facts.observations[index]
            if factIDs[index] == 0 {
                try tx.insertFact(fact, id: next, request: id, inbox: factInboxes[index])
                factIDs[index] = next
                next += 1
            } else {
                try tx.updateFact(factIDs[index], to: fact)
            }
        }
        changedFacts = []
    }

    private func saveEpisodes(in tx: StoreTransaction) throws {
        let fresh = changedEpisodes.count { facts.episodes[$0].id == 0 }
        var next = fresh == 0 ? 0 : try tx.reserveIDs(.episodes, fresh)
        for index in changedEpisodes.sorted() {
            if facts.episodes[index].id == 0 {
                try tx.insert(facts.episodes[index], id: next, request: id)
                facts.episodes[index].id = next
                next += 1
            } else {
                try tx.update(facts.episodes[index])
            }
        }
        changedEpisodes = []
    }
}

extension Reader {
    /// A request with all its facts, to look at.
    public func trackedRequest(_ id: Int64) throws -> TrackedRequest? {
        guard let row = try request(id) else { return nil }
        return TrackedRequest(
            row, try storedFacts(of: id), try downloads(of: id), row.mediaType == .tv ? try episodes(of: id) : [],
            isNew: false)
    }
}

extension RequestRecord {
    fileprivate func hasSameIdentity(as other: RequestRecord) -> Bool {
        title == other.title && originalTitle == other.originalTitle && year == other.year
            && overview == other.overview && posterURL == other.posterURL && tmdb == other.tmdb && tvdb == other.tvdb
            && imdb == other.imdb && radarr == other.radarr && sonarr == other.sonarr && seasons == other.seasons
            && requestedBy == other.requestedBy && owner == other.owner && variant == other.variant
            && isAnime == other.isAnime && jellyfin == other.jellyfin && createdAt == other.createdAt
    }
}
