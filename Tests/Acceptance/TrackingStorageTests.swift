import Database
import Foundation
import Glibc
import Synchronization
import TestSupport
import Testing

/// J3 and J9: a database that cannot be written refuses webhooks, and what was refused is found later.
@Suite(.serialized) struct TrackingStorageTests {
    let film = Film.violet

    /// Refused with 503, and not ready; reading goes on where it can.
    private func expectRefusal(_ stack: FakeStack, _ word: String, reads: Bool = true) async throws {
        let answer = try await stack.post("radarr", film.grab().text)
        #expect(answer.status == 503, "\(answer.text)")
        let isUnready = await eventually(.seconds(90)) { (try? await stack.server.get("/readyz"))?.status == 503 }
        #expect(isUnready)
        #expect(try await stack.server.get("/readyz").text.contains(word))
        #expect(try await stack.server.get("/api/health")["status"] as? String == "unhealthy")
        #expect(try await stack.server.get("/healthz").status == 200)
        #expect(try await stack.server.get("/api/requests").status == (reads ? 200 : 503))
    }

    /// What the lost webhooks would have told is found in Radarr's history, and webhooks are taken again.
    private func expectRepair(_ stack: FakeStack, _ id: Int?) async throws {
        try await stack.expect(id, within: .seconds(60)) {
            $0.events.contains("grabbed") && $0.events.contains("imported")
        }
        let isReady = await eventually(.seconds(90)) { (try? await stack.server.get("/readyz"))?.status == 200 }
        #expect(isReady)
        try await stack.hook("radarr", film.grab())
        let detail = try await stack.expect(id) { ["importing", "syncing_library"].contains($0.state) }
        #expect(detail.events.filter { $0 == "grabbed" }.count == 1)
        #expect(detail.attention?.code != "upstream_unreachable", "\(FakeStack.summary(detail))")
    }

    private func tellHistory(_ stack: FakeStack) {
        let film = film
        let (grabbed, imported) = (Date.now.addingTimeInterval(-10), Date.now)
        stack.fake.world { world in
            world.radarr.titles = [film.listed(hasFile: true)]
            world.radarr.history = [
                film.history("grabbed", at: TrackingFilmTests.time(grabbed)),
                film.history("downloadFolderImported", at: TrackingFilmTests.time(imported)),
            ]
        }
    }

    @Test("J3: while another process holds the database, webhooks are refused, and no service is blamed")
    func locked() async throws {
        let film = film
        let limit = ["MARQUEE_LIMIT_UPSTREAM_UNREACHABLE": "1s"]
        try await FakeStack.run(limit, mayFail: true, prepare: { $0.radarr.titles = [film.listed()] }) { stack in
            let id = try await stack.hook("jellyseerr", film.seerr("MEDIA_AUTO_APPROVED"))
            let database = try await Database.open(.sqlite(path: stack.data + "/marquee.db"), readers: 1)
            let isOver = Flag()
            let isHeld = Flag()
            let holder = Task {
                try await database.writeAlone { tx in
                    try tx.execute("UPDATE counters SET n = n WHERE n < 0", [])
                    isHeld.set()
                    while !isOver.isSet { usleep(20_000) }
                }
            }
            #expect(await eventually { isHeld.isSet })
            try await expectRefusal(stack, "database")
            #expect(try await stack.detail(try #require(id)).attention == nil)
            let services = try await stack.server.get("/api/health")["services"] as? [[String: Any]] ?? []
            for service in services {
                #expect(service["error"] is NSNull || service["error"] == nil, "\(service)")
            }
            tellHistory(stack)
            isOver.set()
            try await holder.value
            await database.close()
            try await expectRepair(stack, id)
        }
    }

