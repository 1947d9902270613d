import Database
import HTTPServer
import Media
import Shapes
import Store

extension API {
    func addRequests(to routes: inout RouteTable) {
        routes.get("api", "requests", permission: .user, doc: .listRequests) { request in
            let query = try listQuery(of: request)
            let page = try await store.read { try $0.requests(query) }
            let shapes = page.requests.map { RequestShape($0, links: links) }
            let list = ListShape(
                "requests", shapes, next: page.next?.text, total: page.total, totalIsMinimum: page.totalIsMinimum)
            return .conditional(list.jsonBytes, request)
        }
        routes.get("api", "requests", .id, permission: .user, doc: .getRequest) { request in
            let id = try request.id("request")
            guard let detail = try await detail(of: id, visibleTo: request.visibility) else {
                throw Problem.notFound("request \(id)")
            }
            return .conditional(detail.jsonBytes, request)
        }
        routes.get("api", "requests", .id, "episodes", permission: .user, doc: .listEpisodes) { request in
            let id = try request.id("request")
            guard let shapes = try await episodes(of: id, visibleTo: request.visibility) else {
                throw Problem.notFound("request \(id)")
            }
            let page = try Parameters(request).page(shapes) { String($0.id) }
            let list = ListShape("episodes", page.elements, next: page.next, total: Int64(shapes.count))
            return .conditional(list.jsonBytes, request)
        }
        routes.get("api", "requests", .id, "timeline", permission: .user, doc: .listTimeline) { request in
            let id = try request.id("request")
            guard let timeline = try await timeline(of: id, visibleTo: request.visibility) else {
                throw Problem.notFound("request \(id)")
            }
            // Durations need the lines behind: shapes first, then the page.
            let shapes = TimelineEntryShape.all(timeline)
            let page = try Parameters(request).page(shapes) { String($0.entry.id) }
            let list = ListShape("timeline", page.elements, next: page.next, total: Int64(shapes.count))
            return .conditional(list.jsonBytes, request)
        }
        routes.get("images", "poster", .id, permission: .user, doc: .getPoster) { request in
            let id = try request.id("poster")
            guard let url = try await posterURL(of: id, visibleTo: request.visibility) else {
                throw Problem.notFound("poster of request \(id)")
            }
            // There may be one, but not now, as without internet: no error that a page could do anything about.
            guard let image = try await posters.image(at: url) else { return Response(204).secured }
            return Response(
                200, headers: [("Content-Type", image.contentType), ("Cache-Control", "private, max-age=86400")],
                body: .bytes(image.bytes)
            ).secured
        }
    }

    /// A request with its episodes and timeline, all of one moment; nil when there is none for this caller.
    func detail(of id: Int64, visibleTo visibility: Visibility) async throws -> RequestDetailShape? {
        let now = now()
        return try await store.read { reader in
            guard let row = try reader.request(id, visibleTo: visibility) else { return nil }
            return RequestDetailShape(
                RequestShape(row, links: links, seerrIDs: try reader.seerrIDs(of: id)),
                episodes: EpisodeShape.all(try reader.episodes(of: id), try reader.downloads(of: id), now: now),
                timeline: TimelineEntryShape.all(try reader.timeline(of: id)))
        }
    }

    func episodes(of id: Int64, visibleTo visibility: Visibility) async throws -> [EpisodeShape]? {
        let now = now()
        return try await store.read { reader in
            try reader.request(id, visibleTo: visibility).map { _ in
                EpisodeShape.all(try reader.episodes(of: id), try reader.downloads(of: id), now: now)
            }
        }
    }

    func timeline(of id: Int64, visibleTo visibility: Visibility) async throws -> [TimelineEntry]? {
        try await store.read { reader in
            try reader.request(id, visibleTo: visibility).map { _ in try reader.timeline(of: id) }
        }
    }

    /// Where a request's poster lies; nil for none that may be shown to this caller.
    func posterURL(of id: Int64, visibleTo visibility: Visibility) async throws -> String? {
        let url = try await store.read { try $0.request(id, visibleTo: visibility) }?.posterURL
        return url.flatMap { posters.mayShow($0) ? $0 : nil }
    }

    /// The list that an address asks for, as this caller may see it.
    private func listQuery(of request: Request) throws -> RequestQuery {
        let parameters = try Parameters(request)
        return try requestQuery(parameters, visibleTo: try listVisibility(parameters, request))
    }

    func requestQuery(_ parameters: Parameters, visibleTo visibility: Visibility) throws -> RequestQuery {
        var query = RequestQuery()
        query.visibility = visibility
        query.states = try parameters.choices("state", Stage.self)
        query.mediaType = try parameters.choice("media_type", MediaType.self)
        if let origin = parameters.text("origin") {
            guard let known = Origin(rawValue: origin) else {
                throw Problem.invalid("origin", "must be one of request, library_sync")
            }
            query.origin = known
        }
        query.requestedBy = parameters.text("requested_by")
        query.search = parameters.text("q")
        if let place = parameters.text("instance") {
            guard let known = RequestQuery.Place(text: place) else {
                throw Problem.invalid("instance", "must be a service, or service/instance as in radarr/4k")
            }
            query.place = known
        }
        if parameters.text("anime") != nil { query.isAnime = try parameters.flag("anime", default: true) }
        if let attention = parameters.text("attention"), attention != "false" {
            if attention == "true" {
                query.attention = .any
            } else if let code = Attention.Code(rawValue: attention) {
                query.attention = .code(code)
            } else {
                let codes = Attention.Code.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem.invalid("attention", "must be true or one of \(codes)")
            }
        }
        if let sort = try parameters.choice("sort", RequestQuery.Sort.self) { query.sort = sort }
        query.limit = try parameters.limit()
        if let after = parameters.text("after") {
            guard let cursor = RequestQuery.Cursor(text: after) else {
                throw Problem.invalid("after", "is not a cursor of this list")
            }
            query.after = cursor
        }
        return query
    }
}

/// Fetches pictures from the services they belong to, with limits.
public protocol PosterSource: Sendable {
    /// Whether pictures of this address are fetched at all: pages show a sign in place of others.
    func mayShow(_ url: String) -> Bool

    /// The picture at an address that a service gave; nil where there is none that may be shown.
    func image(at url: String) async throws -> Poster?
}

/// A picture, checked to be one.
public struct Poster: Sendable {
    public var contentType: String
    public var bytes: [UInt8]

    public init(contentType: String, bytes: [UInt8]) {
        self.contentType = contentType
        self.bytes = bytes
    }
}
