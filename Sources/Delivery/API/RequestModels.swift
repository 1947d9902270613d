import Accounts
import Dashboard
import Database
import HTTPServer
import Media
import Shapes
import Store

extension API {
    func requestsModel(_ request: Request, visibleTo visibility: Visibility) async throws -> RequestsPage.Model {
        let parameters = try Parameters(request)
        let whose = try whose(parameters, request)
        let user = request.caller?.user ?? ""
        let query = try requestQuery(
            parameters, visibleTo: whose == .mine ? Visibility(owner: user) : visibility)
        let keeper = caller(of: request).keeper
        let read = try await store.read { reader in
            let list = try reader.requests(query)
            let version = try reader.lastEventID()
            return (
                list, try requestRows(list.requests, reader, version: version), try reader.savedFilters(of: keeper),
                query.visibility == .all ? try reader.requesters(limit: 100) : []
            )
        }
        var model = RequestsPage.Model()
        model.filters.whose = whose
        model.filters.requester = query.requestedBy
        model.filters.place = query.place?.text
        model.filters.sort = RequestsPage.Sort(rawValue: query.sort.rawValue) ?? .updated
        model.saved = read.2.map { ListTools.Saved(id: $0.id, name: $0.name, query: $0.query) }
        model.requesters = read.3.filter { !$0.isEmpty }
        model.places = board.entries.compactMap { entry in
            RequestQuery.Place.Service(rawValue: entry.service).map {
                RequestQuery.Place($0, entry.instance).text
            }
        }
        model.hidden = hiddenColumns(request)
        model.outcome = parameters.text("done").flatMap { BulkOutcome(text: $0) }
        model.filters.kind = query.mediaType.flatMap { MediaLabel.Kind(rawValue: $0.rawValue) }
        let stages = Set(query.states.map { StageBadge.Stage($0) })
        model.filters.stages = StageBadge.Stage.allCases.filter(stages.contains)
        model.filters.origin = query.origin.flatMap { RequestsPage.Origin(rawValue: $0.rawValue) }
        model.filters.attention = parameters.text("attention").flatMap { RequestsPage.AttentionFilter(text: $0) }
        model.filters.search = query.search
        model.filters.after = query.after?.text
        model.rows = read.1
        model.total = read.0.total
        model.totalIsMinimum = read.0.totalIsMinimum
        model.next = read.0.next?.text
        return model
    }

    /// Whose requests the page shows, for a viewer who has the choice: users begin with their own.
    private func whose(_ parameters: Parameters, _ request: Request) throws -> RequestsPage.Whose? {
        let wanted = try parameters.choice("whose", RequestsPage.Whose.self)
        guard let caller = request.caller, caller.user != nil, caller.visibility == .all else { return nil }
        return wanted ?? (caller.role == .user ? .mine : .all)
    }

    /// Everything one request's page shows, of one moment; nil when there is no such request for this caller.
    ///
    /// `seasons` are shown with their episodes beside the ones asked for. `page` is the page that shows them and is
    /// patched from here on; without one all seasons come filled, for a patch. `timelineLimit` keeps the newest
    /// entries only.
    func requestModel(
        _ id: Int64, visibleTo visibility: Visibility, seasons: Set<Int> = [], for page: PageContext?,
        timelineLimit: Int? = nil
    ) async throws -> RequestPage.Model? {
        try await store.read { reader -> RequestPage.Model? in
            guard let row = try reader.request(id, visibleTo: visibility) else { return nil }
            let version = try reader.lastEventID()
            let downloads = try reader.downloads(of: id)
            let episodes = row.mediaType == .tv ? try reader.episodes(of: id) : []
            let board = EpisodeBoard(row, episodes, downloads, version: version)
            let seerr = try reader.seerrIDs(of: id).first
            var model = RequestPage.Model(row: requestRow(row, seerr: seerr?.instance, version: version))
            fill(&model, row, downloads, seerr?.id)
            model.deletion = try row.deletion.flatMap { try reader.deletionLog($0.log) }
                .map { DeletionModel($0, request: id, version: version) }
            model.override = try reader.overrideInForce(of: id).map { OverrideDialog.InForce($0) }
            model.episodes = board.grid(opened: seasons, isWhole: page == nil)
            if let page, row.mediaType == .tv {
                episodesShown.note(EpisodeMemory.Page(id, page), board.grid(isWhole: true).fingerprints)
            }
            let timeline = TimelineEntryShape.all(try reader.timeline(of: id)).map { Timeline.Entry($0) }
            model.timeline = timelineLimit.map { Array(timeline.suffix($0)) } ?? timeline
            model.timelineTotal = model.timeline.count < timeline.count ? Int64(timeline.count) : nil
            model.changes = try reader.provenance(of: id).filter { $0.action != "add" }.map {
                ChangesTable.Change(
                    field: PlanTable.Field(name: $0.field, before: $0.before, after: $0.after, source: $0.source),
                    jobID: $0.job, at: $0.at.milliseconds)
            }
            return model
        }
    }

    private func fill(
        _ model: inout RequestPage.Model, _ row: RequestRecord, _ downloads: [Download], _ seerr: Int64?
    ) {
        model.originalTitle = row.originalTitle
        model.overview = row.overview
        model.isAnime = row.isAnime
        model.ids = ids(row, seerr: seerr)
        let newest = downloads.max { $0.grabbedAt < $1.grabbedAt }
        model.release = row.releaseGroup ?? newest?.release
        model.indexer = row.indexer
        model.size = newest.flatMap { $0.torrent?.size ?? $0.size }
        if let radarr = row.radarr { model.instance = ("radarr", radarr.instance) }
        if let sonarr = row.sonarr { model.instance = ("sonarr", sonarr.instance) }
        let note = row.note?.split(separator: " ", maxSplits: 1).map(String.init) ?? []
        if note.first == "first_episode_airs", note.count > 1 {
            model.firstAirsAt = Timestamp(rfc3339: note[1])?.milliseconds
        }
        model.note = note.first.flatMap { RequestPage.Note(rawValue: $0) }
        if let reason = row.attention?.reason {
            let said = downloads.filter(\.isLive).compactMap(\.queue?.message).filter { $0 != reason }
            model.row.attention?.messages = Array(Set(said)).sorted()
        }
    }

    private func ids(_ row: RequestRecord, seerr: Int64?) -> [(name: String, value: String)] {
        let all: [(String, String?)] = [
            ("tmdb", row.tmdb.map(String.init)), ("tvdb", row.tvdb.map(String.init)), ("imdb", row.imdb),
            ("jellyfin", row.jellyfin?.id.text), ("radarr", row.radarr.map { String($0.id) }),
            ("sonarr", row.sonarr.map { String($0.id) }), ("jellyseerr", seerr.map(String.init)),
        ]
        return all.compactMap { name, value in value.map { (name: name, value: $0) } }
    }
}

extension OverrideDialog.InForce {
    init(_ decision: Observation) {
        self.init(
            name: decision.details[.name] ?? "", reason: decision.details[.reason] ?? "",
            stage: decision.details[.state].flatMap { StageBadge.Stage(rawValue: $0) })
    }
}

extension Timeline.Entry {
    init(_ shape: TimelineEntryShape) {
        let entry = shape.entry
        self.init(
            id: entry.id, at: entry.at.milliseconds, service: entry.service, event: entry.event, text: shape.text,
            stage: entry.state.map { StageBadge.Stage($0) })
        values = shape.values
        duration = shape.duration
        isLate = entry.isLate
    }
}
