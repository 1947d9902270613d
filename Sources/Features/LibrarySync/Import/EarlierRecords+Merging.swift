import Media

/// One request that was stored several times.
struct EarlierMerge: Sendable, Hashable {
    /// The oldest, which stays.
    var kept: Int64
    /// The others, by id.
    var merged: [Int64]
}

extension EarlierRecords {
    /// Merges exact duplicates into the oldest of them, whose story gets theirs.
    ///
    /// Duplicates are rows of one Seerr request, and, where Seerr's id is not known, rows that agree in everything that
    /// says what was asked for. The stage is that of the row that changed last; what the oldest lacks comes from the others.
    mutating func mergeDuplicates() -> [EarlierMerge] {
        var order: [EarlierIdentity] = []
        var groups: [EarlierIdentity: [EarlierRequest]] = [:]
        for request in requests {
            let identity = EarlierIdentity(request)
            if groups[identity] == nil { order.append(identity) }
            groups[identity, default: []].append(request)
        }
        var merges: [EarlierMerge] = []
        var survivors: [Int64: Int64] = [:]
        requests = order.compactMap { identity in
            let rows = (groups[identity] ?? []).sorted { $0.age < $1.age }
            guard let oldest = rows.first else { return nil }
            guard rows.count > 1 else { return oldest }
            let others = rows.dropFirst().map(\.id).sorted()
            merges.append(EarlierMerge(kept: oldest.id, merged: others))
            for id in others { survivors[id] = oldest.id }
            return rows.dropFirst().reduce(oldest) { $0.merged(with: $1) }
        }.sorted { $0.id < $1.id }
        adopt(survivors)
        return merges.sorted { $0.kept < $1.kept }
    }

    /// Gives the merged rows' events and episodes to the row that stays; an episode that both have stays once.
    private mutating func adopt(_ survivors: [Int64: Int64]) {
        guard !survivors.isEmpty else { return }
        for index in events.indices {
            if let survivor = survivors[events[index].requestID] { events[index].requestID = survivor }
        }
        struct Slot: Hashable {
            var request: Int64
            var season: Int64
            var number: Int64
        }
        var places: [Slot: Int] = [:]
        var kept: [EarlierEpisode] = []
        for var episode in episodes {
            let isOwn = survivors[episode.requestID] == nil
            episode.requestID = survivors[episode.requestID] ?? episode.requestID
            let slot = Slot(request: episode.requestID, season: episode.season, number: episode.number)
            if let place = places[slot] {
                if isOwn { kept[place] = episode }
            } else {
                places[slot] = kept.count
                kept.append(episode)
            }
        }
        episodes = kept
    }
}

/// What makes two rows the same request.
private enum EarlierIdentity: Hashable {
    case seerr(MediaType, Int64)
    case exact(Exact)

    struct Exact: Hashable {
        var type: MediaType
        var title: String
        var year: Int64?
        var tmdb: Int64?
        var tvdb: Int64?
        var imdb: String?
        var seasons: [Int64]
        var season: Int64?
        var episode: Int64?
        /// Only where no provider's id tells the title.
        var item: JellyfinItemID?
    }

    init(_ request: EarlierRequest) {
        if let id = request.seerrID {
            self = .seerr(request.mediaType, id)
            return
        }
        let isNamed = request.tmdb != nil || request.tvdb != nil || request.imdb != nil
        self = .exact(
            Exact(
                type: request.mediaType, title: TitleKey.fold(request.title), year: request.year, tmdb: request.tmdb,
                tvdb: request.tvdb, imdb: request.imdb, seasons: request.seasons, season: request.season,
                episode: request.episode, item: isNamed ? nil : request.jellyfinID))
    }
}

extension EarlierRequest {
    /// Orders by time of creation, then by id; rows without a time come last.
    fileprivate var age: (Int64, Int64) { (createdAt?.milliseconds ?? .max, id) }

    /// This row with what it lacks from a younger one, and the stage of whichever changed last.
    fileprivate func merged(with other: EarlierRequest) -> EarlierRequest {
        var row = self
        if let changed = other.stateChangedAt, changed > stateChangedAt ?? Timestamp(milliseconds: .min) {
            row.stage = other.stage
            row.attention = other.attention
            row.stateChangedAt = changed
        }
        if row.attention?.code == other.attention?.code, row.attention?.reason == nil {
            row.attention = other.attention
        }
        row.updatedAt = [updatedAt, other.updatedAt].compactMap { $0 }.max()
        row.tmdb = tmdb ?? other.tmdb
        row.tvdb = tvdb ?? other.tvdb
        row.imdb = imdb ?? other.imdb
        row.downloadHash = downloadHash ?? other.downloadHash
        row.sonarrID = sonarrID ?? other.sonarrID
        row.radarrID = radarrID ?? other.radarrID
        row.shokoSeriesID = shokoSeriesID ?? other.shokoSeriesID
        row.shokoFileID = shokoFileID ?? other.shokoFileID
        row.isAnime = isAnime ?? other.isAnime
        row.alternateTitles = alternateTitles.isEmpty ? other.alternateTitles : alternateTitles
        row.quality = quality ?? other.quality
        row.indexer = indexer ?? other.indexer
        row.releaseGroup = releaseGroup ?? other.releaseGroup
        row.fileSize = fileSize ?? other.fileSize
        row.downloadPath = downloadPath ?? other.downloadPath
        row.finalPath = finalPath ?? other.finalPath
        row.jellyfinID = jellyfinID ?? other.jellyfinID
        row.requestedBy = requestedBy ?? other.requestedBy
        row.posterURL = posterURL ?? other.posterURL
        row.year = year ?? other.year
        row.overview = overview ?? other.overview
        row.seasons = Set(seasons + other.seasons).sorted()
        row.availableAt = [availableAt, other.availableAt].compactMap { $0 }.min()
        return row
    }
}
