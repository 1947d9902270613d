/// Everything recorded of one request: what `derive` decides from.
public struct RequestFacts: Sendable {
    public var mediaType: MediaType
    public var origin: Origin
    /// Seasons asked for; empty means all monitored seasons without specials.
    public var seasons: [Int] = []
    public var observations: [Observation]
    public var downloads: [Download] = []
    public var episodes: [Episode] = []
    /// When the list of episodes was last read whole; nil while only webhooks named some.
    public var episodesReadAt: Timestamp?
    /// A film's proof; episodes carry their own.
    public var proof = Proof()
    /// When Jellyfin was last read for this request, whatever it said.
    public var jellyfinReadAt: Timestamp?
    /// When the row was made.
    public var createdAt: Timestamp?
    /// Whether Seerr knows the request by an id.
    public var hasSeerrID = false
    /// Evidence for anime that is stored with the row.
    public var isAnime: Bool?
    /// Whether a deletion of the whole row is complete or accepted (deletion.md §9).
    public var isDeleted = false

    public init(mediaType: MediaType, origin: Origin, observations: [Observation]) {
        self.mediaType = mediaType
        self.origin = origin
        self.observations = observations
    }

    /// The newest telling of a fact that holds.
    func newest(_ facts: Observation.Fact...) -> Observation? {
        observations.filter { $0.holds && facts.contains($0.fact) }.max { $0.isOlder(than: $1) }
    }

    /// The newest reading of a level fact, whether it holds or not.
    func reading(_ fact: Observation.Fact) -> Observation? {
        observations.filter { $0.fact == fact }.max { $0.isOlder(than: $1) }
    }
}

extension RequestFacts {
    /// The same facts with only the newest reading of each level fact.
    var withNewestReadings: RequestFacts {
        var newest: [Observation.Identity: Int] = [:]
        var superseded: Set<Int> = []
        for (index, observation) in observations.enumerated() where observation.fact.isLevel {
            guard let held = newest[observation.identity] else {
                newest[observation.identity] = index
                continue
            }
            let isNewer = observations[held].isOlder(than: observation)
            superseded.insert(isNewer ? held : index)
            if isNewer { newest[observation.identity] = index }
        }
        if superseded.isEmpty { return self }
        var copy = self
        copy.observations = observations.enumerated().filter { !superseded.contains($0.offset) }.map(\.element)
        return copy
    }
}

extension Observation {
    /// What makes two tellings one fact.
    struct Identity: Hashable {
        var service: String
        var instance: String
        var fact: Fact
        var naturalKey: String
    }

    var identity: Identity {
        Identity(service: service, instance: instance, fact: fact, naturalKey: naturalKey)
    }

    /// A total order in time: at one instant what does not hold comes last, then by key, so that the order of arrival
    /// never matters.
    func isOlder(than other: Observation) -> Bool {
        if observedAt != other.observedAt { return observedAt < other.observedAt }
        if holds != other.holds { return holds }
        return (service, instance, naturalKey) < (other.service, other.instance, other.naturalKey)
    }
}
