import Foundation
import Glibc
import Testing

/// Deletion from one end to the other, against the played services (scenarios.md H).
@Suite(.timeLimit(.minutes(20)), .serialized)
struct DeletionTests {
    static let settings = [
        "ENABLE_DELETION_SYNC": "true", "MARQUEE_DELETION_VERIFY": "300ms,500ms,1s,1s,2s,2s,3s",
        // What tracking reports of imports would count among the calls.
        "MARQUEE_LIBRARY_SCAN": "off",
    ]

    /// Films that went the whole way from a request, and a Marquee that found them in the library.
    static func stage(
        _ more: [String: String] = settings, films: Int = 2
    ) async throws -> (Stack, Server) {
        let stack = try await Stack.start("films=6,series=2", ["--plain", "--speed", "600", "--torrents", "0"])
        let step = #"{"at":"0s","do":"request","media":"movie","title":"auto","user":"user1"}"#
        let steps = Array(repeating: step, count: films).joined(separator: ",")
        let scenario = #"{"name":"films","seed":7,"speed":600,"steps":["# + steps + "]}"
        #expect((200...299).contains(try await stack.control("POST", "scenario", scenario).status))
        let server = try await stack.serve(more)
        let areThere = await eventually(.seconds(60)) {
            _ = try? await server.call("POST", "/api/admin/sync/library")
            return (try? await Self.films(server).count) ?? 0 >= films
        }
        #expect(areThere)
        return (stack, server)
    }

    /// Films that came by a request, and that both Radarr and Jellyfin hold.
    static func films(_ server: Server) async throws -> [Int] {
        let list = try await server.get("/api/requests?limit=200&media_type=movie&sort=created&state=available")
        // One row for each film: what was asked for and what was found in the library may be two.
        var films: [Int: Int] = [:]
        for row in list["requests"] as? [[String: Any]] ?? [] {
            let ids = row["ids"] as? [String: Any]
            guard (ids?["radarr"] as? [String: Any])?.isEmpty == false, let tmdb = ids?["tmdb"] as? Int,
                tmdb >= 7_000_000, let id = row["id"] as? Int
            else { continue }
            films[tmdb] = min(films[tmdb] ?? id, id)
        }
        return films.values.sorted()
    }

    /// The log once it is over.
    static func over(_ server: Server, _ log: Int) async throws -> Answer {
        _ = await eventually(.seconds(90)) {
            (try? await server.get("/api/deletion-logs/\(log)"))?["phase"] as? String == "done"
        }
        return try await server.get("/api/deletion-logs/\(log)")
    }

    static func statuses(_ log: Answer) -> [String: String] {
        var found: [String: String] = [:]
        for service in log["services"] as? [[String: Any]] ?? [] {
            found[service["service"] as? String ?? ""] = service["status"] as? String
        }
        return found
    }

    /// Calls that change something, as `radarr DELETE /path`.
    static func changes(_ stack: Stack) async throws -> [String] {
        let answer = try await stack.control("GET", "calls")
        return (answer["calls"] as? [[String: Any]] ?? []).compactMap { call in
            guard let method = call["method"] as? String, method != "GET" else { return nil }
            return "\(call["service"] as? String ?? "") \(method) \(call["path"] as? String ?? "")"
        }.filter { !$0.contains("auth") }
    }

