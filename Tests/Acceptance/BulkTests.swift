import Foundation
import HTTPClient
import Testing

/// Several requests at once, from the list's form (web.md §3 "Requests"), in the real program.
@Suite(.timeLimit(.minutes(20)))
struct BulkTests {
    private static let form = [("Content-Type", "application/x-www-form-urlencoded")]

    @Test("ticked requests are verified together; what cannot be is counted, and the list is the one before")
    func verify() async throws {
        let stack = try await Stack.start("films=6,series=2")
        let server = try await stack.serve()
        #expect(try await server.call("POST", "/api/admin/sync/library").status == 200)
        let list = try await server.get("/api/requests?limit=3")["requests"] as? [[String: Any]] ?? []
        let ids = list.compactMap { $0["id"] as? Int }
        #expect(ids.count == 3)
        let page = try await server.get("/requests")
        for id in ids { #expect(page.text.contains("name=\"ids\" value=\"\(id)\" form=\"bulk\"")) }
        let ticked = ids.map { "ids=\($0)" }.joined(separator: "&")
        let done = try await server.call(
            "POST", "/requests/bulk", body: "do=verify&\(ticked)&ids=999999&query=sort%3Dtitle", headers: Self.form)
        #expect(done.status == 303, "\(done.text)")
        #expect(done.headers["Location"] == "/requests?sort=title&done=verify.3.1")
        let told = try await server.get("/requests?sort=title&done=verify.3.1")
        #expect(told.text.contains("Jellyfin was asked about 3 requests."))
        #expect(told.text.contains("1 stays as it is"))
        let retried = try await server.call(
            "POST", "/requests/bulk", body: "do=retry&\(ticked)", headers: Self.form)
        #expect(retried.headers["Location"] == "/requests?done=retry.0.3", "what is available is not searched again")
    }

    @Test("nothing ticked, too much, and words that are no action are refused")
    func refused() async throws {
        let stack = try await Stack.start("films=1,series=0")
        let server = try await stack.serve()
        let many = (1...201).map { "ids=\($0)" }.joined(separator: "&")
        for body in ["do=verify", "do=forget&ids=1", "ids=1", "do=verify&ids=x", "do=verify&\(many)"] {
            #expect(try await server.call("POST", "/requests/bulk", body: body, headers: Self.form).status == 422)
        }
        #expect(try await server.get("/requests?done=verify.x.y").status == 200)
        // Deleting is only planned.
        let planned = try await server.call("POST", "/requests/bulk", body: "do=delete&ids=1", headers: Self.form)
        #expect(planned.headers["Location"] == "/deletions/new?ids=1")
    }

    @Test("a user verifies their own only, and retries nothing")
    func users() async throws {
        let stack = try await Stack.start("films=3,series=0")
        let server = try await stack.serve()
        #expect(try await server.call("POST", "/api/admin/sync/library").status == 200)
        _ = try await SignedIn.of(server, "admin")
        let user = try await SignedIn.of(server, "user1")
        let foreign = try await server.call(
            "POST", "/requests/bulk", body: "do=verify&ids=1", headers: user.all + Self.form)
        #expect(foreign.headers["Location"] == "/requests?done=verify.0.1")
        let retry = try await server.call(
            "POST", "/requests/bulk", body: "do=retry&ids=1", headers: user.all + Self.form)
        #expect(retry.status == 403)
    }
}
