import Testing

/// Every way in which a service can fail, seen from outside: the status, the words, the exit code, and that nothing
/// half-done remains.
@Suite(.timeLimit(.minutes(20)))
struct SyncFaultTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        var kind: String
        var more = ""
        var code: String
        var words: String
        var testDescription: String { kind }
    }

    static let jellyfinFaults = [
        Fault(kind: "refuse", code: "upstream_unreachable", words: "Jellyfin"),
        Fault(kind: "401", code: "upstream_unreachable", words: "refused the credentials"),
        Fault(kind: "500", code: "upstream_unreachable", words: "500"),
        Fault(kind: "html", code: "upstream_unreachable", words: "web page"),
        Fault(kind: "truncate", code: "upstream_unreachable", words: "broke off"),
        Fault(
            kind: "malformed", more: ",\"params\":{\"bytes\":1}", code: "upstream_unreachable", words: "JSON at byte"),
        Fault(kind: "skip_items", code: "listing_incomplete", words: "different"),
        Fault(kind: "changing_total", code: "listing_incomplete", words: "counts"),
        Fault(kind: "partial", code: "listing_incomplete", words: "different"),
    ]

    @Test("Jellyfin failing means 502, exit 4, a reason, and nothing written", arguments: jellyfinFaults)
    func jellyfin(fault: Fault) async throws {
        let stack = try await Stack.start("films=900,series=300")
        try await stack.fault("jellyfin", "/Items*", fault.kind, fault.more)
        let server = try await stack.serve()
        let answer = try await server.call("POST", "/api/admin/sync/library")
        #expect(answer.status == 502)
        #expect(answer["type"] as? String == "about:marquee/\(fault.code)")
        #expect(answer.text.contains(fault.words), "\(answer.text)")
        #expect(try await server.requestCount() == 0)
        let job = try await server.get("/api/jobs/1")
        #expect(job["state"] as? String == "failed")
        let verb = try await stack.marquee(["sync", "library"])
        #expect(verb.code == 4, "\(verb.output)")
        try await stack.heal()
        let healed = try await server.call("POST", "/api/admin/sync/library")
        #expect(healed.status == 200)
        #expect(try await server.requestCount() > 1_000)
    }

    @Test(
        "An *arr failing costs its ids, not the run; the next run fills them",
        arguments: ["radarr", "sonarr"], ["refuse", "401", "500", "html", "truncate", "malformed"])
    func arr(service: String, kind: String) async throws {
        let stack = try await Stack.start()
        // Garbage near the beginning: deep inside a skipped value it would change nothing.
        let more = kind == "malformed" ? ",\"params\":{\"bytes\":1}" : ""
        try await stack.fault(service, "/api/v3/\(service == "radarr" ? "movie" : "series")*", kind, more)
        let server = try await stack.serve()
        let answer = try await server.call("POST", "/api/admin/sync/library")
        #expect(answer.status == 200)
        #expect(answer.int("added") > 80)
        #expect(answer.text.contains("\"service\":\"\(service)\",\"code\":\"upstream_unreachable\""))
        #expect(try await server.get("/api/jobs/1")["state"] as? String == "partial")
        #expect(!(try await server.get("/api/requests?limit=200").text.contains("\"\(service)\":{\"default\"")))
        try await stack.heal()
        let next = try await server.call("POST", "/api/admin/sync/library")
        #expect(next.int("added") == 0)
        #expect(next.int("updated") > 10)
        #expect(try await server.get("/api/requests?limit=200").text.contains("\"\(service)\":{\"default\""))
    }

    @Test(
        "ids missing, empty or of another type are none or the same",
        arguments: ["without_ids", "empty_ids", "numeric_ids"])
    func oddIDs(kind: String) async throws {
        let stack = try await Stack.start("films=300,series=100", ["--plain"])
        try await stack.fault("jellyfin", "/Items*", kind)
        let server = try await stack.serve()
        let answer = try await server.call("POST", "/api/admin/sync/library")
        #expect(answer.status == 200)
        #expect(answer.int("added") == 400)
        #expect(answer.int("errors") == 0)
        try await stack.heal()
        let next = try await server.call("POST", "/api/admin/sync/library")
        #expect(next.int("added") == 0)
        #expect(next.int("total_scanned") == 400)
    }

    @Test("pages that repeat items count each item once")
    func repeatedItems() async throws {
        let stack = try await Stack.start("films=900,series=300", ["--plain"])
        try await stack.fault("jellyfin", "/Items*", "repeat_items")
        let server = try await stack.serve()
        let answer = try await server.call("POST", "/api/admin/sync/library")
        #expect(answer.status == 200)
        #expect(answer.int("total_scanned") == 1_200)
        #expect(try await server.requestCount() == 1_200)
    }

    @Test("one answer of 40 MB is read in constant memory")
    func huge() async throws {
        let stack = try await Stack.start("films=300,series=100", ["--plain"])
        let server = try await stack.serve()
        let before = try peakMegabytes(server.program.pid)
        try await stack.fault("jellyfin", "/Items*", "huge")
        // The answer of a waiting call would quote descriptions of 100 kB each; the job alone is measured.
        _ = try await server.call("POST", "/api/admin/sync/library", headers: [("Prefer", "respond-async")])
        let isDone = await eventually(.seconds(60)) {
            (try? await server.get("/api/jobs/1"))?["state"] as? String == "succeeded"
        }
        #expect(isDone)
        #expect(try await server.requestCount() == 400)
        #expect(try peakMegabytes(server.program.pid) - before < 60)
    }
}
