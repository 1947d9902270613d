import HTTPClient
import Jellyfin
import Media
import Store

/// Asks Jellyfin to look for a new file, seldom and narrowly (tracking.md §5).
struct LibraryScans: Sendable {
    let jellyfin: Jellyfin
    let tracking: Tracking

    private static let most = 3
    private static let coolDown: Int64 = 600_000

    /// The check's time has come: asks, unless the title is there, was asked for often, or its library just now.
    func run(for id: Int64) async throws {
        guard tracking.settings.scan.isOn else { return }
        let facts = try await tracking.store.read { try $0.trackedRequest(id).map(ScanFacts.init) }
        guard let facts, facts.isWaiting, facts.asked.count < Self.most, let path = facts.path else { return }
        let now = tracking.store.now()
        let common = tracking.settings.commonPath(path.text, path.service, path.instance)
        guard let own = tracking.settings.ownPath(common, "jellyfin", jellyfin.instance) else { return }
        let folder = own.lastIndex { $0 == "/" || $0 == "\\" }.map { String(own[..<$0]) } ?? own
        let libraries = try await jellyfin.virtualFolders()
        guard let library = libraries.first(where: { $0.locations.contains { folder.hasPrefix($0) } }) else { return }
        let mark = "scan|\(jellyfin.instance)|\(library.id.text)"
        let last = try await tracking.store.read { try $0.counter(mark) } ?? 0
        if now.milliseconds - last < Self.coolDown {
            let again = Timestamp(milliseconds: last + Self.coolDown)
            try await tracking.store.write { try $0.scheduleCheck(id, cause: "scan", at: again) }
            return
        }
        if facts.isAnime {
            try await jellyfin.refresh(library.id)
        } else {
            try await jellyfin.mediaUpdated(path: folder)
        }
        var fact = Observation(
            service: "marquee", instance: "", channel: .poll, fact: .scanRequested,
            naturalKey: "scan|\(now.milliseconds)", observedAt: now, receivedAt: now)
        fact.details[.value] = library.name
        let recorded = fact
        try await tracking.book([]) { ledger in
            try ledger.request(id)?.record(recorded)
            try ledger.tx.raw.setCounter(mark, to: now.milliseconds)
        }
    }
}

private struct ScanFacts: Sendable {
    var isWaiting: Bool
    var isAnime: Bool
    var asked: [Timestamp]
    var path: (text: String, service: String, instance: String)?

    init(_ tracked: TrackedRequest) {
        isWaiting =
            [.importing, .animeMatching, .syncingLibrary].contains(tracked.row.state)
            || (tracked.row.mediaType == .tv && tracked.facts.episodes.contains { $0.stage == .syncingLibrary })
        isAnime = tracked.row.isAnime == true
        asked = tracked.facts.observations.filter { $0.fact == .scanRequested }.map(\.observedAt)
        let imports = tracked.facts.observations.filter { $0.fact == .imported || $0.fact == .hasFile }
        let newest = imports.filter(\.holds).max { $0.observedAt < $1.observedAt }
        path = newest.flatMap { fact in fact.details[.path].map { ($0, fact.service, fact.instance) } }
    }
}
