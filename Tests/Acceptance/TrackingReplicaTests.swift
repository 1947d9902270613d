import Database
import Foundation
import TestSupport
import Testing

/// E11, I10 and who polls: two Marquees on one PostgreSQL (operations.md §5).
@Suite(.enabled(if: TestDatabase.backends.contains(.postgresql), "needs PostgreSQL: run through scripts/with-postgres"))
struct TrackingReplicaTests {
    let film = Film.violet

    /// What the second replica shows Radarr, to tell its calls from the first one's.
    private static let otherKey = "key-of-the-other-replica-0123456789"

    /// Two replicas; the first one started leads.
    private func pair(
        _ settings: [String: String] = [:], prepare: @Sendable (inout FakeWorld) -> Void = { _ in },
        _ scenario: (FakeStack, Server) async throws -> Void
    ) async throws {
        try await TestDatabase.withLocation(.postgresql) { location in
            guard case .postgresql(let url) = location else { return }
            let shared = settings.merging(["MARQUEE_DATABASE_URL": url]) { _, new in new }
            try await FakeStack.run(shared, repeats: false, prepare: prepare) { stack in
                await stack.afterReads(1, of: "radarr", path: "api/v3/queue")
                let other = try await stack.replica(["RADARR_API_KEY": Self.otherKey])
                try await scenario(stack, other)
                #expect(!other.program.log.contains("\"status\":5"), "\(other.program.log.suffix(1_000))")
                _ = await other.stop()
            }
        }
    }

    private func send(_ body: JSON, to server: Server, _ service: String) async throws -> Int? {
        let answer = try await server.call(
            "POST", "/hooks/\(service)", body: body.text, headers: [("X-Marquee-Token", FakeStack.hookToken)])
        #expect(answer.status == 202, "\(answer.text)")
        return answer["request_id"] as? Int
    }

    /// How often Radarr's queue was read by either replica.
    private func reads(_ stack: FakeStack) -> (first: Int, other: Int) {
        let calls = stack.fake.world { world in
            world.calls.filter { $0.service == "radarr" && $0.path == "api/v3/queue" }
        }
        let other = calls.filter { $0.key == Self.otherKey }.count
        return (calls.count - other, other)
    }

