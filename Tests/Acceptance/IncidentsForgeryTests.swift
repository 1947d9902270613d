import Foundation
import HTTPClient
import Testing

/// Known incidents of other programs, replayed: what another site, or nobody, makes Marquee do (security.md §11).
@Suite(.timeLimit(.minutes(20)))
struct IncidentsForgeryTests {
    @Test("Tautulli CVE-2026-43985: forged POST, change by GET")
    func forgery() async throws {
        let stack = try await Stack.start()
        let server = try await stack.serve()
        let admin = try await SignedIn.of(server, "admin")
        let page = [("Origin", "http://evil.example"), ("Sec-Fetch-Site", "cross-site")]
        let types = ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"]
        for (method, path) in Server.adminRoutes where method != "GET" {
            for type in types {
                let headers = [admin.cookie, ("Content-Type", type)]
                for more in [page, [("Origin", "null")], []] {
                    let answer = try await server.call(method, path, body: "a=b", headers: headers + more)
                    #expect(answer.status == 403, "\(method) \(path) \(type)")
                }
            }
            // What changes something does not answer to a link.
            let link = try await server.call("GET", path, headers: [admin.cookie])
            if !Server.adminRoutes.contains(where: { $0 == ("GET", path) }) {
                #expect([404, 405].contains(link.status), "GET \(path): \(link.status)")
            }
        }
        for (method, path) in Server.adminRoutes + Server.closedRoutes
        where method == "GET" && !Server.streams.contains(path) {
            _ = try await server.call("GET", path + "?dry_run=false&role=admin&_method=DELETE", headers: [admin.cookie])
        }
        #expect(try await server.call("GET", "/api/jobs", headers: [admin.cookie]).int("total") == 0)
        #expect(try await server.call("GET", "/api/auth/keys", headers: [admin.cookie]).int("total") == 0)
        #expect(try await server.call("GET", "/api/requests", headers: [admin.cookie]).status == 200, "still signed in")
        let out = try await server.call("POST", "/api/auth/logout", headers: [admin.cookie] + page)
        #expect(out.status == 403)
        let login = try await server.logIn("user1", "user1", page)
        #expect(login.status == 403, "nobody is signed in by a page of another site")
    }

    @Test("Earlier tracker: deletion by unauthenticated webhook")
    func hooks() async throws {
        let film = Film.violet
        try await FakeStack.run(repeats: false) { stack in
            let id = try #require(try await stack.hook("jellyseerr", film.seerr("MEDIA_AUTO_APPROVED")))
            let before = try await stack.detail(id)
            let deletions = [
                ("jellyfin", #"{"NotificationType":"ItemDeleted","ItemId":"\#(film.item)","ItemType":"Movie"}"#),
                (
                    "radarr",
                    #"{"eventType":"MovieDelete","deletedFiles":true,"movie":{"id":\#(film.radarr),"tmdbId":\#(film.tmdb)}}"#
                ),
                ("jellyseerr", film.seerr("MEDIA_DECLINED").text),
            ]
            for (service, body) in deletions {
                for headers in [
                    [], [("X-Marquee-Token", "")], [("X-Marquee-Token", "guess")], [("Authorization", "Basic Og==")],
                ] {
                    #expect(try await stack.post(service, body, headers: headers).status == 401)
                }
                #expect(try await stack.post(service + "?token=", body, headers: []).status == 401)
                #expect(try await stack.post(service + "/default/../default", body, headers: []).status >= 400)
            }
            #expect(try await stack.server.get("/api/inbox").int("total") == 1)
            #expect(try await stack.detail(id).settled == before.settled)
        }
    }

    @Test("Huntarr review: key disclosure; earlier tracker: keys printed while debugging")
    func keys() async throws {
        let stack = try await Stack.start()
        let server = try await stack.serve(["MARQUEE_LOG_LEVEL": "trace"])
        let admin = try await SignedIn.of(server, "admin")
        try await stack.fault("radarr", "/api/v3/movie*", "500")
        _ = try await server.call("POST", "/api/admin/sync/library", headers: admin.all)
        var seen = try await stack.marquee(["doctor"]).output
        for (method, path) in Server.closedRoutes + Server.adminRoutes
        where method == "GET" && !Server.streams.contains(path) {
            seen += try await server.call("GET", path, headers: [admin.cookie]).text
        }
        seen += server.program.log
        for (name, secret) in stack.services where name.hasSuffix("_KEY") || name.hasSuffix("_PASSWORD") {
            if secret.utf8.count >= 8 { #expect(!seen.contains(secret), "\(name) leaked") }
        }
    }
}
