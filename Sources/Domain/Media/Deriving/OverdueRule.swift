/// One limit of tracking.md §6: how long a stage, or something within it, may last.
struct OverdueRule {
    var code: Attention.Code
    var after: Duration
    var source: String
    /// Where the clock starts, when not with the stage.
    var since: Timestamp?
    /// The sentence, given the time that has passed.
    var reason: (String) -> String

    /// What the sentences need besides the facts.
    struct Words {
        /// `radarr` or `sonarr`.
        var arr: String
        /// An item of Jellyfin that has nothing to play.
        var stub: String?
        /// Where the file lies that Jellyfin should show.
        var sought: () -> String
    }

    static func all(
        for derivation: Derivation, _ request: RequestFacts, _ rules: TrackingRules, _ words: Words
    ) -> [OverdueRule] {
        let arr = words.arr
        let limits = rules.limits
        let name = AttentionRules.name(arr)
        switch derivation.stage {
        case .approved: return approved(derivation, request, limits, arr: arr)
        case .indexed:
            let client = rules.hasClient ? "qBittorrent" : "\(name)'s queue"
            return [
                OverdueRule(code: .timeout, after: limits.indexed, source: rules.hasClient ? "qbittorrent" : arr) {
                    "Grabbed \($0) ago; \(client) does not show it moving"
                }
            ]
        case .downloading: return downloading(request, limits, arr: arr)
        case .downloadDone:
            return [
                OverdueRule(code: .timeout, after: limits.downloadDone, source: arr) {
                    "Downloaded \($0) ago; \(queueWords(request, name))"
                }
            ]
        case .importing:
            return [
                OverdueRule(code: .timeout, after: limits.importing, source: arr) {
                    "Importing for \($0); \(queueWords(request, name))"
                }
            ]
        case .animeMatching:
            let isSeen = request.newest(.fileSeen) != nil
            return [
                OverdueRule(code: .timeout, after: limits.animeMatching, source: "shoko") {
                    "Imported \($0) ago; Shoko has \(isSeen ? "seen the file but not matched it" : "never seen the file")"
                }
            ]
        case .syncingLibrary:
            return [words.stub.map(metadataOnly), notAppearing(limits, words.sought)].compactMap(\.self)
        case .requested, .available, .failed, .declined, .deleted: return []
        }
    }

    /// An item may appear before its file is read: only after the last check (40 s) it is a finding.
    private static func metadataOnly(_ stub: String) -> OverdueRule {
        OverdueRule(code: .metadataOnly, after: .seconds(40), source: "jellyfin") { _ in
            "Jellyfin lists \(stub) without anything to play"
        }
    }

    private static func notAppearing(_ limits: AttentionLimits, _ sought: @escaping () -> String) -> OverdueRule {
        OverdueRule(code: .notAppearing, after: limits.notAppearing, source: "jellyfin") { _ in sought() }
    }

    private static func approved(
        _ derivation: Derivation, _ request: RequestFacts, _ limits: AttentionLimits, arr: String
    ) -> [OverdueRule] {
        let name = AttentionRules.name(arr)
        let what = request.mediaType == .movie ? "this film" : "this series"
        if case .firstEpisodeAirs? = derivation.note { return [] }
        if let inArr = request.reading(.inArr), !inArr.holds, inArr.observedAt >= (derivation.since ?? .distantPast) {
            return [
                OverdueRule(code: .notGrabbed, after: limits.notGrabbed, source: arr) { _ in
                    "\(name) does not have \(what)"
                }
            ]
        }
        if let monitored = request.reading(.monitored), !monitored.holds {
            return [
                OverdueRule(code: .notGrabbed, after: limits.notGrabbed, source: arr) { _ in
                    "\(name) does not monitor \(what)"
                }
            ]
        }
        if let released = request.reading(.released), !released.holds { return [] }
        let search = request.reading(.releaseSearch)
        let rejections = search?.details[.message]
        return [
            OverdueRule(
                code: rejections == nil ? .notGrabbed : .releasesRejected, after: limits.approved, source: arr,
                since: request.reading(.released)?.details.integer(.since).map(Timestamp.init(milliseconds:))
                    .flatMap { latest($0, derivation.since) }
            ) { rejections ?? (search == nil ? "Nothing was grabbed for \($0)" : "No release found for \($0)") }
        ]
    }

    private static func downloading(_ request: RequestFacts, _ limits: AttentionLimits, arr: String) -> [OverdueRule] {
        var found: [OverdueRule] = []
        for download in request.downloads where download.isLive && download.isInClient {
            guard let torrent = download.torrent, !torrent.isDone else { continue }
            let limit: Duration =
                switch torrent.state {
                case "metaDL", "forcedMetaDL": limits.downloadStalled / 2
                case "stoppedDL": limits.downloadStalled / 3
                default: limits.downloadStalled
                }
            let seeds = torrent.seeds == 1 ? "1 seed" : "\(torrent.seeds) seeds"
            found.append(
                OverdueRule(
                    code: .downloadStalled, after: limit, source: "qbittorrent", since: torrent.progressAt
                ) { "No progress for \($0): \(torrentWords(torrent.state)), \(seeds)" })
        }
        found.sort {
            ($0.since ?? .distantPast).advanced(by: $0.after) < ($1.since ?? .distantPast).advanced(by: $1.after)
        }
        found.append(
            OverdueRule(code: .timeout, after: limits.downloading, source: "qbittorrent") { elapsed in
                let percent = progress(of: request, Derivation(stage: .downloading)).map { Int($0.percent) } ?? 0
                return "Downloading for \(elapsed), at \(percent) %"
            })
        return found
    }

    private static func torrentWords(_ state: String) -> String {
        switch state {
        case "metaDL", "forcedMetaDL": "still fetching its metadata"
        case "stoppedDL", "pausedDL": "stopped"
        case "stalledDL": "stalled"
        case "queuedDL": "queued"
        default: state
        }
    }

    private static func queueWords(_ request: RequestFacts, _ name: String) -> String {
        guard let queue = request.downloads.last(where: { $0.isInQueue })?.queue else {
            return "\(name)'s queue does not list it"
        }
        return "\(name) says \(queue.trackedState ?? queue.status)" + (queue.message.map { ": \($0)" } ?? "")
    }
}
