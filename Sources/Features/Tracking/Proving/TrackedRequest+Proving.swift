import Media
import Store

extension TrackedRequest {
    /// Takes what a look into Jellyfin found of this request.
    func take(_ finding: Librarian.Finding, readAt: Timestamp, instance: String) {
        for verdict in finding.verdicts {
            setProof(verdict.unit) { $0.take(verdict, readAt: readAt) }
        }
        if row.mediaType == .movie {
            if finding.verdicts.isEmpty { setProof(nil) { $0.lost(readAt: finding.provesAbsence ? readAt : nil) } }
        } else if finding.hasReadEpisodes {
            let seen = Set(finding.verdicts.compactMap(\.unit))
            for episode in facts.episodes where !seen.contains(episode.number) {
                setProof(episode.number) { $0.lost(readAt: finding.provesAbsence ? readAt : nil) }
            }
        }
        if let series = finding.series, row.jellyfin?.id != series, !finding.verdicts.isEmpty {
            edit { $0.jellyfin = InstanceID(instance: instance, id: series) }
        }
        // The first look, and the first after a file came, are what counts; later ones say nothing new.
        let file = facts.observations.filter { $0.fact == .imported && $0.holds }.map(\.observedAt).max()
        let last = facts.jellyfinReadAt
        if last == nil || file.map({ (last ?? $0) <= $0 }) ?? false { jellyfinRead(at: readAt) }
    }
}

extension Proof {
    fileprivate mutating func take(_ verdict: Prover.Verdict, readAt: Timestamp) {
        guard verdict.stub == nil else {
            if !isPlayable { stub = verdict.stub } else { lost(readAt: readAt) }
            return
        }
        if !isPlayable || since == nil { since = since ?? readAt }
        isPlayable = true
        item = verdict.item
        isUncertain = verdict.isUncertain
        stub = nil
        absentSince = nil
        absentAt = nil
    }

    /// A look did not find it.
    ///
    /// What was playable stays so until two complete listings agree (tracking.md §3.1); nil proves nothing.
    fileprivate mutating func lost(readAt: Timestamp?) {
        stub = nil
        guard let readAt, since != nil else { return }
        isPlayable = false
        absentSince = absentSince ?? readAt
        absentAt = readAt
    }
}
