import Jellyfin
import Media
import Store

/// Knows what Jellyfin holds: keeps the index fresh, and looks requests up in it.
actor Librarian {
    enum Answer: String, Sendable {
        case playable
        case notFound = "not_found"
        case metadataOnly = "metadata_only"
        /// Jellyfin could not be read: nothing changes.
        case unknown
    }

    private let jellyfin: Jellyfin
    private let tracking: Tracking
    private var index = LibraryIndex()
    private var version: String?
    /// Whether the newest whole listing proves that what it lacks is gone.
    private var provesAbsence = false
    /// Jellyfin's time up to which changes were read.
    private var readThrough: Timestamp?
    private var reading: Task<Void, any Error>?

    /// Calls per item at most in one look (tracking.md §4).
    private static let callsPerLook = 20
    private static let overlap: Duration = .seconds(300)

    init(_ jellyfin: Jellyfin, _ tracking: Tracking) {
        self.jellyfin = jellyfin
        self.tracking = tracking
    }

    // MARK: The index

    /// Reads the whole library anew.
    func readAll() async throws {
        try await exclusively { try await self.rebuild() }
    }

    /// Reads what changed since the last read; everything the first time.
    func readChanges() async throws {
        guard readThrough != nil else { return try await readAll() }
        try await exclusively { try await self.update() }
    }

    /// One listing at a time: who comes meanwhile waits for it and has its result.
    private func exclusively(_ work: @escaping @Sendable () async throws -> Void) async throws {
        if let reading { return try await reading.value }
        let task = Task { try await work() }
        reading = task
        defer { reading = nil }
        // A stop ends the listing too: whoever else waits for it is stopping as well.
        try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }

    private func rebuild() async throws {
        let server = try await jellyfin.identify()
        version = server.version
        let began = tracking.store.now()
        let fresh = IndexBuilder(path: commonPath)
        let total = try await jellyfin.items([.movie, .series], into: fresh)
        provesAbsence = try await tracking.believes(total, of: "jellyfin", jellyfin.instance)
        fresh.index.completed(at: began)
        index = fresh.index
        readThrough = server.time ?? began
    }

    private func update() async throws {
        let server = try await jellyfin.identify()
        version = server.version
        let since = (readThrough ?? tracking.store.now()).advanced(by: .zero - Self.overlap)
        let changes = IndexBuilder(path: commonPath, onto: index)
        try await jellyfin.changedItems(since: since, version: version, into: changes)
        index = changes.index
        readThrough = server.time ?? tracking.store.now()
    }

    private var commonPath: @Sendable (String) -> String {
        let map = tracking.settings.commonPath
        let instance = jellyfin.instance
        return { map($0, "jellyfin", instance) }
    }

    // MARK: Looking requests up

    /// Looks for these requests in the fresh index and books what the items, read by id, prove.
    ///
    /// - Returns: an answer for each request.
    func look(for requests: [Int64]) async -> [Int64: Answer] {
        let began = tracking.store.now()
        do {
            try await readChanges()
            let answers = try await examine(requests)
            tracking.noteSuccess(of: "jellyfin", "items")
            return answers
        } catch {
            tracking.noteFailure(of: "jellyfin", "items", error, since: began)
            return Dictionary(requests.map { ($0, .unknown) }) { a, _ in a }
        }
    }

    /// Those of which a look can learn anything: the index may hold them, or their own facts lead further.
    func promising(_ open: [LookedFor]) -> [Int64] {
        open.filter { $0.hasTraces || index.holdsAny(of: Sought($0).keys) }.map(\.id)
    }

    /// Looks without asking for changes first: the caller has just read them.
    func examine(_ requests: [Int64]) async throws -> [Int64: Answer] {
        let sought = try await load(requests)
        let readAt = tracking.store.now()
        let candidates = Set(sought.flatMap { index.candidates($0.keys) + $0.items })
        var items: [JellyfinItemID: ItemReading] = [:]
        if !candidates.isEmpty {
            for item in try await jellyfin.items(ids: Array(candidates)) { items[item.id] = item }
        }
        var findings: [Finding] = []
        var calls = 0
        for request in sought {
            let own = (index.candidates(request.keys) + request.items).compactMap { items[$0] }
            findings.append(try await find(request, among: own, &calls, readAt))
        }
        try await book(findings, readAt)
        return Dictionary(findings.map { ($0.request, $0.answer) }) { a, _ in a }
    }

    private func load(_ requests: [Int64]) async throws -> [Sought] {
        let commonPath = tracking.settings.commonPath
        let context = tracking.context
        _ = context
        return try await tracking.store.read { reader in
            try requests.compactMap { try reader.trackedRequest($0) }.map { Sought($0, commonPath: commonPath) }
        }
    }

    struct Finding: Sendable {
        var request: Int64
        var verdicts: [Prover.Verdict]
        /// The show's item; for films none.
        var series: JellyfinItemID?
        /// Whether all of the show's episodes were read.
        var hasReadEpisodes: Bool
        /// Whether what was not found is missing from a library that was listed whole.
        var provesAbsence: Bool
        var answer: Answer
    }

    private func find(
        _ sought: Sought, among items: [ItemReading], _ calls: inout Int, _ readAt: Timestamp
    ) async throws -> Finding {
        let prover = Prover(
            sought: sought, tellsVariants: !tracking.settings.variants.isEmpty, commonPath: commonPath)
        if sought.mediaType == .movie {
            var pool = items
            if sought.isAnime, prover.film(among: items) == nil { pool += try await children(of: items, &calls) }
            let verdict = prover.film(among: pool)
            let answer: Answer = verdict.map { $0.stub == nil ? .playable : .metadataOnly } ?? .notFound
            return Finding(
                request: sought.id, verdicts: verdict.map { [$0] } ?? [], hasReadEpisodes: false,
                provesAbsence: provesAbsence, answer: answer)
        }
        let (shows, isExact) = prover.series(among: items)
        var episodes = items.filter { $0.kind == .episode }
        let isWithinLimit = calls + shows.count <= Self.callsPerLook
        if isWithinLimit {
            for show in shows {
                calls += 1
                episodes += try await jellyfin.episodes(ofSeries: show.id)
            }
        }
        let verdicts = prover.episodes(among: episodes, seriesIsExact: isExact)
        return Finding(
            request: sought.id, verdicts: verdicts, series: shows.first?.id ?? episodes.first?.series,
            hasReadEpisodes: isWithinLimit, provesAbsence: provesAbsence, answer: sought.answer(to: verdicts))
    }

    /// A film may be filed as an episode of a series of its own title (tracking.md §5).
    private func children(of items: [ItemReading], _ calls: inout Int) async throws -> [ItemReading] {
        var found: [ItemReading] = []
        for show in items where show.kind == .series && calls < Self.callsPerLook {
            calls += 1
            found += try await jellyfin.episodes(ofSeries: show.id)
        }
        return found
    }

    private func book(_ findings: [Finding], _ readAt: Timestamp) async throws {
        let instance = jellyfin.instance
        try await tracking.book([]) { ledger in
            for finding in findings {
                guard let tracked = try ledger.request(finding.request) else { continue }
                tracked.take(finding, readAt: readAt, instance: instance)
            }
        }
    }
}

/// Builds an index from a listing, or adds changes to one.
private final class IndexBuilder: ItemReceiver {
    var index: LibraryIndex
    private let base: LibraryIndex
    private let path: (String) -> String

    init(path: @escaping (String) -> String, onto base: LibraryIndex = LibraryIndex()) {
        self.path = path
        self.base = base
        index = base
    }

    func restart() { index = base }
    func receive(_ item: ItemReading) throws { index.add(item, path: item.path.map(path)) }
}

extension Sought {
    /// Playable when every episode that counts is; a stub among them says more than nothing.
    fileprivate func answer(to verdicts: [Prover.Verdict]) -> Librarian.Answer {
        let counted = Set(episodes.filter { $0.class == .counted }.map(\.number))
        let own = verdicts.filter { $0.unit.map { counted.contains($0) } ?? false }
        let playable = Set(own.filter { $0.stub == nil }.compactMap(\.unit))
        if !counted.isEmpty && playable == counted { return .playable }
        return own.contains { $0.stub != nil } ? .metadataOnly : .notFound
    }
}
