import Foundation
import Glibc
import Testing

/// What remains after the worst: all or nothing, and the truth about it.
@Suite(.timeLimit(.minutes(20)), .serialized)
struct CrashTests {
    @Test("kill -9 during apply leaves all or nothing, and the job says which", arguments: [0, 30, 120, 400])
    func killDuringApply(milliseconds: Int) async throws {
        let stack = try await Stack.start("films=5600,series=2400", ["--plain"])
        let server = try await stack.serve()
        _ = try await server.call("POST", "/api/admin/sync/library", headers: [("Prefer", "respond-async")])
        let isApplying = await eventually(.seconds(60)) {
            guard let job = try? await server.get("/api/jobs/1") else { return true }
            return (job["progress"] as? [String: Any])?["phase"] as? String == "apply"
                || job["state"] as? String == "succeeded"
        }
        #expect(isApplying)
        try await Task.sleep(for: .milliseconds(milliseconds))
        server.program.kill(SIGKILL)
        _ = await server.program.end()

        let again = try await stack.serve()
        let job = try await again.get("/api/jobs/1")
        let count = try await again.requestCount()
        switch job["state"] as? String {
        case "interrupted":
            #expect(count == 0)
            #expect((job["resume"] as? String)?.contains("--plan 1") == true)
            let resumed = try await again.call("POST", "/api/admin/sync/library?plan=1")
            #expect(resumed.status == 200)
            #expect(resumed.int("added") == 8_000)
        case "succeeded": #expect(count == 8_000)
        default: Issue.record("job is \(job.text)")
        }
        #expect(try await again.requestCount() == 8_000)
    }

    @Test("SIGTERM during a sync ends within five seconds, cleanly, with the job interrupted")
    func stopDuringSync() async throws {
        let stack = try await Stack.start("films=5600,series=2400", ["--plain"])
        let server = try await stack.serve()
        _ = try await server.call("POST", "/api/admin/sync/library", headers: [("Prefer", "respond-async")])
        _ = await eventually(.seconds(30)) {
            ((try? await server.get("/api/jobs/1"))?["progress"] as? [String: Any])?["phase"] as? String != "queued"
        }
        let start = ContinuousClock.now
        #expect(await server.stop() == 0, "\(server.program.log.suffix(500))")
        #expect(ContinuousClock.now - start < .seconds(6))
        #expect(server.program.log.contains("stopped cleanly"))
        let again = try await stack.serve()
        let state = try await again.get("/api/jobs/1")["state"] as? String
        let count = try await again.requestCount()
        #expect(state == "interrupted" ? count == 0 : count == 8_000)
    }

    @Test("a full disk fails the job with a reason, keeps what was there, and the next run works")
    func diskFull() async throws {
        let stack = try await Stack.start("films=2100,series=900", ["--plain"])
        let data = stack.folder + "/small"
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        let mount = try await tool("/bin/mount", ["-t", "tmpfs", "-o", "size=5m", "tmpfs", data])
        guard mount == 0 else {
            print("skipped: a small file system cannot be mounted here (needs root)")
            return
        }
        defer { _ = unsafe Glibc.umount2(data, 2) }
        let server = try await stack.serve(["MARQUEE_DATA_DIR": data])
        let answer = try await server.call("POST", "/api/admin/sync/library")
        #expect(answer.status == 503, "\(answer.text)")
        #expect(answer.text.lowercased().contains("disk"), "\(answer.text)")
        #expect(try await server.requestCount() == 0)
        #expect(try await tool("/bin/mount", ["-o", "remount,size=400m", data]) == 0)
        let next = try await server.call("POST", "/api/admin/sync/library")
        #expect(next.status == 200, "\(next.text.prefix(500))")
        #expect(next.int("added") == 3_000)
        #expect(await server.stop() == 0)
    }
}
