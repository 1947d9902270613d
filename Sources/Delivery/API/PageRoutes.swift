import Accounts
import Dashboard
import Database
import HTML
import HTTPServer
import Jobs
import Media
import Shapes
import Store

extension API {
    func addPages(to routes: inout RouteTable) {
        routes.get(permission: .user, doc: .page) { request in
            let model = try await activityModel(visibleTo: request.visibility)
            let page = ActivityPage(model, context(request))
            if let region = request.query.first("fragment") { return try fragment(page.fragment(region), region) }
            return Response.html(page.whole(try await frame(request, version: model.version)).bytes).secured
        }
        routes.get("library", permission: .operate(reads: true), doc: .page) { request in
            let model = try await libraryModel(request)
            let page = LibraryPage(model, context(request))
            if let region = request.query.first("fragment") { return try fragment(page.fragment(region), region) }
            return Response.html(page.whole(try await frame(request, version: model.version)).bytes).secured
        }
        routes.get("requests", permission: .user, doc: .page) { request in
            let version = try await store.read { try $0.lastEventID() }
            let model = try await requestsModel(request, visibleTo: request.visibility)
            let page = RequestsPage(model, context(request))
            if let region = request.query.first("fragment") { return try fragment(page.fragment(region), region) }
            return Response.html(page.whole(try await frame(request, version: version)).bytes).secured
        }
        routes.get("request", .id, permission: .user, doc: .page) { request in
            let model = try await requestModel(request)
            let page = RequestPage(model, context(request))
            if let region = request.query.first("fragment") { return try fragment(page.fragment(region), region) }
            return Response.html(page.whole(try await frame(request, version: model.row.version)).bytes).secured
        }
        routes.get("status", permission: .user, doc: .page) { request in
            let model = try await statusModel(request)
            let page = StatusPage(model, context(request))
            if let region = request.query.first("fragment") { return try fragment(page.fragment(region), region) }
            return Response.html(page.whole(try await frame(request, version: model.version)).bytes).secured
        }
        routes.get("assets", .named("name"), permission: .open, doc: .asset) { request in
            guard let asset = Assets.named(request.parameters["name"] ?? "") else { throw Problem.notFound("asset") }
            return Response(
                200,
                headers: [
                    ("Content-Type", asset.contentType), ("Cache-Control", "public, max-age=31536000, immutable"),
                ], body: .bytes(asset.bytes)
            ).secured
        }
    }

    func fragment(_ markup: Markup?, _ region: String) throws -> Response {
        guard let markup else { throw Problem.notFound("region \(region) on this page") }
        return Response.html(markup.bytes).secured
    }

    /// The request of the address, with the parts of its page that the query asks for.
    private func requestModel(_ request: Request) async throws -> RequestPage.Model {
        let id = try request.id("request")
        let parameters = try Parameters(request)
        var seasons = Set(parameters.all("season").compactMap { Int($0) })
        // A season fetched on demand names itself.
        if let region = parameters.text("fragment"), region.hasPrefix("season-") {
            seasons.formUnion(Int(region.dropFirst("season-".count)).map { [$0] } ?? [])
        }
        let limit = parameters.text("timeline") == "all" ? nil : Timeline.limit
        let found = try await requestModel(
            id, visibleTo: request.visibility, seasons: seasons, for: context(request), timelineLimit: limit)
        guard var model = found else {
            throw Problem.notFound("request \(id)")
        }
        model.dialog = parameters.text("dialog").flatMap { RequestPage.Dialog(rawValue: $0) }
        if model.dialog == .delete, context(request).mayOperate {
            model.deletePlan = try await deleteDialog(of: id, try DeletionParameters(request))
        }
        if !context(request).maySeeJobs { model.deletion = nil }
        return model
    }

    func frame(_ request: Request, version: Int64) async throws -> Frame {
        try await frame(
            visibleTo: request.visibility, showsJobs: context(request).maySeeJobs, version: version)
    }

    /// What the frame of every page shows.
    func frame(visibleTo visibility: Visibility, showsJobs: Bool, version: Int64) async throws -> Frame {
        var frame = Frame(jobs: showsJobs ? try await runningJobs(version: version) : [], version: version)
        frame.attention = try await store.read { try $0.attentionCount(visibleTo: visibility) }
        frame.silences = silences()
        return frame
    }

    /// What every view needs beside its model.
    func context(_ request: Request) -> PageContext {
        let theme = request.headers.cookie("marquee_theme").flatMap { PageContext.Theme(rawValue: $0) }
        var page = PageContext(basePath: basePath, theme: theme ?? .dark)
        guard let caller = request.caller else { return page.forNobody }
        page.mayOperate = caller.may(.operate(), changing: true)
        page.mayVerify = caller.may(.user, changing: true)
        page.maySeeJobs = caller.may(.operate(reads: true), changing: false)
        page.mayAdminister = caller.may(.admin, changing: true)
        page.isSettingUp = caller.isSettingUp
        guard case .session(let session) = caller.proof else { return page }
        page.viewer = caller.name
        page.csrfToken = FormToken.make(session.formSecret)
        return page
    }

    /// The jobs under way, for the indicator of every page.
    func runningJobs(version: Int64) async throws -> [JobModel] {
        let records = try await store.read { try $0.jobs(state: .running, limit: 10) }
        return records.compactMap { record in
            jobModel(JobShape(record, live: jobs.progress(of: record.id)), version: version)
        }
    }
}

extension PageContext {
    /// The same for a caller who is not known: nothing is offered that would be refused.
    fileprivate var forNobody: PageContext {
        var page = self
        page.mayOperate = false
        page.mayVerify = false
        page.maySeeJobs = false
        page.mayAdminister = false
        return page
    }
}
