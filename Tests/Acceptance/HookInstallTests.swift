import Foundation
import HTTPClient
import Testing

/// Marquee sets its own webhooks in the services (web.md §3, Webhooks), with the real programs on both sides.
@Suite(.timeLimit(.minutes(20)))
struct HookInstallTests {
    private static let services = ["radarr", "sonarr", "jellyseerr", "jellyfin"]

    private func install(_ service: String, _ server: Server, _ body: String = "{}") async throws -> Answer {
        try await server.call("POST", "/api/settings/\(service)/install-webhook", body: body)
    }

    /// What a service's own API answers.
    private func ask(_ stack: Stack, _ name: String, _ path: String, _ body: String? = nil) async throws -> Answer {
        let url = try #require(stack.services[name + "_URL"])
        let key = try #require(stack.services[name + "_API_KEY"])
        return try await Answer.of(
            body == nil ? "GET" : "POST", url + path, body: body, headers: [("X-Api-Key", key)])
    }

    private func connections(_ stack: Stack, _ name: String) async throws -> [[String: Any]] {
        let text = try await ask(stack, name, "/api/v3/notification").text
        return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
    }

    /// How many webhooks of a service were accepted.
    private func heard(_ service: String, _ server: Server) async throws -> Int {
        let hooks = try await server.get("/hooks")["hooks"] as? [[String: Any]] ?? []
        return hooks.filter { $0["service"] as? String == service }.reduce(0) { sum, hook in
            sum + (hook["counts"] as? [String: Int] ?? [:]).values.reduce(0, +)
        }
    }

