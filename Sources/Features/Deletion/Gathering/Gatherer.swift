import Database
import HTTPClient
import Jellyfin
import Media
import QBittorrent
import Seerr
import Servarr
import Shoko
import Store

/// Asks the store and every service what they hold of a medium.
struct Gatherer: Sendable {
    let store: Store
    let upstreams: DeletionUpstreams
    let settings: DeletionSettings
    let shelf: ProviderShelf?

    /// The facts of one row's medium; nil when there is no such row, or it is deleted.
    func facts(
        of request: Int64, _ options: DeletionOptions, calls: Bool, evenDeleted: Bool = false
    ) async throws -> MediumFacts? {
        guard var facts = try await stored(request, evenDeleted) else { return nil }
        guard calls else { return configured(facts) }
        let row = facts.asked
        let paths = facts.asked.paths + facts.siblings.flatMap(\.paths)
        let arrs = await askArrs(row, options)
        facts.arrs = arrs
        // Sonarr and Radarr may know numbers that nobody else told.
        let entry = arrs.compactMap { $0.entry(for: row) }.first
        let tmdb = row.row.tmdb ?? entry?.tmdb
        let files = Array(Set(paths + arrs.flatMap { commonPaths($0) })).sorted()
        facts.asked.paths = Array(Set(facts.asked.paths + arrs.flatMap { commonPaths($0) })).sorted()
        let known = facts
        async let clients = askClients(options)
        async let shoko = askShoko(known, files, options)
        async let jellyfin = askJellyfin(known, tmdb: tmdb, tvdb: row.row.tvdb ?? entry?.tvdb, options)
        async let seerr = askSeerr(row.row.mediaType, tmdb: tmdb)
        facts.clients = await clients
        facts.shoko = await shoko
        facts.jellyfin = await jellyfin
        facts.seerr = await seerr
        return facts
    }

    private func stored(_ request: Int64, _ evenDeleted: Bool) async throws -> MediumFacts? {
        let commonPath = settings.commonPath
        return try await store.read { reader in
            guard let tracked = try reader.trackedRequest(request), evenDeleted || tracked.row.state != .deleted
            else { return nil }
            var facts = MediumFacts(try RowFacts(tracked, in: reader, commonPath: commonPath))
            for sibling in try reader.siblings(of: tracked.row) {
                guard let other = try reader.trackedRequest(sibling.id) else { continue }
                facts.siblings.append(try RowFacts(other, in: reader, commonPath: commonPath))
            }
            return facts
        }
    }

    /// Without calls only which services there are, and what the row says of them.
    private func configured(_ facts: MediumFacts) -> MediumFacts {
        var facts = facts
        facts.clients = upstreams.torrents.map { ClientFacts($0.instance, .known([])) }
        facts.shoko = upstreams.shoko.map { ShokoFacts($0.instance, .known([])) }
        facts.jellyfin = upstreams.jellyfin.map { JellyfinFacts($0.instance, .known([])) }
        facts.seerr = upstreams.seerr.map { SeerrFacts($0.instance, .known(nil)) }
        facts.arrs = fitting(facts.asked.row.mediaType).map { arr in
            var entries: [ArrEntry] = []
            if let bound = facts.asked.arr, bound.instance == arr.client.instance, let id = ArrTitleID(bound.id) {
                var entry = ArrEntry(id: id, type: facts.asked.row.mediaType, title: facts.asked.row.title, json: "{}")
                // Never called: any number will do.
                entry.tmdb = facts.asked.row.tmdb ?? 1
                entry.tvdb = facts.asked.row.tvdb ?? 1
                entries = [entry]
            }
            return ArrFacts(arr.service, arr.client.instance, variant: arr.variant, entries: .known(entries))
        }
        return facts
    }

    private func fitting(_ type: MediaType) -> [DeletionUpstreams.Arr] {
        upstreams.arrs.filter { $0.client.kind.mediaType == type }
    }

    private func commonPaths(_ arr: ArrFacts) -> [String] {
        (arr.files.value ?? []).compactMap(\.path).map {
            PathKey.normal(settings.commonPath($0, arr.service.rawValue, arr.instance))
        }
    }

    // MARK: Radarr and Sonarr

    private func askArrs(_ row: RowFacts, _ options: DeletionOptions) async -> [ArrFacts] {
        var all: [ArrFacts] = []
        for arr in fitting(row.row.mediaType) {
            var facts = ArrFacts(
                arr.service, arr.client.instance, variant: arr.variant, entries: await entries(arr.client, row))
            if let entry = facts.entry(for: row) { await askMore(of: entry, arr.client, options, &facts) }
            all.append(facts)
        }
        return all
    }

    /// By the native number; by the row's own id where that number is not known.
    private func entries(_ arr: Servarr, _ row: RowFacts) async -> Told<[ArrEntry]> {
        await .asking {
            let number = row.row.mediaType == .movie ? row.row.tmdb : row.row.tvdb
            if let number {
                return arr.kind == .radarr ? try await arr.entries(tmdb: number) : try await arr.entries(tvdb: number)
            }
            guard let bound = row.arr, bound.instance == arr.instance, let id = ArrTitleID(bound.id) else { return [] }
            return try await arr.entry(id).map { [$0] } ?? []
        }
    }

