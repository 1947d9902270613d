/// Derives what a request's facts prove: pure, and the same for any order and repetition of them (tracking.md §3).
///
/// Some answers change by time alone: `Derivation.nextChange` names the instant.
public func derive(_ request: RequestFacts, _ rules: TrackingRules = TrackingRules(), now: Timestamp) -> Derivation {
    let request = request.withNewestReadings
    let table = EvidenceTable(request)
    let isAnime = animeVerdict(request, rules)
    var derivation = Derivation(stage: .requested)
    if request.mediaType == .movie || request.origin == .librarySync {
        deriveFilm(request, rules, table, isAnime: isAnime == true, now: now, into: &derivation)
    } else {
        deriveSeries(request, rules, table, isAnime: isAnime == true, now: now, into: &derivation)
    }
    derivation.isAnime = isAnime
    if case (let stage, let since)? = decidedForAll(request) {
        derivation.stage = stage
        derivation.since = since
    }
    if request.reading(.requestGone)?.holds == true { derivation.note = .removedInSeerr }
    describe(request, into: &derivation)
    derivation.progress = progress(of: request, derivation)
    AttentionRules(request: request, rules: rules, table: table, now: now).apply(to: &derivation)
    return derivation
}

/// Rules 1 to 3: deleted, overridden, declined.
private func decidedForAll(_ request: RequestFacts) -> (Stage, Timestamp?)? {
    if request.isDeleted { return (.deleted, nil) }
    if let override = currentOverride(request), let stage = override.details[.state].flatMap(Stage.init) {
        return (stage, override.observedAt)
    }
    if let declined = request.newest(.declined) {
        let newer = request.newest(.approved, .grabbed)
        if newer.map({ $0.observedAt <= declined.observedAt }) ?? true { return (.declined, declined.observedAt) }
    }
    return nil
}

/// The user's override in force, unless it was cleared later.
func currentOverride(_ request: RequestFacts) -> Observation? {
    guard let newest = request.newest(.override, .overrideCleared), newest.fact == .override else { return nil }
    return newest
}

private func deriveFilm(
    _ request: RequestFacts, _ rules: TrackingRules, _ table: EvidenceTable, isAnime: Bool, now: Timestamp,
    into derivation: inout Derivation
) {
    let evidence = table.film()
    let outcome = UnitStage(evidence: evidence, request: request, rules: rules, now: now, isAnime: isAnime).outcome()
    derivation.stage = outcome.stage
    derivation.since = outcome.since
    derivation.nextChange = outcome.nextChange
    derivation.isUncertain = outcome.isUncertain
    derivation.jellyfinItem = evidence.proof.since == nil ? nil : evidence.proof.item
    derivation.episodesAired = 1
    derivation.episodesTotal = 1
    if outcome.stage == .available {
        derivation.episodesAvailable = 1
        derivation.availableAt = outcome.since
    }
}

/// First evidence wins: an override, then anything that proves it (tracking.md §3.4); nothing disproves it.
func animeVerdict(_ request: RequestFacts, _ rules: TrackingRules) -> Bool? {
    if let override = currentOverride(request), let said = override.details[.anime] { return said == "1" }
    for observation in request.observations where observation.holds {
        if observation.details[.anime] == "1" { return true }
        if observation.fact == .fileMatched && (observation.details.integer(.references) ?? 0) > 0 { return true }
        if let path = observation.details[.path], isAnimePath(path, rules) { return true }
    }
    if request.episodes.contains(where: { $0.path.map { isAnimePath($0, rules) } ?? false }) { return true }
    return request.isAnime
}

private func isAnimePath(_ path: String, _ rules: TrackingRules) -> Bool {
    if rules.animePaths.isEmpty { return false }
    return PathKey.components(of: path).contains { name in
        let mayDiffer = name.utf8.contains { $0 >= 0x80 }
        return rules.animePaths.contains {
            (mayDiffer || $0.utf8.count == name.utf8.count) && $0 == name.lowercased()
        }
    }
}

/// Quality, indexer and group of the file, else of the newest grab.
private func describe(_ request: RequestFacts, into derivation: inout Derivation) {
    let told = request.observations.filter { $0.holds && ($0.fact == .grabbed || $0.fact == .imported) }
        .sorted { $0.isOlder(than: $1) }
    for observation in told {
        derivation.quality = observation.details[.quality] ?? derivation.quality
        derivation.indexer = observation.details[.indexer] ?? derivation.indexer
        derivation.releaseGroup = observation.details[.group] ?? derivation.releaseGroup
    }
    if let override = currentOverride(request), let item = override.details[.item] {
        derivation.jellyfinItem = JellyfinItemID(item) ?? derivation.jellyfinItem
    }
}

extension Timestamp {
    static let distantPast = Timestamp(milliseconds: .min)
}
