import Accounts
import HTTPServer
import Media
import Shapes
import Store

extension API {
    func addKeys(to routes: inout RouteTable) {
        routes.get("api", "auth", "keys", permission: .admin, doc: .listKeys) { request in
            let keys = try await store.read { try $0.apiKeys() }
            let page = try Parameters(request).page(keys) { String($0.id) }
            let list = ListShape(
                "keys", page.elements.map { APIKeyShape($0) }, next: page.next, total: Int64(keys.count))
            return .conditional(list.jsonBytes, request)
        }
        routes.post("api", "auth", "keys", permission: .admin, doc: .createKey) { request in
            let parameters = try Parameters(request)
            let (key, text) = try await makeKey(parameters, request)
            return Response.json(APIKeyShape(key, text: text).jsonBytes, status: 201).secured
        }
        routes.delete("api", "auth", "keys", .id, permission: .admin, doc: .revokeKey) { request in
            let id = try request.id("key")
            let isRevoked = try await accounts.revokeKey(
                id, by: caller(of: request), address: access.forwarding.client(request))
            guard isRevoked else { throw Problem.notFound("key \(id) in force") }
            return Response(204).secured
        }
    }

    private func makeKey(_ parameters: Parameters, _ request: Request) async throws -> (APIKeyRecord, String) {
        var expiry: Timestamp?
        if let text = try parameters.string("expires_at") {
            guard let time = Timestamp(rfc3339: text.utf8) else {
                throw Problem.invalid("expires_at", "is no time of RFC 3339")
            }
            expiry = time
        }
        do {
            return try await accounts.createKey(
                name: parameters.string("name") ?? "", scopes: parameters.list("scopes"), expiresAt: expiry,
                by: caller(of: request), address: access.forwarding.client(request))
        } catch let invalid as InvalidKey {
            throw Problem.invalid(invalid.field, invalid.message)
        }
    }

    /// Who makes a request to a route that is not open.
    func caller(of request: Request) -> Caller {
        request.caller ?? Caller(name: request.callerName, role: .user, proof: .machine)
    }
}