    @Test("a film goes everywhere, is proven gone, and its row with it; nobody may delete it twice")
    func whole() async throws {
        let (stack, server) = try await Self.stage()
        let film = try #require(try await Self.films(server).first)
        let preview = try await server.get("/api/requests/\(film)/delete-preview?delete_files=true")
        #expect(preview.status == 200)
        #expect(try await Self.changes(stack).isEmpty)
        let events = try await EventStream.open(server, "?topics=deletion,request_deleted")
        let body = "{\"delete_files\":true,\"plan_id\":\"\(preview["plan_id"] as? String ?? "")\"}"
        async let first = server.call("POST", "/api/requests/\(film)/delete", body: body)
        async let second = server.call("POST", "/api/requests/\(film)/delete", body: "{\"delete_files\":true}")
        let answers = try await [first, second]
        #expect(answers.map(\.status).sorted() == [200, 409], "\(answers.map(\.text))")
        let refused = try #require(answers.first { $0.status == 409 })
        #expect(refused.int("deletion_log_id") == 1)

        let log = try await Self.over(server, 1)
        #expect(log["status"] as? String == "complete", "\(log.text)")
        let statuses = Self.statuses(log)
        #expect(statuses["radarr"] == "verified" && statuses["jellyfin"] == "verified", "\(log.text)")
        #expect(statuses["qbittorrent"] == "verified", "\(log.text)")
        #expect(statuses["sonarr"] == "not_applicable" && statuses["jellyseerr"] == "verified")
        #expect(try await server.get("/api/requests/\(film)")["state"] as? String == "deleted")
        let list = try await server.get("/api/requests?limit=200")
        #expect(!(list["requests"] as? [[String: Any]] ?? []).contains { $0["id"] as? Int == film })
        #expect(await eventually { events.events.contains { $0.name == "request_deleted" } })
        #expect(events.events.filter { $0.name == "deletion" }.count > 3)
        let calls = try await Self.changes(stack)
        #expect(calls.filter { $0.hasPrefix("radarr DELETE") }.count == 1, "\(calls)")
        #expect(!calls.contains { $0.contains("DELETE") && $0.contains("Items") })

        // What was deleted just now is not taken for new.
        let sync = try await server.call("POST", "/api/admin/sync/library")
        #expect(sync.int("added") == 0, "\(sync.text)")
    }

    @Test("disabled, no service is called; the row goes all the same") func disabled() async throws {
        let (stack, server) = try await Self.stage([:])
        let film = try #require(try await Self.films(server).first)
        let answer = try await server.call("POST", "/api/requests/\(film)/delete", body: "{\"delete_files\":true}")
        #expect(answer["status"] as? String == "complete", "\(answer.text)")
        #expect(Self.statuses(answer)["radarr"] == "skipped" && Self.statuses(answer)["shoko"] == "not_applicable")
        #expect(try await Self.changes(stack).isEmpty)
        #expect(try await server.get("/api/requests/\(film)")["state"] as? String == "deleted")
        let retry = try await server.call(
            "POST", "/api/deletion-logs/1/retry", body: "{\"include_skipped\":true}")
        #expect(retry.status == 409 && retry.text.contains("deletion_disabled"))
    }

    @Test("without files the *arr forgets it and the library keeps it") func filesRetained() async throws {
        let (stack, server) = try await Self.stage()
        let film = try #require(try await Self.films(server).first)
        #expect(try await server.call("POST", "/api/requests/\(film)/delete", body: "{}").status == 200)
        let log = try await Self.over(server, 1)
        #expect(log["status"] as? String == "complete")
        #expect(Self.statuses(log)["jellyfin"] == "skipped" && Self.statuses(log)["radarr"] == "verified")
        let calls = try await Self.changes(stack)
        #expect(calls.allSatisfy { $0.hasPrefix("radarr") || $0.hasPrefix("seerr") }, "\(calls)")
        // It is still there by choice.
        let sync = try await server.call("POST", "/api/admin/sync/library")
        #expect(sync.int("added") == 0, "\(sync.text)")
    }

