import Foundation
import Testing

/// What stops a start, and how it says so.
@Suite(.timeLimit(.minutes(20)))
struct StartTests {
    @Test("a wrong setting names its key and rule, never its value, and exits 3")
    func wrongSettings() async throws {
        let stack = try await Stack.start()
        let wrong = try await stack.marquee(["serve"], ["JELLYFIN_URL": "jellyfin-secret-host:8096"])
        #expect(wrong.code == 3)
        #expect(wrong.output.contains("JELLYFIN_URL"))
        #expect(!wrong.output.contains("secret-host"))
        let open = try await stack.marquee(
            ["serve"], ["MARQUEE_BIND": "0.0.0.0:8100", "JELLYFIN_URL": "", "JELLYFIN_API_KEY": ""])
        #expect(open.code == 3)
        #expect(open.output.contains("MARQUEE_ADMIN_TOKEN"))
    }

    @Test("an unknown setting is a warning with the nearest known name")
    func unknownSetting() async throws {
        let stack = try await Stack.start()
        let doctor = try await stack.marquee(["doctor"], ["MARQUEE_LOG_LEVLE": "debug"])
        #expect(doctor.code == 0, "\(doctor.output)")
        #expect(doctor.output.contains("MARQUEE_LOG_LEVEL"))
    }

    @Test("a damaged database is refused with a sentence and left as it is")
    func corrupted() async throws {
        let stack = try await Stack.start()
        let server = try await stack.serve()
        _ = try await server.call("POST", "/api/admin/sync/library")
        #expect(await server.stop() == 0)
        let path = stack.folder + "/data/marquee.db"
        let damaged = Data("this is not a database at all, but somebody's notes".utf8) + Data(count: 8_192)
        try damaged.write(to: URL(filePath: path))
        let refused = try await stack.marquee(["serve"])
        #expect(refused.code == 3)
        #expect(refused.output.contains("marquee.db"), "\(refused.output)")
        #expect(try Data(contentsOf: URL(filePath: path)) == damaged)
        #expect(try await stack.marquee(["doctor"]).code == 3)
    }

    @Test("a second serve on the same data directory is refused; a verb joins the first")
    func second() async throws {
        let stack = try await Stack.start()
        let server = try await stack.serve()
        let second = try await stack.marquee(["serve"])
        #expect(second.code == 3)
        let verb = try await stack.marquee(["sync", "library", "--json"])
        #expect(verb.code == 0, "\(verb.output)")
        #expect(try await server.requestCount() > 80)
        #expect(try await server.get("/api/jobs/1")["started_by"] as? String == "Command line")
        #expect(try await stack.marquee(["doctor", "--ready"]).code == 0)
    }
}
