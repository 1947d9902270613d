import Dashboard
import Database
import HTTPServer
import Media
import Shapes
import Store

extension API {
    func requestRow(_ row: RequestRecord, version: Int64) -> RequestsPage.Row {
        var model = RequestsPage.Row(
            id: row.id, title: row.title, year: row.year, kind: row.mediaType == .movie ? .movie : .tv,
            stage: StageBadge.Stage(rawValue: row.state.rawValue) ?? .requested,
            origin: RequestsPage.Origin(rawValue: row.origin.rawValue) ?? .request,
            requestedBy: row.requestedBy ?? "", updatedAt: row.updatedAt.milliseconds)
        model.stageChangedAt = row.stateChangedAt.milliseconds
        model.createdAt = row.createdAt.milliseconds
        model.availableAt = row.availableAt?.milliseconds
        model.posterPath = row.posterURL == nil ? nil : "/images/poster/\(row.id)"
        model.isUncertain = row.isUncertain
        model.links = serviceLinks(row)
        model.version = version
        return model
    }

    func requestsModel(_ request: Request, version: Int64) async throws -> RequestsPage.Model {
        let query = try requestQuery(Parameters(request))
        let page = try await store.read { try $0.requests(query) }
        var model = RequestsPage.Model()
        model.filters.kind = query.mediaType.flatMap { MediaLabel.Kind(rawValue: $0.rawValue) }
        model.filters.stages = query.states.compactMap { StageBadge.Stage(rawValue: $0.rawValue) }
        model.filters.origin = query.origin.flatMap { RequestsPage.Origin(rawValue: $0.rawValue) }
        model.filters.search = query.search
        model.filters.after = query.after?.text
        model.rows = page.requests.map { requestRow($0, version: version) }
        model.total = page.total
        model.totalIsMinimum = page.totalIsMinimum
        model.next = page.next?.text
        return model
    }

    func requestModel(_ id: Int64) async throws -> RequestPage.Model? {
        let read = try await store.read { reader in
            (
                version: try reader.lastEventID(), row: try reader.request(id), timeline: try reader.timeline(of: id),
                changes: try reader.provenance(of: id)
            )
        }
        guard let row = read.row else { return nil }
        var model = RequestPage.Model(row: requestRow(row, version: read.version))
        model.originalTitle = row.originalTitle
        model.overview = row.overview
        model.isAnime = row.isAnime
        model.ids = ids(row)
        model.timeline = TimelineEntryShape.all(read.timeline).map { shape in
            var entry = Timeline.Entry(
                id: shape.entry.id, at: shape.entry.at.milliseconds, service: shape.entry.service,
                event: shape.entry.event, text: shape.text,
                stage: shape.entry.state.flatMap { StageBadge.Stage(rawValue: $0.rawValue) })
            entry.duration = shape.duration
            return entry
        }
        model.changes = read.changes.filter { $0.action != "add" }.map { change in
            ChangesTable.Change(
                field: PlanTable.Field(
                    name: change.field, before: change.before, after: change.after, source: change.source),
                jobID: change.job, at: change.at.milliseconds)
        }
        return model
    }

    private func ids(_ row: RequestRecord) -> [(name: String, value: String)] {
        let all: [(String, String?)] = [
            ("tmdb", row.tmdb.map(String.init)), ("tvdb", row.tvdb.map(String.init)), ("imdb", row.imdb),
            ("jellyfin", row.jellyfin?.id.text), ("radarr", row.radarr.map { String($0.id) }),
            ("sonarr", row.sonarr.map { String($0.id) }),
        ]
        return all.compactMap { name, value in value.map { (name: name, value: $0) } }
    }

    private func serviceLinks(_ row: RequestRecord) -> [(service: String, url: String)] {
        let all: [(String, String?)] = [
            ("jellyfin", row.jellyfin.flatMap { links.jellyfin($0.instance, item: $0.id.text) }),
            ("radarr", row.radarr.flatMap { links.radarr($0.instance, tmdb: row.tmdb) }),
            ("sonarr", row.sonarr.flatMap { links.sonarr($0.instance) }),
        ]
        return all.compactMap { service, url in url.map { (service: service, url: $0) } }
    }
}