    @Test("a failing service leaves it incomplete; a retry repeats that one alone; leftovers can be accepted")
    func failing() async throws {
        let (stack, server) = try await Self.stage()
        let films = try await Self.films(server)
        try await stack.fault("jellyfin", "*/Library/Media/Updated", "500")
        for film in films.prefix(2) {
            let answer = try await server.call(
                "POST", "/api/requests/\(film)/delete", body: "{\"delete_files\":true}")
            #expect(answer.status == 200, "\(answer.text)")
        }
        for id in 1...2 {
            let log = try await Self.over(server, id)
            #expect(log["status"] as? String == "incomplete", "\(log.text)")
            #expect(Self.statuses(log)["jellyfin"] == "failed" && Self.statuses(log)["radarr"] == "verified")
        }
        let row = try await server.get("/api/requests/\(films[0])")
        #expect((row["deletion"] as? [String: Any])?["status"] as? String == "incomplete")
        try await stack.heal()
        let before = try await Self.changes(stack).filter { $0.hasPrefix("radarr") }.count
        #expect(try await server.call("POST", "/api/deletion-logs/1/retry", body: "{}").status == 200)
        #expect(try await Self.over(server, 1)["status"] as? String == "complete")
        #expect(try await Self.changes(stack).filter { $0.hasPrefix("radarr") }.count == before)
        let accepted = try await server.call(
            "POST", "/api/deletion-logs/2/retry", body: "{\"accept_leftovers\":true}")
        #expect(accepted["status"] as? String == "accepted")
        for film in films.prefix(2) {
            #expect(try await server.get("/api/requests/\(film)")["state"] as? String == "deleted")
        }
    }

    @Test(
        "killed in a call or between two, it goes on after the start until everything is proven",
        arguments: [
            ("radarr", "*/api/v3/movie/*"), ("jellyfin", "*/Library/Media/Updated"), ("jellyfin", "*/Items"),
        ])
    func killed(service: String, path: String) async throws {
        let (stack, server) = try await Self.stage()
        let film = try #require(try await Self.films(server).first)
        // Everything is looked up already when the service stops answering.
        _ = try await server.get("/api/requests/\(film)/delete-preview?delete_files=true")
        let more = service == "radarr" ? ",\"from\":2" : path.hasSuffix("Items") ? ",\"from\":3" : ""
        try await stack.fault(service, path, "hold", more)
        let asked = try await server.call(
            "POST", "/api/requests/\(film)/delete", body: "{\"delete_files\":true}",
            headers: [("Prefer", "respond-async")])
        #expect(asked.status == 202, "\(asked.text)")
        let isUnderWay = await eventually(.seconds(20)) {
            guard let log = try? await server.get("/api/deletion-logs/1") else { return false }
            return (log["sync_events"] as? [[String: Any]] ?? []).contains { $0["status"] as? String == "acknowledged" }
                || log["phase"] as? String != "confirmed"
        }
        #expect(isUnderWay)
        try await Task.sleep(for: .milliseconds(300))
        server.program.kill(SIGKILL)
        _ = await server.program.end()
        try await stack.heal()

        let again = try await stack.serve(Self.settings)
        let log = try await Self.over(again, 1)
        #expect(log["status"] as? String == "complete", "\(log.text)")
        #expect(try await again.get("/api/requests/\(film)")["state"] as? String == "deleted")
        #expect(try await again.get("/api/deletion-logs")["total"] as? Int == 1)
    }

    @Test("many at once: counted, confirmed, one log each; unknown ids are reported") func bulk() async throws {
        let (stack, server) = try await Self.stage(films: 12)
        let films = Array(try await Self.films(server).prefix(12))
        let ids = (films + [9_999]).map(String.init).joined(separator: ",")
        let plain = try await server.call(
            "POST", "/api/requests/bulk-delete", body: "{\"request_ids\":[\(ids)],\"delete_files\":true}")
        #expect(plain.status == 422 && plain.text.contains("confirmation_required"), "\(plain.text)")
        let dry = try await server.call(
            "POST", "/api/requests/bulk-delete",
            body: "{\"request_ids\":[\(ids)],\"delete_files\":true,\"dry_run\":true}")
        #expect(dry.int("confirm_count") == films.count && (dry["unknown_ids"] as? [Int]) == [9_999])
        #expect(try await server.get("/api/deletion-logs").int("total") == 0)
        let begun = try await server.call(
            "POST", "/api/requests/bulk-delete",
            body: "{\"request_ids\":[\(ids)],\"delete_files\":true,\"confirm_count\":\(films.count)}")
        #expect(begun.status == 202, "\(begun.text)")
        for id in 1...films.count {
            let log = try await Self.over(server, id)
            #expect(log["status"] as? String == "complete", "\(log.text)")
            if log["status"] as? String != "complete" { break }
        }
        let job = try await server.get("/api/jobs/\(begun.int("id"))")
        let result = job["result"] as? [String: Any]
        #expect(result?["items"] as? Int == films.count && result?["failed"] as? Int == 0)
        #expect(job["state"] as? String == "partial")
        // One report for all, since each would restart the server's wait for more; none where it has noticed by itself.
        let changes = try await Self.changes(stack)
        #expect(changes.filter { $0.contains("/Library/Media/Updated") }.count <= 1, "\(changes)")
    }

