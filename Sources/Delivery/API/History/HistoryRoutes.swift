import Dashboard
import HTML
import HTTPServer
import Store

extension API {
    /// The History page, and the pages whose work is still to come.
    func addHistory(to routes: inout RouteTable) {
        routes.get("history", permission: .user, doc: .page) { request in
            let region = request.query.first("fragment")
            let (model, version) = try await historyModel(request, charts: region != "list")
            let page = HistoryPage(model, context(request))
            if let region { return try fragment(page.fragment(region), region) }
            return Response.html(page.whole(try await frame(request, version: version)).bytes).secured
        }
        routes.get("music", permission: .user, doc: .page) { request in
            let page = MusicPage(context(request))
            if let region = request.query.first("fragment") { return try fragment(page.fragment(region), region) }
            return Response.html(page.whole(try await currentFrame(request)).bytes).secured
        }
        routes.get("publishing", permission: .operate(reads: true), doc: .page) { request in
            let page = PublishingPage(context(request))
            if let region = request.query.first("fragment") { return try fragment(page.fragment(region), region) }
            return Response.html(page.whole(try await currentFrame(request)).bytes).secured
        }
    }

    private func currentFrame(_ request: Request) async throws -> Frame {
        try await frame(request, version: try await store.read { try $0.lastEventID() })
    }
}
