/// The stage of a series request: by its counted episodes (tracking.md §3.3).
func deriveSeries(
    _ request: RequestFacts, _ rules: TrackingRules, _ table: EvidenceTable, isAnime: Bool, now: Timestamp,
    into derivation: inout Derivation
) {
    let scope = SeasonScope(request)
    if scope.hasFallenBack { derivation.note = .seasonsDiffer }
    var counted: [UnitState] = []
    var nextAirDate: Timestamp?
    for episode in request.episodes {
        let evidence = table.episode(episode)
        let unit = UnitStage(evidence: evidence, request: request, rules: rules, now: now, isAnime: isAnime)
        let outcome = unit.outcome()
        var state = UnitState(stage: outcome.stage, since: outcome.since, class: .counted)
        state.class = classify(episode, evidence, outcome.stage, scope, now: now)
        state.progress = evidence.live.last.flatMap { progress(of: $0, episode.number) }
        state.downloadID = evidence.downloads.last?.downloadID
        derivation.episodes[episode.number] = state
        switch state.class {
        case .counted:
            counted.append(state)
            if outcome.isUncertain { derivation.isUncertain = true }
            derivation.nextChange = earliest(derivation.nextChange, outcome.nextChange)
        case .unaired:
            if let airDate = episode.airDate { nextAirDate = earliest(nextAirDate, airDate) }
        case .unmonitored, .notRequested: break
        }
    }
    derivation.nextChange = earliest(derivation.nextChange, nextAirDate)
    conclude(request, rules, counted, total: scope.size(of: request), nextAirDate, now: now, into: &derivation)
}

private func conclude(
    _ request: RequestFacts, _ rules: TrackingRules, _ counted: [UnitState], total: Int?, _ nextAirDate: Timestamp?,
    now: Timestamp, into derivation: inout Derivation
) {
    let playable = counted.filter { $0.stage == .available }
    derivation.episodesAvailable = playable.count
    derivation.episodesAired = counted.count
    derivation.episodesTotal = total
    derivation.isPartiallyAvailable = !playable.isEmpty && playable.count < counted.count
    guard !counted.isEmpty else {
        let whole = UnitStage(
            evidence: UnitEvidence(proof: Proof()), request: request, rules: rules, now: now, isAnime: false)
        let outcome = whole.outcome()
        derivation.stage = outcome.stage
        derivation.since = outcome.since
        if outcome.stage == .approved, let nextAirDate { derivation.note = .firstEpisodeAirs(nextAirDate) }
        return
    }
    if playable.count == counted.count {
        // Some playable episodes of an unknown list are not the whole (tracking.md §3.3).
        let isKnown = request.episodesReadAt != nil
        derivation.stage = isKnown ? .available : .syncingLibrary
        derivation.since = playable.compactMap(\.since).max()
        derivation.isPartiallyAvailable = !isKnown
        if isKnown { derivation.availableAt = derivation.since }
        return
    }
    let waiting = counted.filter { $0.stage != .available }
    if waiting.allSatisfy({ $0.stage == .failed }) {
        derivation.stage = .failed
        derivation.since = waiting.compactMap(\.since).max()
        return
    }
    let ranked = waiting.map { (stage: $0.stage == .failed ? Stage.approved : $0.stage, since: $0.since) }
    let least = ranked.map(\.stage).min { $0.rank < $1.rank } ?? .requested
    derivation.stage = least
    derivation.since = ranked.filter { $0.stage == least }.compactMap(\.since).min()
}

private func classify(
    _ episode: Episode, _ evidence: UnitEvidence, _ stage: Stage, _ scope: SeasonScope, now: Timestamp
) -> UnitState.Class {
    guard scope.contains(episode) else { return .notRequested }
    if stage == .available || evidence.fileSince != nil { return .counted }
    let hasAired = episode.airDate.map { $0 <= now } ?? false
    // A release that was grabbed exists, whatever the calendar says.
    if !hasAired { return evidence.downloads.isEmpty ? .unaired : .counted }
    return episode.monitored == false ? .unmonitored : .counted
}

/// Which episodes were asked for.
struct SeasonScope {
    private let seasons: Set<Int>?
    /// Sonarr lacks a requested season number: all monitored seasons are followed instead.
    let hasFallenBack: Bool

    init(_ request: RequestFacts) {
        let asked = Set(request.seasons)
        let known = Set(request.episodes.map(\.number.season))
        let isListed = request.episodesReadAt != nil
        hasFallenBack = isListed && !asked.isEmpty && !asked.isSubset(of: known)
        seasons = asked.isEmpty || hasFallenBack ? nil : asked
    }

    func contains(_ episode: Episode) -> Bool {
        if let seasons { return seasons.contains(episode.number.season) }
        return episode.number.season > 0
    }

    /// How many episodes were asked for; nil while no list is known.
    func size(of request: RequestFacts) -> Int? {
        guard request.episodesReadAt != nil else { return nil }
        return request.episodes.count {
            contains($0) && ($0.monitored != false || $0.hasFile == true || seasons != nil)
        }
    }
}

func earliest(_ a: Timestamp?, _ b: Timestamp?) -> Timestamp? {
    guard let a else { return b }
    guard let b else { return a }
    return min(a, b)
}

extension Stage {
    /// How far a stage is, for the least advanced of several episodes.
    public var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
