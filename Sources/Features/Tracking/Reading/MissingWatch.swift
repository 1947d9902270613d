import Media
import Servarr
import Store

/// Reads what an *arr misses: monitored, due, and without a file (tracking.md §4).
///
/// It is asked for more often than the whole list, and shows at once that a file is gone again.
struct MissingWatch: Sendable {
    let servarr: Servarr
    let tracking: Tracking

    func read() async throws {
        let readAt = tracking.store.now()
        let readings = try await servarr.missing()
        let open = try await tracking.store.read { try $0.openRequests() }
        if servarr.kind == .radarr {
            try await book(readings, films: open, readAt)
        } else {
            try await book(readings, shows: open, readAt)
        }
    }

    private func book(_ readings: [MissingReading], films open: [OpenRequest], _ readAt: Timestamp) async throws {
        let service = servarr.kind.rawValue
        let instance = servarr.instance
        let held = Set(try await tracking.store.read { try $0.requests(holding: .missing, service, instance) })
        let listed = Dictionary(readings.map { ($0.arrTitle, $0) }) { first, _ in first }
        let missing = open.compactMap { request -> (request: Int64, reading: MissingReading)? in
            guard let film = request.radarr, film.instance == instance else { return nil }
            return listed[film.id].map { (request.id, $0) }
        }
        let fresh = missing.filter { !held.contains($0.request) }
        let ended = held.subtracting(missing.map(\.request))
        if fresh.isEmpty && ended.isEmpty { return }
        try await tracking.book([]) { ledger in
            for (id, reading) in fresh {
                for fact in reading.facts(service, instance, readAt) { try ledger.request(id)?.record(fact) }
            }
            for id in ended {
                try ledger.request(id)?.record(MissingReading.level(.missing, false, service, instance, readAt))
            }
        }
    }

    /// Sonarr's list of a show's episodes is read as often; this one needs no call for each show.
    private func book(_ readings: [MissingReading], shows open: [OpenRequest], _ readAt: Timestamp) async throws {
        let byShow = Dictionary(grouping: readings.filter { $0.unit != nil }, by: \.arrTitle)
        let waiting = open.compactMap { request -> (request: Int64, missing: [MissingReading])? in
            guard let show = request.sonarr, show.instance == servarr.instance else { return nil }
            return byShow[show.id].map { (request.id, $0) }
        }
        for part in waiting.inParts(of: 100) {
            let changed = try await tracking.store.read { reader in
                try part.compactMap { id, missing -> (request: Int64, units: [UnitNumber])? in
                    let units = Set(missing.compactMap(\.unit))
                    let known = try reader.episodes(of: id)
                    let news = known.filter {
                        units.contains($0.number) && ($0.hasFile != false || $0.monitored != true)
                    }
                    return news.isEmpty ? nil : (id, news.map(\.number))
                }
            }
            if changed.isEmpty { continue }
            try await tracking.book([]) { ledger in
                for (id, units) in changed {
                    for unit in units { try ledger.request(id)?.update(.missing(unit), readAt: readAt) }
                }
            }
        }
    }
}

extension MissingReading {
    /// What the list says of a film, as level facts.
    fileprivate func facts(_ service: String, _ instance: String, _ readAt: Timestamp) -> [Observation] {
        var told = [
            Self.level(.missing, true, service, instance, readAt),
            Self.level(.monitored, true, service, instance, readAt),
            Self.level(.hasFile, false, service, instance, readAt),
        ]
        if let isAvailable { told.append(Self.level(.released, isAvailable, service, instance, readAt)) }
        return told
    }

    fileprivate static func level(
        _ fact: Observation.Fact, _ holds: Bool, _ service: String, _ instance: String, _ readAt: Timestamp
    ) -> Observation {
        Observation(
            service: service, instance: instance, channel: .poll, fact: fact, naturalKey: "title",
            observedAt: readAt, receivedAt: readAt, holds: holds)
    }
}

extension EpisodeReading {
    /// Monitored, aired, and without a file.
    fileprivate static func missing(_ unit: UnitNumber) -> EpisodeReading {
        var reading = EpisodeReading(unit)
        reading.monitored = true
        reading.hasFile = false
        return reading
    }
}
