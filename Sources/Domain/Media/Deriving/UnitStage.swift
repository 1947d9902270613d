/// The stage of one film or one episode, by the first rule of tracking.md §3.1 that holds, 4 to 15.
struct UnitStage {
    let evidence: UnitEvidence
    let request: RequestFacts
    let rules: TrackingRules
    let now: Timestamp
    let isAnime: Bool

    struct Outcome {
        var stage: Stage
        var since: Timestamp?
        /// When the stage changes by itself.
        var nextChange: Timestamp?
        var isUncertain = false
    }

    func outcome() -> Outcome {
        proven() ?? withFile() ?? downloading() ?? failed() ?? askedFor()
    }

    /// Rules 4 and 5: playable, or playable until proven otherwise.
    private func proven() -> Outcome? {
        let proof = evidence.proof
        // An uncertain match counts only once the unit's own file is there.
        let counts = !proof.isUncertain || evidence.fileSince != nil
        if proof.isPlayable && counts {
            return Outcome(stage: .available, since: proof.since, isUncertain: proof.isUncertain)
        }
        guard proof.since != nil, counts else { return nil }
        let grace = evidence.replacedAt.map { $0.advanced(by: .seconds(1_800)) }
        let isAbsent = proof.isProvenAbsent(rules, vanished: evidence.vanishedAt)
        if !isAbsent { return Outcome(stage: .available, since: proof.since, isUncertain: proof.isUncertain) }
        if let grace, now < grace {
            return Outcome(
                stage: .available, since: proof.since, nextChange: grace, isUncertain: proof.isUncertain)
        }
        return nil
    }

    /// Rules 6 to 8: the file is there, Jellyfin has not shown it yet.
    private func withFile() -> Outcome? {
        guard let since = evidence.fileSince else { return nil }
        if isAnime && rules.hasShoko && evidence.matchedAt == nil {
            return Outcome(stage: .animeMatching, since: since)
        }
        let settled = since.advanced(by: .seconds(60))
        let hasBeenLookedFor = (request.jellyfinReadAt ?? .distantPast) > since
        let isSettling = evidence.isImported && !evidence.isListed && !hasBeenLookedFor && now < settled
        if isSettling && evidence.matchedAt == nil {
            return Outcome(stage: .importing, since: since, nextChange: settled)
        }
        if let matched = evidence.matchedAt { return Outcome(stage: .syncingLibrary, since: max(matched, since)) }
        guard evidence.isImported else { return Outcome(stage: .syncingLibrary, since: since) }
        // The first look that did not find it, at the latest a minute after the import.
        let look = request.jellyfinReadAt.flatMap { $0 > since ? min($0, settled) : nil }
        return Outcome(stage: .syncingLibrary, since: look ?? settled)
    }

    /// Rules 9 to 12: what the newest live download is doing.
    private func downloading() -> Outcome? {
        guard let newest = evidence.live.last else { return nil }
        // The queue says imported while the import is unread: the file shows by rules 6 to 8 when it is read.
        let (stage, since) = newest.stage
        return Outcome(stage: stage, since: since)
    }

    /// Rule 13: the newest evidence is a failure.
    private func failed() -> Outcome? {
        var failures: [Timestamp] = []
        if let refused = request.newest(.submitFailed), request.newest(.submitFailed, .approved) == refused {
            failures.append(refused.observedAt)
        }
        if let last = evidence.downloads.last, last.hasFailed {
            failures.append(last.failedAt ?? last.queue?.since ?? last.grabbedAt)
        }
        guard let failure = failures.max() else { return nil }
        let hope = latest(evidence.grabbedAt, latest(evidence.retriedAt, request.newest(.retryAccepted)?.observedAt))
        if let hope, hope > failure { return nil }
        return Outcome(stage: .failed, since: failure)
    }

    /// Rules 14 and 15.
    private func askedFor() -> Outcome {
        if let gone = request.reading(.requestGone), gone.holds {
            return Outcome(stage: .declined, since: gone.observedAt)
        }
        if let approved = request.observations.filter({ $0.holds && $0.fact == .approved }).min(by: {
            $0.isOlder(than: $1)
        }) {
            return Outcome(stage: .approved, since: latest(approved.observedAt, endOfLastTry))
        }
        if let grabbed = evidence.grabbedAt ?? evidence.downloads.first?.grabbedAt {
            return Outcome(stage: .approved, since: latest(grabbed, endOfLastTry))
        }
        if !request.hasSeerrID, let monitored = request.reading(.monitored) ?? request.reading(.inArr), monitored.holds
        {
            return Outcome(stage: .approved, since: monitored.observedAt)
        }
        return Outcome(stage: .requested, since: request.newest(.requested)?.observedAt ?? request.createdAt)
    }

    /// A download that was removed by hand, or failed and was tried again: waiting begins anew then.
    private var endOfLastTry: Timestamp? {
        evidence.downloads.compactMap { $0.goneAt ?? $0.failedAt ?? $0.ignoredAt }.max()
    }
}
