/// Whether somebody should look at a request, and why (tracking.md §6): derived like the stage, so it clears itself.
struct AttentionRules {
    let request: RequestFacts
    let rules: TrackingRules
    let table: EvidenceTable
    let now: Timestamp

    func apply(to derivation: inout Derivation) {
        guard ![.available, .declined, .deleted].contains(derivation.stage), currentOverride(request) == nil else {
            return
        }
        var found = atOnce(derivation) ?? unreachable(&derivation)
        if found == nil && awaited(derivation.stage).allSatisfy({ rules.unreachable[$0] == nil }) {
            found = overdue(&derivation)
        }
        guard var attention = found else { return }
        attention.actions = actions(for: attention, derivation.stage)
        attention.reason = Self.tidied(attention.reason)
        derivation.attention = attention
    }

    // MARK: At once

    /// What needs no clock: the upstream itself says that it is stuck.
    private func atOnce(_ derivation: Derivation) -> Attention? {
        if derivation.stage == .failed { return failure(derivation) }
        for download in request.downloads where download.isLive && isAwaited(download, derivation) {
            if let broken = brokenDownload(download) ?? blockedImport(download) { return broken }
        }
        if derivation.stage == .animeMatching, let unmatched = unmatched() {
            let attempts = unmatched.details.integer(.attempts).map { $0 == 1 ? " (1 try)" : " (\($0) tries)" } ?? ""
            let ban = unmatched.details.flag(.banned) ? "; AniDB refuses Shoko's questions for now" : ""
            let file = Self.fileName(unmatched.details[.path]) ?? "the file"
            return Attention(
                .matchFailed, "Shoko could not match \(file)\(attempts)\(ban)", since: unmatched.observedAt, "shoko")
        }
        if derivation.stage == .syncingLibrary && isProvenAbsent() {
            return Attention(.notAppearing, sought(), since: derivation.since ?? now, "jellyfin")
        }
        return nil
    }

    private func isAwaited(_ download: Download, _ derivation: Derivation) -> Bool {
        if request.mediaType == .movie || download.units.isEmpty {
            return derivation.stage.rank <= Stage.importing.rank
        }
        return download.units.contains { unit in
            derivation.episodes[unit].map { $0.stage.rank <= Stage.importing.rank && $0.class == .counted } ?? true
        }
    }

    private func brokenDownload(_ download: Download) -> Attention? {
        if download.isInClient, let torrent = download.torrent, ["error", "missingFiles"].contains(torrent.state) {
            let detail = torrent.state == "error" ? "reports an error" : "misses files"
            let words = download.queue?.message.map { ": \($0)" } ?? ""
            return Attention(
                .downloadError, "qBittorrent \(detail) for this torrent\(words)", since: torrent.since, "qbittorrent")
        }
        if download.isInQueue, let queue = download.queue, queue.trackedState == "failedPending" {
            let words = queue.message ?? "\(Self.name(download.service)) reports that the download failed"
            return Attention(.downloadError, words, since: queue.since, download.service)
        }
        return nil
    }

    private func blockedImport(_ download: Download) -> Attention? {
        let told = request.newest(.importBlocked).flatMap { $0.details[.download] == download.downloadID ? $0 : nil }
        if download.isInQueue, let queue = download.queue {
            let isBlocked = queue.trackedState == "importBlocked"
            // A warning while it still loads is about the download: a stalled torrent shows by its own state.
            let hasWarning =
                queue.status == "warning" && queue.trackedState != "downloading"
                && download.stage.0.rank >= Stage.downloadDone.rank
            if isBlocked || hasWarning {
                let words =
                    queue.message ?? told?.details[.message] ?? "\(Self.name(download.service)) does not import it"
                return Attention(.importBlocked, words, since: queue.since, download.service)
            }
            return nil
        }
        guard let told, told.observedAt >= download.grabbedAt else { return nil }
        let words = told.details[.message] ?? "\(Self.name(download.service)) waits for a decision by hand"
        return Attention(.importBlocked, words, since: told.observedAt, download.service)
    }

    private func failure(_ derivation: Derivation) -> Attention {
        let since = derivation.since ?? now
        let failed = request.downloads.filter(\.hasFailed).max { $0.grabbedAt < $1.grabbedAt }
        if let failed {
            let words = failed.failure ?? failed.queue?.message ?? "The download failed"
            return Attention(.downloadError, words, since: since, failed.service)
        }
        let words = request.newest(.submitFailed)?.details[.message]
        return Attention(
            .downloadError, words ?? "Seerr could not hand the request over", since: since, "jellyseerr")
    }

    private func unmatched() -> Observation? {
        if request.mediaType == .movie { return table.film().unmatched }
        return request.episodes.compactMap { table.episode($0).unmatched }.max { $0.isOlder(than: $1) }
    }

