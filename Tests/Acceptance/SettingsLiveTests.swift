import Foundation
import HTTPClient
import TestSupport
import Testing

/// Settings entered while Marquee runs (operations.md §1, security.md §2 "First run"), in the real program.
@Suite(.timeLimit(.minutes(20)))
struct SettingsLiveTests {
    /// Nothing but a data directory: what a first start has.
    private static func bare(_ stack: Stack, _ more: [String: String] = [:]) async throws -> Server {
        try await Server.start(
            ["MARQUEE_DATA_DIR": stack.folder + "/data", "MARQUEE_BIND": "127.0.0.1:0"].merging(more) { _, new in new })
    }

    private static func body(_ stack: Stack, _ service: String) -> String {
        let name = service.uppercased()
        return """
            {"url": "\(stack.services[name + "_URL"] ?? "")", "api_key": "\(stack.services[name + "_API_KEY"] ?? "")"}
            """
    }

    private static func reachable(_ server: Server) async throws -> [String: Bool] {
        let health = try await server.get("/api/health")
        let services = health["services"] as? [[String: Any]] ?? []
        return Dictionary(
            services.compactMap { one in
                (one["service"] as? String).flatMap { name in (one["reachable"] as? Bool).map { (name, $0) } }
            }, uniquingKeysWith: { $1 })
    }

