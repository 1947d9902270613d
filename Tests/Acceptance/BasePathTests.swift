import Foundation
import HTTPClient
import Testing

/// J4: services and Marquee itself below a path.
@Suite struct BasePathTests {
    let film = Film.violet
    private static let base = "/house/marquee"

    private static let settings = [
        "MARQUEE_BASE_PATH": base + "/", "JELLYFIN_PUBLIC_BASE_URL": "https://media.example/watch/",
        "RADARR_PUBLIC_BASE_URL": "https://media.example/films/radarr/",
        "JELLYSEERR_PUBLIC_BASE_URL": "https://media.example/wishes",
    ]

    /// What a page points to on its own host.
    private func paths(in page: String) -> Set<String> {
        var found: Set<String> = []
        for match in page.matches(of: /(?:href|src|action|formaction|data-[a-z]+)="(\/[^"]*)"/) {
            found.insert(String(match.1).replacing("&amp;", with: "&"))
        }
        return found
    }

    @Test("J4: every page, link, redirect, hook and event works below the path")
    func everything() async throws {
        let film = film
        try await FakeStack.run(Self.settings, prepare: { $0.radarr.titles = [film.listed()] }) { stack in
            let server = stack.server
            let root = server.url.replacing(Self.base, with: "")
            #expect(server.url.hasSuffix(Self.base))
            let stream = try await EventStream.open(server, after: nil, "?html=1&view=activity")
            let id = try #require(try await stack.hook("jellyseerr", film.seerr("MEDIA_AUTO_APPROVED")))
            try await stack.hook("radarr", film.grab())
            stack.fake.world { $0.items = [film.inJellyfin()] }
            let detail = try await stack.expect(id, state: "available")
            #expect((detail.links["jellyfin"] ?? nil)?.hasPrefix("https://media.example/watch/web/") == true)
            #expect((detail.links["radarr"] ?? nil) == "https://media.example/films/radarr/movie/\(film.tmdb)")
            #expect((detail.links["jellyseerr"] ?? nil) == "https://media.example/wishes/movie/\(film.tmdb)")
            #expect(detail.posterUrl == "\(Self.base)/images/poster/\(id)")
            #expect(await stream.wait { $0.contains { $0.request?["id"] as? Int == id } })

            // Beside the path only the probes answer.
            for path in ["/healthz", "/readyz"] {
                #expect(try await Answer.of("GET", root + path, body: nil, headers: []).status == 200)
                #expect(try await server.get(path).status == 200)
            }
            for path in ["/", "/api/requests", "/request/\(id)", "/hooks"] {
                #expect(try await Answer.of("GET", root + path, body: nil, headers: []).status == 404, "\(path)")
            }
            let hook = try await Answer.of(
                "POST", root + "/hooks/radarr", body: film.grab().text,
                headers: [("X-Marquee-Token", FakeStack.hookToken)])
            #expect(hook.status == 404)

            var texts = stream.events.map(\.data).joined().replacing("\\\"", with: "\"").replacing("\\/", with: "/")
            for path in ["/", "/requests", "/request/\(id)", "/status", "/library", "/request/\(id)?dialog=override"] {
                let page = try await server.get(path)
                #expect(page.status == 200, "\(path)")
                texts += page.text
            }
            let links = paths(in: texts)
            #expect(links.count > 8, "\(links)")
            for link in links.sorted() {
                #expect(link.hasPrefix(Self.base), "\(link)")
                // Accounts, and with them the login page, come later.
                // The address of a form takes POST alone.
                if ["/api/", "/images/", "/login", "/requests/bulk"].contains(where: { link.contains($0) }) {
                    continue
                }
                let answer = try await Answer.of("GET", root + link, body: nil, headers: [])
                #expect(answer.status < 400, "\(link): \(answer.status)")
            }
            let list = try await server.get("/hooks")["hooks"] as? [[String: Any]] ?? []
            #expect(list.contains { $0["url"] as? String == server.url + "/hooks/radarr" })
            let form = [("Content-Type", "application/x-www-form-urlencoded")]
            let done = try await server.call(
                "POST", "/api/requests/\(id)/override", body: "clear=true&reason=none", headers: form)
            #expect(done.status == 303, "\(done.text)")
            #expect(done.headers["Location"] == "\(Self.base)/request/\(id)")
            let job = try await server.call(
                "POST", "/api/admin/sync/library", headers: [("Prefer", "respond-async")])
            #expect(job.status == 202 && job.headers["Location"]?.hasPrefix(Self.base + "/api/jobs/") == true)
        }
    }
}
