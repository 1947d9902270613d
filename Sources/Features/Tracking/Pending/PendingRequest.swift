import Media
import Seerr
import Store

/// One request of Seerr with everything that was read of it.
struct PendingRequest: Sendable {
    /// Why a request needs no row.
    enum SkipReason: String, Sendable {
        case alreadyTracked = "already_tracked"
        case availableInLibrary = "available_in_library"
        /// Titles are asked for some at a time; the next run goes on.
        case titleNotAsked = "title_not_asked"
    }

    enum Verdict {
        case skip(SkipReason)
        case unreadable(String)
        case add(Newcomer, RequestRecord, Derivation)
    }

    let instance: String
    let reading: SeerrReading
    /// Its row exists.
    var isTracked = false
    /// What Seerr and the *arr said, the queue's downloads and their torrents.
    var newcomer: Newcomer
    /// Its title in Sonarr, and what Jellyfin and Sonarr list of a series that Jellyfin holds.
    var sonarrTitle: InstanceID<Int64>?
    var episodes: [EpisodeReading] = []
    /// What Jellyfin's items prove of it.
    var proofs: [Prover.Verdict] = []
    var title: String?
    var titleFailure: String?

    init(_ reading: SeerrReading, instance: String, at now: Timestamp) {
        self.instance = instance
        self.reading = reading
        let told = reading.observations(instance: instance, receivedAt: now).map(\.ofSync)
        newcomer = Newcomer(told: told, readAt: now)
    }

    var name: String { "jellyseerr:\(reading.id)" }

    /// What becomes of it: pure.
    func verdict(_ rules: TrackingRules, now: Timestamp) -> Verdict {
        if isTracked { return .skip(.alreadyTracked) }
        if isInLibrary(rules, now: now) { return .skip(.availableInLibrary) }
        guard reading.tmdb != nil || reading.tvdb != nil else {
            return .unreadable("Seerr names no TMDB or TVDB number for this request.")
        }
        if title == nil {
            return titleFailure.map { .unreadable($0) } ?? .skip(.titleNotAsked)
        }
        guard let tracked = newcomer.preview() else { return .unreadable("Seerr names no media type.") }
        return .add(newcomer, tracked.row, derive(tracked.facts, rules, now: now))
    }

    /// Whether Jellyfin plays all of it now, so that the library sync would find it available: never by Seerr's word.
    private func isInLibrary(_ rules: TrackingRules, now: Timestamp) -> Bool {
        let sure = proofs.filter { $0.stub == nil && !$0.isUncertain }
        guard !sure.isEmpty, let tracked = newcomer.preview() else { return false }
        if reading.mediaType == .movie { return true }
        for episode in episodes { tracked.update(episode, readAt: now) }
        tracked.listRead(at: now)
        for proof in sure {
            tracked.setProof(proof.unit) { held in
                held.isPlayable = true
                held.since = now
            }
        }
        let derivation = derive(tracked.facts, rules, now: now)
        return derivation.episodesAired > 0 && derivation.episodesAvailable == derivation.episodesAired
    }
}

extension Observation {
    /// The same fact, as a sync reads it.
    var ofSync: Observation {
        var copy = self
        copy.channel = .sync
        return copy
    }
}
