import Accounts
import Database
import HTTPServer
import Media
import OpenAPI
import Store
import Testing

@testable import API

/// Every route there is, asked by everybody there can be (security.md §4).
@Suite struct RouteWalkTests {
    /// What api.md says of each route; a route that is missing here, or here only, fails.
    private static let wanted: [String: [String]] = [
        "open": [
            "GET /healthz", "GET /readyz", "GET /api/health", "GET /login", "POST /api/auth/login",
            "POST /api/auth/logout", "GET /api/auth/session", "GET /assets/{name}",
            "GET /api/openapi.json", "GET /api/docs",
        ],
        "user": [
            "GET /", "GET /requests", "GET /request/{id}", "GET /status", "GET /api/requests", "GET /api/requests/{id}",
            "GET /api/requests/{id}/episodes", "GET /api/requests/{id}/timeline", "GET /images/poster/{id}",
            "POST /requests/bulk", "POST /api/requests/{id}/verify", "GET /api/requests/export",
            "POST /api/requests/columns",
            "GET /api/saved-filters", "POST /api/saved-filters", "DELETE /api/saved-filters/{id}",
            "POST /api/saved-filters/{id}/delete", "GET /api/stats", "GET /api/events", "GET /api/sse",
            "GET /history", "GET /music",
        ],
        "operate, readers too": [
            "GET /library", "GET /publishing", "GET /api/admin/findings", "GET /api/jobs", "GET /api/jobs/{id}",
            "GET /api/jobs/{id}/changes",
        ],
        "operate": [
            "POST /api/requests/{id}/retry", "POST /api/requests/{id}/override",
            "POST /api/admin/findings/{id}/resolve", "POST /api/jobs/{id}/cancel", "POST /api/jobs/{id}/undo",
            "POST /api/admin/sync/library", "POST /api/admin/sync/update-metadata", "POST /api/admin/sync/pending",
            "GET /api/inbox", "POST /api/inbox/{id}/replay",
            "GET /api/requests/{id}/delete-preview", "POST /api/requests/{id}/delete", "POST /api/requests/bulk-delete",
            "GET /api/deletion-logs", "GET /api/deletion-logs/{id}", "POST /api/deletion-logs/{id}/retry",
            "GET /deletions/new",
        ],
        "admin": [
            "GET /hooks", "GET /deletions", "GET /api/admin/backups", "POST /api/admin/backups",
            "POST /api/admin/backups/{id}/verify",
            "GET /api/auth/keys", "POST /api/auth/keys", "DELETE /api/auth/keys/{id}", "GET /api/users",
            "GET /api/users/{id}", "PUT /api/users/{id}", "GET /api/audit",
            "GET /api/settings", "GET /api/settings/{section}", "PUT /api/settings/{section}",
            "POST /api/settings/{section}/test", "POST /api/settings/{section}/install-webhook",
            "POST /settings/webhooks/install", "GET /settings", "GET /settings/webhooks", "GET /settings/general",
            "GET /settings/keys", "GET /settings/users", "GET /settings/audit", "GET /settings/about",
            "GET /settings/backups", "POST /settings/backups", "POST /settings/backups/{id}/verify",
            "POST /settings/{section}", "POST /settings/webhooks", "POST /settings/keys",
            "POST /settings/keys/{id}/revoke", "POST /settings/users/{id}",
        ],
        "metrics": ["GET /metrics"],
    ]

    private static let hooks = [
        "jellyseerr", "overseerr", "seerr", "sonarr", "radarr", "jellyfin", "qbittorrent", "shoko", "plex",
    ]

    private static func word(_ permission: Permission) -> String {
        switch permission {
        case .open: "open"
        case .user: "user"
        case .operate(let reads): reads ? "operate, readers too" : "operate"
        case .admin: "admin"
        case .hook: "hook"
        case .metrics: "metrics"
        }
    }