    private func stub() -> String? {
        if request.mediaType == .movie { return request.proof.stub }
        return request.episodes.first { $0.proof.stub != nil && !$0.proof.isPlayable }?.proof.stub
    }

    private func isProvenAbsent() -> Bool {
        guard request.mediaType == .movie else { return false }
        let evidence = table.film()
        return evidence.proof.since != nil && evidence.proof.isProvenAbsent(rules, vanished: evidence.vanishedAt)
    }

    // MARK: Upstreams that do not answer

    private func unreachable(_ derivation: inout Derivation) -> Attention? {
        for service in awaited(derivation.stage) {
            guard let outage = rules.unreachable[service] else { continue }
            let limit = outage.since.advanced(by: rules.limits.upstreamUnreachable)
            if now < limit {
                derivation.nextChange = earliest(derivation.nextChange, limit)
                continue
            }
            let name = service.split(separator: "/").first.map(String.init) ?? service
            return Attention(
                .upstreamUnreachable, "\(Self.name(name)) does not answer: \(outage.reason)", since: outage.since, name)
        }
        return nil
    }

    /// The services whose next fact a stage waits for.
    private func awaited(_ stage: Stage) -> [String] {
        let arr = arrInstance()
        switch stage {
        case .requested: return ["jellyseerr"]
        case .approved, .downloadDone, .importing: return [arr]
        case .indexed, .downloading: return rules.hasClient ? ["qbittorrent", arr] : [arr]
        case .animeMatching: return ["shoko"]
        case .syncingLibrary: return ["jellyfin"]
        case .available, .failed, .declined, .deleted: return []
        }
    }

    /// The *arr of this request, with its instance where it is not the default.
    private func arrInstance() -> String {
        let service = arrService
        let known =
            request.downloads.last?.instance
            ?? request.observations.first { $0.service == service && $0.fact != .playable }?.instance
        guard let known, known != "default" else { return service }
        return "\(service)/\(known)"
    }

    var arrService: String { request.mediaType == .movie ? "radarr" : "sonarr" }

    // MARK: After a time

    private func overdue(_ derivation: inout Derivation) -> Attention? {
        guard let since = derivation.since else { return nil }
        for rule in OverdueRule.all(
            for: derivation, request, rules, OverdueRule.Words(arr: arrService, stub: stub(), sought: sought))
        {
            let start = rule.since ?? since
            let due = rules.due(from: start, after: rule.after, awaiting: awaited(derivation.stage))
            guard now >= due else {
                derivation.nextChange = earliest(derivation.nextChange, due)
                continue
            }
            return Attention(rule.code, rule.reason(Self.elapsed(from: start, to: now)), since: due, rule.source)
        }
        return nil
    }

    /// Where the file is that Jellyfin should show.
    private func sought() -> String {
        let path =
            request.mediaType == .movie
            ? table.film().filePath : request.episodes.compactMap { table.episode($0).filePath }.first
        let scan = request.newest(.scanRequested).map { "; last scan asked for at \($0.observedAt.rfc3339)" } ?? ""
        return "Jellyfin does not show \(Self.fileName(path) ?? "it") yet\(scan)"
    }

    // MARK: Words and actions

    private func actions(for attention: Attention, _ stage: Stage) -> [String] {
        var actions = ["open_\(attention.source)"]
        if attention.code != .metadataOnly { actions.append("retry") }
        if stage.rank >= Stage.importing.rank && stage.rank <= Stage.syncingLibrary.rank { actions.append("verify") }
        if [.matchFailed, .notAppearing, .metadataOnly, .timeout].contains(attention.code) {
            actions.append("override")
        }
        return actions
    }

    static func elapsed(from start: Timestamp, to end: Timestamp) -> String {
        let minutes = max(0, (end.milliseconds - start.milliseconds) / 60_000)
        if minutes < 1 { return "less than a minute" }
        if minutes < 120 { return minutes == 1 ? "1 min" : "\(minutes) min" }
        return minutes < 2_880 ? "\(minutes / 60) h" : "\(minutes / 1_440) days"
    }

    static func fileName(_ path: String?) -> String? {
        path.flatMap { PathKey.components(of: $0).last.map(String.init) }
    }

    static func name(_ service: String) -> String {
        switch service {
        case "radarr": "Radarr"
        case "sonarr": "Sonarr"
        case "qbittorrent": "qBittorrent"
        case "shoko": "Shoko"
        case "jellyfin": "Jellyfin"
        case "jellyseerr": "Seerr"
        default: service
        }
    }

    /// At most 300 characters on one line.
    static func tidied(_ reason: String) -> String {
        let line = String(reason.map { $0.isNewline ? " " : $0 })
        return line.count <= 300 ? line : line.prefix(299) + "…"
    }
}

extension Attention {
    fileprivate init(_ code: Code, _ reason: String, since: Timestamp, _ source: String) {
        self.init(code: code, reason: reason, since: since, source: source, actions: [])
    }
}
