import HTTPClient
import Media
import Servarr
import Store

/// Reads an *arr's history, its list of titles, and the episodes of open shows.
actor ArrWatch {
    private let servarr: Servarr
    private let tracking: Tracking
    private var ahead: Duration = .zero
    /// What was booked of each title and of each request that the list lacks: an unchanged one costs nothing.
    private var titleMarks: [TitlesWanted.Subject: Int] = [:]

    private static let overlap: Duration = .seconds(300)
    /// How far back the very first read goes.
    private static let firstReach: Duration = .seconds(7 * 86_400)
    private static let callsPerRead = 20

    init(_ servarr: Servarr, _ tracking: Tracking) {
        self.servarr = servarr
        self.tracking = tracking
    }

    private var service: String { servarr.kind.rawValue }

    // MARK: History

    /// Books what happened since the last read, then settles downloads that nobody lists any more.
    func readHistory() async throws {
        let now = tracking.store.now()
        let service = service
        let instance = servarr.instance
        let markName = "history|\(service)|\(instance)"
        let mark = try await tracking.store.read { try $0.counter(markName) }
        let since =
            mark.map { Timestamp(milliseconds: $0).advanced(by: .zero - Self.overlap) }
            ?? now.advanced(by: .zero - Self.firstReach)
        try await measureClock(now)
        let told = try await servarr.history(since: since, receivedAt: now, ahead: ahead)
        for part in told.inParts(of: 500) { try await tracking.book(Array(part)) }
        try await tracking.book([]) { ledger in
            try ledger.settleGone(service: service, instance: instance, readAt: now)
            try ledger.tx.raw.setCounter(markName, to: now.milliseconds)
        }
    }

    /// The difference between the program's clock and ours, by the Date header of its answer.
    private func measureClock(_ now: Timestamp) async throws {
        let status = try await servarr.status()
        guard let time = status.serverTime else { return }
        let difference = time.milliseconds - now.milliseconds
        // The header has whole seconds, and the call takes time.
        ahead = abs(difference) < 2_000 ? .zero : .milliseconds(difference)
    }

    // MARK: Titles

    /// Books what the list says of every open request's title.
    ///
    /// - Returns: whether anybody waits for it, so that it was read.
    func readTitles() async throws -> Bool {
        let open = try await tracking.store.read { try $0.openRequests() }
            .filter { $0.mediaType == servarr.kind.mediaType }
        if open.isEmpty { return false }
        let now = tracking.store.now()
        let wanted = TitlesWanted(open, servarr.kind, instance: servarr.instance)
        var told: [Observation] = []
        var marks: [TitlesWanted.Subject: Int] = [:]
        var seen: Set<Int64> = []
        var total = 0
        try await servarr.titles { title in
            total += 1
            guard let mark = wanted.mark(title) else { return }
            if let native = servarr.kind == .radarr ? title.tmdb : title.tvdb { seen.insert(native) }
            marks[.title(title.id)] = mark
            if titleMarks[.title(title.id)] == mark { return }
            told += title.observations(service: servarr.kind.rawValue, instance: servarr.instance, at: now)
        }
        let provesAbsence = try await tracking.believes(total, of: service, servarr.instance)
        for request in provesAbsence ? wanted.lacking(seen, open) : [] {
            marks[.lacking(request.id)] = wanted.mark(request)
            if titleMarks[.lacking(request.id)] == wanted.mark(request) { continue }
            if let lack = wanted.lack(of: request, at: now) { told.append(lack) }
        }
        for part in told.inParts(of: 500) { try await tracking.book(Array(part)) }
        titleMarks = marks
        return true
    }

    // MARK: Episodes

    /// Reads the episodes of open shows: those never read first, then the longest waiting.
    ///
    /// - Returns: whether a show was due.
    func readEpisodes(olderThan age: Duration) async throws -> Bool {
        guard servarr.kind == .sonarr else { return false }
        let now = tracking.store.now()
        let instance = servarr.instance
        let due = try await tracking.store.read { try $0.openRequests() }.filter { request in
            request.sonarr?.instance == instance
                && (request.episodesReadAt.map { $0.advanced(by: age) <= now } ?? true)
        }
        let ordered = due.sorted { ($0.episodesReadAt?.milliseconds ?? 0) < ($1.episodesReadAt?.milliseconds ?? 0) }
        var byShow: [Int64: [Int64]] = [:]
        var shows: [Int64] = []
        for request in ordered {
            guard let show = request.sonarr?.id else { continue }
            if byShow[show] == nil { shows.append(show) }
            byShow[show, default: []].append(request.id)
        }
        for show in shows.prefix(Self.callsPerRead) {
            let readAt = tracking.store.now()
            let episodes = try await servarr.episodes(of: show)
            let requests = byShow[show, default: []]
            try await tracking.book([]) { ledger in
                for id in requests {
                    guard let tracked = try ledger.request(id) else { continue }
                    for episode in episodes { tracked.update(episode, readAt: readAt) }
                    if !episodes.isEmpty { tracked.listRead(at: readAt) }
                }
            }
        }
        return !shows.isEmpty
    }
}

extension ArrTitleReading {
    /// What the list says of a title, as level facts.
    func observations(service: String, instance: String, at now: Timestamp) -> [Observation] {
        var keys = MediaKeys(mediaType: type)
        keys.arrTitle = id
        keys.tmdb = tmdb
        keys.tvdb = type == .tv ? tvdb : nil
        keys.imdb = imdb
        func level(_ fact: Observation.Fact, _ holds: Bool, _ details: Details = Details()) -> Observation {
            Observation(
                service: service, instance: instance, channel: .poll, fact: fact, naturalKey: "title",
                observedAt: now, receivedAt: now, holds: holds, keys: keys, details: details)
        }
        var told = [level(.inArr, true, Details([.anime: isAnime ? "1" : nil, .year: year.map(String.init)]))]
        told[0].otherTitles = [originalTitle ?? "", alternateTitle ?? ""]
        if let monitored { told.append(level(.monitored, monitored)) }
        guard type == .movie else { return told }
        if let isAvailable {
            told.append(level(.released, isAvailable, Details([.since: released.map { String($0.milliseconds) }])))
        }
        if let hasFile {
            var details = Details([.path: file?.path, .quality: file?.quality])
            details[.size] = file?.size.map(String.init)
            details[.since] = file?.addedAt.map { String($0.milliseconds) }
            var fact = level(.hasFile, hasFile, details)
            if hasFile, let added = file?.addedAt, added < now { fact.observedAt = added }
            fact.keys.path = file?.path
            told.append(fact)
        }
        return told
    }
}
