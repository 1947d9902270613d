import Dashboard
import Database
import Media
import Shapes
import Store

extension API {
    /// One request as lists, cards and its own page show it.
    func requestRow(
        _ row: RequestRecord, stages: [Stage: Int64] = [:], seerr: String? = nil, version: Int64
    ) -> RequestsPage.Row {
        var model = RequestsPage.Row(
            id: row.id, title: row.title, year: row.year, kind: row.mediaType == .movie ? .movie : .tv,
            stage: StageBadge.Stage(row.state), origin: RequestsPage.Origin(rawValue: row.origin.rawValue) ?? .request,
            requestedBy: row.requestedBy ?? "", updatedAt: row.updatedAt.milliseconds)
        model.stageChangedAt = row.stateChangedAt.milliseconds
        model.createdAt = row.createdAt.milliseconds
        model.availableAt = row.availableAt?.milliseconds
        model.posterPath = row.posterURL.flatMap { posters.mayShow($0) ? "/images/poster/\(row.id)" : nil }
        model.seasons = row.seasons.map(Int64.init)
        if let aired = row.episodesAired, row.mediaType == .tv {
            model.episodes = (available: row.episodesAvailable ?? 0, aired: aired)
        }
        model.episodeStages = stages.sorted { $0.key.rank > $1.key.rank }
            .map { (stage: StageBadge.Stage($0.key), count: $0.value) }
        model.progress = row.progress.map { Transfer($0) }
        model.attention = row.attention.map { Dashboard.Attention($0) }
        model.isUncertain = row.isUncertain
        model.quality = row.quality
        model.links = serviceLinks(row, seerr: seerr)
        model.retry = retryAction(row)
        model.version = version
        return model
    }

    /// Several rows, with the stages of their episodes read at once.
    func requestRows(_ rows: [RequestRecord], _ reader: Reader, version: Int64) throws -> [RequestsPage.Row] {
        let series = rows.filter { ($0.episodesAired ?? 0) > 1 && !$0.state.isClosed }.map(\.id)
        let stages = try reader.episodeStages(of: series)
        return rows.map { requestRow($0, stages: stages[$0.id] ?? [:], version: version) }
    }

    /// What a retry would do now (tracking.md §6); nil where there is nothing to retry.
    private func retryAction(_ row: RequestRecord) -> RetryAction? {
        let arr = row.mediaType == .movie ? "radarr" : "sonarr"
        switch row.state {
        case .available, .declined, .deleted, .syncingLibrary: return nil
        case .animeMatching: return .relist(service: "shoko")
        case .downloadDone, .importing: return .refresh(service: arr)
        case _ where row.attention?.code == .importBlocked: return .refresh(service: arr)
        default:
            let isKnown = row.mediaType == .movie ? row.radarr != nil : row.sonarr != nil
            return isKnown ? .search(service: arr) : .requestAgain(service: "jellyseerr")
        }
    }

    private func serviceLinks(_ row: RequestRecord, seerr: String?) -> [(service: String, url: String)] {
        let isAsked = row.origin == .request || seerr != nil
        var all: [(String, String?)] = [
            ("jellyfin", row.jellyfin.flatMap { links.jellyfin($0.instance, item: $0.id.text) }),
            ("radarr", row.radarr.flatMap { links.radarr($0.instance, tmdb: row.tmdb) }),
            ("sonarr", row.sonarr.flatMap { links.sonarr($0.instance) }),
            ("jellyseerr", isAsked ? links.jellyseerr(seerr, row.mediaType, tmdb: row.tmdb) : nil),
        ]
        // These know files and torrents, not titles: they are offered where they can mend something.
        if let source = row.attention?.source, !all.contains(where: { $0.0 == source && $0.1 != nil }) {
            all.append((source, links.home(source)))
        }
        return all.compactMap { service, url in url.map { (service: service, url: $0) } }
    }
}

extension StageBadge.Stage {
    init(_ stage: Stage) { self = StageBadge.Stage(rawValue: stage.rawValue) ?? .requested }
}

extension Transfer {
    init(_ progress: DownloadProgress) {
        self.init(percent: progress.percent, bytesDone: progress.bytesDone, bytesTotal: progress.bytesTotal)
        speed = progress.speed
        etaSeconds = progress.etaSeconds
    }
}

extension Dashboard.Attention {
    init(_ attention: Media.Attention) {
        self.init(
            code: Code(rawValue: attention.code.rawValue) ?? .timeout, reason: attention.reason,
            since: attention.since.milliseconds, source: attention.source)
        actions = attention.actions.compactMap { Action(name: $0) }
    }
}
