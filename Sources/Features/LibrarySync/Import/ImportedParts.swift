import Media
import Store

/// The episodes and downloads of one request of the earlier tracker.
///
/// They are what was known last: the readers correct them as they correct the stage.
struct ImportedParts: Sendable {
    var episodes: [Episode] = []
    var downloads: [Download] = []

    /// The parts of all requests, by their earlier ids; titles that only a library sync found have none.
    static func all(_ records: EarlierRecords, _ rows: [Int64: ImportedRow]) -> [Int64: ImportedParts] {
        let episodes = Dictionary(grouping: records.episodes, by: \.requestID)
        let events = Dictionary(grouping: records.events, by: \.requestID)
        var parts: [Int64: ImportedParts] = [:]
        for request in records.requests {
            guard let row = rows[request.id], row.record.origin == .request else { continue }
            parts[request.id] = ImportedParts(
                request, row.record, episodes[request.id] ?? [], events[request.id] ?? [])
        }
        return parts
    }

    private init(
        _ request: EarlierRequest, _ row: RequestRecord, _ earlier: [EarlierEpisode], _ events: [EarlierEvent]
    ) {
        let own = request.mediaType == .tv ? earlier.filter(\.isNumbered) : []
        episodes = own.map { Episode($0, at: row.updatedAt) }
        var units: [String: [EarlierEpisode]] = [:]
        for episode in own {
            if let hash = episode.downloadHash { units[hash, default: []].append(episode) }
        }
        if let hash = request.downloadHash, units[hash] == nil { units[hash] = [] }
        let grabs = events.filter { $0.stage == .indexed }.compactMap(\.at)
        let service = request.mediaType == .movie ? "radarr" : "sonarr"
        for (hash, episodes) in units.sorted(by: { $0.key < $1.key }) {
            var download = Download(
                service: service, instance: ImportedRow.defaultInstance, downloadID: hash,
                grabbedAt: grabs.min() ?? row.createdAt)
            download.hashes = [hash]
            download.units = episodes.map(\.unit).sorted()
            if hash == request.downloadHash { download.size = request.fileSize }
            // A pack is as far as the least advanced of its episodes.
            let stage = episodes.map(\.stage).min { $0.rank < $1.rank } ?? request.stage
            if stage == .failed {
                download.failedAt = row.stateChangedAt
            } else if stage.rank >= Stage.downloadDone.rank {
                download.doneAt = row.stateChangedAt
            }
            downloads.append(download)
        }
    }
}

extension EarlierEpisode {
    /// Whether season and number are such as a catalogue has.
    fileprivate var isNumbered: Bool { (0...100_000).contains(season) && (0...100_000).contains(number) }

    fileprivate var unit: UnitNumber { UnitNumber(Int(season), Int(number)) }
}

extension Episode {
    fileprivate init(_ earlier: EarlierEpisode, at known: Timestamp) {
        self.init(earlier.unit)
        title = earlier.title
        sonarrID = earlier.sonarrID
        tvdb = earlier.tvdb
        path = earlier.finalPath
        stage = earlier.stage
        proof.item = earlier.jellyfinID
        if earlier.stage == .available && earlier.jellyfinID != nil {
            proof.isPlayable = true
            proof.since = earlier.updatedAt ?? known
        }
    }
}