    @Test("an installed webhook is tested, and then brings what happens; twice installed it is there once")
    func installed() async throws {
        let stack = try await Stack.start()
        let server = try await stack.serve()
        for service in Self.services {
            let planned = try await install(service, server, #"{"dry_run": true}"#)
            #expect(planned["result"] as? String == "planned", "\(planned.text)")
            #expect((planned["changes"] as? [String])?.first?.contains(server.url + "/hooks/" + service) == true)
            #expect(try await heard(service, server) == 0, "a plan changes nothing")
            let done = try await install(service, server)
            #expect(done["result"] as? String == "installed", "\(done.text)")
            #expect(done["tested"] as? Bool == true, "\(done.text)")
        }
        #expect(try await connections(stack, "RADARR").count == 1)
        let again = try await install("radarr", server)
        #expect(again["result"] as? String == "updated" && again["tested"] as? Bool == true, "\(again.text)")
        #expect(try await connections(stack, "RADARR").map { $0["name"] as? String } == ["Marquee"])

        let before = try await heard("radarr", server)
        for step in [#"{"do":"request","media":"movie","title":"Plain Film"}"#, #"{"do":"grab","title":"Plain Film"}"#]
        {
            _ = try await stack.control("POST", "step", step)
        }
        _ = try await stack.control("POST", "clock", #"{"advance":"40m"}"#)
        #expect(await eventually { (try? await heard("radarr", server) > before) ?? false })
        #expect(
            await eventually { (try? await server.get("/api/requests?q=Plain").text.contains("Plain Film")) ?? false })
        let sent = try await stack.control("GET", "webhooks")["webhooks"] as? [[String: Any]] ?? []
        #expect(sent.contains { $0["service"] as? String == "seerr" && $0["event"] as? String != "TEST_NOTIFICATION" })
        #expect(sent.contains { $0["service"] as? String == "jellyfin" && $0["event"] as? String == "ItemAdded" })
        for one in sent { #expect(one["status"] as? Int == 202, "\(one)") }

        let audit = try await server.get("/api/audit").text
        #expect(audit.contains("hook_installed") && audit.contains("hook_updated"))
    }

    @Test("the secret is in its header and nowhere else")
    func secret() async throws {
        let stack = try await Stack.start()
        let server = try await stack.serve(["MARQUEE_LOG_LEVEL": "trace"])
        var told = try await install("radarr", server).text
        let fields = try #require(try await connections(stack, "RADARR").first?["fields"] as? [[String: Any]])
        let headers = fields.first { $0["name"] as? String == "headers" }?["value"] as? [[String: String]]
        let secret = try #require(headers?.first { $0["key"] == "X-Marquee-Token" }?["value"])
        #expect(secret.utf8.count == 64)
        for field in fields where field["name"] as? String != "headers" {
            #expect("\(field["value"] ?? "")".contains(secret) == false)
        }
        for path in ["/hooks", "/api/audit", "/api/inbox", "/settings/webhooks"] {
            told += try await server.get(path).text
        }
        #expect(!told.contains(secret) && !server.program.log.contains(secret))
    }

    @Test("one secret for all is the one that is installed, and its test is waited for as well")
    func shared() async throws {
        let stack = try await Stack.start()
        let token = String(repeating: "t0", count: 20)
        let server = try await stack.serve(["MARQUEE_WEBHOOK_TOKEN": token])
        for service in Self.services {
            let done = try await install(service, server)
            #expect(done["result"] as? String == "installed" && done["tested"] as? Bool == true, "\(done.text)")
            #expect(!done.text.contains(token))
        }
    }

    @Test("a foreign entry stays as it is")
    func foreign() async throws {
        let stack = try await Stack.start()
        let server = try await stack.serve()
        let body =
            #"{"enabled":true,"types":8,"options":{"webhookUrl":"http://other.example/t0ken","jsonPayload":"\"{}\""}}"#
        #expect(try await ask(stack, "JELLYSEERR", "/api/v1/settings/notifications/webhook", body).status == 200)
        let done = try await install("jellyseerr", server)
        #expect(done["result"] as? String == "foreign" && done["tested"] as? Bool == false)
        #expect(done.text.contains("http://other.example") && !done.text.contains("t0ken"))
        let kept = try await ask(stack, "JELLYSEERR", "/api/v1/settings/notifications/webhook")
        #expect(kept.text.contains("http://other.example/t0ken"))
    }

    @Test("an address the service does not reach is told with what to do, and nothing is saved")
    func unreached() async throws {
        let stack = try await Stack.start()
        let server = try await stack.serve()
        let done = try await install("sonarr", server, #"{"url": "http://127.0.0.1:1/marquee"}"#)
        #expect(done["result"] as? String == "refused", "\(done.text)")
        #expect((done["summary"] as? String)?.contains("http://127.0.0.1:1/marquee/hooks/sonarr") == true)
        #expect(try await connections(stack, "SONARR").isEmpty)
        #expect(try await install("sonarr", server, #"{"url": "no address"}"#).status == 422)
        #expect(try await install("sonarr", server, #"{"instance": "4k"}"#).status == 404)
        #expect(try await install("marquee", server).status == 404)
        #expect(try await install("qbittorrent", server)["result"] as? String == "refused")
    }

    @Test("the page shows the change first, then installs, without script")
    func page() async throws {
        let stack = try await Stack.start()
        let server = try await stack.serve()
        #expect(try await server.get("/settings/webhooks").text.contains("/settings/webhooks/install"))
        let form = [("Content-Type", "application/x-www-form-urlencoded")]
        let shown = try await server.call(
            "POST", "/settings/webhooks/install", body: "service=radarr&instance=default&do=preview", headers: form)
        #expect(shown.status == 200 && shown.text.contains("Nothing is changed yet"), "\(shown.text)")
        #expect(try await connections(stack, "RADARR").isEmpty)
        let done = try await server.call(
            "POST", "/settings/webhooks/install", body: "service=radarr&instance=default&do=install", headers: form)
        #expect(done.status == 200 && done.text.contains("its own test arrived"), "\(done.text)")
        #expect(try await connections(stack, "RADARR").count == 1)
    }
}
