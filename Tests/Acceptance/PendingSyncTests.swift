import Foundation
import Testing

/// G15: Seerr's requests, brought to every stage by the simulator, enter with the stage their services prove.
@Suite("Pending sync", .timeLimit(.minutes(20)))
struct PendingSyncTests {
    /// A request of the simulator by its title, how it is asked for, and the stage it must have.
    private static let wanted: [(title: String, asked: String, stage: String)] = [
        ("Waiting", #""media":"movie","approval":"never""#, "requested"),
        ("Refused", #""media":"movie","approval":"never""#, "declined"),
        ("Too Large", #""media":"movie","is_4k":true"#, "failed"),
        ("Rejected", #""media":"movie","rejections":["no"]"#, "approved"),
        ("Loading", #""media":"movie""#, "downloading"),
        ("Loaded", #""media":"movie","hold_import":true"#, "download_done"),
        ("Blocked", #""media":"movie","block":"Not a video file""#, "importing"),
        ("Hidden", #""media":"movie","hidden":true"#, "syncing_library"),
        ("Unmatched", #""media":"anime_movie","no_match":true"#, "anime_matching"),
        ("Pack", #""media":"tv","seasons":[1],"episodes":4"#, "downloading"),
    ]

    /// Every request as far as it shall come; the simulator's clock stands still afterwards.
    private func play(_ stack: Stack) async throws {
        for (title, asked, _) in Self.wanted {
            try await step(stack, "request", title, ",\"user\":\"user1\",\(asked)")
        }
        try await step(stack, "request", "Playable", #","user":"user1","media":"movie""#)
        try await step(stack, "decline", "Refused")
        let moving = ["Loading", "Loaded", "Blocked", "Hidden", "Unmatched", "Pack", "Playable"]
        var stalled: Set<String> = []
        for _ in 0..<60 where stalled.count < moving.count {
            _ = try await stack.control("POST", "clock", #"{"advance":"2s"}"#)
            for title in try await grabbed(stack) where moving.contains(title) && !stalled.contains(title) {
                try await step(stack, "stall", title, #","state":"stalled""#)
                stalled.insert(title)
            }
        }
        #expect(stalled.count == moving.count)
        for title in ["Loaded", "Blocked", "Hidden", "Unmatched", "Playable"] { try await step(stack, "finish", title) }
        for title in ["Hidden", "Unmatched", "Playable"] { try await step(stack, "import", title) }
        try await step(stack, "appear", "Playable")
        _ = try await stack.control("POST", "clock", #"{"advance":"40s"}"#)
    }

    private func step(_ stack: Stack, _ what: String, _ title: String, _ more: String = "") async throws {
        let answer = try await stack.control("POST", "step", #"{"do":"\#(what)","title":"\#(title)"\#(more)}"#)
        #expect((200...299).contains(answer.status), "\(what) \(title): \(answer.text)")
    }

    private func grabbed(_ stack: Stack) async throws -> [String] {
        let flow = try await stack.control("GET", "flow")
        return (flow["titles"] as? [[String: Any]] ?? []).compactMap { title in
            (title["downloads"] as? [Any] ?? []).isEmpty ? nil : title["title"] as? String
        }
    }

    @Test("a dry run shows every stage, the plan is applied as shown, and a second run adds nothing")
    func stages() async throws {
        let stack = try await Stack.start("films=20,series=5", ["--speed", "0", "--seed", "7"])
        try await play(stack)
        let preview = try await json(stack, ["--dry-run"], exits: 0)
        #expect(preview["added"] as? Int == Self.wanted.count)
        #expect(preview["skipped_by_reason"] as? [String: Int] == ["available_in_library": 1])
        let shown = preview["changes"] as? [[String: Any]] ?? []
        for (title, _, stage) in Self.wanted {
            let fields = shown.first { $0["title"] as? String == title }?["fields"] as? [[String: Any]]
            #expect(fields?.first { $0["field"] as? String == "state" }?["after"] as? String == stage, "\(title)")
        }
        let plan = try #require(preview["job_id"] as? Int)
        let run = try await json(stack, ["--plan", String(plan)], exits: 0)
        #expect(run["added"] as? Int == Self.wanted.count && run["stale"] as? Int == 0)
        let again = try await json(stack, [], exits: 0)
        #expect(again["added"] as? Int == 0)
        #expect((again["skipped_by_reason"] as? [String: Int])?["already_tracked"] == Self.wanted.count)
        try await expectRows(stack)
    }

    /// What the server shows; its own readers must not have come first, so Seerr does not answer them.
    private func expectRows(_ stack: Stack) async throws {
        for service in ["seerr", "radarr", "sonarr", "qbittorrent", "jellyfin"] {
            try await stack.fault(service, "/*", "refuse")
        }
        let server = try await stack.serve()
        let list = try await server.get("/api/requests?limit=50")
        let rows = list["requests"] as? [[String: Any]] ?? []
        #expect(rows.count == Self.wanted.count, "\(list.text)")
        for (title, _, stage) in Self.wanted {
            let row = rows.first { $0["title"] as? String == title }
            #expect(row?["state"] as? String == stage, "\(title)")
            #expect(row?["requested_by"] as? String == "user1")
        }
        try await stack.heal()
    }

    private func json(_ stack: Stack, _ more: [String], exits code: Int32) async throws -> [String: Any] {
        let verb = try await stack.marquee(["sync", "pending", "--json"] + more)
        #expect(verb.code == code, "\(verb.output)")
        let line = verb.output.split(separator: "\n").first { $0.hasPrefix("{\"job_id\"") } ?? ""
        return (try? JSONSerialization.jsonObject(with: Data(line.utf8))) as? [String: Any] ?? [:]
    }

    @Test("without Seerr: 502 with the service's name, exit 4; without Radarr: partial, exit 1, its facts missing")
    func faults() async throws {
        let stack = try await Stack.start("films=20,series=5", ["--speed", "0", "--seed", "7"])
        try await play(stack)
        try await stack.fault("radarr", "/*", "500")
        let partial = try await stack.marquee(["sync", "pending", "--dry-run"])
        #expect(partial.code == 1 && partial.output.contains("radarr"), "\(partial.output)")
        try await stack.heal()
        try await stack.fault("seerr", "/*", "500")
        let failed = try await stack.marquee(["sync", "pending"])
        #expect(failed.code == 4 && failed.output.contains("Seerr could not be read"), "\(failed.output)")
        let server = try await stack.serve()
        let answer = try await server.call("POST", "/api/admin/sync/pending")
        #expect(answer.status == 502 && answer["type"] as? String == "about:marquee/upstream_unreachable")
        #expect(try await server.requestCount() == 0)
    }

    @Test("a server starts it on request and shows it: 202, a job of its kind, a card to start it")
    func server() async throws {
        let stack = try await Stack.start("films=20,series=5", ["--speed", "0", "--seed", "7"])
        try await step(stack, "request", "Waiting", #","user":"user1","media":"movie","approval":"never""#)
        let server = try await stack.serve()
        let started = try await server.call(
            "POST", "/api/admin/sync/pending", headers: [("Prefer", "respond-async")])
        #expect(started.status == 202 && started["kind"] as? String == "pending_sync", "\(started.text)")
        let job = "/api/jobs/\(started.int("id"))"
        #expect(await eventually { (try? await server.get(job)["state"] as? String) == "succeeded" })
        // Its own reader of Seerr may have been first: tracked it is in any case, once.
        #expect(try await server.requestCount() == 1)
        let page = try await server.call("GET", "/library", headers: [("Accept", "text/html")])
        #expect(page.text.contains("action=\"/api/admin/sync/pending\""))
        let foreign = try await server.call("POST", "/api/admin/sync/update-metadata?plan=\(started.int("id"))")
        #expect(foreign.status == 409, "another kind's plan is refused")
    }
}
