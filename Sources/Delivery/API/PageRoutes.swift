import Dashboard
import Database
import HTML
import HTTPServer
import Jobs
import Media
import Shapes
import Store

extension API {
    func addPages(to routes: inout Routes<Permission>) {
        routes.get(permission: .user) { _ in seeOther("/library") }
        routes.get("library", permission: .user) { request in
            let model = try await libraryModel(request)
            let page = LibraryPage(model, context(request))
            if let region = request.query.first("fragment") { return try fragment(page.fragment(region), region) }
            let running = try await runningJobs(version: model.version)
            return Response.html(page.whole(Frame(jobs: running, version: model.version)).bytes).secured
        }
        routes.get("requests", permission: .user) { request in
            let version = try await store.read { try $0.lastEventID() }
            let page = RequestsPage(try await requestsModel(request, version: version), context(request))
            if let region = request.query.first("fragment") { return try fragment(page.fragment(region), region) }
            let running = try await runningJobs(version: version)
            return Response.html(page.whole(Frame(jobs: running, version: version)).bytes).secured
        }
        routes.get("request", .id, permission: .user) { request in
            let version = try await store.read { try $0.lastEventID() }
            let id = try request.id("request")
            guard let model = try await requestModel(id) else { throw Problem.notFound("request \(id)") }
            let page = RequestPage(model, context(request))
            if let region = request.query.first("fragment") { return try fragment(page.fragment(region), region) }
            let running = try await runningJobs(version: version)
            return Response.html(page.whole(Frame(jobs: running, version: version)).bytes).secured
        }
        routes.get("assets", .named("name"), permission: .open) { request in
            guard let asset = Assets.named(request.parameters["name"] ?? "") else { throw Problem.notFound("asset") }
            return Response(
                200,
                headers: [
                    ("Content-Type", asset.contentType), ("Cache-Control", "public, max-age=31536000, immutable"),
                ], body: .bytes(asset.bytes)
            ).secured
        }
    }

    private func fragment(_ markup: Markup?, _ region: String) throws -> Response {
        guard let markup else { throw Problem.notFound("region \(region) on this page") }
        return Response.html(markup.bytes).secured
    }

    /// What every view needs beside its model.
    func context(_ request: Request) -> PageContext {
        let cookies = request.headers.all("Cookie").joined(separator: "; ").split(separator: ";")
        let theme = cookies.compactMap { cookie -> PageContext.Theme? in
            let parts = cookie.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[0] == "marquee_theme" else { return nil }
            return PageContext.Theme(rawValue: String(parts[1]))
        }.first
        return PageContext(basePath: basePath, theme: theme ?? .dark)
    }

    /// The jobs under way, for the indicator of every page.
    func runningJobs(version: Int64) async throws -> [JobModel] {
        let records = try await store.read { try $0.jobs(state: .running, limit: 10) }
        return records.compactMap { record in
            jobModel(JobShape(record, live: jobs.progress(of: record.id)), version: version)
        }
    }
}
