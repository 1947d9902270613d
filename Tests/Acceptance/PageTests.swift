import Foundation
import HTTPClient
import Testing

/// The pages and the answers behind them, over requests that webhooks have made.
@Suite(.timeLimit(.minutes(20)))
struct PageTests {
    private static let secret = String(repeating: "h7", count: 20)

    /// A stack whose services have told of a film, of a season in one pack, and of an import that waits.
    private func lived(_ body: (Stack, Server) async throws -> Void) async throws {
        let stack = try await Stack.start()
        let server = try await stack.serve(["MARQUEE_WEBHOOK_TOKEN": Self.secret])
        _ = try await stack.control("POST", "webhooks", #"{"to":"\#(server.url)","secret":"\#(Self.secret)"}"#)
        for step in [
            #"{"do":"request","media":"movie","title":"Plain Film"}"#,
            #"{"do":"request","media":"tv","title":"Packed Show","seasons":[1],"episodes":12}"#,
            #"{"do":"request","media":"movie","title":"Blocked Reel","block":"Not an upgrade"}"#,
        ] { _ = try await stack.control("POST", "step", step) }
        _ = try await stack.control("POST", "clock", #"{"advance":"40m"}"#)
        try await body(stack, server)
    }

    /// Until a page says something; fails after twenty seconds.
    private func wait(for text: String, at path: String, _ server: Server) async throws {
        let isSaid = await eventually { (try? await server.get(path).text.contains(text)) ?? false }
        #expect(isSaid, "\(path) never said \(text)")
    }

    private func id(_ title: String, _ server: Server) async throws -> Int {
        let list = try await server.get("/api/requests?q=" + title.replacing(" ", with: "%20"))
        let rows = list["requests"] as? [[String: Any]]
        return try #require(rows?.first?["id"] as? Int)
    }

    @Test("Activity shows the trouble with its actions, and what moves with its stage")
    func activity() async throws {
        try await lived { _, server in
            try await wait(for: "\"total\":1,", at: "/api/requests?attention=import_blocked", server)
            let page = try await server.get("/")
            #expect(page.status == 200)
            for text in ["Blocked Reel", "Not an upgrade", "Refresh downloads in Radarr", "Packed Show", "Season 1"] {
                #expect(page.text.contains(text), "\(text)")
            }
            #expect(try await server.get("/?fragment=main").text.hasPrefix("<main"))
            #expect(try await server.get("/?fragment=none").status == 404)
            #expect(try await server.get("/requests?attention=true").text.contains("Blocked Reel"))
            #expect(try await server.get("/requests?attention=timeout").text.contains("Blocked Reel") == false)
            #expect(try await server.get("/api/requests?attention=maybe").status == 422)
        }
    }

    @Test("a request's page holds its episodes, its pack and its story; dialogs and seasons have addresses")
    func request() async throws {
        try await lived { stack, server in
            let id = try await id("Packed Show", server)
            try await wait(for: "Grabbed S01E01–E12, 12 episodes", at: "/request/\(id)", server)
            let page = try await server.get("/request/\(id)").text
            #expect(page.contains("id=\"season-1-0\"") && page.contains("Verify in Jellyfin"))
            #expect(!page.contains("dialog-override"))
            #expect(try await server.get("/request/\(id)?dialog=override").text.contains("dialog-override"))
            #expect(try await server.get("/request/\(id)?fragment=season-1").text.hasPrefix("<details id=\"season-1\""))
            let form = [("Content-Type", "application/x-www-form-urlencoded")]
            let done = try await server.call(
                "POST", "/api/requests/\(id)/override", body: "state=declined&reason=Wrong+show", headers: form)
            #expect(done.status == 303 && done.headers["Location"] == "/request/\(id)")
            let overridden = try await server.get("/request/\(id)").text
            #expect(overridden.contains("Wrong show") && overridden.contains("Set to Declined by"))
            let shown = try await stack.marquee(["requests", "show", "\(id)"])
            #expect(shown.code == 0 && shown.output.contains("stage: declined"))
            #expect(try await stack.marquee(["requests", "list"]).output.contains("Packed Show"))
            let cleared = try await stack.marquee(
                ["requests", "override", "\(id)", "--clear", "--reason", "It was right"])
            #expect(cleared.code == 0 && !cleared.output.contains("stage: declined"))
            #expect(try await stack.marquee(["requests", "show", "x"]).code == 2)
        }
    }

    @Test("History holds what has ended, in whole and in parts; an address without sense is refused in words")
    func history() async throws {
        try await lived { _, server in
            try await wait(for: "Plain Film", at: "/history", server)
            let page = try await server.get("/history?state=available&media_type=movie&period=7")
            #expect(page.status == 200 && page.text.contains("Plain Film") && !page.text.contains("Blocked Reel"))
            #expect(page.text.contains("Time per stage") && page.headers["Cache-Control"] == "no-store")
            #expect(try await server.get("/history?fragment=list").text.hasPrefix("<section id=\"list\""))
            #expect(try await server.get("/history?fragment=charts").text.hasPrefix("<section id=\"charts\""))
            #expect(try await server.get("/history?fragment=none").status == 404)
            for query in ["period=12", "state=importing", "from=soon", "after=x"] {
                #expect(try await server.get("/history?" + query).status == 422, "\(query)")
            }
            for (path, sentence) in [
                ("/deletions", "Nothing has been deleted."),
                ("/music", "Add a Plex, Jellyfin or Subsonic server in Settings."),
                ("/publishing", "SUPA_REST_URL and SUPABASE_SERVICE_ROLE_KEY are not set."),
            ] {
                #expect(try await server.get(path).text.contains(sentence), "\(path)")
                #expect(try await server.get(path + "?fragment=main").text.hasPrefix("<main"))
            }
        }
    }

    @Test("Status, health, hooks and stats tell when each service was heard")
    func status() async throws {
        try await lived { _, server in
            let page = try await server.get("/status")
            #expect(page.status == 200 && page.text.contains("service-radarr-default"))
            let hooks = try await server.get("/hooks")["hooks"] as? [[String: Any]] ?? []
            let radarr = try #require(hooks.first { $0["service"] as? String == "radarr" })
            #expect(radarr["url"] as? String == server.url + "/hooks/radarr")
            #expect(radarr["last_heard"] as? String != nil)
            let counts = radarr["counts"] as? [String: Int] ?? [:]
            #expect((counts["applied"] ?? 0) > 0)
            let services = try await server.get("/api/health")["services"] as? [[String: Any]] ?? []
            let heard = services.first { $0["service"] as? String == "radarr" }?["last_heard"] as? String
            #expect(heard != nil)
            let stats = try await server.get("/api/stats")
            let types = stats["media_types"] as? [String: Int] ?? [:]
            #expect(types == ["movie": 2, "tv": 1])
            for path in ["/hooks", "/status", "/api/stats", "/"] {
                #expect(try await server.get(path).text.contains(Self.secret) == false)
            }
        }
    }
}
