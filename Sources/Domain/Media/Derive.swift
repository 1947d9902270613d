/// What `derive` needs to know of a request besides its observations.
public struct RequestFacts: Sendable {
    public var mediaType: MediaType
    public var origin: Origin
    public var observations: [Observation]

    public init(mediaType: MediaType, origin: Origin, observations: [Observation]) {
        self.mediaType = mediaType
        self.origin = origin
        self.observations = observations
    }
}

/// The stage that a request's facts prove.
public struct Derivation: Sendable, Hashable {
    public var stage: Stage
}

/// Derives a request's stage from its facts: pure, and the same for any order and repetition of them.
///
/// The rules are those of tracking.md §3.1 for the facts a library sync knows; the first that holds decides.
/// A level fact counts in its newest reading only.
public func derive(_ request: RequestFacts) -> Derivation {
    let newest = newestReadings(of: request.observations)
    func holds(_ fact: Observation.Fact) -> Bool {
        newest.values.contains { $0.fact == fact && $0.holds }
    }
    func latest(_ facts: Set<Observation.Fact>) -> Observation? {
        newest.values.filter { facts.contains($0.fact) && $0.holds }.max { $0.observedAt < $1.observedAt }
    }

    if let declined = latest([.declined]), (latest([.approved])?.observedAt ?? .distantPast) <= declined.observedAt {
        return Derivation(stage: .declined)
    }
    // A series folder proves nothing for a request that asked for episodes (tracking.md §5).
    if holds(.playable) && (request.mediaType == .movie || request.origin == .librarySync) {
        return Derivation(stage: .available)
    }
    if request.mediaType == .movie && holds(.hasFile) { return Derivation(stage: .syncingLibrary) }
    if let failed = latest([.submitFailed]), latest([.submitFailed, .approved, .requested]) == failed {
        return Derivation(stage: .failed)
    }
    if holds(.approved) || (request.origin == .librarySync && holds(.inArr)) { return Derivation(stage: .approved) }
    return Derivation(stage: .requested)
}

private struct ReadingKey: Hashable {
    var service: String
    var instance: String
    var fact: Observation.Fact
    var naturalKey: String
}

private func newestReadings(of observations: [Observation]) -> [ReadingKey: Observation] {
    var newest: [ReadingKey: Observation] = [:]
    for observation in observations {
        let key = ReadingKey(
            service: observation.service, instance: observation.instance, fact: observation.fact,
            naturalKey: observation.naturalKey)
        guard let held = newest[key] else {
            newest[key] = observation
            continue
        }
        // At one instant "does not hold" wins, so that the order of arrival never matters.
        let isNewer = observation.observedAt > held.observedAt
        if isNewer || (observation.observedAt == held.observedAt && !observation.holds) { newest[key] = observation }
    }
    return newest
}

extension Timestamp {
    static let distantPast = Timestamp(milliseconds: .min)
}