    @Test("E11: the same webhook at both replicas at once makes one request", arguments: 1...3)
    func sameHook(_ round: Int) async throws {
        try await pair { stack, other in
            for (service, body) in [
                ("jellyseerr", film.seerr("MEDIA_AUTO_APPROVED")), ("radarr", film.grab()), ("radarr", film.imported()),
            ] {
                let ids = try await withThrowingTaskGroup(of: Int?.self) { group in
                    for number in 0..<8 {
                        let server = number % 2 == 0 ? stack.server : other
                        group.addTask { try await send(body, to: server, service) }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(ids.count == 8 && Set(ids).count == 1 && ids.first != .some(nil), "\(ids)")
            }
            let all = try await stack.all()
            #expect(all.count == 1)
            #expect(all.first?.events.filter { $0 == "grabbed" }.count == 1)
            #expect(all.first?.events.filter { $0 == "imported" }.count == 1)
            let id = try #require(all.first?.id)
            // Readers go on adding to the story between two answers.
            var told: (one: Set<String>, other: Set<String>) = ([], [""])
            for _ in 0..<50 where told.one != told.other {
                let elsewhere = try TrackedDetail.decoded(try await other.get("/api/requests/\(id)").text)
                told = (Set(elsewhere.events), Set(try await stack.detail(id).events))
            }
            #expect(told.one == told.other)
        }
    }

    @Test("I10: a client of one replica hears of a webhook to the other, and a read made on it shows the change")
    func eventsAcross() async throws {
        try await pair { stack, other in
            let stream = try await EventStream.open(other)
            let id = try await stack.hook("jellyseerr", film.seerr("MEDIA_AUTO_APPROVED"))
            #expect(await stream.wait(.seconds(20)) { $0.contains { $0.request?["id"] as? Int == id } })
            let last = try #require(stream.events.last { $0.id != nil }?.id)
            stream.close()
            #expect(try await send(film.grab(), to: other, "radarr") == id)
            // The ids are of the database: a client may come back to another replica.
            let back = try await EventStream.open(stack.server, after: last)
            #expect(await back.wait(.seconds(20)) { $0.contains { $0.request?["state"] as? String == "indexed" } })
            let ids = back.events.compactMap(\.id).compactMap { Int($0) }
            #expect(ids == ids.sorted() && Set(ids).count == ids.count)
        }
    }

    @Test("only the leader reads the services; killed, the other takes over and finds what no webhook told")
    func takeover() async throws {
        let film = film
        try await pair { stack, other in
            let id = try await send(film.seerr("MEDIA_AUTO_APPROVED"), to: other, "jellyseerr")
            try await stack.expect(id, state: "approved")
            await stack.afterReads(10, of: "radarr", path: "api/v3/queue")
            #expect(reads(stack).first >= 10)
            #expect(reads(stack).other == 0, "the second replica reads although the first one leads")
            await stack.crash()
            let date = TrackingFilmTests.time(.now)
            stack.fake.world { world in
                world.radarr.titles = [film.listed(hasFile: true)]
                world.radarr.history = [
                    film.history("grabbed", at: date), film.history("downloadFolderImported", at: date),
                ]
                world.items = [film.inJellyfin()]
            }
            let tookOver = await eventually(.seconds(30)) { reads(stack).other > 0 }
            #expect(tookOver, "nobody reads any more")
            let isAvailable = await eventually(.seconds(30)) {
                let answer = try? await other.get("/api/requests/\(id ?? 0)")
                return answer?["state"] as? String == "available"
            }
            #expect(isAvailable)
            // The first one comes back and follows.
            let before = reads(stack).first
            try await stack.restart()
            let seen = reads(stack).other
            #expect(await eventually(.seconds(30)) { reads(stack).other >= seen + 10 })
            #expect(reads(stack).first == before)
            try await stack.expect(id, state: "available")
        }
    }

    @Test("a webhook to the replica that follows wakes the one that reads")
    func wakeAcross() async throws {
        let film = film
        var slow: [String: String] = [:]
        for source in ["ARR_QUEUE", "ARR_HISTORY", "ARR_LIST", "QBITTORRENT"] {
            slow["MARQUEE_POLL_\(source)"] = "10m"
            slow["MARQUEE_POLL_\(source)_ACTIVE"] = "10m"
        }
        // The torrent was there before and does not change: qBittorrent tells of it once only.
        let before: @Sendable (inout FakeWorld) -> Void = { world in
            world.torrentSync = TorrentSync()
            world.torrents[film.hash.lowercased()] = film.torrent(progress: 0.4, state: "downloading")
        }
        try await pair(slow, prepare: before) { stack, other in
            await stack.afterReads(1, of: "qbittorrent", path: "api/v2/sync/maindata")
            let id = try await send(film.seerr("MEDIA_AUTO_APPROVED"), to: other, "jellyseerr")
            #expect(try await send(film.grab(), to: other, "radarr") == id)
            try await stack.expect(id, within: .seconds(30)) { $0.state == "downloading" }
            #expect(stack.fake.world { $0.torrentSync?.full } == 1)
        }
    }

    @Test("a leader whose connection is cut stops, leads again, and takes no download for gone")
    func cutConnections() async throws {
        let film = film
        try await TestDatabase.withLocation(.postgresql) { location in
            guard case .postgresql(let url) = location else { return }
            let settings = ["MARQUEE_DATABASE_URL": url]
            try await FakeStack.run(settings, repeats: false, prepare: { $0.torrentSync = TorrentSync() }) { stack in
                let stream = try await EventStream.open(stack.server)
                let id = try await stack.hook("jellyseerr", film.seerr("MEDIA_AUTO_APPROVED"))
                try await stack.hook("radarr", film.grab())
                stack.fake.world {
                    $0.setTorrent(film.hash.lowercased(), film.torrent(progress: 0.4, state: "downloading"))
                }
                try await stack.expect(id, state: "downloading")
                let told = stack.fake.world { $0.torrentSync?.full ?? 0 }
                let cut =
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    + "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                try await PostgresAdministration.run(cut, at: url)
                let readAnew = await eventually(.seconds(40)) {
                    stack.fake.world { ($0.torrentSync?.full ?? 0) > told }
                }
                #expect(readAnew, "nobody leads again")
                await stack.afterReads(4, of: "qbittorrent", path: "api/v2/sync/maindata")
                try await stack.expect(id, state: "downloading")
                stack.fake.world {
                    $0.setTorrent(film.hash.lowercased(), film.torrent(progress: 1, state: "uploading"))
                }
                try await stack.expect(id, state: "download_done", within: .seconds(20))
                let heard = await stream.wait(.seconds(20)) {
                    $0.contains { $0.request?["state"] as? String == "download_done" }
                }
                #expect(heard, "an open stream hears nothing after the database was away")
            }
        }
    }
}