    @Test("without a key nothing is shown and nothing is done") func closed() async throws {
        let stack = try await Stack.start("films=6,series=2", ["--plain"])
        let server = try await stack.serve(
            Self.settings.merging(["MARQUEE_ADMIN_TOKEN": String(repeating: "k", count: 32)]) { given, _ in given })
        for (method, path) in [
            ("GET", "/api/requests/1/delete-preview"), ("POST", "/api/requests/1/delete"),
            ("GET", "/api/deletion-logs"),
            ("POST", "/api/requests/bulk-delete"), ("POST", "/api/deletion-logs/1/retry"),
        ] {
            #expect(try await server.call(method, path, body: method == "POST" ? "{}" : nil).status == 401, "\(path)")
        }
        #expect(try await Self.changes(stack).isEmpty)
    }

    @Test("a plan holds for what it showed, and for nothing else") func plans() async throws {
        let (stack, server) = try await Self.stage()
        let films = try await Self.films(server)
        let preview = try await server.get("/api/requests/\(films[0])/delete-preview?delete_files=true")
        let id = preview["plan_id"] as? String ?? ""
        let other = try await server.call(
            "POST", "/api/requests/\(films[1])/delete", body: "{\"delete_files\":true,\"plan_id\":\"\(id)\"}")
        #expect(other.status == 409 && other.text.contains("target_changed"), "\(other.text)")
        let files = try await server.call("POST", "/api/requests/\(films[0])/delete", body: "{\"plan_id\":\"\(id)\"}")
        #expect(files.status == 409 && files.text.contains("target_changed"))
        let old = "1000-" + (id.split(separator: "-").last ?? "")
        let expired = try await server.call(
            "POST", "/api/requests/\(films[0])/delete", body: "{\"delete_files\":true,\"plan_id\":\"\(old)\"}")
        #expect(expired.status == 409 && expired.text.contains("plan_expired"))
        #expect(try await Self.changes(stack).isEmpty)
        #expect(try await server.get("/api/deletion-logs").int("total") == 0)
        #expect(try await server.call("POST", "/api/requests/9999/delete", body: "{}").status == 404)
    }

    @Test("the command line shows the plan, asks unless told not to, and lists what was done") func commandLine()
        async throws
    {
        let (stack, server) = try await Self.stage()
        let film = try #require(try await Self.films(server).first)
        let dry = try await stack.marquee(["delete", String(film), "--delete-files", "--dry-run"], Self.settings)
        #expect(dry.code == 0 && dry.output.contains("radarr"), "\(dry.output)")
        let unasked = try await stack.marquee(["delete", String(film)], Self.settings)
        #expect(unasked.code == 2, "\(unasked.output)")
        #expect(try await Self.changes(stack).isEmpty)
        let done = try await stack.marquee(["delete", String(film), "--delete-files", "--yes"], Self.settings)
        #expect(done.code == 0, "\(done.output)")
        let log = try await Self.over(server, 1)
        #expect(log["status"] as? String == "complete" && log["deleted_by_username"] as? String == "Command line")
        let list = try await stack.marquee(["deletions"], Self.settings)
        #expect(list.code == 0 && list.output.contains("complete"))
    }
}
