/// One line of a request's timeline, as the facts tell it (tracking.md §7).
public struct StoryLine: Sendable, Hashable {
    /// What makes two tellings one line.
    public var key: String
    public var at: Timestamp
    public var service: String
    /// A key of the catalogue of texts.
    public var event: String
    public var stage: Stage?
    /// Named values for the text.
    public var values: [String: String]

    public init(
        key: String, at: Timestamp, service: String, event: String, stage: Stage? = nil, values: [String: String] = [:]
    ) {
        self.key = key
        self.at = at
        self.service = service
        self.event = event
        self.stage = stage
        self.values = values
    }
}

/// Every line that the facts of a request make: pure, so their order does not matter.
///
/// A season pack is one line, and single files of one hour and one stage merge.
public func story(of request: RequestFacts, _ derivation: Derivation) -> [StoryLine] {
    var lines = request.observations.filter(\.holds).compactMap { line(for: $0, in: request) }
    for download in request.downloads { lines += downloadLines(download, in: request) }
    lines = merged(lines)
    if derivation.stage == .syncingLibrary || derivation.stage == .animeMatching || derivation.stage == .available,
        let since = derivation.since, request.origin == .request
    {
        let service = derivation.stage == .animeMatching ? "shoko" : "jellyfin"
        let event: String
        switch derivation.stage {
        case .available: event = derivation.isUncertain ? "available_uncertain" : "available"
        case .animeMatching: event = "anime_matching"
        default: event = "syncing_library"
        }
        // A list may tell of a file before its import is read: waiting for the library never comes first.
        let imports = request.observations.filter { $0.fact == .imported && $0.holds }
        let at = derivation.stage == .available ? since : latest(since, imports.map(\.observedAt).max()) ?? since
        lines.append(
            StoryLine(
                key: "\(StoryLine.entrance)\(derivation.stage.rawValue)|\(since.milliseconds / 1_000)", at: at,
                service: service,
                event: event, stage: derivation.stage))
    }
    return lines.sorted { ($0.at, $0.key) < ($1.at, $1.key) }
}

private func line(for fact: Observation, in request: RequestFacts) -> StoryLine? {
    let details = fact.details
    var values: [String: String] = [:]
    var stage: Stage?
    var group = fact.naturalKey
    switch fact.fact {
    case .requested: stage = .requested
    case .approved: stage = .approved
    case .declined: stage = .declined
    case .submitFailed:
        stage = .failed
        values["reason"] = details[.message]
    case .grabbed:
        stage = .indexed
        values = ["quality": details[.quality], "indexer": details[.indexer], "size": details[.size]]
            .compactMapValues(\.self)
    case .imported:
        stage = .importing
        values["file"] = details[.path].flatMap { AttentionRules.fileName($0) }
        if details.flag(.upgrade) { values["upgrade"] = "1" }
        if request.mediaType == .tv {
            group = "\(details[.download] ?? "")|\(fact.observedAt.milliseconds / 3_600_000)"
        }
    case .downloadFailed:
        stage = .failed
        values["reason"] = details[.message]
    case .importBlocked: values["reason"] = details[.message]
    case .ignored, .fileRemoved, .pathChanged: break
    case .fileReplaced: return nil
    case .fileMatched where (details.integer(.references) ?? 0) > 0:
        stage = .syncingLibrary
        group = request.mediaType == .tv ? String(fact.observedAt.milliseconds / 3_600_000) : group
    case .fileUnmatched: stage = .animeMatching
    case .retryAccepted, .override, .overrideCleared:
        values["name"] = details[.name]
        values["action"] = details[.action]
        values["reason"] = details[.reason]
        stage = fact.fact == .override ? details[.state].flatMap(Stage.init) : nil
    default: return nil
    }
    if !fact.units.isEmpty { values["units"] = fact.units.packed }
    return StoryLine(
        key: "\(fact.fact.rawValue)|\(fact.service)|\(fact.instance)|\(group)|\(seerrTime(fact))", at: fact.observedAt,
        service: fact.service, event: fact.fact.rawValue, stage: stage, values: values)
}

/// The same status may come again after another; each telling keeps its place by the key it first came with.
private func seerrTime(_ fact: Observation) -> String {
    RequestFacts.seerrStatuses.contains(fact.fact) && fact.naturalKey.contains("@") ? fact.naturalKey : ""
}

private func downloadLines(_ download: Download, in request: RequestFacts) -> [StoryLine] {
    var lines: [StoryLine] = []
    var values: [String: String] = [:]
    if let size = download.torrent?.size ?? download.size, size > 0 { values["size"] = String(size) }
    if !download.units.isEmpty { values["units"] = download.units.packed }
    let client = download.torrent == nil ? download.service : "qbittorrent"
    if let started = download.startedAt {
        lines.append(
            StoryLine(
                key: "downloading|\(download.downloadID)", at: started, service: client, event: "downloading",
                stage: .downloading, values: values))
    }
    if let done = download.doneAt {
        lines.append(
            StoryLine(
                key: "downloaded|\(download.downloadID)", at: done, service: client, event: "downloaded",
                stage: .downloadDone, values: values))
    }
    if let gone = download.goneAt {
        lines.append(
            StoryLine(
                key: "download_gone|\(download.downloadID)", at: gone, service: client, event: "download_gone",
                stage: .approved, values: values))
    }
    return lines
}

/// Lines of one key become one: the earliest time, all units, the values of the first.
private func merged(_ lines: [StoryLine]) -> [StoryLine] {
    Dictionary(grouping: lines, by: \.key).values.map { same in
        guard same.count > 1, var line = same.first else { return same[0] }
        for other in same.dropFirst() {
            line.at = min(line.at, other.at)
            line.values.merge(other.values) { min($0, $1) }
        }
        let units = same.compactMap { $0.values["units"] }.flatMap { [UnitNumber](packed: $0) }
        if !units.isEmpty { line.values["units"] = units.packed }
        // Several files in one line: their number says more than one name.
        let files = Set(same.compactMap { $0.values["file"] })
        if files.count > 1 {
            line.values["file"] = nil
            line.values["files"] = String(files.count)
        }
        return line
    }
}
