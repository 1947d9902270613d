import HTTPClient
import Media
import Seerr
import Servarr
import Store

/// Reads Seerr's requests: what changed often, everything now and then.
actor SeerrWatch {
    private let seerr: Seerr
    private let tracking: Tracking
    private let fullEvery: Duration
    private var fullPause: Duration
    private var mark: Timestamp?
    private var fullAt: Timestamp?
    /// As last booked, so that an unchanged request costs nothing.
    private var known: [Int64: SeerrReading] = [:]
    /// Complete listings in a row that lacked a request.
    private var missing: [Int64: Int] = [:]

    private static let overlap: Duration = .seconds(600)
    private static let callsPerRead = 20

    init(_ seerr: Seerr, _ tracking: Tracking, fullEvery: Duration = .seconds(6 * 3_600)) {
        self.seerr = seerr
        self.tracking = tracking
        self.fullEvery = fullEvery
        fullPause = fullEvery
    }

    func read(afresh: Bool) async throws {
        let now = tracking.store.now()
        let isFull = afresh || (fullAt.map { $0.advanced(by: fullPause) <= now } ?? true)
        let since = isFull ? nil : mark?.advanced(by: .zero - Self.overlap)
        let listing = try await seerr.requests(modifiedSince: since)
        try await book(listing.readings.filter { known[$0.id] != $0 }, now)
        if isFull && listing.isComplete {
            let listed = Set(listing.readings.map(\.id))
            let isBelieved = try await tracking.believes(listing.total, of: "jellyseerr", seerr.instance)
            try await settleMissing(listed, isBelieved: isBelieved, now)
            fullAt = now
            // A shrunken one wants another look as soon as that can settle it.
            fullPause = isBelieved ? fullEvery : min(fullEvery, tracking.settings.rules.sightingGap)
        }
        mark = listing.readings.compactMap(\.updatedAt).max() ?? mark ?? now
    }

    private func book(_ changed: [SeerrReading], _ now: Timestamp) async throws {
        if changed.isEmpty { return }
        let instance = seerr.instance
        let tracked = try await tracking.store.read { try $0.seerrRequests(instance) }
        var calls = 0
        for part in changed.inParts(of: 200) {
            var observations: [Observation] = []
            var booked: [SeerrReading] = []
            for reading in part {
                var told = reading.observations(instance: instance, receivedAt: now)
                if tracked[reading.id] == nil, let tmdb = reading.tmdb {
                    // A new row wants a title; without one it waits for the next read, hooks may bring it sooner.
                    guard calls < Self.callsPerRead * 5 else { continue }
                    calls += 1
                    if let title = try? await seerr.details(reading.mediaType, tmdb: tmdb) {
                        told = told.map { $0.named(title) }
                    }
                }
                observations += told
                booked.append(reading)
            }
            let numbers = booked.compactMap { reading in arrNumber(of: reading).map { (reading.id, $0) } }
            try await tracking.book(observations) { ledger in
                for (id, number) in numbers {
                    guard let request = try ledger.tx.raw.seerrRequest(id, instance) else { continue }
                    try ledger.learn(number.service, number.id, for: request)
                }
            }
            for reading in booked { known[reading.id] = reading }
        }
    }

    /// Seerr's number for the title in the *arr; with several instances nobody says which of them it means.
    private func arrNumber(of reading: SeerrReading) -> (service: String, id: InstanceID<Int64>)? {
        guard let id = reading.arrTitle else { return nil }
        let service = reading.mediaType == .movie ? "radarr" : "sonarr"
        let instances = tracking.upstreams.servarr.filter { $0.kind.rawValue == service }
        guard instances.count == 1, let only = instances.first else { return nil }
        return (service, InstanceID(instance: only.instance, id: id))
    }

    /// In neither of two complete listings: Seerr has let go of the request (tracking.md §1).
    private func settleMissing(_ listed: Set<Int64>, isBelieved: Bool, _ now: Timestamp) async throws {
        let instance = seerr.instance
        let tracked = try await tracking.store.read { try $0.seerrRequests(instance) }
        var observations: [Observation] = []
        for id in tracked.keys {
            let wasMissing = missing[id] != nil
            if listed.contains(id) {
                missing[id] = nil
                if wasMissing { observations.append(gone(id, holds: false, now)) }
                continue
            }
            guard isBelieved else { continue }
            missing[id, default: 0] += 1
            if missing[id] == 2 { observations.append(gone(id, holds: true, now)) }
        }
        if !observations.isEmpty { try await tracking.book(observations) }
    }

    private func gone(_ id: Int64, holds: Bool, _ now: Timestamp) -> Observation {
        var keys = MediaKeys()
        keys.seerrRequest = id
        return Observation(
            service: "jellyseerr", instance: seerr.instance, channel: .poll, fact: .requestGone,
            naturalKey: String(id), observedAt: now, receivedAt: now, holds: holds, keys: keys)
    }
}

extension Observation {
    /// The same fact with what Seerr knows of the title.
    func named(_ title: SeerrTitle) -> Observation {
        var copy = self
        copy.details[.title] = title.title
        copy.details[.year] = title.year.map(String.init)
        copy.details[.overview] = title.overview
        copy.details[.poster] = title.posterURL
        copy.keys.imdb = copy.keys.imdb ?? title.imdb
        if keys.mediaType == .tv { copy.keys.tvdb = copy.keys.tvdb ?? title.tvdb }
        return copy
    }
}

extension Array {
    /// The elements in order, at most `size` to a part.
    func inParts(of size: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
    }
}
