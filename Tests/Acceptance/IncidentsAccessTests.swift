import Foundation
import HTTPClient
import Testing

/// Known incidents of other programs, replayed: who comes in, and as whom (security.md §11).
@Suite(.timeLimit(.minutes(20)))
struct IncidentsAccessTests {
    /// Every header by which a proxy may tell an address.
    private static func forged(_ address: String) -> [(String, String)] {
        [
            "X-Forwarded-For", "X-Real-IP", "X-Client-IP", "Client-IP", "True-Client-IP", "CF-Connecting-IP",
            "X-Originating-IP", "X-Remote-Addr",
        ].map { ($0, address) } + [("Forwarded", "for=\(address)"), ("X-Forwarded-Host", "localhost")]
    }

    @Test("Sonarr CVE-2026-30975: forged address headers change nothing")
    func addresses() async throws {
        let stack = try await Stack.start()
        let server = try await stack.serve([
            "MARQUEE_ADMIN_TOKEN": String(repeating: "k3", count: 20), "MARQUEE_METRICS_ALLOW": "10.9.9.9",
            "MARQUEE_WEBHOOK_OPEN_FROM": "10.9.9.9",
        ])
        for address in ["127.0.0.1", "::1", "10.9.9.9", "localhost", "127.0.0.1, 10.9.9.9"] {
            let headers = Self.forged(address)
            for path in ["/api/requests", "/api/auth/keys", "/metrics", "/"] {
                #expect(try await server.call("GET", path, headers: headers).isShutOut, "\(address) \(path)")
            }
            let hook = try await server.call("POST", "/hooks/radarr", body: "{}", headers: headers)
            #expect(hook.isShutOut, "\(address)")
        }
        // Nor does a new address each time get past the limits on guessing.
        for number in 0..<5 {
            #expect(try await server.logIn("admin", "guess", Self.forged("10.0.0.\(number)")).status == 401)
        }
        #expect(try await server.logIn("admin", "admin", Self.forged("10.0.0.99")).status == 429)
    }

    @Test("Seerr CVE-2026-27707: an unconfigured login provider is 404, and makes no account")
    func provider() async throws {
        let stack = try await Stack.start()
        let token = String(repeating: "k3", count: 20)
        let server = try await stack.serve([
            "MARQUEE_ADMIN_TOKEN": token, "JELLYFIN_URL": "", "JELLYFIN_API_KEY": "",
        ])
        let bearer = [("Authorization", "Bearer \(token)")]
        #expect(try await server.logIn("admin", "admin").status == 404)
        for path in ["plex", "local", "jellyfin", "login/plex", "signup", "register"] {
            let body = #"{"authToken":"x","username":"admin","password":"admin","email":"a@b.c"}"#
            #expect(try await server.call("POST", "/api/auth/\(path)", body: body).status == 401, "\(path)")
            #expect(try await server.call("POST", "/api/auth/\(path)", body: body, headers: bearer).status == 404)
        }
        #expect(try await server.call("GET", "/api/users", headers: bearer).int("total") == 0)
    }

