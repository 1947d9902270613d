import Foundation
import HTTPClient
import Testing

/// Somebody who has signed in: what their browser sends from then on.
struct SignedIn: Sendable {
    let cookie: (String, String)
    let formToken: (String, String)

    /// What changes things.
    var all: [(String, String)] { [cookie, formToken] }

    /// Signs in with a name of the simulator's, whose password is the name.
    static func of(_ server: Server, _ name: String) async throws -> SignedIn {
        let answer = try await server.logIn(name, name)
        #expect(answer.status == 200, "\(answer.text)")
        let cookie = try #require(answer.headers["Set-Cookie"])
        let token = try #require(answer["csrf_token"] as? String)
        return SignedIn(cookie: ("Cookie", String(cookie.prefix { $0 != ";" })), formToken: ("X-CSRF-Token", token))
    }
}

extension Answer {
    /// Refused for not being anybody; told to wait, when there were many such refusals within a second.
    var isShutOut: Bool { status == 401 || status == 429 }
}

extension Server {
    /// Routes whose answer ends when the client hangs up.
    static let streams: Set<String> = ["/api/events", "/api/sse"]

    func logIn(_ name: String, _ password: String, _ headers: [(String, String)] = []) async throws -> Answer {
        let body = JSON.object(["username": .string(name), "password": .string(password)]).text
        return try await call("POST", "/api/auth/login", body: body, headers: headers)
    }

    /// Every route there is but the open ones, and what it asks for.
    static let closedRoutes: [(method: String, path: String)] = [
        ("GET", "/"), ("GET", "/requests"), ("GET", "/request/1"), ("GET", "/status"), ("GET", "/library"),
        ("GET", "/api/requests"), ("GET", "/api/requests/1"), ("GET", "/api/requests/1/episodes"),
        ("GET", "/api/requests/1/timeline"), ("GET", "/images/poster/1"), ("GET", "/api/stats"), ("GET", "/api/events"),
        ("GET", "/api/sse"), ("POST", "/api/requests/1/verify"), ("GET", "/metrics"),
    ]

    /// What only admins may do.
    static let adminRoutes: [(method: String, path: String)] = [
        ("POST", "/api/requests/1/retry"), ("POST", "/api/requests/1/override"),
        ("POST", "/api/admin/findings/1/resolve"), ("POST", "/api/jobs/1/cancel"), ("POST", "/api/jobs/1/undo"),
        ("POST", "/api/admin/sync/library"), ("POST", "/api/admin/sync/update-metadata"),
        ("POST", "/api/admin/sync/pending"), ("GET", "/api/inbox"), ("POST", "/api/inbox/1/replay"),
        ("GET", "/api/admin/findings"), ("GET", "/api/jobs"), ("GET", "/api/jobs/1"), ("GET", "/api/jobs/1/changes"),
        ("GET", "/hooks"), ("POST", "/hooks/radarr/default/secret"), ("GET", "/api/admin/backups"),
        ("POST", "/api/admin/backups"), ("POST", "/api/admin/backups/1/verify"), ("GET", "/api/auth/keys"),
        ("POST", "/api/auth/keys"), ("DELETE", "/api/auth/keys/1"), ("GET", "/api/users"), ("GET", "/api/users/1"),
        ("PUT", "/api/users/1"), ("GET", "/api/audit"), ("POST", "/api/settings/radarr/install-webhook"),
    ]
}
