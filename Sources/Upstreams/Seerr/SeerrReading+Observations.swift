public import Media

extension SeerrReading {
    /// What the request's state says (tracking.md §1): one fact for its status and, where Seerr believes the medium
    /// available, the hint to look.
    ///
    /// A status of a later version proves that somebody asked, and no more.
    public func observations(instance: String, receivedAt: Timestamp) -> [Observation] {
        var facts: [Observation.Fact]
        switch status {
        case 2, 5: facts = [.approved]
        case 3: facts = [.declined]
        case 4: facts = [.submitFailed]
        default: facts = [.requested]
        }
        if status == 5 || mediaStatus == 5 { facts.append(.availableHint) }
        let asked = createdAt ?? updatedAt ?? receivedAt
        let changed = updatedAt ?? createdAt ?? receivedAt
        let naturalKey = "\(id)@\((updatedAt ?? createdAt)?.milliseconds ?? 0)"
        return facts.map { fact in
            Observation(
                service: SeerrHook.service, instance: instance, channel: .poll, fact: fact, naturalKey: naturalKey,
                observedAt: min(fact == .requested ? asked : changed, receivedAt), receivedAt: receivedAt, keys: keys,
                details: details)
        }
    }

    /// The number in the *arr is not among them: it belongs to that *arr's instance, which the caller knows.
    private var keys: MediaKeys {
        var keys = MediaKeys(mediaType: mediaType)
        keys.seerrRequest = id
        keys.tmdb = tmdb
        keys.tvdb = mediaType == .tv ? tvdb : nil
        keys.imdb = imdb
        return keys
    }

    private var details: Details {
        Details([
            .requester: requester, .owner: owner?.text, .variant: variant.rawValue,
            .seasons: seasons.map { String($0) }.joined(separator: ","),
            .created: createdAt.map { String($0.milliseconds) },
        ])
    }
}
