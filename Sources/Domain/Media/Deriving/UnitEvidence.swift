/// What speaks for the stage of one film or one episode, gathered from the request's facts.
struct UnitEvidence {
    var proof: Proof
    /// When the current file came; nil without one (tracking.md §3.1: a later removal ends it).
    var fileSince: Timestamp?
    var filePath: String?
    /// Whether the current file is known by an import of its own, not only by the *arr's list.
    var isImported = false
    /// Whether the *arr's list shows the current file: the import is over, whoever told of it first.
    var isListed = false
    var matchedAt: Timestamp?
    var unmatched: Observation?
    var vanishedAt: Timestamp?
    var replacedAt: Timestamp?
    /// Downloads of the unit, oldest grab first.
    var downloads: [Download] = []
    var grabbedAt: Timestamp?
    var retriedAt: Timestamp?

    /// Downloads that may still bring the file.
    var live: [Download] {
        downloads.filter { $0.isLive }
    }
}

/// A request's facts by unit, sorted once for all episodes.
struct EvidenceTable {
    private var byUnit: [UnitNumber: [Observation]] = [:]
    /// Facts about the whole request, or about a film.
    private var whole: [Observation] = []
    private let request: RequestFacts

    init(_ request: RequestFacts) {
        self.request = request
        for observation in request.observations where observation.holds || observation.fact == .hasFile {
            if observation.units.isEmpty {
                whole.append(observation)
            } else {
                for unit in observation.units { byUnit[unit, default: []].append(observation) }
            }
        }
    }

    /// Seasons and numbers that only webhooks or the history named.
    var units: [UnitNumber] {
        Array(Set(byUnit.keys).union(request.downloads.flatMap(\.units)))
    }

    func film() -> UnitEvidence {
        var evidence = UnitEvidence(proof: request.proof)
        for observation in whole where observation.fact == .playable {
            // A library sync records what Jellyfin said as facts; the tracker keeps it in the proof.
            if evidence.proof.item == nil || !evidence.proof.isPlayable {
                evidence.proof.item = evidence.proof.item ?? JellyfinItemID(observation.naturalKey)
                evidence.proof.isPlayable = request.proof.item == nil
                evidence.proof.since = evidence.proof.since ?? observation.observedAt
            }
        }
        evidence.downloads = request.downloads.sorted { $0.grabbedAt < $1.grabbedAt }
        gather(whole, into: &evidence)
        return evidence
    }

    func episode(_ episode: Episode) -> UnitEvidence {
        var evidence = UnitEvidence(proof: episode.proof)
        evidence.downloads = request.downloads.filter { $0.units.contains(episode.number) }
            .sorted { $0.grabbedAt < $1.grabbedAt }
        let own = byUnit[episode.number] ?? []
        gather(own + whole.filter { $0.fact == .retryAccepted }, into: &evidence)
        if let since = episode.hasFileSince {
            take(hasFile: episode.hasFile == true, at: since, path: episode.path, into: &evidence)
        }
        return evidence
    }

    private func gather(_ observations: [Observation], into evidence: inout UnitEvidence) {
        var files: [Observation] = []
        for observation in observations {
            switch observation.fact {
            case .imported, .hasFile, .fileRemoved: files.append(observation)
            case .fileMatched where (observation.details.integer(.references) ?? 0) > 0:
                evidence.matchedAt = latest(evidence.matchedAt, observation.observedAt)
            case .fileUnmatched:
                if evidence.unmatched.map({ $0.isOlder(than: observation) }) ?? true {
                    evidence.unmatched = observation
                }
            case .vanishHint: evidence.vanishedAt = latest(evidence.vanishedAt, observation.observedAt)
            case .fileReplaced: evidence.replacedAt = latest(evidence.replacedAt, observation.observedAt)
            case .grabbed: evidence.grabbedAt = latest(evidence.grabbedAt, observation.observedAt)
            case .retryAccepted: evidence.retriedAt = latest(evidence.retriedAt, observation.observedAt)
            default: break
            }
        }
        for file in files.sorted(by: { $0.isOlder(than: $1) }) {
            if file.fact == .imported {
                // The list may have told of the same file before its import was read: one file, one beginning, and no
                // way back to importing.
                if evidence.fileSince == nil || file.details.flag(.upgrade) {
                    evidence.isImported = true
                    evidence.fileSince = file.observedAt
                }
                evidence.filePath = file.details[.path] ?? evidence.filePath
            } else if file.fact == .fileRemoved {
                if let since = evidence.fileSince, since <= file.observedAt { evidence.forgetFile() }
            } else {
                take(hasFile: file.holds, at: file.observedAt, path: file.details[.path], into: &evidence)
            }
        }
        if let matched = evidence.matchedAt, let failed = evidence.unmatched, failed.observedAt <= matched {
            evidence.unmatched = nil
        }
    }

    /// What the *arr's list says of the file.
    private func take(hasFile: Bool, at time: Timestamp, path: String?, into evidence: inout UnitEvidence) {
        if hasFile {
            evidence.isListed = true
            if evidence.fileSince == nil {
                evidence.fileSince = time
                evidence.filePath = path
            }
        } else if let since = evidence.fileSince {
            // Clocks are compared to the second: a list read just before the import may seem to come after it.
            let margin: Duration = evidence.isImported ? Self.clockDoubt : .zero
            if since.advanced(by: margin) <= time { evidence.forgetFile() }
        }
    }

    private static let clockDoubt: Duration = .seconds(5)
}

extension UnitEvidence {
    fileprivate mutating func forgetFile() {
        fileSince = nil
        isImported = false
        isListed = false
    }
}

/// The later of two times; nil is none.
func latest(_ a: Timestamp?, _ b: Timestamp?) -> Timestamp? {
    guard let a else { return b }
    guard let b else { return a }
    return max(a, b)
}
