import HTTPServer
import OpenAPI

extension RouteDoc {
    /// A route's part of the description: what it says itself, and what follows from its row of the table.
    ///
    /// - Returns: nil for what is no part of the API.
    static func operation(of row: RouteTable.Row) -> Operation? {
        guard var operation = row.doc.operation else { return nil }
        let changes = row.method != "GET"
        operation.security = row.permission.ways(changing: changes, service: service(of: row))
        let ofPath = row.parameters.map { Parameter($0, in: .path, row.doc.path[$0] ?? .id) }
        let isFresh = operation.answers.contains { $0.status == 304 }
        var headers: [Parameter] = isFresh ? [.header("If-None-Match", .string, "An ETag.")] : []
        if changes && row.permission != .hook { headers.append(csrf) }
        let takesInput = !operation.parameters.isEmpty || operation.body != nil
        operation.parameters = ofPath + operation.parameters + headers
        // What takes a body has a bound for it, stated where it is not the usual one.
        if changes && row.bodyLimit != 262_144 {
            operation.detail = [operation.detail, "A body is at most \(row.bodyLimit >> 20) MiB."]
                .compactMap(\.self).joined(separator: " ")
        }
        var statuses: [Int] = [400, 429]
        if row.permission != .open { statuses += [401, 503] }
        if row.permission != .open && row.permission != .hook || changes && row.permission != .hook {
            statuses.append(403)
        }
        if !row.parameters.isEmpty { statuses.append(404) }
        if changes { statuses += [413, 503] }
        if takesInput && row.permission != .hook { statuses.append(422) }
        for status in statuses where !operation.answers.contains(where: { $0.status == status }) {
            operation.answers.append(.problem(status))
        }
        return operation
    }

    private static let csrf = Parameter.header(
        "X-CSRF-Token", .string, "Needed with the session's cookie, from `GET /api/auth/session`.")

    private static func service(of row: RouteTable.Row) -> String {
        String(row.pattern.split(separator: "/").dropFirst().first ?? "")
    }
}

extension Permission {
    /// The ways a caller can meet it, with the scopes of keys or the roles that are enough.
    func ways(changing: Bool, service: String) -> [[Operation.Requirement]] {
        switch self {
        case .open: []
        case .user:
            signedIn(
                scopes: changing ? ["operate"] : ["read"],
                roles: changing ? ["admin", "user"] : ["admin", "user", "readonly"])
        case .operate(let reads):
            signedIn(
                scopes: reads && !changing ? ["read"] : ["operate"],
                roles: reads && !changing ? ["admin", "readonly"] : ["admin"])
        case .admin: signedIn(scopes: ["admin"], roles: ["admin"])
        case .metrics: signedIn(scopes: ["metrics"], roles: ["admin"]) + [[]]
        case .hook:
            [
                [.init("hookToken")], [.init("hookAuthorization")], [.init("hookQuery")],
                [.init("bearer", ["hook:\(service)"])],
            ]
        }
    }

    private func signedIn(scopes: [String], roles: [String]) -> [[Operation.Requirement]] {
        [[.init("bearer", scopes)], [.init("session", roles)], [.init("jellyfinToken", roles)]]
    }
}
