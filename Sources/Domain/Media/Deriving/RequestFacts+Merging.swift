extension RequestFacts {
    /// What recording an observation did to the facts.
    public enum Merge: Sendable, Hashable {
        /// Nothing new was said.
        case known
        /// A new fact at this index, or one at this index that now says more.
        case added(Int)
        case changed(Int)
    }

    /// Records an observation: pure, and whichever of two tellings comes first, the result is the same.
    ///
    /// An event told twice is one fact with the earliest time (tracking.md §1); a level fact is its newest reading.
    public mutating func merge(_ observation: Observation) -> Merge {
        guard let index = index(of: observation) else {
            observations.append(observation.withoutAddress)
            return .added(observations.count - 1)
        }
        let before = observations[index]
        if observation.fact.isLevel {
            observations[index].replace(by: observation)
        } else {
            observations[index].join(observation)
        }
        return observations[index] == before ? .known : .changed(index)
    }

    private func index(of observation: Observation) -> Int? {
        if Self.seerrStatuses.contains(observation.fact) { return indexOfSameStatus(observation) }
        return observations.firstIndex { $0.isSameFact(as: observation) }
    }

    static let seerrStatuses: Set<Observation.Fact> = [.requested, .approved, .declined, .submitFailed]

    /// A status of Seerr told again, by hook or poll, is one fact unless another status lies between the two.
    ///
    /// A hook has no time of its own: it never repeats a status that was told before (tracking.md §2.2).
    private func indexOfSameStatus(_ observation: Observation) -> Int? {
        let others = observations.filter { Self.seerrStatuses.contains($0.fact) && $0.fact != observation.fact }
        let told = observations.indices.filter { index in
            observations[index].fact == observation.fact && observations[index].instance == observation.instance
        }
        let sameSpan = told.first { index in
            let first = min(observations[index].observedAt, observation.observedAt)
            let last = max(observations[index].observedAt, observation.observedAt)
            return !others.contains { first < $0.observedAt && $0.observedAt < last }
        }
        return sameSpan ?? (observation.channel == .webhook ? told.first : nil)
    }
}

extension Observation {
    func isSameFact(as other: Observation) -> Bool {
        fact == other.fact && naturalKey == other.naturalKey && service == other.service && instance == other.instance
    }

    /// Keys and episodes have served once the request is found.
    fileprivate var withoutAddress: Observation {
        var copy = self
        copy.keys = MediaKeys()
        copy.episodes = []
        return copy
    }

    /// Another telling of the same event.
    fileprivate mutating func join(_ other: Observation) {
        observedAt = min(observedAt, other.observedAt)
        if other.receivedAt < receivedAt {
            receivedAt = other.receivedAt
            channel = other.channel
        }
        if units != other.units { units = Array(Set(units).union(other.units)).sorted() }
        details.merge(other.details)
    }

    /// A newer reading of the same level; what holds on keeps its beginning.
    fileprivate mutating func replace(by other: Observation) {
        guard other.observedAt >= observedAt else { return }
        let saysTheSame = holds == other.holds && details[.value] == other.details[.value]
        let since = saysTheSame ? details[.since] : nil
        let began = since ?? (saysTheSame ? String(observedAt.milliseconds) : String(other.observedAt.milliseconds))
        var newer = other.withoutAddress
        newer.details[.since] = other.details[.since] ?? began
        let isUnchanged = saysTheSame && newer.details == withBeginning(began).details && newer.units == units
        // A reading that says nothing new is not stored, but for an absence, whose age counts.
        if isUnchanged && holds { return }
        self = newer
    }

    private func withBeginning(_ began: String) -> Observation {
        var copy = self
        copy.details[.since] = copy.details[.since] ?? began
        return copy
    }
}
