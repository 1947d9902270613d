import Database
import Media
import Store

/// What becomes of one request of the earlier tracker.
struct ImportedRow: Sendable {
    /// Its id is that of the earlier tracker.
    var record: RequestRecord
    var keys: [IdentifiedKey]

    /// The rows of all requests, by their earlier ids.
    ///
    /// Rows that would carry one identity get rounds of their own, as re-requests have.
    static func all(_ requests: [EarlierRequest], now: Timestamp) -> [Int64: ImportedRow] {
        var taken: Set<String> = []
        var rows: [Int64: ImportedRow] = [:]
        for request in requests {
            var row = ImportedRow(record: record(of: request, now: now), keys: [])
            var round = 1
            repeat {
                row.keys = keys(of: request, origin: row.record.origin, round: round)
                round += 1
            } while !taken.isDisjoint(with: row.keys.compactMap(\.identity))
            taken.formUnion(row.keys.compactMap(\.identity))
            rows[request.id] = row
        }
        return rows
    }

    /// Why nothing is added; nil when it is.
    func reasonToSkip(in reader: Reader) throws -> String? {
        for key in keys {
            guard let identity = key.identity, try reader.request(withIdentity: identity) != nil else { continue }
            return key.key.kind == TrackerImport.service ? "already_imported" : "already_known"
        }
        return nil
    }

    /// Says in a plan what would be added; the applier finds the request by the line's version, which is its earlier id.
    static func describe(_ request: EarlierRequest, in change: inout PlannedChange) {
        typealias Item = LibraryItem.Slot
        typealias Slot = PlannedChange.Slot
        change.record.put(Slot.action, PlanAction.add.rawValue)
        change.record.put(Slot.kind, "imported")
        change.record.put(Slot.version, request.id)
        change.record.put(Slot.items, 1)
        change.record.put(Slot.stage, request.stage.rawValue)
        change.record.put(Item.type, request.mediaType == .tv ? 1 : 0)
        change.record.put(Item.title, request.title)
        if let year = request.year { change.record.put(Item.year, year) }
        if let id = request.tmdb { change.record.put(Item.tmdb, String(id)) }
        if let id = request.tvdb { change.record.put(Item.tvdb, String(id)) }
        if let id = request.imdb { change.record.put(Item.imdb, id) }
        if let item = request.jellyfinID { change.record.put(Item.id, bytes: item.bytes) }
    }

    private static func record(of request: EarlierRequest, now: Timestamp) -> RequestRecord {
        let isFromLibrary = request.seerrID == nil && request.requestedBy == "Library Sync"
        var row = RequestRecord(
            id: request.id, mediaType: request.mediaType, origin: isFromLibrary ? .librarySync : .request,
            title: request.title, state: request.stage, at: request.createdAt ?? now)
        row.year = request.year
        row.overview = request.overview
        row.posterURL = request.posterURL
        row.jellyfin = request.jellyfinID.map { InstanceID(instance: defaultInstance, id: $0) }
        row.tmdb = request.tmdb
        row.tvdb = request.tvdb
        row.imdb = request.imdb
        if request.mediaType == .movie {
            row.radarr = request.radarrID.map { InstanceID(instance: defaultInstance, id: $0) }
        } else {
            row.sonarr = request.sonarrID.map { InstanceID(instance: defaultInstance, id: $0) }
        }
        row.isAnime = request.isAnime
        row.requestedBy = request.requestedBy
        row.seasons = request.seasons.map(Int.init)
        row.quality = request.quality
        row.indexer = request.indexer
        row.releaseGroup = request.releaseGroup
        row.updatedAt = request.updatedAt ?? row.createdAt
        row.stateChangedAt = request.stateChangedAt ?? row.updatedAt
        row.availableAt = request.availableAt
        row.attention = request.attention.map { attention in
            let code: Attention.Code = attention.code == .timeout ? .timeout : .matchFailed
            return Attention(
                code: code, reason: attention.text, since: row.stateChangedAt, source: TrackerImport.service,
                actions: [])
        }
        return row
    }

    /// The earlier tracker knew one instance of each service.
    static let defaultInstance = "default"

    private static func keys(of request: EarlierRequest, origin: Origin, round: Int) -> [IdentifiedKey] {
        let type = request.mediaType.rawValue
        let isMovie = request.mediaType == .movie
        var keys: [IdentifiedKey] = []
        // Known again by id and time of creation, so that two files of different trackers are told apart.
        let mark = "\(request.id)@\(request.createdAt?.milliseconds ?? 0)"
        keys.append(
            IdentifiedKey(TrackerImport.service, mark, identity: "\(type)|\(TrackerImport.service)||\(mark)||||"))
        if let id = request.seerrID {
            keys.append(
                IdentifiedKey(
                    "jellyseerr", instance: defaultInstance, String(id),
                    identity: "\(type)|jellyseerr|\(defaultInstance)|\(id)||||"))
        }
        let seasons = origin == .librarySync ? "" : request.seasons.map(String.init).joined(separator: ",")
        let providers = [
            ("tmdb", request.tmdb.map(String.init)), ("tvdb", request.tvdb.map(String.init)), ("imdb", request.imdb),
        ]
        var hasProvider = false
        for case (let name, let value?) in providers {
            hasProvider = true
            // A request of Seerr is told apart by Seerr's id alone.
            let identity = "\(type)|\(name)||\(value)|\(origin.rawValue)|\(round)||\(seasons)"
            keys.append(IdentifiedKey(name, value, identity: request.seerrID == nil ? identity : nil))
        }
        if let item = request.jellyfinID {
            let identity = "\(type)|jellyfin|\(defaultInstance)|\(item.text)|\(origin.rawValue)|\(round)||\(seasons)"
            keys.append(
                IdentifiedKey(
                    "jellyfin", instance: defaultInstance, item.text,
                    identity: request.seerrID == nil && !hasProvider ? identity : nil))
        }
        if isMovie, let id = request.radarrID {
            keys.append(IdentifiedKey("radarr", instance: defaultInstance, String(id)))
        }
        if !isMovie, let id = request.sonarrID {
            keys.append(IdentifiedKey("sonarr", instance: defaultInstance, String(id)))
        }
        if let id = request.shokoFileID {
            keys.append(IdentifiedKey("shoko_file", instance: defaultInstance, String(id)))
        }
        if let id = request.shokoSeriesID { keys.append(IdentifiedKey("shoko_series", String(id))) }
        if let hash = request.downloadHash { keys.append(IdentifiedKey("download", hash)) }
        return keys
    }
}
