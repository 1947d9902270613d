import Database
import Foundation
import HTTPClient
import TestSupport
import Testing

/// Limits, other origins, and revocation, in the real program (security.md §4, §5, §7).
@Suite(.timeLimit(.minutes(20)))
struct DefenceTests {
    private static let token = String(repeating: "k3", count: 20)
    private static let bearer = [("Authorization", "Bearer \(token)")]

    private static func fields(_ answer: Answer) -> [String] {
        ["Origin", "Credentials", "Methods", "Headers"].compactMap { answer.headers["Access-Control-Allow-\($0)"] }
    }

    @Test("pages of a listed origin may call with a key, others may not, and without a list nobody is told of it")
    func origins() async throws {
        let stack = try await Stack.start()
        let wall = "https://wall.example"
        let ask = [
            ("Origin", wall), ("Access-Control-Request-Method", "GET"),
            ("Access-Control-Request-Headers", "authorization"),
        ]
        let listed = try await stack.serve(["MARQUEE_ADMIN_TOKEN": Self.token, "MARQUEE_CORS_ORIGINS": wall])
        for path in ["/api/requests", "/api/events", "/api/jobs/1", "/nowhere"] {
            let preflight = try await listed.call("OPTIONS", path, headers: ask)
            #expect(preflight.status == 204 && preflight.headers["Access-Control-Allow-Origin"] == wall, "\(path)")
            #expect(preflight.headers["Access-Control-Allow-Headers"]?.contains("Authorization") == true)
            #expect(preflight.headers["Access-Control-Allow-Credentials"] == nil)
        }
        let read = try await listed.call("GET", "/api/requests", headers: Self.bearer + [("Origin", wall)])
        #expect(read.status == 200 && read.headers["Access-Control-Allow-Origin"] == wall)
        #expect(read.headers["Access-Control-Allow-Credentials"] == nil)
        let refused = try await listed.call("GET", "/api/requests", headers: [("Origin", wall)])
        #expect(refused.status == 401 && refused.headers["Access-Control-Allow-Origin"] == wall)
        for origin in ["https://wall.example.evil", "null", "http://wall.example"] {
            let other = try await listed.call("GET", "/api/requests", headers: Self.bearer + [("Origin", origin)])
            #expect(Self.fields(other).isEmpty)
            let preflight = try await listed.call("OPTIONS", "/api/requests", headers: [("Origin", origin), ask[1]])
            #expect(preflight.status == 401 && Self.fields(preflight).isEmpty)
        }
        #expect(await listed.stop() == 0)
        let plain = try await stack.serve(["MARQUEE_ADMIN_TOKEN": Self.token])
        for (method, headers) in [("OPTIONS", ask), ("GET", Self.bearer + [("Origin", wall)]), ("GET", ask)] {
            let answer = try await plain.call(method, "/api/requests", headers: headers)
            #expect(Self.fields(answer).isEmpty && answer.headers["Vary"]?.contains("Origin") != true)
        }
    }

    @Test("MARQUEE_API_RATE limits each identity")
    func rate() async throws {
        let stack = try await Stack.start()
        let server = try await stack.serve(["MARQUEE_ADMIN_TOKEN": Self.token, "MARQUEE_API_RATE": "5/1h"])
        for _ in 0..<5 {
            #expect(try await server.call("GET", "/api/requests", headers: Self.bearer).status == 200)
        }
        let refused = try await server.call("GET", "/api/requests", headers: Self.bearer)
        #expect(refused.status == 429 && refused["type"] as? String == "about:marquee/too_many_calls")
        #expect(refused.headers["Retry-After"].flatMap { Int($0) }.map { (3_000...3_600).contains($0) } == true)
        #expect(try await server.get("/healthz").status == 200)
    }

    @Test("signing out, and being signed out, ends the open streams at once; those of others go on")
    func revocation() async throws {
        let stack = try await Stack.start()
        let server = try await stack.serve()
        let admin = try await SignedIn.of(server, "admin")
        let (one, two) = (try await SignedIn.of(server, "user1"), try await SignedIn.of(server, "user2"))
        let streams = [
            try await EventStream.open(server, headers: [admin.cookie]),
            try await EventStream.open(server, headers: [one.cookie]),
            try await EventStream.open(server, headers: [two.cookie]),
        ]
        for stream in streams { #expect(stream.status == 200) }
        #expect(try await server.call("POST", "/api/auth/logout", headers: one.all).status == 204)
        // Less than the time between two signs of life, at which streams are asked again anyway.
        #expect(await eventually(.seconds(9)) { streams[1].isOver })
        #expect(!streams[0].isOver && !streams[2].isOver)
        let users = try await server.call("GET", "/api/users", headers: admin.all)["users"] as? [[String: Any]]
        let id = try #require(users?.first { $0["name"] as? String == "user2" }?["id"] as? String)
        let ended = try await server.call("PUT", "/api/users/\(id)", body: #"{"role":"readonly"}"#, headers: admin.all)
        #expect(ended.status == 200)
        #expect(await eventually(.seconds(9)) { streams[2].isOver }, "another role sees other things")
        #expect(!streams[0].isOver)
        #expect(!streams[0].events.contains { $0.name == "access" })
    }

    @Test("pictures are kept across a restart, and shown while Jellyfin is down")
    func pictures() async throws {
        let stack = try await Stack.start("films=20,series=5")
        let server = try await stack.serve()
        #expect(try await server.call("POST", "/api/admin/sync/library").status == 200)
        var known: [Int: Answer] = [:]
        for id in 1...10 {
            let image = try await server.get("/images/poster/\(id)")
            if image.status == 200 { known[id] = image }
        }
        #expect(!known.isEmpty)
        #expect(await server.stop() == 0)
        try await stack.fault("jellyfin", "/Items/*/Images/*", "500")
        let again = try await stack.serve()
        for (id, image) in known {
            let kept = try await again.get("/images/poster/\(id)")
            #expect(kept.status == 200 && kept.text == image.text)
            #expect(kept.headers["Content-Type"] == "image/png")
        }
    }
}

/// Revocation across processes.
@Suite(.enabled(if: TestDatabase.backends.contains(.postgresql), "needs PostgreSQL: run through scripts/with-postgres"))
struct DefenceReplicaTests {
    @Test("a key revoked at one replica ends its streams at the other")
    func revocation() async throws {
        try await TestDatabase.withLocation(.postgresql) { location in
            guard case .postgresql(let url) = location else { return }
            try await FakeStack.run(["MARQUEE_DATABASE_URL": url], repeats: false) { stack in
                let other = try await stack.replica()
                let made = try await stack.server.call(
                    "POST", "/api/auth/keys", body: #"{"name":"k","scopes":["read"]}"#)
                let key = [("Authorization", "Bearer \(try #require(made["key"] as? String))")]
                let stream = try await EventStream.open(other, headers: key)
                #expect(stream.status == 200)
                #expect(try await stack.server.call("DELETE", "/api/auth/keys/\(made.int("id"))").status == 204)
                #expect(await eventually(.seconds(9)) { stream.isOver })
                _ = await other.stop()
            }
        }
    }
}