    private func askMore(
        of entry: ArrEntry, _ arr: Servarr, _ options: DeletionOptions, _ facts: inout ArrFacts
    ) async {
        facts.hashes = await .asking { try await arr.downloadHashes(of: entry.id) }
        facts.files = await .asking { try await arr.titleFiles(of: entry.id) }
        if entry.type == .tv {
            facts.episodes = await .asking { try await arr.episodes(of: entry.id.value) }
        }
        guard options.deletesFiles, let path = entry.path else { return }
        facts.overlaps = await .asking {
            var others: [(id: ArrTitleID, title: String, path: String)] = []
            try await arr.titles { title in
                guard title.id != entry.id.value, let other = title.path, Self.overlap(path, other),
                    let id = ArrTitleID(title.id)
                else { return }
                others.append((id, title.title ?? other, other))
            }
            var overlaps: [ArrFacts.Overlap] = []
            for other in others {
                let files = try await arr.titleFiles(of: other.id).compactMap(\.path)
                overlaps.append(ArrFacts.Overlap(title: other.title, path: other.path, files: files))
            }
            return overlaps
        }
    }

    /// Whether one folder equals or contains the other: then the program keeps the files without a word.
    static func overlap(_ one: String, _ other: String) -> Bool {
        let one = PathKey.normal(one)
        let other = PathKey.normal(other)
        return one == other || one.hasPrefix(other + "/") || other.hasPrefix(one + "/")
    }

    // MARK: The others

    private func askClients(_ options: DeletionOptions) async -> [ClientFacts] {
        var all: [ClientFacts] = []
        for client in upstreams.torrents {
            all.append(ClientFacts(client.instance, await .asking { try await client.contentHolders() }))
        }
        return all
    }

    private func askShoko(_ facts: MediumFacts, _ paths: [String], _ options: DeletionOptions) async -> [ShokoFacts] {
        let rows = [facts.asked] + facts.siblings
        let stored = Array(Set(rows.flatMap(\.shokoFiles))).sorted()
        guard options.deletesFiles, facts.asked.row.isAnime == true || !stored.isEmpty else {
            return upstreams.shoko.map { ShokoFacts($0.instance, .known([])) }
        }
        var all: [ShokoFacts] = []
        for shoko in upstreams.shoko {
            let found: Told<[ShokoFileReading]> = await .asking {
                var files: [Int64: ShokoFileReading] = [:]
                for id in stored.compactMap({ ShokoFileID($0) }) {
                    if let file = try await shoko.provenFile(id) { files[file.id] = file }
                }
                for path in paths {
                    // The folder and the name: other services see other beginnings of the path.
                    guard let ending = PathKey.levels(of: path).dropFirst().first ?? PathKey.levels(of: path).first
                    else { continue }
                    for file in try await shoko.files(pathEndsWith: ending) { files[file.id] = file }
                }
                return files.values.sorted { $0.id < $1.id }
            }
            all.append(ShokoFacts(shoko.instance, found))
        }
        return all
    }

    private func askJellyfin(
        _ facts: MediumFacts, tmdb: Int64?, tvdb: Int64?, _ options: DeletionOptions
    ) async -> JellyfinFacts? {
        guard let jellyfin = upstreams.jellyfin, let shelf else { return nil }
        var told = JellyfinFacts(jellyfin.instance, .known([]))
        guard options.deletesFiles else { return told }
        let row = facts.asked.row
        let known = ([facts.asked] + facts.siblings).flatMap(\.items)
        told.items = await .asking {
            let listed = try await shelf.items(row.mediaType, tmdb: tmdb, tvdb: tvdb, imdb: row.imdb)
            let all = listed + known.filter { !listed.contains($0) }
            return try await jellyfin.holdings(ids: all).filter { !$0.isOther(than: row, tmdb: tmdb, tvdb: tvdb) }
        }
        guard case .part = facts.coverage(options), let items = told.items.value else { return told }
        told.episodes = await .asking {
            var episodes: [ItemReading] = []
            for item in items where item.kind == .series { episodes += try await jellyfin.episodes(ofSeries: item.id) }
            return episodes
        }
        return told
    }

    private func askSeerr(_ type: MediaType, tmdb: Int64?) async -> [SeerrFacts] {
        var all: [SeerrFacts] = []
        for seerr in upstreams.seerr {
            guard let tmdb else {
                all.append(SeerrFacts(seerr.instance, .known(nil), hasNumber: false))
                continue
            }
            all.append(SeerrFacts(seerr.instance, await .asking { try await seerr.media(of: type, tmdb: tmdb) }))
        }
        return all
    }
}

extension ItemHolding {
    /// Whether its numbers prove it to be another title; an item without numbers stands for what led to it.
    fileprivate func isOther(than row: RequestRecord, tmdb: Int64?, tvdb: Int64?) -> Bool {
        if kind == .episode { return true }
        // Shokofin may list a film as a series: then its numbers count in another space.
        guard (kind == .movie) == (row.mediaType == .movie) else { return row.isAnime != true }
        let pairs = [(tmdb, self.tmdb), (tvdb, self.tvdb)].compactMap { own, its in
            own.flatMap { own in its.map { own == $0 } }
        }
        if pairs.contains(true) { return false }
        return pairs.contains(false)
    }
}