    @Test(
        "J3: while PostgreSQL is away webhooks are refused",
        .enabled(
            if: TestDatabase.backends.contains(.postgresql), "needs PostgreSQL: run through scripts/with-postgres"))
    func serverAway() async throws {
        let film = film
        try await TestDatabase.withLocation(.postgresql) { location in
            guard case .postgresql(let url) = location else { return }
            let name = url.split(separator: "/").last.map(String.init) ?? ""
            let cut =
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                + "WHERE datname = '\(name)' AND pid <> pg_backend_pid()"
            try await FakeStack.run(
                ["MARQUEE_DATABASE_URL": url], mayFail: true, prepare: { $0.radarr.titles = [film.listed()] }
            ) { stack in
                let id = try await stack.hook("jellyseerr", film.seerr("MEDIA_AUTO_APPROVED"))
                let alter = "ALTER DATABASE \"\(name)\" ALLOW_CONNECTIONS "
                let admin = url.replacing("/" + name, with: "/postgres")
                try await PostgresAdministration.run(alter + "false", at: admin)
                try await PostgresAdministration.run(cut, at: admin)
                try await expectRefusal(stack, "database", reads: false)
                tellHistory(stack)
                try await PostgresAdministration.run(alter + "true", at: admin)
                try await expectRepair(stack, id)
            }
        }
    }

    @Test("J9: a full disk refuses webhooks; what was accepted is kept, what was refused comes from the history")
    func fullDisk() async throws {
        try await withDisk { stack, data in
            let id = try await stack.hook("jellyseerr", film.seerr("MEDIA_AUTO_APPROVED"))
            // What is written meanwhile may need a little more.
            var isFull = false
            for slack in 0..<40 where !isFull {
                isFull = try await mount("-o", "remount,size=\(try used(data) / 1_024 + slack * 16)k", data)
            }
            #expect(isFull)
            // The log beside the database has some room yet: every answer must be true.
            var accepted: [Int] = []
            var isRefused = false
            for number in 0..<3_000 where !isRefused {
                var other = Film.second
                other.tmdb = 400_000 + number
                other.seerr = 5_000 + number
                let answer = try await stack.post("jellyseerr", other.seerr("MEDIA_APPROVED").text)
                if answer.status == 202, let id = answer["request_id"] as? Int { accepted.append(id) }
                isRefused = answer.status == 503
                #expect(isRefused || answer.status == 202, "\(answer.text)")
            }
            #expect(isRefused)
            try await expectRefusal(stack, "disk_full")
            tellHistory(stack)
            await stack.crash()
            #expect(try await mount("-o", "remount,size=600m", data))
            try await stack.restart()
            try await expectRepair(stack, id)
            #expect(try await stack.server.requestCount() == accepted.count + 1)
            for id in accepted.suffix(3) { #expect(try await stack.detail(id).state == "approved") }
        }
    }

    @Test("J9: with the disk nearly full webhooks are refused before a write fails, and taken again without a restart")
    func nearlyFullDisk() async throws {
        try await withDisk { stack, data in
            let id = try await stack.hook("jellyseerr", film.seerr("MEDIA_AUTO_APPROVED"))
            #expect(try await mount("-o", "remount,size=150m", data))
            let isUnready = await eventually(.seconds(90)) { (try? await stack.server.get("/readyz"))?.status == 503 }
            #expect(isUnready)
            try await expectRefusal(stack, "disk_full")
            tellHistory(stack)
            #expect(try await mount("-o", "remount,size=600m", data))
            try await expectRepair(stack, id)
        }
    }

    /// A Marquee whose data is on a file system of its own, whose size can be changed.
    private func withDisk(_ scenario: (FakeStack, _ data: String) async throws -> Void) async throws {
        let film = film
        let data = FileManager.default.temporaryDirectory.appending(path: "marquee-disk-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        guard try await mount("-t", "tmpfs", "-o", "size=600m", "tmpfs", data) else {
            print("skipped: a small file system cannot be mounted here (needs root)")
            return
        }
        defer {
            _ = unsafe Glibc.umount2(data, 2)
            try? FileManager.default.removeItem(atPath: data)
        }
        try await FakeStack.run(
            ["MARQUEE_DATA_DIR": data], mayFail: true, prepare: { $0.radarr.titles = [film.listed()] }
        ) { try await scenario($0, data) }
    }

    private func used(_ path: String) throws -> Int {
        var info = statvfs()
        guard unsafe statvfs(path, &info) == 0 else { throw CocoaError(.fileReadUnknown) }
        return Int(info.f_blocks - info.f_bfree) * Int(info.f_frsize)
    }

    private func mount(_ arguments: String...) async throws -> Bool { try await tool("/bin/mount", arguments) == 0 }
}

/// Something that has happened, seen from two threads.
final class Flag: Sendable {
    private let state = Mutex(false)

    var isSet: Bool { state.withLock(\.self) }
    func set() { state.withLock { $0 = true } }
}
