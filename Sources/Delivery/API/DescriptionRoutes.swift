import Dashboard
import Database
import HTML
import HTTPServer
import OpenAPI
import Store
import Synchronization

extension API {
    func addDescription(to routes: inout RouteTable) {
        routes.get("api", "openapi.json", permission: .open, doc: .getDescription) { request in
            var response = Response.conditional(described.bytes { description.jsonBytes }, request)
            response.headers.removeAll { $0.0 == "Cache-Control" }
            // The same for everybody until the next version is installed.
            response.headers.append(("Cache-Control", "public, max-age=300"))
            return response
        }
        routes.get("api", "docs", permission: .open, doc: .showDocs) { request in
            var page = context(request)
            guard request.caller != nil else {
                page.csrfToken = nil
                return Response.html(DocsPage(docsModel, page).whole(nil).bytes).secured
            }
            let version = try await store.read { try $0.lastEventID() }
            return Response.html(DocsPage(docsModel, page).whole(try await frame(request, version: version)).bytes)
                .secured
        }
    }
}

/// The description as JSON, made when first asked for.
final class DescriptionMemory: Sendable {
    private let held = Mutex<[UInt8]?>(nil)

    func bytes(_ make: () -> [UInt8]) -> [UInt8] {
        if let bytes = held.withLock({ $0 }) { return bytes }
        let bytes = make()
        held.withLock { $0 = bytes }
        return bytes
    }
}
