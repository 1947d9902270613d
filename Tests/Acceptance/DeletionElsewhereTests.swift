import Foundation
import Testing

/// Deletions made in Radarr itself (deletion.md §8): noticed, proven at the origin, and asked about.
@Suite(.timeLimit(.minutes(20)), .serialized)
struct DeletionElsewhereTests {
    private static let token = "deletion-elsewhere-0123456789-abcdefgh"

    /// A film that is available, with Radarr's webhooks pointed at Marquee.
    private static func stage(_ external: String) async throws -> (Stack, Server, film: Int, title: String) {
        let (stack, server) = try await DeletionTests.stage(
            DeletionTests.settings.merging(
                ["MARQUEE_WEBHOOK_TOKEN": token, "MARQUEE_EXTERNAL_DELETIONS": external]
            ) { $1 }, films: 1)
        let aim: JSON = ["to": .string(server.url), "secret": .string(token)]
        #expect(try await stack.control("POST", "webhooks", aim.text).status == 200)
        let film = try #require(try await DeletionTests.films(server).first)
        let title = try #require(try await server.get("/api/requests/\(film)")["title"] as? String)
        return (stack, server, film, title)
    }

    private static func deleteInRadarr(_ title: String, _ stack: Stack) async throws {
        let step: JSON = ["do": "delete", "service": "radarr", "title": .string(title)]
        #expect((200...299).contains(try await stack.control("POST", "step", step.text).status))
    }

    private static func logs(_ server: Server) async throws -> [[String: Any]] {
        try await server.get("/api/deletion-logs")["logs"] as? [[String: Any]] ?? []
    }

    @Test(
        "a film deleted in Radarr is asked about, and stays until somebody answers", arguments: ["record", "propagate"])
    func asked(_ answer: String) async throws {
        let (stack, server, film, title) = try await Self.stage("ask")
        try await Self.deleteInRadarr(title, stack)
        #expect(await eventually(.seconds(60)) { (try? await Self.logs(server).count) == 1 })
        let log = try #require(try await Self.logs(server).first)
        #expect(log["phase"] as? String == "asked" && log["source"] as? String == "radarr", "\(log)")
        #expect(log["deleted_by_username"] as? String == "Radarr (external)")
        #expect(try await server.get("/api/requests/\(film)")["state"] as? String != "deleted")
        let id = try #require(log["id"] as? Int)
        let page = try await server.get("/deletions").text
        #expect(page.contains("Remove from the other services too?") && page.contains("Remove everywhere"))

        let told = try await server.call(
            "POST", "/api/deletion-logs/\(id)/retry", body: "{\"answer\":\"\(answer)\"}")
        #expect((200...299).contains(told.status), "\(told.text)")
        let over = try await DeletionTests.over(server, id)
        #expect(over["status"] as? String == "complete", "\(over.text)")
        let statuses = DeletionTests.statuses(over)
        #expect(statuses["radarr"] == "skipped", "\(statuses)")
        #expect(statuses["jellyseerr"] == (answer == "record" ? "skipped" : "verified"), "\(statuses)")
        #expect(try await server.get("/api/requests/\(film)")["state"] as? String == "deleted")
        #expect(try await Self.logs(server).count == 1, "never a second log")
    }

    @Test("a webhook that tells of a deletion is not believed while Radarr still has the film")
    func disbelieved() async throws {
        let (stack, server, film, _) = try await Self.stage("record")
        let ids = try #require(try await server.get("/api/requests/\(film)")["ids"] as? [String: Any])
        let tmdb = try #require(ids["tmdb"] as? Int)
        let number = try #require((ids["radarr"] as? [String: Int])?.values.first)
        let body: JSON = [
            "eventType": "MovieDelete", "instanceName": "Radarr", "deletedFiles": true,
            "movie": [
                "id": .int(number), "title": "T", "year": 2020, "tmdbId": .int(tmdb), "folderPath": "/media/movies/T",
            ],
        ]
        let calls = try await stack.control("GET", "calls").text.count
        let answer = try await server.call(
            "POST", "/hooks/radarr", body: body.text, headers: [("X-Marquee-Token", Self.token)])
        #expect(answer.status == 202)
        // Radarr is asked about it …
        #expect(
            await eventually(.seconds(60)) {
                let text = (try? await stack.control("GET", "calls").text) ?? ""
                return text.count > calls && text.contains("/radarr/api/v3/movie/\(number)")
                    || text.contains("\"/api/v3/movie/\(number)\"")
            })
        // … and has it.
        #expect(try await Self.logs(server).isEmpty)
        #expect(try await server.get("/api/requests/\(film)")["state"] as? String == "available")
    }
}
