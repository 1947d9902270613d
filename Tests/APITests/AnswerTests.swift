import Database
import HTTPClient
import HTTPServer
import JSONStream
import Media
import OpenAPI
import Store
import TestSupport
import Testing

@testable import API

/// Real answers of a listening server, held against its description.
@Suite("Answers over HTTP", .timeLimit(.minutes(2)))
struct AnswerTests {
    private struct Caller {
        let base: String
        let contract: APIContract
        private static let transport = CurlTransport(perHost: 8)

        /// Calls as the command line would, and expects what the description allows.
        func call(
            _ method: String, _ path: String, body: String? = nil, headers: [(String, String)] = []
        ) async throws -> HTTPResponse {
            var all = [("Authorization", "Bearer t"), ("X-Marquee-Token", "t")] + headers
            if body != nil { all.append(("Content-Type", "application/json")) }
            let response = try await Self.transport.send(
                HTTPRequest(method, base + path, headers: all, body: body.map { Array($0.utf8) }))
            let answer = APIContract.Answer(
                response.status, type: response.headers["Content-Type"],
                body: String(decoding: response.body, as: UTF8.self))
            for fault in contract.faults(method, path, answer) { Issue.record("\(fault)") }
            return response
        }
    }

    /// A server with one of everything that a database can hold without a service behind it.
    private func serve(_ body: (API, Caller) async throws -> Void) async throws {
        try await TestAPI.with { api in
            try await OwnerTests.fill(api.store)
            try await api.store.write { tx in
                let job = try tx.startJob(
                    NewJob(kind: "library_sync", target: "library", startedBy: "x", lane: nil), owner: "o",
                    lease: .seconds(60))
                let detail = """
                    {"item_id":"a1","item_title":null,"item_path":"/m","conflicts":[{"field":"year","stored":1,"found":2}],\
                    "candidates":[{"service":"radarr","instance":"default","id":7}]}
                    """
                let radarr = DeletionStep.Key(service: .radarr, instance: "default", target: "movie:52")
                _ = try tx.beginDeletion(
                    NewDeletion(
                        source: .dashboard, user: nil, userName: "x", title: "T", mediaType: .movie, requests: [],
                        options: DeletionOptions(), plan: "{}", planHash: "p", undo: UndoOutlook(restores: [.radarr]),
                        steps: [NewDeletion.FirstStep(radarr, .failed, details: nil, error: "down")]))
                for kind in ["conflict", "drift"] {
                    try tx.report(
                        NewFinding(
                            kind: kind, subject: kind, request: 1, mediaType: .movie, title: "T", year: 2020,
                            detail: detail), job: job.id)
                }
                try tx.save(UserRecord(id: "ada", name: "Ada", isAdministrator: false, isDisabled: false, at: tx.now))
                try tx.insert(
                    SessionRecord(
                        token: HookSecrets.digest("s"), user: "ada", key: nil, formSecret: [1], at: tx.now,
                        address: "::1", agent: "curl"))
            }
            let server = HTTPServer(ServerOptions(host: "127.0.0.1", port: 0), api.site)
            let port = try await server.start()
            let caller = Caller(
                base: "http://127.0.0.1:\(port)",
                contract: try APIContract(String(decoding: api.description.jsonBytes, as: UTF8.self)))
            do {
                try await body(api, caller)
            } catch {
                await server.stop()
                throw error
            }
            await server.stop()
        }
    }

    /// A path with what the filled database holds.
    private static func there(_ path: String) -> String {
        path.replacing("{id}", with: path.hasPrefix("/api/users/") ? "ada" : "1")
            .replacing("{section}", with: "radarr")
    }

    @Test("every route that reads answers as described, for what is there and for what is not")
    func reading() async throws {
        try await serve { api, caller in
            _ = try await caller.call(
                "POST", "/hooks/jellyseerr", body: "{\"notification_type\":\"TEST_NOTIFICATION\"}")
            _ = try await caller.call("POST", "/api/auth/keys", body: "{\"name\":\"n\",\"scopes\":[\"read\"]}")
            for endpoint in api.description.endpoints where endpoint.method == "GET" {
                // A stream does not end.
                if endpoint.operation.tag == "Events" { continue }
                let there = Self.there(endpoint.path)
                let found = try await caller.call("GET", there)
                #expect(found.status == 200, "\(there)")
                guard there != endpoint.path else { continue }
                for id in ["999", "0", "-1", "x", "9223372036854775808", "%2F", "1%00"] {
                    let status = try await caller.call("GET", endpoint.path.replacing("{id}", with: id)).status
                    #expect(status == 404 || status == 400, "\(endpoint.path) with \(id)")
                }
            }
        }
    }

