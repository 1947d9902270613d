import Dashboard
import Database
import Deletion
import HTML
import HTTPServer
import Media
import Store

extension API {
    func addDeletionPages(to routes: inout RouteTable) {
        routes.get("deletions", permission: .admin, doc: .page) { request in
            let (model, version) = try await deletionsModel(request)
            let page = DeletionsPage(model, context(request))
            if let region = request.query.first("fragment") { return try fragment(page.fragment(region), region) }
            return Response.html(page.whole(try await frame(request, version: version)).bytes).secured
        }
        routes.get("deletions", "new", permission: .operate(), doc: .page) { request in
            let parameters = try DeletionParameters(request)
            let ids = try parameters.parameters.list("ids").map { text in
                guard let id = Int64(text), id > 0 else { throw Problem.invalid("ids", "must be ids of requests") }
                return id
            }
            guard !ids.isEmpty else { throw Problem.invalid("ids", "tick a request first") }
            let page = DeletePage(try await deletePlan(of: ids, try parameters.options()), context(request))
            if let region = request.query.first("fragment") { return try fragment(page.fragment(region), region) }
            let version = try await store.read { try $0.lastEventID() }
            return Response.html(page.whole(try await frame(request, version: version)).bytes).secured
        }
    }

    /// The plan of the delete dialog, or why there is none.
    func deleteDialog(of request: Int64, _ parameters: DeletionParameters) async throws -> DeleteDialog.Content {
        do {
            return .plan(try await deletePlan(of: [request], try parameters.options()))
        } catch let refusal as DeletionRefusal {
            return .failed(refusal.detail)
        }
    }

    private func deletePlan(of requests: [Int64], _ options: DeletionOptions) async throws -> DeletePlan {
        let plan = try await deletions.plan(requests, options)
        return DeletePlan(plan, of: requests, confirmCount: try await deletions.confirmCount(of: plan))
    }

    private func deletionsModel(_ request: Request) async throws -> (DeletionsPage.Model, version: Int64) {
        let parameters = try Parameters(request)
        let status = try parameters.choice("status", DeletionModel.Status.self)
        var query = try deletionQuery(parameters)
        query.status = status.flatMap { $0 == .asked ? .inProgress : DeletionStatus(rawValue: $0.rawValue) }
        query.isAsked = status == .asked
        var model = DeletionsPage.Model()
        model.filters.status = status
        model.opened = try parameters.integer("log")
        model.filters.source = query.source.flatMap { DeletionModel.Source(rawValue: $0.rawValue) }
        model.filters.kind = query.mediaType.map { $0 == .movie ? .movie : .tv }
        model.filters.search = query.search
        model.filters.after = query.before.map(String.init)
        let (logs, total, asked, version) = try await store.read { [query] reader in
            var waiting = DeletionQuery()
            waiting.isAsked = true
            return (
                try reader.deletionLogs(query), try reader.deletionLogCount(query),
                try reader.deletionLogCount(waiting), try reader.lastEventID()
            )
        }
        model.rows = logs.prefix(query.limit).map { DeletionModel($0, version: version) }
        model.next = logs.count > query.limit ? model.rows.last.map { String($0.id) } : nil
        model.total = total
        model.asked = asked
        model.isEnabled = deletions.settings.isEnabled
        return (model, version)
    }
}
