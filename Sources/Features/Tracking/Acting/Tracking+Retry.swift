import HTTPClient
import Media
import Seerr
import Servarr
import Store

extension Tracking {
    /// Does what may get a stuck request going again (tracking.md §6); verifies first.
    ///
    /// - Returns: what was done, in one phrase.
    public func retry(_ id: Int64, by name: String) async throws -> String {
        guard let row = try await store.read({ try $0.request(id) }) else { throw ActionFailure.notFound }
        guard ![.declined, .deleted, .available].contains(row.state) else {
            throw ActionFailure.notApplicable("It is \(row.state.rawValue): there is nothing to try again.")
        }
        // A show may be playable in part: only what is there as a whole needs no search.
        if librarian != nil, try await verify(id) == .playable,
            try await store.read({ try $0.request(id) })?.state == .available
        {
            return "found playable in Jellyfin"
        }
        let action = try await act(on: id)
        let now = store.now()
        var fact = Observation(
            service: "marquee", instance: "", channel: .user, fact: .retryAccepted,
            naturalKey: "retry|\(now.milliseconds)", observedAt: now, receivedAt: now)
        fact.details[.name] = name
        fact.details[.action] = action
        try await book(fact, on: id)
        return action
    }

    private func act(on id: Int64) async throws -> String {
        guard let tracked = try await store.read({ try $0.trackedRequest(id).map(RetryFacts.init) }) else {
            throw ActionFailure.notFound
        }
        let service = tracked.mediaType == .movie ? "radarr" : "sonarr"
        if tracked.state == .animeMatching {
            wakes.wake("shoko")
            return "asked Shoko again"
        }
        if tracked.isImportStuck || tracked.state == .downloadDone || tracked.state == .importing {
            let arr = try servarr(service, tracked.arr?.instance)
            try await refused(service) { _ = try await arr.refreshMonitoredDownloads() }
            return "asked \(Self.title(service)) to look at its downloads"
        }
        if tracked.state == .syncingLibrary {
            return "looked into Jellyfin"
        }
        guard let known = tracked.arr else { return try await retryInSeerr(tracked) }
        let arr = try servarr(service, known.instance)
        try await refused(service) {
            if tracked.mediaType == .movie {
                _ = try await arr.search(movie: known.id)
            } else if tracked.missing.isEmpty {
                throw ActionFailure.notApplicable("No aired episode is missing.")
            } else if let season = tracked.wholeSeason {
                _ = try await arr.search(series: known.id, season: season)
            } else {
                _ = try await arr.search(episodes: tracked.missing)
            }
        }
        return "searched again in \(Self.title(service))"
    }

    /// Not in the *arr: Seerr hands it over anew; its answer only says that it will try.
    private func retryInSeerr(_ tracked: RetryFacts) async throws -> String {
        guard let known = tracked.seerr else {
            throw ActionFailure.notApplicable("Neither the *arr nor Seerr knows this request by a number.")
        }
        guard let seerr = upstreams.seerr.first(where: { $0.instance == known.instance }) else {
            throw ActionFailure.notConfigured(service: "jellyseerr")
        }
        try await refused("jellyseerr") { try await seerr.retry(request: known.id) }
        return "handed over again by Seerr"
    }

    func servarr(_ service: String, _ instance: String?) throws -> Servarr {
        let found = upstreams.servarr.first { $0.kind.rawValue == service && $0.instance == (instance ?? "default") }
        guard let found else { throw ActionFailure.notConfigured(service: service) }
        return found
    }

    private func refused(_ service: String, _ call: () async throws -> Void) async throws {
        do {
            try await call()
        } catch let failure as ActionFailure {
            throw failure
        } catch {
            throw ActionFailure.refused(service: service, reason: "\(error)")
        }
    }

    static func title(_ service: String) -> String { service == "radarr" ? "Radarr" : "Sonarr" }

    /// Books a fact on one request, known by its number.
    func book(_ fact: Observation, on id: Int64) async throws {
        try await book([]) { ledger in
            guard let tracked = try ledger.request(id) else { throw ActionFailure.notFound }
            tracked.record(fact)
        }
    }
}

/// What a retry needs to know of a request.
private struct RetryFacts: Sendable {
    var mediaType: MediaType
    var state: Stage
    var arr: InstanceID<Int64>?
    var seerr: InstanceID<Int64>?
    var isImportStuck: Bool
    /// Sonarr's numbers of aired, wanted episodes without a file.
    var missing: [Int64]
    /// The season, when all that is missing is the whole of one.
    var wholeSeason: Int?

    init(_ tracked: TrackedRequest) {
        let row = tracked.row
        mediaType = row.mediaType
        state = row.state
        arr = row.mediaType == .movie ? row.radarr : row.sonarr
        isImportStuck = row.attention?.code == .importBlocked
        let numbered = tracked.facts.observations.first { $0.service == "jellyseerr" }
        let id = numbered.flatMap { Int64($0.naturalKey.prefix { $0 != "@" }) }
        seerr = id.map { InstanceID(instance: numbered?.instance ?? "default", id: $0) }
        let counted = tracked.facts.episodes.filter { $0.class == .counted }
        let lacking = counted.filter {
            $0.stage != .available && $0.hasFile != true && $0.stage.rank <= Stage.downloading.rank
        }
        missing = lacking.compactMap(\.sonarrID)
        let seasons = Set(lacking.map(\.number.season))
        if seasons.count == 1, let season = seasons.first,
            lacking.count == tracked.facts.episodes.count(where: { $0.number.season == season }), lacking.count > 1
        {
            wholeSeason = season
        }
    }
}
