import Database
import Foundation
import Testing

/// F13, F15 and the rest of E10: what large or broken listings must not do.
@Suite(.serialized) struct TrackingVolumeTests {
    let film = Film.violet

    private static let maindata = "api/v2/sync/maindata"

    private static func hash(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "e", count: 40 - digits.count) + digits
    }

    @Test("F13: after a restart of qBittorrent its full answer replaces what was known")
    func fullUpdate() async throws {
        let (film, second) = (film, Film.second)
        try await FakeStack.run(prepare: { world in
            world.torrentSync = TorrentSync()
            world.torrents[film.hash.lowercased()] = film.torrent(progress: 0.6, state: "downloading")
            world.torrents[second.hash] = second.torrent(progress: 0.2, state: "downloading")
        }) { stack in
            let id = try await stack.hook("jellyseerr", film.seerr("MEDIA_AUTO_APPROVED"))
            let other = try await stack.hook("jellyseerr", second.seerr("MEDIA_AUTO_APPROVED"))
            try await stack.hook("radarr", film.grab())
            try await stack.hook("radarr", second.grab())
            try await stack.expect(id) { $0.progress?.percent == 60 }
            try await stack.expect(other) { $0.progress?.percent == 20 }
            #expect(stack.fake.world { $0.torrentSync?.full } == 1, "only the first answer needs to be whole")
            // While it was away one torrent was checked again and lost pieces, the other was removed.
            stack.fake.world { world in
                world.restartClient()
                world.torrents = [film.hash.lowercased(): film.torrent(progress: 0.4, state: "downloading")]
            }
            let detail = try await stack.expect(id) { $0.progress?.percent == 40 }
            #expect(detail.state == "downloading")
            try await stack.expect(other, state: "approved")
            #expect(stack.fake.world { $0.torrentSync?.full } == 2)
            stack.fake.world {
                $0.setTorrent(film.hash.lowercased(), film.torrent(progress: 0.7, state: "downloading"))
            }
            try await stack.expect(id) { $0.progress?.percent == 70 }
        }
    }

    @Test("F15: among ten thousand torrents, two thousand moving, only what is followed is written and told")
    func manyTorrents() async throws {
        let film = film
        let stranger = Film.second
        var paces: [String: String] = [:]
        for source in ["SEERR", "ARR_QUEUE", "ARR_HISTORY", "ARR_MISSING", "ARR_LIST", "JELLYFIN", "JELLYFIN_FULL"] {
            paces["MARQUEE_POLL_\(source)"] = "1h"
            paces["MARQUEE_POLL_\(source)_ACTIVE"] = "1h"
        }
        let moving = (0..<2_000).map { Self.hash($0) }
        try await FakeStack.run(
            paces, repeats: false,
            prepare: { world in
                world.torrentSync = TorrentSync()
                for number in 0..<10_000 {
                    let isMoving = number < 2_000
                    world.torrents[Self.hash(number)] = stranger.torrent(
                        progress: isMoving ? 0.1 : 1, state: isMoving ? "downloading" : "stalledUP",
                        ["infohash_v1": .string(Self.hash(number))])
                }
                world.torrents[film.hash.lowercased()] = film.torrent(progress: 0.3, state: "downloading")
            }
        ) { stack in
            let id = try await stack.hook("jellyseerr", film.seerr("MEDIA_AUTO_APPROVED"))
            try await stack.hook("radarr", film.grab())
            try await stack.expect(id, within: .seconds(60)) { $0.progress?.percent == 30 }
            let before = try await stack.detail(try #require(id))
            let database = try await Database.open(.sqlite(path: stack.data + "/marquee.db"), readers: 1)
            let stream = try await EventStream.open(stack.server, after: nil, "?topics=request")
            var versions: Set<Int64> = []
            let rounds = 12
            for round in 1...rounds {
                stack.fake.world { world in
                    for hash in moving {
                        world.setTorrent(
                            hash, stranger.torrent(progress: 0.1 + Double(round) / 100, state: "downloading"))
                    }
                }
                let told = await eventually(.seconds(60)) {
                    stack.fake.world { $0.torrentSync?.changed.isEmpty == true }
                }
                #expect(told)
                await stack.afterReads(1, of: "qbittorrent", path: Self.maindata)
                versions.insert(try await database.read { try $0.first("PRAGMA data_version") { $0.integer(0) } ?? 0 })
            }
            await database.close()
            // Health and housekeeping write now and then; a poll that changes nothing followed does not.
            #expect(versions.count <= rounds / 2, "\(versions.count) of \(rounds) polls wrote")
            #expect(stream.events.isEmpty, "\(stream.events.count) events")
            #expect(try await stack.detail(try #require(id)) == before)
            let calls = stack.fake.world { $0.calls(to: "qbittorrent") }
            let sync = stack.fake.world { $0.torrentSync ?? TorrentSync() }
            #expect(sync.full == 1)
            #expect(calls.filter { $0.hasSuffix(Self.maindata) }.count == sync.full + sync.partial)
            #expect(!calls.contains { $0.contains("torrents/") }, "calls per torrent")
            stack.fake.world {
                $0.setTorrent(film.hash.lowercased(), film.torrent(progress: 0.5, state: "downloading"))
            }
            try await stack.expect(id, within: .seconds(30)) { $0.progress?.percent == 50 }
            #expect(await stream.wait(.seconds(20)) { $0.contains { $0.request?["id"] as? Int == id } })
        }
    }

    @Test("E10: a queue that lacks a third of its records once, or whose second page fails, takes no download away")
    func incompleteQueue() async throws {
        let film = film
        let crowd = (0..<220).map { number -> JSON in
            var other = Film.second
            other.radarr = 30_000 + number
            other.hash = Self.hash(number)
            return other.queued()
        }
        try await FakeStack.run(
            ["QBITTORRENT_URL": ""],
            prepare: {
                $0.radarr.titles = [film.listed()]
                $0.radarr.queue = crowd + [film.queued()]
            }
        ) { stack in
            let id = try await stack.hook("jellyseerr", film.seerr("MEDIA_APPROVED"))
            try await stack.hook("radarr", film.grab())
            let before = try await stack.expect(id, state: "downloading")
            for _ in 0..<3 {
                stack.fake.world { $0.radarr.lackingOnce = 70 }
                await stack.afterReads(4, of: "radarr", path: "api/v3/queue")
                #expect(stack.fake.world { $0.radarr.lackingOnce } == 0)
                let detail = try await stack.expect(id, state: "downloading")
                #expect(detail.timeline == before.timeline)
            }
            stack.fake.world { $0.radarr.brokenPage = "2" }
            await stack.afterReads(6, of: "radarr", path: "api/v3/queue")
            try await stack.expect(id, state: "downloading")
            stack.fake.world { $0.radarr.brokenPage = nil }
            await stack.afterReads(4, of: "radarr", path: "api/v3/queue")
            let detail = try await stack.expect(id, state: "downloading")
            #expect(detail.timeline == before.timeline)
        }
    }
}
