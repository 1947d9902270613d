public import Media

/// A request of Seerr that is not tracked yet, with what the other services say of it (library-sync.md §6).
///
/// It can be looked at before anything is stored, and it is stored exactly as it was looked at.
public struct Newcomer: Sendable, Hashable {
    /// Seerr's own facts, of which the first makes the row, then the *arr's level facts.
    public var told: [Observation]
    public var downloads: [Listed]
    /// Torrents of these downloads, as the client lists them.
    public var torrents: [TorrentReading] = []
    /// When queue and client were read.
    public var readAt: Timestamp

    /// A download as one *arr's queue lists it; its units are those that this request asked for.
    public struct Listed: Sendable, Hashable {
        public var service: String
        public var instance: String
        public var group: QueueGroup

        public init(service: String, instance: String, group: QueueGroup) {
            self.service = service
            self.instance = instance
            self.group = group
        }
    }

    public init(told: [Observation], downloads: [Listed] = [], readAt: Timestamp) {
        self.told = told
        self.downloads = downloads
        self.readAt = readAt
    }

    /// The request as it would be stored, with its facts; nil when nothing here makes one.
    public func preview() -> TrackedRequest? {
        guard let first = told.first, let type = first.keys.mediaType else { return nil }
        let row = RequestRecord(askedFor: first, type, now: readAt)
        let tracked = TrackedRequest(row, [], [], [], isNew: true)
        for observation in told {
            tracked.name(observation.units)
            tracked.record(observation)
            tracked.follow(observation)
            tracked.edit { _ = $0.learn(observation) }
        }
        let sighting = Sighting(readAt: readAt, bookedAt: readAt)
        for listed in downloads {
            tracked.take(
                listed.group, service: listed.service, instance: listed.instance, units: listed.group.units, sighting)
        }
        for torrent in torrents { tracked.take(torrent, sighting) }
        return tracked
    }
}

extension TrackingLedger {
    /// Makes the row of a newcomer and books what is known of it.
    ///
    /// - Returns: the row; nil when Seerr's request is tracked by now, or nothing here makes a row.
    public func add(_ newcomer: Newcomer) throws -> TrackedRequest? {
        guard let first = newcomer.told.first, try owners(of: first, path: nil).isEmpty,
            let tracked = try makeRequest(for: first, inbox: nil)
        else { return nil }
        for observation in newcomer.told.dropFirst() {
            let path = observation.keys.path.map {
                context.commonPath($0, observation.service, observation.instance)
            }
            try book(observation, on: tracked, path: path, inbox: nil)
        }
        let sighting = Sighting(readAt: newcomer.readAt, bookedAt: newcomer.readAt)
        for listed in newcomer.downloads {
            let (service, instance) = (listed.service, listed.instance)
            tracked.take(
                listed.group, service: service, instance: instance, units: listed.group.units, sighting)
            let probe = listed.group.probe(service: service, instance: instance, readAt: newcomer.readAt)
            try learn(probe, tracked, path: nil)
        }
        for torrent in newcomer.torrents { tracked.take(torrent, sighting) }
        return tracked
    }
}
