import Foundation
import HTTPClient
import Testing

/// Known incidents of other programs, replayed: texts that would be code (security.md §11).
@Suite(.timeLimit(.minutes(20)))
struct IncidentsInjectionTests {
    let film = Film.violet

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }

    @Test("Tautulli CVE-2026-31799: SQL in filters and sort")
    func sql() async throws {
        let stack = try await Stack.start()
        let server = try await stack.serve()
        #expect(try await server.call("POST", "/api/admin/sync/library").status == 200)
        let count = try await server.requestCount()
        let attacks = [
            "'", "\"", "' OR '1'='1", "1; DROP TABLE requests", "title; DELETE FROM requests --", "1) UNION SELECT 1--",
            "%", "_%", "\\", "title_key,(SELECT token FROM sessions)", "id DESC, 1", "\u{0}x", "NULL",
            "x' AND sleep(5)--",
            "\" OR requests_search MATCH \"*", "NEAR(a b)", "a* OR b*", "-1", "9223372036854775808",
        ]
        let names = [
            "sort", "state", "media_type", "q", "requested_by", "attention", "anime", "origin", "after", "limit",
            "order",
        ]
        for attack in attacks {
            for name in names {
                let query = "\(name)=\(Self.encoded(attack))"
                for path in [
                    "/api/requests", "/requests", "/api/jobs", "/api/admin/findings", "/api/inbox", "/api/audit",
                ] {
                    let answer = try await server.get("\(path)?\(query)")
                    #expect([200, 400, 422].contains(answer.status), "\(path) \(query): \(answer.status)")
                }
            }
            #expect(try await server.get("/api/requests?sort=\(Self.encoded(attack))").status != 200, "\(attack)")
        }
        #expect(try await server.requestCount() == count)
        #expect(!server.program.log.contains("\"status\":5"))
    }

    @Test("Tautulli CVE-2026-28505, CVE-2026-41065, SABnzbd CVE-2023-34237: code or paths in templates and parameters")
    func templates() async throws {
        let film = film
        let marker = FileManager.default.temporaryDirectory.appending(path: "marquee-ran-\(UUID().uuidString)").path
        let attacks = [
            "{{7*7}}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "{0.__class__}", "%(message)s %n", "$(touch \(marker))",
            "`touch \(marker)`", "; touch \(marker)", "| touch \(marker)", "--script=\(marker)", "../../\(marker)",
            "${jndi:ldap://127.0.0.1/a}", "{title!r}", "\\u{7*7}",
        ]
        try await FakeStack.run(repeats: false) { stack in
            for (number, attack) in attacks.enumerated() {
                var other = film
                (other.tmdb, other.seerr, other.requester) = (film.tmdb + number, film.seerr + number, attack)
                other.title = "Film " + attack
                let id = try #require(try await stack.hook("jellyseerr", other.seerr("MEDIA_AUTO_APPROVED")))
                try await stack.hook("radarr", other.grab())
                #expect(try await stack.detail(id).title == other.title)
                for path in [
                    "/request/\(id)", "/requests?q=\(Self.encoded(attack))", "/api/requests?q=\(Self.encoded(attack))",
                ] {
                    let page = try await stack.server.get(path)
                    #expect(page.status == 200 && !page.text.contains("Film 49"), "\(path)")
                }
            }
            for name in ["script", "cmd", "output", "path", "template", "config"] {
                _ = try await stack.server.get("/api/requests?\(name)=\(Self.encoded(marker))")
                _ = try await stack.server.call(
                    "POST", "/api/admin/sync/library?dry_run=true&\(name)=\(Self.encoded(marker))")
            }
        }
        #expect(!FileManager.default.fileExists(atPath: marker))
    }

    @Test(
        """
        Tautulli CVE-2026-43984, CVE-2026-45381, CVE-2026-49995, CVE-2026-32275, CVE-2026-54915: script, JSONP, open \
        redirect; earlier tracker: titles inserted as HTML
        """)
    func script() async throws {
        let film = film
        let attacks = [
            "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>", "</title><b>x",
            "'-alert(1)-'", "javascript:alert(1)", "<!--", "]]>", "&lt;script&gt;", "<a href='javascript:x'>",
        ]
        try await FakeStack.run(repeats: false) { stack in
            let stream = try await EventStream.open(stack.server, after: nil, "?html=1&view=requests")
            for (number, attack) in attacks.enumerated() {
                var other = film
                (other.tmdb, other.seerr, other.requester) = (film.tmdb + number, film.seerr + number, attack)
                other.title = "A " + attack
                let id = try #require(try await stack.hook("jellyseerr", other.seerr("MEDIA_AUTO_APPROVED")))
                for path in [
                    "/", "/requests", "/request/\(id)", "/request/\(id)?dialog=override",
                    "/requests?q=\(Self.encoded(attack))",
                ] {
                    let page = try await stack.server.get(path)
                    #expect(page.status == 200)
                    Self.expectNoMarkup(page.text, path)
                    #expect(page.headers["Content-Security-Policy"]?.contains("script-src 'self'") == true)
                }
            }
            #expect(await stream.wait { $0.filter { $0.name == "request" }.count >= attacks.count })
            for event in stream.events {
                let html = event.data.replacing("\\\"", with: "\"").replacing("\\/", with: "/")
                guard let start = html.range(of: "\"html\"") else { continue }
                Self.expectNoMarkup(String(html[start.lowerBound...]), "event")
            }
            // JSONP: the answer is the same JSON, whatever is asked for.
            let plain = try await stack.server.get("/api/stats")
            for name in ["callback", "jsonp", "cb"] {
                let asked = try await stack.server.get("/api/stats?\(name)=alert")
                #expect(asked.headers["Content-Type"] == "application/json" && !asked.text.contains("alert("))
                #expect(asked.text == plain.text && asked.headers["X-Content-Type-Options"] == "nosniff")
            }
            let missing = try await stack.server.call(
                "GET", "/%3Cscript%3Ealert(1)%3C%2Fscript%3E", headers: [("Accept", "text/html")])
            #expect(missing.status == 404)
            Self.expectNoMarkup(missing.text, "the page of an error")
        }
    }

    private static func expectNoMarkup(_ text: String, _ place: String) {
        for bad in [
            "<script>alert", "<img src=x", "<svg onload", "</title><b>", "<a href='javascript", "href=\"javascript:",
        ] {
            #expect(!text.contains(bad), "\(place) holds \(bad)")
        }
    }

    @Test("Tautulli CVE-2026-43984, CVE-2026-45381, CVE-2026-49995, CVE-2026-32275, CVE-2026-54915: open redirect")
    func redirects() async throws {
        let stack = try await Stack.start()
        let server = try await stack.serve()
        let form = [("Content-Type", "application/x-www-form-urlencoded")]
        for next in [
            "//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "/%09/evil.example",
            "javascript:alert(1)", "http:evil.example", "///evil.example", "/\n/evil.example", " //evil.example",
            "evil.example",
        ] {
            let body = "username=admin&password=admin&next=\(Self.encoded(next))"
            let answer = try await server.call("POST", "/api/auth/login", body: body, headers: form)
            #expect(answer.status == 303)
            let location = try #require(answer.headers["Location"])
            #expect(location == "/" || (location == next && next == "/%09/evil.example"), "\(next) led to \(location)")
        }
    }
}
