import HTTPClient
import Jellyfin
import Media
import Store

/// Items of Jellyfin: they are only reported as gone, never deleted (deletion.md §4).
struct JellyfinCalls: ServiceCalls {
    let jellyfin: Jellyfin
    let shelf: ProviderShelf
    var isGathered: Bool { true }
    var leftText: String { "Jellyfin still lists it" }

    private func items(_ target: Target) -> [(id: JellyfinItemID, item: JellyfinWork.Item)] {
        guard case .items(let work)? = target.step.work else { return [] }
        return work.items.compactMap { item in JellyfinItemID(item.id).map { ($0, item) } }
    }

    func look(at target: Target) async throws -> Sight {
        let held = try await jellyfin.holdings(ids: items(target).map(\.id))
        if held.isEmpty { return .gone }
        let type = target.subject.type
        for item in held where item.kind != .episode {
            let isOther =
                (item.tmdb != nil && target.subject.tmdb != nil && item.tmdb != target.subject.tmdb)
                && (item.kind == .movie) == (type == .movie)
            if isOther { return .changed("Item \(item.id.text) is another title now: \(item.title).") }
        }
        return .there
    }

    /// One report of all paths: each would restart the server's wait for more.
    func call(_ targets: [Target]) async -> [CallOutcome] {
        let paths = targets.map { target in items(target).flatMap { Self.paths($0.item) } }
        do {
            let all = Array(Set(paths.flatMap(\.self))).sorted()
            if !all.isEmpty { try await jellyfin.mediaUpdated(paths: all) }
            return paths.map { $0.isEmpty ? .done("No path known: found missing at its next scan") : .done("Reported") }
        } catch {
            return targets.map { _ in .failed("\(error)") }
        }
    }

    private static func paths(_ item: JellyfinWork.Item) -> [String] {
        let sources = item.sources.filter { $0.contains("/") || $0.contains("\\") }
        return sources.isEmpty ? [item.path].compactMap(\.self) : sources
    }

    /// Gone by id, and not in a complete listing either; of an item that stays, its sources of the copy are gone.
    func isGone(_ target: Target) async throws -> Bool {
        let wanted = items(target)
        let held = try await jellyfin.holdings(ids: wanted.map(\.id))
        for item in held {
            guard let own = wanted.first(where: { $0.id == item.id })?.item, !own.sources.isEmpty else { return false }
            if item.sources.contains(where: { own.sources.contains($0.path ?? $0.id ?? "") }) { return false }
        }
        let whole = wanted.filter(\.item.sources.isEmpty).map(\.id)
        return try await !shelf.lists(anyOf: whole)
    }

    /// Has everything looked through, unless that is under way: a refresh would begin it again.
    func nudge(_ targets: [Target]) async throws -> String? {
        if try await jellyfin.isScanning() { return nil }
        try await jellyfin.refreshLibrary()
        return "Library scan asked for"
    }
}
