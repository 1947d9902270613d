import Foundation
import HTTPClient
import Testing

/// Sign-in with Jellyfin accounts, sessions and keys (security.md §2 to §6), in the real program.
@Suite(.timeLimit(.minutes(20)))
struct AccountTests {
    private static let plain = [("Content-Type", "application/json")]

    private static func logIn(_ server: Server, _ name: String, _ password: String) async throws -> Answer {
        try await server.call(
            "POST", "/api/auth/login", body: "{\"username\":\"\(name)\",\"password\":\"\(password)\"}", headers: plain)
    }

    /// A member of the JSON that a command printed.
    private static func field(_ name: String, _ output: String) throws -> String {
        let start = try #require(output.firstIndex(of: "{"), "\(output)")
        let end = try #require(output.lastIndex(of: "}"))
        let json = try JSONSerialization.jsonObject(with: Data(output[start...end].utf8)) as? [String: Any]
        return "\(json?[name] ?? "")"
    }

    /// The cookie and the form token of a user who has signed in.
    private static func session(_ server: Server, _ name: String) async throws -> [(String, String)] {
        let answer = try await logIn(server, name, name)
        #expect(answer.status == 200, "\(answer.text)")
        let cookie = try #require(answer.headers["Set-Cookie"])
        #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"))
        let token = try #require(answer["csrf_token"] as? String)
        return [("Cookie", String(cookie.prefix { $0 != ";" })), ("X-CSRF-Token", token)]
    }

