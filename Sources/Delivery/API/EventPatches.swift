import Changes
import Dashboard
import HTML
import Media
import Shapes
import Store

extension API {
    /// The components of the listening page that a request's change makes anew.
    func html(ofRequest row: RequestRecord, _ change: Change, _ listener: EventListener) async throws -> Patches? {
        guard let view = listener.view else { return nil }
        let version = try await version(of: change)
        var patches = Patches()
        switch view {
        case "activity": patches = try await activityPatches(row, version: version, listener.page)
        case "requests":
            let model = try await store.read { try requestRows([row], $0, version: version)[0] }
            patches.add(RequestRow.elementID(row.id), RequestRow(model, listener.page).body)
        case "history" where change.id != nil && row.origin == .request:
            patches.add(
                HistoryRow.elementID(row.id), HistoryRow(requestRow(row, version: version), listener.page).body)
        case "request:\(row.id)":
            patches = try await requestPatches(row, isProgress: change.id == nil, version: version, listener)
        default: break
        }
        // Progress changes no count.
        if change.id == nil { return patches }
        let visibility = listener.visibility
        let count = try await store.read { try $0.attentionCount(visibleTo: visibility) }
        patches.add(AttentionBadge.elementID, AttentionBadge(count, version: version, listener.page).body)
        if view == "activity" {
            patches.elements += try await bandHeads(visibleTo: visibility, version: version, listener.page)
        }
        return patches
    }

    /// Its card in the band it stands in now, or its removal.
    private func activityPatches(
        _ row: RequestRecord, version: Int64, _ page: PageContext
    ) async throws -> Patches {
        guard let band = band(of: row) else { return Patches(removed: [ActivityCard.elementID(row.id)]) }
        let model = try await store.read { try requestRows([row], $0, version: version)[0] }
        var patches = Patches()
        patches.add(ActivityCard.elementID(row.id), ActivityCard(model, in: band, page).body)
        return patches
    }

    /// The parts of its own page; of the episodes only what differs from what pages show.
    private func requestPatches(
        _ row: RequestRecord, isProgress: Bool, version: Int64, _ listener: EventListener
    ) async throws -> Patches {
        let found = try await requestModel(row.id, visibleTo: listener.visibility, for: nil)
        guard var model = found else { return Patches() }
        let page = listener.page
        model.row.version = version
        for index in model.episodes.seasons.indices { model.episodes.seasons[index].version = version }
        var patches = Patches()
        patches.add(RequestHead.elementID(row.id), RequestHead(model, page).body)
        patches.add(TimelineNow.elementID(row.id), TimelineNow(model.row, page).body)
        if !isProgress {
            patches.add(RequestAttention.elementID(row.id), RequestAttention(model.row, page).body)
            patches.add(
                RequestActions.elementID(row.id),
                RequestActions(model.row, override: model.override, isDeleting: model.deletion != nil, page).body)
            if page.maySeeJobs {
                patches.add(
                    DeletionPanel.elementID(row.id),
                    DeletionPanel(model.deletion, of: row.id, version: version, page).body)
            }
            // Ids grow, so what is new is among the last; an older line may have learned more meanwhile.
            for entry in model.timeline.sorted(by: { $0.id > $1.id }).prefix(6) {
                patches.add(TimelineRow.elementID(entry.id), TimelineRow(entry, page).body)
            }
        }
        addEpisodes(of: model, to: &patches, page)
        return patches
    }

    private func addEpisodes(of model: RequestPage.Model, to patches: inout Patches, _ page: PageContext) {
        let request = model.row.id
        let changed = episodesShown.changes(EpisodeMemory.Page(request, page), model.episodes.fingerprints)
        if changed?.contains(EpisodeGrid.elementID) ?? true {
            patches.add(EpisodeGrid.elementID, EpisodeGrid(model.episodes.outline, request: request, page).body)
        }
        for season in model.episodes.seasons {
            let grid = SeasonGrid(season, request: request, page)
            func add(_ id: String, _ markup: () -> Markup) {
                if changed?.contains(id) ?? season.isRequested { patches.add(id, markup()) }
            }
            add(SeasonGrid.headID(season.number)) { grid.head }
            add(SeasonGrid.packsID(season.number)) { grid.packList }
            for start in stride(from: 0, to: season.episodes?.count ?? 0, by: SeasonGrid.blockSize) {
                add(SeasonGrid.blockID(season.number, start)) { grid.block(start) }
            }
        }
    }

    /// The running job's card on the library page, and the indicator on every page.
    func html(ofJob shape: JobShape, _ change: Change, _ listener: EventListener) async throws -> Patches? {
        guard let view = listener.view else { return nil }
        let version = try await version(of: change)
        guard let model = jobModel(shape, version: version) else { return Patches() }
        let running = try await runningJobs(version: version)
        var patches = Patches()
        patches.add(JobsIndicator.elementID, JobsIndicator(running, version: version, listener.page).body)
        if view == "library" {
            patches.add(JobCard.elementID, JobCard(model, version: version, listener.page).body)
        }
        if view == "status" {
            for kind in try await jobKinds(version: version) {
                patches.add(JobKindRow.elementID(kind.kind), JobKindRow(kind, listener.page).body)
            }
        }
        return patches
    }

    /// Which services are silent, on every page, and on the Status page the rows of those that were looked at.
    func html(ofHealth change: Change, _ news: HealthNews?, _ listener: EventListener) async throws -> Patches? {
        guard let view = listener.view else { return nil }
        let version = try await version(of: change)
        var patches = Patches()
        patches.add(SilentNote.elementID, SilentNote(silences(), version: version, listener.page).body)
        guard view == "status" else { return patches }
        for state in try await serviceStates() where news?.concerns(state.entry) ?? true {
            let id = ServiceRow.elementID(state.entry.service, state.entry.instance)
            patches.add(id, ServiceRow(state.row(version: version), listener.page).body)
        }
        return patches
    }

    /// The event id a component is as new as; progress is as new as the newest event.
    func version(of change: Change) async throws -> Int64 {
        if let id = change.id { return id }
        return try await store.read { try $0.lastEventID() }
    }
}

extension EpisodeGrid.Model {
    /// The seasons without their squares: an open page fetches those it shows, and keeps those it has.
    fileprivate var outline: EpisodeGrid.Model {
        var outline = self
        for index in outline.seasons.indices { outline.seasons[index].episodes = nil }
        return outline
    }
}
