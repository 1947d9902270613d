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
    /// Scanning everything is dear: only this long after the import, when nothing narrower is possible.
    private static let wholeAfter: Duration = .seconds(600)

    /// The check's time has come: asks, unless the title is there, was asked for often, or its library just now.
    func run(for id: Int64) async throws {
        guard tracking.settings.scan.isOn else { return }
        let facts = try await tracking.store.read { try $0.trackedRequest(id).map(ScanFacts.init) }
        guard let facts, facts.isWaiting, facts.asked.count < Self.most, let path = facts.path else { return }
        guard let (library, folder) = try await place(of: path) else { return try await runWhole(for: id, path) }
        guard try await mayAsk(library.id.text, for: id) else { return }
        if facts.isAnime {
            try await jellyfin.refresh(library.id)
        } else {
            try await jellyfin.mediaUpdated(path: folder)
        }
        try await note(library.id.text, library.name, for: id)
    }

    /// No library is known to hold the file: all of them, once it has had its time.
    private func runWhole(for id: Int64, _ path: ScanFacts.Path) async throws {
        let due = path.importedAt.advanced(by: Self.wholeAfter)
        guard due <= tracking.store.now() else {
            return try await tracking.store.write { try $0.scheduleCheck(id, cause: "scan", at: due) }
        }
        guard try await mayAsk("*", for: id) else { return }
        try await jellyfin.refreshLibrary()
        try await note("*", nil, for: id)
    }

    /// The library that holds a file, and the file's folder as Jellyfin sees it; nil where no mapping leads to one.
    private func place(of path: ScanFacts.Path) async throws -> (LibraryFolder, folder: String)? {
        let common = tracking.settings.commonPath(path.text, path.service, path.instance)
        guard let own = tracking.settings.ownPath(common, "jellyfin", jellyfin.instance) else { return nil }
        let folder = own.lastIndex { $0 == "/" || $0 == "\\" }.map { String(own[..<$0]) } ?? own
        let library = try await jellyfin.virtualFolders().first { library in
            library.locations.contains { folder == $0 || folder.hasPrefix($0 + "/") || folder.hasPrefix($0 + "\\") }
        }
        return library.map { ($0, folder) }
    }

    /// Whether the library was left alone long enough; if not, the check comes again when it was.
    private func mayAsk(_ library: String, for id: Int64) async throws -> Bool {
        let mark = mark(library)
        let last = try await tracking.store.read { try $0.counter(mark) } ?? 0
        if tracking.store.now().milliseconds - last >= Self.coolDown { return true }
        let again = Timestamp(milliseconds: last + Self.coolDown)
        try await tracking.store.write { try $0.scheduleCheck(id, cause: "scan", at: again) }
        return false
    }

    private func mark(_ library: String) -> String { "scan|\(jellyfin.instance)|\(library)" }

    private func note(_ library: String, _ name: String?, for id: Int64) async throws {
        let now = tracking.store.now()
        let mark = mark(library)
        var fact = Observation(
            service: "marquee", instance: "", channel: .poll, fact: .scanRequested,
            naturalKey: "scan|\(now.milliseconds)", observedAt: now, receivedAt: now)
        fact.details[.value] = name
        let recorded = fact
        try await tracking.book([]) { ledger in
            try ledger.request(id)?.record(recorded)
            try ledger.tx.raw.setCounter(mark, to: now.milliseconds)
        }
    }
}

private struct ScanFacts: Sendable {
    /// Where the newest file lies, by whose word, and since when.
    struct Path: Sendable {
        var text: String
        var service: String
        var instance: String
        var importedAt: Timestamp
    }

    var isWaiting: Bool
    var isAnime: Bool
    var asked: [Timestamp]
    var path: Path?

    init(_ tracked: TrackedRequest) {
        isWaiting =
            [.importing, .animeMatching, .syncingLibrary].contains(tracked.row.state)
            || (tracked.row.mediaType == .tv && tracked.facts.episodes.contains { $0.stage == .syncingLibrary })
        isAnime = tracked.row.isAnime == true
        asked = tracked.facts.observations.filter { $0.fact == .scanRequested }.map(\.observedAt)
        let imports = tracked.facts.observations.filter { $0.fact == .imported || $0.fact == .hasFile }
        let newest = imports.filter(\.holds).max { $0.observedAt < $1.observedAt }
        path = newest.flatMap { fact in
            fact.details[.path].map { path in
                Path(text: path, service: fact.service, instance: fact.instance, importedAt: fact.observedAt)
            }
        }
    }
}