    @Test("a user signs in, acts with the form token only, and is out after signing out")
    func session() async throws {
        let stack = try await Stack.start()
        let server = try await stack.serve()
        #expect(
            try await server.get("/api/requests").status == 200, "before anybody signed in, this machine is trusted")
        let admin = try await Self.session(server, "admin")
        #expect(try await server.get("/api/requests").status == 401, "afterwards it is not")
        let cookie = [admin[0]]
        let state = try await server.call("GET", "/api/auth/session", headers: cookie)
        #expect(state["role"] as? String == "admin")
        #expect((state["user"] as? [String: Any])?["name"] as? String == "admin")
        #expect(try await server.call("GET", "/api/jobs", headers: cookie).status == 200)
        let start = "/api/admin/sync/library?dry_run=true"
        #expect(try await server.call("POST", start, headers: cookie).status == 403, "without the form token")
        #expect(
            try await server.call("POST", start, headers: cookie + [("X-CSRF-Token", "ab")]).status == 403)
        #expect(try await server.call("POST", start, headers: admin).status == 200)
        let foreign = admin + [("Origin", "http://evil.example")]
        #expect(try await server.call("POST", start, headers: foreign).status == 403)
        #expect(try await server.call("POST", "/api/auth/logout", headers: admin).status == 204)
        #expect(try await server.call("GET", "/api/requests", headers: cookie).status == 401)
    }

    @Test("a wrong password and an unknown name get one answer, and after five tries there is a wait")
    func refusals() async throws {
        let stack = try await Stack.start()
        let server = try await stack.serve()
        let wrong = try await Self.logIn(server, "admin", "guess")
        let unknown = try await Self.logIn(server, "nobody", "guess")
        #expect(wrong.status == 401 && unknown.status == 401)
        #expect(wrong["detail"] as? String == unknown["detail"] as? String)
        for _ in 0..<4 { #expect(try await Self.logIn(server, "admin", "guess").status == 401) }
        let blocked = try await Self.logIn(server, "admin", "admin")
        #expect(blocked.status == 429)
        #expect(blocked.headers["Retry-After"].flatMap { Int($0) }.map { $0 > 0 && $0 <= 61 } == true)
        #expect(try await Self.logIn(server, "user1", "user1").status == 200, "another name is not blocked")
        let inURL = try await server.call("POST", "/api/auth/login?username=admin&password=admin")
        #expect(inURL.status == 400)
        #expect(!server.program.log.contains("guess"))
    }

    @Test("an ordinary user reads, and changes nothing that is not theirs; a role can be assigned")
    func roles() async throws {
        let stack = try await Stack.start()
        let server = try await stack.serve()
        let admin = try await Self.session(server, "admin")
        let user = try await Self.session(server, "user1")
        #expect(try await server.call("GET", "/api/requests", headers: user).status == 200)
        for path in ["/api/jobs", "/api/admin/findings", "/api/auth/keys", "/api/users", "/api/audit", "/library"] {
            #expect(try await server.call("GET", path, headers: user).status == 403, "\(path)")
        }
        #expect(try await server.call("POST", "/api/admin/sync/library", headers: user).status == 403)
        let users = try await server.call("GET", "/api/users", headers: admin)
        let list = try #require(users["users"] as? [[String: Any]])
        let id = try #require(list.first { $0["name"] as? String == "user1" }?["id"] as? String)
        let assigned = try await server.call(
            "PUT", "/api/users/\(id)", body: "{\"role\":\"readonly\"}", headers: admin + Self.plain)
        #expect(assigned["role"] as? String == "readonly")
        #expect(try await server.call("GET", "/api/jobs", headers: user).status == 200)
        #expect(try await server.call("POST", "/api/requests/1/verify", headers: user).status == 403)
        let ended = try await server.call(
            "PUT", "/api/users/\(id)", body: "{\"end_sessions\":true}", headers: admin + Self.plain)
        #expect(ended["role"] as? String == "user")
        #expect(try await server.call("GET", "/api/requests", headers: user).status == 401)
        let audit = try await server.call("GET", "/api/audit", headers: admin)
        let actions = (audit["entries"] as? [[String: Any]] ?? []).compactMap { $0["action"] as? String }
        #expect(actions.contains("login") && actions.contains("role_assigned") && actions.contains("sessions_ended"))
    }

    @Test("a key does what its scopes say until it is revoked, and opens the door while Jellyfin is down")
    func keys() async throws {
        let stack = try await Stack.start()
        let server = try await stack.serve()
        let made = try await stack.marquee(["api-key", "create", "reader", "--scopes", "read", "--json"])
        #expect(made.code == 0, "\(made.output)")
        let key = try Self.field("key", made.output)
        #expect(key.hasPrefix("mq_") && key.count == 67)
        let bearer = [("Authorization", "Bearer \(key)")]
        #expect(try await server.call("GET", "/api/requests", headers: bearer).status == 200)
        #expect(try await server.call("GET", "/api/jobs", headers: bearer).status == 200)
        #expect(try await server.call("GET", "/api/auth/keys", headers: bearer).status == 403)
        #expect(try await server.call("POST", "/api/admin/sync/library", headers: bearer).status == 403)
        #expect(try await server.call("GET", "/api/requests?token=\(key)").status == 200, "trusted as this machine")
        let id = try Self.field("id", made.output)
        #expect(try await stack.marquee(["api-key", "revoke", id]).code == 0)
        #expect(try await server.call("GET", "/api/requests", headers: bearer).status == 401)

        let admin = try await stack.marquee(["api-key", "create", "door", "--scopes", "admin", "--json"])
        try await stack.fault("jellyfin", "/Users/*", "500")
        #expect(try await Self.logIn(server, "admin", "admin").status == 503)
        let entered = try await Self.logIn(server, "door", try Self.field("key", admin.output))
        #expect(entered.status == 200)
        #expect(!server.program.log.contains(key))
    }

    @Test("a user's Jellyfin token is worth the user's own rights, whoever else is signed in")
    func jellyfinToken() async throws {
        let stack = try await Stack.start()
        let server = try await stack.serve()
        _ = try await Self.session(server, "admin")
        let jellyfin = try #require(stack.services["JELLYFIN_URL"])
        let given = try await Answer.of(
            "POST", jellyfin + "/Users/AuthenticateByName", body: "{\"Username\":\"user1\",\"Pw\":\"user1\"}",
            headers: [("Authorization", "MediaBrowser Client=\"t\", Device=\"t\", DeviceId=\"t\", Version=\"1\"")])
        let token = try #require(given["AccessToken"] as? String)
        let user = [("X-Jellyfin-Token", token)]
        #expect(try await server.call("GET", "/api/requests", headers: user).status == 200)
        #expect(try await server.call("GET", "/api/jobs", headers: user).status == 403)
        #expect(try await server.call("GET", "/api/requests", headers: [("X-Jellyfin-Token", "no")]).status == 401)
        let key = try #require(stack.services["JELLYFIN_API_KEY"])
        #expect(try await server.call("GET", "/api/requests", headers: [("X-Jellyfin-Token", key)]).status == 400)
    }

    @Test("pages lead to the login, which leads back to pages of our own only")
    func pages() async throws {
        let stack = try await Stack.start()
        let server = try await stack.serve()
        _ = try await Self.session(server, "admin")
        let html = [("Accept", "text/html")]
        let away = try await server.call("GET", "/requests?state=failed", headers: html)
        // The client follows the redirect, as a browser does.
        #expect(away.text.contains("name=\"password\""))
        #expect(away.text.contains("name=\"next\" value=\"/requests?state=failed\""), "\(away.text.suffix(1_500))")
        #expect(try await server.call("GET", "/login", headers: html).text.contains("name=\"password\""))
        let form = [("Content-Type", "application/x-www-form-urlencoded")]
        for (next, wanted) in [
            ("%2Frequests", "/requests"), ("%2F%2Fevil.example", "/"), ("https%3A%2F%2Fevil.example", "/"),
            ("%2F%5Cevil.example", "/"),
        ] {
            let answer = try await server.call(
                "POST", "/api/auth/login", body: "username=admin&password=admin&next=\(next)", headers: form)
            #expect(answer.status == 303)
            #expect(answer.headers["Location"] == wanted)
        }
        let wrong = try await server.call(
            "POST", "/api/auth/login", body: "username=admin&password=wrong", headers: form)
        #expect(wrong.status == 401 && wrong.text.contains("login-trouble"))
        #expect(wrong.text.contains("value=\"admin\"") && !wrong.text.contains("value=\"wrong\""))
    }

    @Test("I9: a request is its owner's and the admins'; to another user it does not exist")
    func owners() async throws {
        let stack = try await Stack.start("films=20,series=5", ["--torrents", "0"])
        let server = try await stack.serve(["MARQUEE_POLL_SEERR": "1s", "MARQUEE_POLL_SEERR_ACTIVE": "1s"])
        let admin = try await Self.session(server, "admin")
        let (one, two) = (try await Self.session(server, "user1"), try await Self.session(server, "user2"))
        func count(_ who: [(String, String)]) async throws -> Int {
            try await server.call("GET", "/api/requests?origin=request", headers: who)["total"] as? Int ?? -1
        }
        let before = (try await count(admin), try await count(one), try await count(two))
        let step = "{\"do\":\"request\",\"media\":\"movie\",\"title\":\"Owned\",\"user\":\"user1\"}"
        #expect((200...299).contains(try await stack.control("POST", "step", step).status))
        #expect(await eventually(.seconds(60)) { (try? await count(one)) == before.1 + 1 })
        #expect(try await count(admin) == before.0 + 1)
        #expect(try await count(two) == before.2)
        let mine = try await server.call("GET", "/api/requests?q=Owned", headers: one)
        let id = try #require((mine["requests"] as? [[String: Any]])?.first?["id"] as? Int)
        for path in ["/api/requests/ID", "/api/requests/ID/timeline", "/images/poster/ID", "/request/ID"] {
            let foreign = path.replacing("ID", with: "\(id)")
            let missing = path.replacing("ID", with: "999999")
            let answers = (
                try await server.call("GET", foreign, headers: two), try await server.call("GET", missing, headers: two)
            )
            #expect(answers.0.status == 404 && answers.1.status == 404, "\(path)")
            let bytes = (
                Self.comparable(answers.0.text, "\(id)"), Self.comparable(answers.1.text, "999999")
            )
            #expect(bytes.0 == bytes.1, "\(path)")
        }
        #expect(try await server.call("GET", "/api/requests/\(id)", headers: one).status == 200)
        #expect(try await server.call("POST", "/api/requests/\(id)/verify", headers: two).status == 404)
        let stats = try await server.call("GET", "/api/stats", headers: two).text
        #expect(try await server.call("GET", "/api/stats", headers: one).text != stats)
    }

    /// An answer without its request's number and its own trace.
    private static func comparable(_ text: String, _ id: String) -> String {
        text.replacing(/[0-9a-f]{32}/, with: "TRACE").replacing(id, with: "ID")
    }
}
