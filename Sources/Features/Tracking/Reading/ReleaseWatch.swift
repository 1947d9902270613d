import Media
import Servarr
import Store

/// Asks the indexers, through the *arr, why nothing was grabbed: once when the limit passes, then daily, one at a time
/// (tracking.md §6).
struct ReleaseWatch: Sendable {
    let tracking: Tracking

    private static let again: Duration = .seconds(86_400)

    func read() async throws {
        let now = tracking.store.now()
        let waiting = try await tracking.store.read { reader in
            try reader.ungrabbedRequests(limit: 50).compactMap { try reader.trackedRequest($0) }
                .compactMap { Wanted($0, before: now.advanced(by: .zero - Self.again)) }.first
        }
        guard let wanted = waiting else { return }
        let service = wanted.mediaType == .movie ? "radarr" : "sonarr"
        guard let servarr = try? tracking.servarr(service, wanted.instance) else { return }
        let releases = try await servarr.releases(for: wanted.query)
        var fact = Observation(
            service: service, instance: wanted.instance, channel: .poll, fact: .releaseSearch, naturalKey: "search",
            observedAt: now, receivedAt: now)
        fact.details[.value] = String(releases.count)
        fact.details[.message] = Self.reasons(of: releases)
        try await tracking.book(fact, on: wanted.request)
    }

    /// The three commonest rejections with their counts; nil when no release was offered, or one is acceptable.
    static func reasons(of releases: [ReleaseReading]) -> String? {
        guard !releases.isEmpty, releases.allSatisfy(\.isRejected) else { return nil }
        var counts: [String: Int] = [:]
        for release in releases { for reason in Set(release.rejections) { counts[reason, default: 0] += 1 } }
        let ordered = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(3)
        let words = ordered.map { "\($0.key) (\($0.value))" }.joined(separator: "; ")
        let count = releases.count == 1 ? "The only release is rejected" : "All \(releases.count) releases are rejected"
        return words.isEmpty ? count : "\(count): \(words)"
    }
}

/// A request to search for, when it was not searched for lately.
private struct Wanted: Sendable {
    var request: Int64
    var mediaType: MediaType
    var instance: String
    var query: ReleaseQuery

    init?(_ tracked: TrackedRequest, before: Timestamp) {
        let last = tracked.facts.observations.filter { $0.fact == .releaseSearch }.map(\.observedAt).max()
        if let last, last > before { return nil }
        request = tracked.id
        mediaType = tracked.row.mediaType
        if mediaType == .movie {
            guard let movie = tracked.row.radarr else { return nil }
            instance = movie.instance
            query = .movie(movie.id)
            return
        }
        guard let series = tracked.row.sonarr else { return nil }
        instance = series.instance
        let missing = tracked.facts.episodes.filter { $0.class == .counted && $0.stage == .approved }
        if missing.count == 1, let episode = missing.first?.sonarrID {
            query = .episode(episode)
        } else if let season = missing.first?.number.season {
            query = .season(series: series.id, season)
        } else {
            return nil
        }
    }
}