    @Test("Seerr CVE-2026-27792, CVE-2026-27793: user A on B's settings and tokens")
    func others() async throws {
        let stack = try await Stack.start()
        let server = try await stack.serve()
        let admin = try await SignedIn.of(server, "admin")
        let (one, _) = (try await SignedIn.of(server, "user1"), try await SignedIn.of(server, "user2"))
        let listed = try await server.call("GET", "/api/users", headers: admin.all)["users"] as? [[String: Any]]
        let other = try #require(listed?.first { $0["name"] as? String == "user2" }?["id"] as? String)
        let made = try await server.call(
            "POST", "/api/auth/keys", body: #"{"name":"k","scopes":["read"]}"#, headers: admin.all)
        #expect(made.status == 201)
        let key = made.int("id")
        for (method, path) in [
            ("GET", "/api/users/\(other)"), ("PUT", "/api/users/\(other)"), ("GET", "/api/auth/keys"),
            ("DELETE", "/api/auth/keys/\(key)"), ("POST", "/api/auth/keys"), ("GET", "/api/audit"),
        ] {
            let body = method == "GET" ? nil : #"{"role":"readonly","name":"x","scopes":"admin"}"#
            let answer = try await server.call(method, path, body: body, headers: one.all)
            #expect(answer.status == 403, "\(method) \(path)")
        }
        #expect(try await server.call("GET", "/api/users/\(other)", headers: admin.all)["role"] as? String == "user")
        #expect(try await server.call("GET", "/api/auth/keys", headers: admin.all).int("total") == 1)
    }

    @Test("Navidrome CVE-2023-51442: no default key")
    func defaultKey() async throws {
        let (one, two) = (try await Stack.start(), try await Stack.start())
        let (server, other) = (try await one.serve(), try await two.serve())
        _ = (try await SignedIn.of(server, "admin"), try await SignedIn.of(other, "admin"))
        // What a token signed with no key, or with a well-known one, looks like.
        let jwt = "eyJhbGciOiJub25lIn0.eyJhZG0iOnRydWUsInN1YiI6ImFkbWluIn0."
        for guess in ["", " ", "admin", "marquee", "changeme", "secret", "not so secret", "mq_", jwt, "null", "0"] {
            for headers in [
                [("Authorization", "Bearer \(guess)")], [("Cookie", "marquee=\(guess)")], [("X-Api-Key", guess)],
                [("X-Emby-Token", guess)], [("X-ND-Authorization", "Bearer \(guess)")],
            ] {
                #expect(try await server.call("GET", "/api/requests", headers: headers).isShutOut, "\(headers)")
            }
            let hook = try await server.call("POST", "/hooks/radarr", body: "{}", headers: [("X-Marquee-Token", guess)])
            #expect(hook.isShutOut)
        }
        // What opens one installation opens no other.
        let foreign = try await SignedIn.of(other, "admin")
        #expect(try await other.call("GET", "/api/requests", headers: [foreign.cookie]).status == 200)
        #expect(try await server.call("GET", "/api/requests", headers: [foreign.cookie]).isShutOut)
        let made = try await two.marquee(["api-key", "create", "a", "--scopes", "admin", "--json"])
        let key = try #require(made.output.firstMatch(of: /mq_[0-9a-f]{64}/)).0
        let bearer = [("Authorization", "Bearer \(key)")]
        #expect(try await other.call("GET", "/api/requests", headers: bearer).status == 200)
        #expect(try await server.call("GET", "/api/requests", headers: bearer).isShutOut)
    }

    @Test("Navidrome CVE-2025-48948: user on every admin route")
    func adminRoutes() async throws {
        let stack = try await Stack.start()
        let server = try await stack.serve()
        _ = try await SignedIn.of(server, "admin")
        let user = try await SignedIn.of(server, "user1")
        for (method, path) in Server.adminRoutes {
            #expect(try await server.call(method, path, headers: user.all).status == 403, "\(method) \(path)")
            for (name, value) in [("X-HTTP-Method-Override", "GET"), ("X-Role", "admin"), ("X-User", "admin")] {
                let answer = try await server.call(method, path, headers: user.all + [(name, value)])
                #expect(answer.status == 403, "\(method) \(path) with \(name)")
            }
        }
    }

    @Test("Huntarr review: open routes, set-up reopened, forged header")
    func openRoutes() async throws {
        let stack = try await Stack.start()
        let server = try await stack.serve()
        let before = try await server.call("GET", "/api/requests")
        #expect(before.status == 200, "until an admin has signed in, this machine is trusted")
        _ = try await SignedIn.of(server, "admin")
        func expectClosed(_ server: Server) async throws {
            for headers in [[], Self.forged("127.0.0.1"), [("X-Forwarded-User", "admin"), ("Remote-User", "admin")]] {
                for (method, path) in Server.closedRoutes + Server.adminRoutes {
                    let answer = try await server.call(method, path, headers: headers)
                    #expect(answer.isShutOut, "\(method) \(path)")
                }
            }
            for path in [
                "/setup", "/api/setup", "/user/setup", "/api/auth/setup", "/api/auth/reset", "/api/login/bypass",
            ] {
                for method in ["GET", "POST"] {
                    #expect(try await server.call(method, path).isShutOut, "\(method) \(path)")
                }
            }
        }
        try await expectClosed(server)
        #expect(await server.stop() == 0)
        try await expectClosed(try await stack.serve())
    }

    @Test("Cleanup tool without login: settings and database download as nobody")
    func downloads() async throws {
        let stack = try await Stack.start()
        let server = try await stack.serve()
        _ = try await SignedIn.of(server, "admin")
        for path in [
            "/api/settings", "/api/settings/export", "/api/config", "/config", "/settings", "/marquee.db",
            "/data/marquee.db",
            "/marquee.lock", "/marquee.token", "/backups", "/api/admin/backups", "/api/backup/download",
            "/api/database", "/.env", "/api/logs", "/assets/marquee.db",
        ] {
            let answer = try await server.get(path)
            #expect(answer.isShutOut || answer.status == 404, "\(path): \(answer.status)")
            #expect(!answer.text.contains("SQLite format"))
            for (name, secret) in stack.services where name.hasSuffix("_KEY") {
                #expect(!answer.text.contains(secret), "\(path) shows \(name)")
            }
        }
    }

    @Test("Earlier tracker: admin listed first in Jellyfin's sessions; password in the login URL")
    func earlierTracker() async throws {
        let stack = try await Stack.start()
        let server = try await stack.serve(["MARQUEE_LOG_LEVEL": "trace"])
        _ = try await SignedIn.of(server, "admin")
        let jellyfin = try #require(stack.services["JELLYFIN_URL"])
        var tokens: [String: String] = [:]
        for name in ["admin", "user1"] {
            let given = try await Answer.of(
                "POST", jellyfin + "/Users/AuthenticateByName", body: "{\"Username\":\"\(name)\",\"Pw\":\"\(name)\"}",
                headers: [
                    (
                        "Authorization",
                        "MediaBrowser Client=\"t\", Device=\"\(name)\", DeviceId=\"\(name)\", Version=\"1\""
                    )
                ])
            tokens[name] = given["AccessToken"] as? String
        }
        let user = [("X-Jellyfin-Token", try #require(tokens["user1"]))]
        #expect(try await server.call("GET", "/api/requests", headers: user).status == 200)
        #expect(try await server.call("GET", "/api/jobs", headers: user).status == 403)
        for query in ["username=admin&password=canary-9f1c", "pw=canary-9f1c", "password=canary-9f1c"] {
            let answer = try await server.call("POST", "/api/auth/login?" + query, body: "{}")
            #expect(answer.status == 400)
            #expect(!answer.text.contains("canary-9f1c"))
        }
        #expect(!server.program.log.contains("canary-9f1c"))
    }
}
