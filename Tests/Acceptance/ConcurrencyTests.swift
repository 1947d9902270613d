import Foundation
import HTTPClient
import Testing

@Suite(.timeLimit(.minutes(20)))
struct ConcurrencyTests {
    @Test("two identical syncs at once are one job; a different one is refused by name")
    func twoStarts() async throws {
        let stack = try await Stack.start("films=700,series=300", ["--plain"])
        let server = try await stack.serve()
        async let first = server.call("POST", "/api/admin/sync/library")
        async let second = server.call("POST", "/api/admin/sync/library")
        let (one, other) = try await (first, second)
        #expect(one.int("job_id") == other.int("job_id"))
        #expect([one["joined"] as? Bool, other["joined"] as? Bool].contains(true))
        #expect(try await server.requestCount() == 1_000)

        try await stack.fault("jellyfin", "/Items*", "slow", ",\"params\":{\"bytes\":20000}")
        let running = try await server.call("POST", "/api/admin/sync/library", headers: [("Prefer", "respond-async")])
        #expect(running.status == 202)
        #expect(running.headers["Location"]?.hasSuffix("/api/jobs/\(running.int("id"))") == true)
        let refused = try await server.call("POST", "/api/admin/sync/update-metadata")
        #expect(refused.status == 409)
        #expect(refused["type"] as? String == "about:marquee/job_running")
        #expect(refused.int("job_id") == running.int("id"))
        #expect(try await server.call("POST", "/api/jobs/\(running.int("id"))/cancel").status == 202)
        let isCancelled = await eventually {
            (try? await server.get("/api/jobs/\(running.int("id"))"))?["state"] as? String == "cancelled"
        }
        #expect(isCancelled)
    }

    @Test("health answers while a sync runs")
    func healthMeanwhile() async throws {
        let stack = try await Stack.start("films=7000,series=3000", ["--plain"])
        let server = try await stack.serve()
        _ = try await server.call("POST", "/api/admin/sync/library", headers: [("Prefer", "respond-async")])
        var answered = 0
        while try await server.get("/api/jobs/1")["state"] as? String == "running" {
            #expect(try await server.get("/api/health").status == 200)
            #expect(try await server.get("/healthz").status == 200)
            answered += 1
        }
        #expect(answered > 3)
        #expect(try await server.requestCount() == 10_000)
    }

    @Test("the event stream tells of a job, and a reader who was away hears what was missed")
    func events() async throws {
        let stack = try await Stack.start()
        let server = try await stack.serve()
        _ = try await server.call("POST", "/api/admin/sync/library")
        let missed = try await stream(server.url + "/api/events?after=1", until: "\"state\":\"succeeded\"")
        #expect(missed.contains("event: job"))
        #expect(missed.contains("\"state\":\"succeeded\""))
        #expect(missed.contains("id: "))
        let reset = try await stream(server.url + "/api/events?after=999999", until: "event: reset")
        #expect(reset.contains("event: reset"))
    }

    /// Reads a stream until it holds `text`.
    private func stream(_ url: String, until text: String) async throws -> String {
        let request = HTTPRequest("GET", url)
        let stream = try await CurlTransport().stream(request)
        defer { stream.cancel() }
        var seen = ""
        while !seen.contains(text), let bytes = try await stream.next() {
            seen += String(decoding: bytes, as: UTF8.self)
        }
        return seen
    }
}
