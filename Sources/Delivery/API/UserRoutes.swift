import Accounts
import HTTPServer
import Shapes
import Store

extension API {
    func addUsers(to routes: inout RouteTable) {
        routes.get("api", "users", permission: .admin, doc: .listUsers) { request in
            let users = try await store.read { try $0.users() }
            let page = try Parameters(request).page(users) { $0.id }
            let shapes = page.elements.map { UserShape($0, role: accounts.role(of: $0)) }
            let list = ListShape("users", shapes, next: page.next, total: Int64(users.count))
            return .conditional(list.jsonBytes, request)
        }
        routes.get("api", "users", .id, permission: .admin, doc: .getUser) { request in
            let (user, sessions) = try await user(request)
            return .conditional(
                UserShape(user, role: accounts.role(of: user), sessions: sessions).jsonBytes, request)
        }
        routes.put("api", "users", .id, permission: .admin, doc: .changeUser) { request in
            let id = UserRecord.normal(request.parameters["id"] ?? "")
            let parameters = try Parameters(request)
            let role = try parameters.choice("role", Role.self)
            guard role != .admin else {
                throw Problem.invalid(
                    "role", "must be user or readonly: Jellyfin and ADMIN_USER_IDS say who is an admin")
            }
            let isKnown = try await accounts.assign(
                role, to: id, endingSessions: try parameters.flag("end_sessions", default: false),
                by: caller(of: request), address: access.forwarding.client(request))
            guard isKnown else { throw Problem.notFound("user \(id)") }
            let (user, sessions) = try await user(request)
            return Response.json(UserShape(user, role: accounts.role(of: user), sessions: sessions).jsonBytes).secured
        }
        routes.get("api", "audit", permission: .admin, doc: .listAudit) { request in
            let parameters = try Parameters(request)
            let (before, limit) = (try parameters.integer("after"), try parameters.limit())
            var (entries, total) = try await store.read { reader in
                (try reader.audit(before: before, limit: limit + 1), try reader.auditCount())
            }
            let hasMore = entries.count > limit
            if hasMore { entries.removeLast() }
            let next = hasMore ? entries.last.map { String($0.id) } : nil
            let list = ListShape("entries", entries.map { AuditShape($0) }, next: next, total: total)
            return .conditional(list.jsonBytes, request)
        }
    }

    private func user(_ request: Request) async throws -> (UserRecord, [SessionRecord]) {
        let id = UserRecord.normal(request.parameters["id"] ?? "")
        let found = try await store.read { reader in try reader.user(id).map { ($0, try reader.sessions(of: id)) } }
        guard let found else { throw Problem.notFound("user \(id)") }
        return found
    }
}