    @Test("services entered over the API count at once, and after a restart")
    func live() async throws {
        let stack = try await Stack.start()
        let server = try await Self.bare(stack)
        #expect(try await server.call("POST", "/api/admin/sync/library?dry_run=true").status != 200)
        for service in ["jellyfin", "radarr", "sonarr"] {
            let saved = try await server.call("PUT", "/api/settings/\(service)", body: Self.body(stack, service))
            #expect(saved.status == 200, "\(saved.text)")
        }
        let synced = try await server.call("POST", "/api/admin/sync/library")
        #expect(synced.status == 200, "\(synced.text)")
        #expect(synced.int("added") > 50)
        #expect(await eventually { (try? await Self.reachable(server))?["sonarr"] == true })
        #expect(await server.stop() == 0)

        let again = try await Self.bare(stack)
        #expect(await eventually { (try? await Self.reachable(again))?["jellyfin"] == true })
        let removed = try await again.call("PUT", "/api/settings/sonarr", body: #"{"url": null, "api_key": null}"#)
        #expect(removed.status == 200, "\(removed.text)")
        #expect(try await Self.reachable(again)["sonarr"] == nil)
        #expect(await again.stop() == 0)
        let key = try #require(stack.services["RADARR_API_KEY"])
        for program in [server.program, again.program] { #expect(!program.log.contains(key)) }
        let kept = try FileManager.default.contentsOfDirectory(atPath: stack.folder + "/data")
        for name in kept {
            let bytes = FileManager.default.contents(atPath: stack.folder + "/data/" + name) ?? Data()
            #expect(bytes.range(of: Data(key.utf8)) == nil, "\(name)")
        }
    }

    @Test("a change is audited and shows its source; what is wrong names its field")
    func source() async throws {
        let stack = try await Stack.start()
        let server = try await stack.serve()
        let saved = try await server.call("PUT", "/api/settings/marquee", body: #"{"request_visibility": "all"}"#)
        #expect(saved.status == 200, "\(saved.text)")
        let again = try await server.get("/api/settings/marquee")
        #expect(again.text.contains("\"source\":\"database\""))
        let invalid = try await server.call("PUT", "/api/settings/marquee", body: #"{"log_level": "loud"}"#)
        #expect(invalid.status == 422)
        #expect((invalid["errors"] as? [[String: Any]])?.first?["field"] as? String == "log_level")
        #expect(try await server.call("PUT", "/api/settings/nothing", body: "{}").status == 404)
        let audit = try await server.get("/api/audit")
        #expect(audit.text.contains("MARQUEE_REQUEST_VISIBILITY"))
    }

    @Test("what does not pass its test is not saved, unless it is wanted untested; a test tells no body")
    func tests() async throws {
        let stack = try await Stack.start()
        let server = try await Self.bare(stack)
        let radarr = try #require(stack.services["RADARR_URL"])
        let sonarr = try #require(stack.services["SONARR_URL"])
        let wrong = try await server.call(
            "POST", "/api/settings/radarr/test", body: "{\"url\": \"\(radarr)\", \"api_key\": \"wrong\"}")
        #expect(wrong["ok"] as? Bool == false)
        #expect(wrong["code"] as? String == "refused")
        let other = try await server.call(
            "POST", "/api/settings/radarr/test",
            body: "{\"url\": \"\(sonarr)\", \"api_key\": \"\(stack.services["SONARR_API_KEY"] ?? "")\"}")
        #expect(other["code"] as? String == "wrong_application")
        try await stack.fault("radarr", "/api/v3/system/status", "html")
        let html = try await server.call("POST", "/api/settings/radarr/test", body: Self.body(stack, "radarr"))
        #expect(html["code"] as? String == "html", "\(html.text)")
        #expect(!html.text.contains("<"))
        try await stack.heal()
        let unsaved = try await server.call(
            "PUT", "/api/settings/radarr", body: "{\"url\": \"\(radarr)\", \"api_key\": \"wrong\"}")
        #expect(unsaved.status == 422)
        #expect(unsaved["type"] as? String == "about:marquee/test_failed")
        let untested = try await server.call(
            "PUT", "/api/settings/radarr?untested=true", body: "{\"url\": \"\(radarr)\", \"api_key\": \"wrong\"}")
        #expect(untested.status == 200, "\(untested.text)")
        let elsewhere = try await server.call(
            "POST", "/api/settings/radarr/test", body: #"{"url": "http://127.0.0.1:1"}"#)
        #expect(elsewhere.status == 422, "a stored key goes nowhere else")
    }

    @Test("ten tests a minute are the most")
    func gate() async throws {
        let stack = try await Stack.start("films=1,series=0")
        let server = try await Self.bare(stack)
        for _ in 0..<10 {
            let answer = try await server.call(
                "POST", "/api/settings/radarr/test", body: #"{"url": "http://127.0.0.1:1", "api_key": "k"}"#)
            #expect(answer.status == 200)
        }
        let answer = try await server.call(
            "POST", "/api/settings/radarr/test", body: #"{"url": "http://127.0.0.1:1", "api_key": "k"}"#)
        #expect(answer.status == 429)
        #expect(answer.headers["Retry-After"].flatMap { Int($0) }.map { $0 > 0 && $0 <= 60 } == true)
    }

    /// As a proxy passes it on: who is here is not trusted, and must show something.
    private static let foreign = [("Host", "marquee.example")]

    @Test("the set-up code opens the services' settings once, and is void once an admin has signed in")
    func setUp() async throws {
        let stack = try await Stack.start()
        let server = try await Self.bare(stack)
        #expect(await eventually { server.program.log.contains("set-up code") })
        let code = try #require(server.program.log.firstMatch(of: /set-up code ([0-9a-f-]{24})/)).1
        #expect(try await server.call("GET", "/api/settings", headers: Self.foreign).status == 403)
        func enter(_ code: String) async throws -> Answer {
            try await server.call(
                "POST", "/api/auth/login", body: "{\"code\": \"\(code)\"}", headers: Self.foreign)
        }
        #expect(try await enter("0000-0000-0000-0000-0000").status == 401)
        let entered = try await enter(code.uppercased())
        #expect(entered.status == 200, "\(entered.text)")
        #expect(try await enter(String(code)).status == 401, "once")
        let cookie = try #require(entered.headers["Set-Cookie"]).prefix { $0 != ";" }
        let token = try #require(entered["csrf_token"] as? String)
        let session = Self.foreign + [("Cookie", String(cookie)), ("X-CSRF-Token", token)]
        for path in ["/api/settings", "/api/settings/marquee", "/api/requests", "/api/auth/keys", "/api/users", "/"] {
            #expect(try await server.call("GET", path, headers: session).status == 403, "\(path)")
        }
        #expect(try await server.call("GET", "/settings", headers: session).status == 200)
        #expect(try await server.call("GET", "/api/settings/jellyfin", headers: session).status == 200)
        let saved = try await server.call(
            "PUT", "/api/settings/jellyfin", body: Self.body(stack, "jellyfin"), headers: session)
        #expect(saved.status == 200, "\(saved.text)")
        let admin = try await server.call(
            "POST", "/api/auth/login", body: #"{"username":"admin","password":"admin"}"#, headers: Self.foreign)
        #expect(admin.status == 200, "\(admin.text)")
        #expect(try await server.call("GET", "/api/settings/jellyfin", headers: session).status == 401, "void for ever")
        #expect(await server.stop() == 0)
        let again = try await Self.bare(stack)
        #expect(!again.program.log.contains("set-up code"))
    }

    @Test("the pages of the settings work without a script, and show no secret")
    func pages() async throws {
        let stack = try await Stack.start()
        let server = try await Self.bare(stack)
        let form = [("Content-Type", "application/x-www-form-urlencoded")]
        let (url, key) = (try #require(stack.services["RADARR_URL"]), try #require(stack.services["RADARR_API_KEY"]))
        let refused = try await server.call(
            "POST", "/settings/radarr", body: "instance=default&url=\(url)&api_key=canary-key&do=save", headers: form)
        #expect(refused.status == 422)
        #expect(refused.text.contains(url) && !refused.text.contains("canary-key"))
        let saved = try await server.call(
            "POST", "/settings/radarr", body: "instance=default&url=\(url)&api_key=\(key)&do=save", headers: form)
        #expect(saved.status == 303, "\(saved.text)")
        for path in ["", "/webhooks", "/general", "/keys", "/users", "/audit", "/about"] {
            let page = try await server.get("/settings" + path)
            #expect(page.status == 200 && page.text.contains("<h1>Settings</h1>"), "\(path)")
            #expect(!page.text.contains(key), "\(path)")
        }
        let made = try await server.call(
            "POST", "/settings/keys", body: "name=widget&scopes=read&scopes=operate", headers: form)
        #expect(made.status == 201)
        let text = try #require(made.text.firstMatch(of: /mq_[0-9a-f]{64}/)).0
        let bearer = [("Authorization", "Bearer \(text)")]
        #expect(try await server.call("GET", "/api/requests", headers: bearer).status == 200)
        #expect(!(try await server.get("/settings/keys")).text.contains(text))
        let revoked = try await server.call("POST", "/settings/keys/1/revoke", body: "", headers: form)
        #expect(revoked.status == 303)
        #expect(try await server.call("GET", "/api/requests", headers: bearer).status == 401)
        let hook = try await server.call(
            "POST", "/settings/webhooks", body: "service=radarr&instance=default", headers: form)
        #expect(hook.status == 201)
        let general = try await server.call(
            "POST", "/settings/marquee", body: "group=tracking&scan_delay=soon", headers: form)
        #expect(general.status == 422 && general.text.contains("value=\"soon\""))
        let removed = try await server.call(
            "POST", "/settings/radarr", body: "instance=default&do=remove", headers: form)
        #expect(removed.status == 303)
        #expect(try await Self.reachable(server)["radarr"] == nil)
    }
}