    @Test("what can be had again with its ETag is not sent twice")
    func etags() async throws {
        try await serve { api, caller in
            for endpoint in api.description.endpoints
            where endpoint.operation.answers.contains(where: { $0.status == 304 }) {
                let path = Self.there(endpoint.path)
                let first = try await caller.call("GET", path)
                let tag = try #require(first.headers["ETag"], "\(path)")
                let again = try await caller.call("GET", path, headers: [("If-None-Match", tag)])
                #expect(again.status == 304 && again.body.isEmpty, "\(path)")
                #expect(try await caller.call("GET", path, headers: [("If-None-Match", "\"x\"")]).status == 200)
            }
        }
    }

    @Test("every list has its page, its next and its total, and refuses what is no limit or cursor")
    func lists() async throws {
        try await serve { api, caller in
            var lists = 0
            for endpoint in api.description.endpoints where endpoint.method == "GET" {
                guard endpoint.operation.parameters.contains(where: { $0.name == "limit" }) else { continue }
                lists += 1
                let path = endpoint.path.replacing("{id}", with: "1")
                let whole = try JSONValue(String(decoding: try await caller.call("GET", path).body, as: UTF8.self))
                #expect(whole["total_is_minimum"] == .flag(false), "\(path)")
                #expect(whole["next"] == .null, "\(path)")
                let name = try #require(
                    whole.members.keys.first { !["next", "total", "total_is_minimum"].contains($0) })
                #expect(whole[name]?.elements.count == whole["total"]?.integer.map(Int.init), "\(path)")
                for query in ["limit=0", "limit=201", "limit=x", "limit=-1", "after=%C3%A9", "after=zz"] {
                    let refused = try await caller.call("GET", path + "?" + query)
                    #expect(refused.status == 422, "\(path)?\(query)")
                }
                guard let elements = whole[name]?.elements, elements.count > 1 else { continue }
                var (seen, next): ([JSONValue], String?) = ([], nil)
                repeat {
                    let after = next.map { "&after=" + $0.replacing("|", with: "%7C") } ?? ""
                    let answer = try await caller.call("GET", path + "?limit=1" + after)
                    let page = try JSONValue(String(decoding: answer.body, as: UTF8.self))
                    seen += page[name]?.elements ?? []
                    next = page["next"]?.text
                } while next != nil && seen.count <= elements.count
                #expect(seen == elements, "\(path)")
            }
            #expect(lists >= 11)
        }
    }

    /// In this order: some depend on what was done before.
    private static let changes: [(method: String, path: String, body: String?, status: Int)] = [
        ("POST", "/api/admin/findings/1/resolve", "{\"choice\":\"ignore\"}", 200),
        ("POST", "/api/admin/findings/1/resolve", "{\"choice\":5}", 422),
        ("POST", "/api/admin/findings/1/resolve", "[]", 400),
        ("POST", "/api/admin/findings/99/resolve", "{\"choice\":\"ignore\"}", 404),
        ("PUT", "/api/users/ada", "{\"role\":\"readonly\"}", 200),
        ("PUT", "/api/users/ada", "{\"end_sessions\":\"perhaps\"}", 422),
        ("PUT", "/api/users/eve", "{}", 404),
        ("POST", "/api/auth/keys", key + "null}", 201),
        ("POST", "/api/auth/keys", key + "5}", 422),
        ("DELETE", "/api/auth/keys/1", nil, 204),
        ("DELETE", "/api/auth/keys/1", nil, 404),
        ("POST", "/api/auth/login", "{\"username\":\"a\",\"password\":\"b\"}", 404),
        ("POST", "/api/auth/login?password=b", "{}", 400),
        ("POST", "/hooks/radarr", "{\"eventType\":\"Test\"}", 202),
        ("POST", "/hooks/radarr", "{", 400),
        ("POST", "/hooks/radarr/4k/secret", nil, 201),
        // What only tested the line is not kept.
        ("POST", "/api/inbox/1/replay", nil, 404),
        ("POST", "/api/requests/1/override", "{\"reason\":\"\"}", 422),
        ("POST", "/api/requests/1/override", "{\"reason\":\"r\",\"is_anime\":true}", 200),
        ("POST", "/api/requests/1/retry", nil, 409),
        ("POST", "/api/jobs/1/undo", nil, 409),
        ("POST", "/api/admin/sync/library?dry_run", nil, 422),
        ("GET", "/api/events?topics=jobs", nil, 422),
        ("GET", "/api/events?after=x", nil, 422),
    ]

    private static let key = "{\"name\":\"n\",\"scopes\":[\"read\"],\"expires_at\":"

    @Test("routes that change answer as described: done, refused and not understood")
    func changing() async throws {
        try await serve { _, caller in
            for change in Self.changes {
                let answer = try await caller.call(change.method, change.path, body: change.body)
                #expect(answer.status == change.status, "\(change.method) \(change.path) \(change.body ?? "")")
            }
        }
    }
}
