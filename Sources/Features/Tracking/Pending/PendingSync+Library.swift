import Jellyfin
import Jobs
import Media
import Servarr
import Store

extension PendingSync {
    /// Series whose episodes are read in one run (library-sync.md §9); others are settled by the next reconciliation.
    private static var seriesPerRun: Int { 20 }

    /// Reads which of the requests Jellyfin plays: one listing, and the episodes of the few series it holds.
    func readLibrary(into held: PendingHoldings, _ progress: Progress) async throws {
        guard let jellyfin = upstreams.jellyfin else { return }
        let commonPath = tracking.settings.commonPath
        let instance = jellyfin.instance
        let provers = held.open.compactMap { index -> (index: Int, prover: Prover)? in
            guard let tracked = held.requests[index].newcomer.preview() else { return nil }
            let prover = Prover(
                sought: Sought(tracked, commonPath: commonPath), tellsVariants: !held.variants.isEmpty,
                commonPath: { commonPath($0, "jellyfin", instance) })
            return (index, prover)
        }
        let shelf = Shelf(Set(provers.flatMap { $0.prover.sought.keys })) { commonPath($0, "jellyfin", instance) }
        try await tolerating("jellyfin", instance, held) {
            try await jellyfin.items([.movie, .series], into: shelf)
            progress.report("gather", done: held.requests.count)
            var series = 0
            for (index, prover) in provers {
                try progress.checkCancellation()
                let items = shelf.items(prover.sought.keys)
                guard !items.isEmpty else { continue }
                if prover.sought.mediaType == .movie {
                    held.requests[index].proofs = prover.film(among: items).map { [$0] } ?? []
                    continue
                }
                let (shows, isExact) = prover.series(among: items)
                guard isExact, !shows.isEmpty, series + shows.count <= Self.seriesPerRun else { continue }
                series += shows.count
                try await readEpisodes(of: index, shows, prover, jellyfin, held)
            }
        }
    }

    /// What Sonarr counts, and what Jellyfin plays of it.
    private func readEpisodes(
        of index: Int, _ shows: [ItemReading], _ prover: Prover, _ jellyfin: Jellyfin, _ held: PendingHoldings
    ) async throws {
        guard let title = held.requests[index].sonarrTitle,
            let sonarr = upstreams.servarr.first(where: { $0.kind == .sonarr && $0.instance == title.instance }),
            let tracked = held.requests[index].newcomer.preview()
        else { return }
        try await tolerating("sonarr", title.instance, held) {
            held.requests[index].episodes = try await sonarr.episodes(of: title.id)
        }
        for episode in held.requests[index].episodes { tracked.update(episode, readAt: held.readAt) }
        var items: [ItemReading] = []
        for show in shows { items += try await jellyfin.episodes(ofSeries: show.id) }
        var sought = prover.sought
        sought.episodes = tracked.facts.episodes
        let reader = Prover(sought: sought, tellsVariants: prover.tellsVariants, commonPath: prover.commonPath)
        held.requests[index].proofs = reader.episodes(among: items, seriesIsExact: true)
    }
}

/// The items of a listing that carry a wanted key.
private final class Shelf: ItemReceiver {
    private let wanted: Set<String>
    private let path: (String) -> String
    private var byKey: [String: [ItemReading]] = [:]

    init(_ wanted: Set<String>, path: @escaping (String) -> String) {
        self.wanted = wanted
        self.path = path
    }

    func restart() { byKey = [:] }

    func receive(_ item: ItemReading) throws {
        for key in Set(LibraryIndex.keys(of: item, path: item.path.map(path))) where wanted.contains(key) {
            byKey[key, default: []].append(item)
        }
    }

    /// Every item that carries one of the keys, once.
    func items(_ keys: [String]) -> [ItemReading] {
        var seen: Set<JellyfinItemID> = []
        return keys.flatMap { byKey[$0] ?? [] }.filter { seen.insert($0.id).inserted }
    }
}
