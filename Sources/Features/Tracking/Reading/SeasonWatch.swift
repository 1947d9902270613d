import HTTPClient
import Media
import Seerr
import Store

/// Reads the episodes of series from Seerr where no Sonarr is configured: when a request is made, and daily
/// (tracking.md §3.3).
///
/// With a Sonarr its list is the only one: Seerr counts seasons as TMDB does, Sonarr as TheTVDB.
actor SeasonWatch {
    private let seerr: Seerr
    private let tracking: Tracking
    /// When a series that could not be read whole was last tried.
    private var triedAt: [Int64: Timestamp] = [:]

    private static let daily: Duration = .seconds(86_400)
    /// A season that TMDB does not know yet is asked for again this much later.
    private static let again: Duration = .seconds(3_600)
    private static let callsPerRead = 20

    init(_ seerr: Seerr, _ tracking: Tracking) {
        self.seerr = seerr
        self.tracking = tracking
    }

    /// Reads the series that are due, those never read first.
    func read() async throws {
        let now = tracking.store.now()
        let instance = seerr.instance
        let (open, own) = try await tracking.store.read { (try $0.openRequests(), try $0.seerrRequests(instance)) }
        let known = Set(own.values)
        let due = open.filter { request in
            guard request.mediaType == .tv, request.tmdb != nil, known.contains(request.id) else { return false }
            if let tried = triedAt[request.id], tried.advanced(by: Self.again) > now { return false }
            return request.episodesReadAt.map { $0.advanced(by: Self.daily) <= now } ?? true
        }
        let ordered = due.sorted { ($0.episodesReadAt?.milliseconds ?? 0) < ($1.episodesReadAt?.milliseconds ?? 0) }
        var calls = 0
        for request in ordered {
            guard let tmdb = request.tmdb, calls < Self.callsPerRead else { break }
            calls += max(1, request.seasons.count)
            try await read(request, tmdb)
        }
    }

    private func read(_ request: OpenRequest, _ tmdb: Int64) async throws {
        let readAt = tracking.store.now()
        var episodes: [EpisodeReading] = []
        var isWhole = true
        do {
            var seasons = request.seasons
            if seasons.isEmpty { seasons = try await seerr.details(.tv, tmdb: tmdb).seasons.filter { $0 > 0 } }
            isWhole = !seasons.isEmpty
            for season in seasons {
                let listed = try await listed(tmdb, season)
                if listed == nil { isWhole = false }
                episodes += listed ?? []
            }
        } catch let error as UpstreamError where error.reason == .status(404) {
            isWhole = false
        }
        triedAt[request.id] = isWhole ? nil : readAt
        let (told, provesList) = (episodes, isWhole && !episodes.isEmpty)
        if told.isEmpty { return }
        try await tracking.book([]) { ledger in
            guard let tracked = try ledger.request(request.id) else { return }
            for episode in told { tracked.update(episode, readAt: readAt) }
            if provesList { tracked.listRead(at: readAt) }
        }
    }

    /// A season's episodes; nil while TMDB has no such season.
    private func listed(_ tmdb: Int64, _ season: Int) async throws -> [EpisodeReading]? {
        do {
            return try await seerr.season(tmdb: tmdb, season)
        } catch  where error.reason == .status(404) {
            return nil
        }
    }
}