    @Test("every route asks for what api.md says, and there is no other")
    func table() async throws {
        var wanted: [String: String] = ["POST /hooks/{service}": "hook"]
        for (permission, routes) in Self.wanted {
            for route in routes { wanted[route] = permission }
        }
        for name in Self.hooks {
            wanted["POST /hooks/\(name)"] = "hook"
            wanted["POST /hooks/\(name)/{instance}"] = "hook"
            wanted["POST /hooks/\(name)/{instance}/secret"] = "admin"
        }
        try await TestAPI.with { api in
            var found: [String: String] = [:]
            for route in api.routes.table {
                found["\(route.method) \(route.pattern)"] = Self.word(route.permission)
            }
            for (route, permission) in found { #expect(wanted[route] == permission, "\(route)") }
            for route in wanted.keys { #expect(found[route] != nil, "\(route) is gone") }
        }
    }

    /// The scope a key needs, by the words above; written apart from the code that describes it.
    private static func scope(_ permission: String, changes: Bool) -> [String] {
        switch permission {
        case "user", "operate, readers too": [changes ? "operate" : "read"]
        case "operate": ["operate"]
        case "admin", "metrics": [permission]
        default: []
        }
    }

    @Test("the description asks for what the table asks for")
    func description() async throws {
        try await TestAPI.with { api in
            for row in api.routes.table {
                guard let operation = RouteDoc.operation(of: row) else { continue }
                let name = "\(row.method) \(row.pattern)"
                let bearer = operation.security.joined().first { $0.scheme == "bearer" }
                if row.permission == .hook {
                    let service = row.pattern.split(separator: "/")[1]
                    #expect(bearer?.roles == ["hook:\(service)"], "\(name)")
                } else {
                    let wanted = Self.scope(Self.word(row.permission), changes: row.method != "GET")
                    #expect(bearer?.roles ?? [] == wanted, "\(name)")
                }
                let roles = operation.security.joined().filter { $0.scheme == "session" }.flatMap(\.roles)
                for role in ["admin", "user", "readonly"] where row.permission != .open && row.permission != .hook {
                    let mayPass = Self.mayPass(Self.word(row.permission), role, changes: row.method != "GET")
                    #expect(roles.contains(role) == mayPass, "\(role) at \(name)")
                }
            }
        }
    }

    /// Who may pass what, by the words above; written apart from the code that decides.
    private static func mayPass(_ permission: String, _ who: String, changes: Bool) -> Bool {
        switch (permission, who) {
        case ("open", _): true
        case ("hook", let who): who == "nobody's hook secret"
        case ("user", "user"), ("user", "admin"), ("user", "key operate"), ("user", "key admin"): true
        case ("user", "readonly"), ("user", "key read"): !changes
        case ("operate, readers too", "readonly"), ("operate, readers too", "key read"): !changes
        case ("operate, readers too", let who), ("operate", let who):
            ["admin", "key operate", "key admin"].contains(who)
        case ("admin", let who): ["admin", "key admin"].contains(who)
        case ("metrics", let who): ["admin", "key metrics", "key admin"].contains(who)
        default: false
        }
    }

    @Test("everybody passes where they should and nowhere else; 401 for nobody, 403 for the others")
    func walk() async throws {
        try await TestAPI.with(isLocalOnly: false) { api in
            var visitors = try await Self.visitors(api)
            visitors.append(("nobody", []))
            visitors.append(("an ended session", [("Cookie", "marquee=" + String(repeating: "z", count: 64))]))
            visitors.append(("a wrong key", [("Authorization", "Bearer mq_nothing")]))
            visitors.append(("a wrong token", [("Authorization", "Bearer nothing")]))
            for route in api.routes.table {
                let permission = Self.word(route.permission)
                for (who, headers) in visitors {
                    var request = Request(
                        route.method, path: route.pattern,
                        segments: route.pattern.split(separator: "/").map(String.init), headers: Headers(headers),
                        remoteAddress: "192.0.2.9")
                    let refusal = await api.admit(route.permission, &request)
                    let mayPass = Self.mayPass(permission, who, changes: route.method != "GET")
                    let isKnown = !["nobody", "an ended session", "a wrong key", "a wrong token"].contains(who)
                    let wanted = mayPass ? nil : isKnown && permission != "hook" ? 403 : 401
                    #expect(refusal?.status == wanted, "\(who) at \(route.method) \(route.pattern)")
                }
            }
        }
    }

    /// One of each role and scope, with the form token where a session needs it.
    private static func visitors(_ api: API) async throws -> [(String, [(String, String)])] {
        var visitors: [(String, [(String, String)])] = []
        for role in ["admin", "user", "readonly"] {
            let token = String(repeating: role.first ?? "x", count: 64)
            let secret = Array(repeating: UInt8(role.utf8.count), count: 32)
            try await api.store.write { tx in
                let user = UserRecord(
                    id: role, name: role, isAdministrator: role == "admin", isDisabled: false, at: tx.now)
                try tx.save(user)
                if role == "readonly" { _ = try tx.assign(.readonly, to: user.id) }
                try tx.insert(
                    SessionRecord(
                        token: HookSecrets.digest(token), user: user.id, key: nil, formSecret: secret, at: tx.now,
                        address: "", agent: ""))
            }
            visitors.append((role, [("Cookie", "marquee=" + token), ("X-CSRF-Token", FormToken.make(secret))]))
        }
        let owner = Caller(name: "owner", role: .admin, proof: .machine)
        for scope in ["read", "operate", "admin", "metrics"] {
            let (_, text) = try await api.accounts.createKey(
                name: scope, scopes: [scope], expiresAt: nil, by: owner, address: nil)
            visitors.append(("key " + scope, [("Authorization", "Bearer " + text)]))
        }
        return visitors
    }

    @Test("a session changes nothing without its own form token, nor from a page of another origin")
    func forms() async throws {
        try await TestAPI.with(isLocalOnly: false) { api in
            let admin = try #require(try await Self.visitors(api).first { $0.0 == "admin" }).1
            let other = FormToken.make(Array(repeating: 9, count: 32))
            for route in api.routes.table where route.method != "GET" && route.permission != .hook {
                func status(_ headers: [(String, String)]) async -> Int? {
                    var request = Request(
                        route.method, path: route.pattern,
                        segments: route.pattern.split(separator: "/").map(String.init),
                        headers: Headers(headers + [("Host", "m.example")]), remoteAddress: "192.0.2.9")
                    if let refusal = await api.admit(route.permission, &request) { return refusal.status }
                    return request.bodyCheck?(request)?.status
                }
                let name = "\(route.method) \(route.pattern)"
                #expect(await status([admin[0]]) == 403, "\(name)")
                #expect(await status([admin[0], ("X-CSRF-Token", other)]) == 403, "\(name)")
                #expect(await status(admin + [("Origin", "http://evil.example")]) == 403, "\(name)")
                #expect(await status(admin + [("Origin", "null")]) == 403, "\(name)")
                #expect(await status(admin + [("Sec-Fetch-Site", "same-site")]) == 403, "\(name)")
                #expect(await status(admin + [("Origin", "http://m.example")]) == nil, "\(name)")
                // What a proxy's password makes a browser add is no excuse.
                #expect(await status([admin[0], ("Authorization", "Basic YTpi")]) == 403, "\(name)")
            }
        }
    }

    @Test("a day-old token is replaced where the answer reaches the browser, and nowhere else")
    func renewal() async throws {
        try await TestAPI.with(isLocalOnly: false) { api in
            let admin = try #require(try await Self.visitors(api).first { $0.0 == "admin" }).1
            try await api.store.write { tx in
                _ = try tx.raw.execute("UPDATE sessions SET rotated_at = rotated_at - 90000000", [])
            }
            var request = Request(
                "GET", path: "/api/jobs", segments: ["api", "jobs"], headers: Headers(admin), remoteAddress: "192.0.2.9"
            )
            for _ in 0..<3 {
                #expect(await api.admit(.user, &request, mayRenew: false) == nil)
                #expect(request.answerHeaders.isEmpty)
            }
            #expect(await api.admit(.open, &request) == nil)
            #expect(request.answerHeaders.isEmpty, "a public picture or style sheet carries no cookie")
            #expect(await api.admit(.user, &request) == nil)
            #expect(request.answerHeaders.map(\.0) == ["Set-Cookie"])
        }
    }
}
