import Foundation
import Testing

@testable import Simulator

@Suite("qBittorrent's torrents")
struct QBittorrentTorrentTests {
    private func session(_ version: QBittorrentVersion = .v5_1, torrents: Int = 40) async -> QBittorrentSession {
        await QBittorrentSession.loggedIn(Stack(qbittorrent: version, torrents: torrents))
    }

    @Test("are as many as asked for, each with a hash of its own")
    func listed() async {
        let session = await session(torrents: 500)
        let all = await session.info()
        #expect(all.count == 500)
        #expect(Set(all.compactMap { $0.text("hash") }).count == 500)
        for torrent in all {
            #expect(torrent.text("hash")?.utf8.count == 40 && torrent.text("infohash_v1") == torrent.text("hash"))
            #expect(torrent["progress"] as? Double == 1 && torrent.int("amount_left") == 0)
        }
        #expect(await session.info().compactMap { $0.text("hash") } == all.compactMap { $0.text("hash") })
    }

    @Test("are filtered, sorted and cut like the server's")
    func query() async {
        let session = await session()
        let all = await session.info()
        let stopped = await session.info("?filter=stopped")
        #expect(!stopped.isEmpty && stopped.allSatisfy { $0.text("state") == "stoppedUP" })
        #expect(await session.info("?filter=seeding").count == all.count - stopped.count)
        #expect(await session.info("?filter=completed").count == all.count)
        #expect(await session.info("?filter=downloading").isEmpty)
        // A word of the other generation means nothing, and nothing means all.
        #expect(await session.info("?filter=paused").count == all.count)
        #expect(await session.info("?category=radarr").allSatisfy { $0.text("category") == "radarr" })
        #expect(await session.info("?category=").isEmpty)
        let sizes = await session.info("?sort=size&reverse=true").compactMap { $0.int("size") }
        #expect(sizes == all.compactMap { $0.int("size") }.sorted(by: >))
        let page = await session.info("?limit=5&offset=10")
        #expect(page.compactMap { $0.text("hash") } == all[10..<15].compactMap { $0.text("hash") })
        #expect(await session.info("?offset=-3").count == 3)
        let (first, second) = (all[0].text("hash") ?? "", all[1].text("hash") ?? "")
        #expect(
            await session.info("?hashes=\(first.uppercased())%7C\(second)%7C\(String(repeating: "0", count: 40))").count
                == 2)
        #expect(await session.info("?hashes=unknown").isEmpty)
    }

    @Test(
        "are paused in 4.x and stopped in 5.x, by other calls and other words", arguments: QBittorrentVersion.allCases)
    func generations(version: QBittorrentVersion) async {
        let session = await session(version)
        let running = await session.info("?filter=seeding").compactMap { $0.text("hash") }
        let (own, others) =
            version == .v4_6 ? (["pause", "resume"], ["stop", "start"]) : (["stop", "start"], ["pause", "resume"])
        for word in others { #expect(await session.post("torrents/\(word)", "hashes=all").status == 404) }
        #expect(await session.post("torrents/\(own[0])", "hashes=all").status == 200)
        let word = version == .v4_6 ? "pausedUP" : "stoppedUP"
        #expect(await session.info().allSatisfy { $0.text("state") == word })
        #expect(await session.post("torrents/\(own[1])", "hashes=\(running[0])|\(running[1])").status == 200)
        let states = await session.info("?hashes=\(running[0])%7C\(running[1])").compactMap { $0.text("state") }
        #expect(states == ["stalledUP", "stalledUP"])
        #expect(await session.get("torrents/\(own[0])?hashes=all").status == 405)
        #expect(await session.post("torrents/\(own[0])", "").status == 400)
    }

    @Test("have the fields of their version")
    func fields() async {
        let old = Set(await session(.v4_6, torrents: 1).info()[0].keys)
        let middle = Set(await session(.v5_1, torrents: 1).info()[0].keys)
        let new = Set(await session(.v5_2, torrents: 1).info()[0].keys)
        #expect(
            middle.subtracting(old) == ["comment", "has_metadata", "popularity", "private", "reannounce", "root_path"])
        #expect(new.subtracting(middle).contains("pieces_num") && old.isSubset(of: middle) && middle.isSubset(of: new))
    }

    @Test(
        "go only when a call says what becomes of the files, unknown ones and all of them too",
        arguments: QBittorrentVersion.allCases)
    func delete(version: QBittorrentVersion) async {
        let session = await session(version)
        let hash = await session.info()[0].text("hash") ?? ""
        #expect(await session.post("torrents/delete", "hashes=\(hash)").status == 400)
        #expect(await session.post("torrents/delete", "deleteFiles=true").status == 400)
        #expect(await session.get("torrents/delete?hashes=\(hash)&deleteFiles=true").status == 405)
        #expect(await session.info().count == 40)
        let reply = await session.post("torrents/delete", "hashes=\(hash)|unknown&deleteFiles=false")
        #expect(reply.status == 200 && reply.bytes.isEmpty)
        #expect(await session.info().count == 39)
        #expect(await session.get("torrents/files?hash=\(hash)").status == 404)
        #expect(await session.post("torrents/delete", "hashes=\(hash)&deleteFiles=true").status == 200)
        #expect(await session.post("torrents/delete", "hashes=all&deleteFiles=true").status == 200)
        #expect(await session.info().isEmpty)
    }

    @Test("tell their files, trackers and properties")
    func details() async {
        let session = await session()
        for torrent in await session.info().prefix(10) {
            let hash = torrent.text("hash") ?? ""
            let files = await session.get("torrents/files?hash=\(hash)").array
            #expect(files.compactMap { $0.int("size") }.reduce(0, +) == torrent.int("size"))
            #expect(files.compactMap { $0.int("index") } == Array(files.indices))
            #expect(await session.get("torrents/files?hash=\(hash)&indexes=0").array.count == 1)
            let trackers = await session.get("torrents/trackers?hash=\(hash)").array.compactMap { $0.text("url") }
            #expect(trackers.prefix(3) == ["** [DHT] **", "** [PeX] **", "** [LSD] **"])
            #expect(
                await session.get("torrents/properties?hash=\(hash)").object.int("total_size") == torrent.int("size"))
        }
        for call in ["files", "trackers", "properties"] {
            #expect(await session.get("torrents/\(call)?hash=\(String(repeating: "a", count: 40))").status == 404)
            #expect(await session.get("torrents/\(call)").status == 400)
        }
    }

    @Test("appear when the flow grabs, and go from metadata to seeding")
    func flow() async {
        let session = await session(torrents: 0)
        let flow = session.stack.simulator.world.flow
        flow.with { state in
            state.delays.spread = 0
            state.delays.stalls = 0
            _ = state.request(state.title(for: FlowWish()))
        }
        var states: [String] = []
        var progress = 0.0
        for _ in 0..<600 {
            flow.advance(by: 2)
            guard let torrent = await session.info().first else { continue }
            if states.last != torrent.text("state") { states.append(torrent.text("state") ?? "") }
            if states == ["metaDL"] {
                #expect(await session.get("torrents/files?hash=\(torrent.text("hash") ?? "")").array.isEmpty)
                #expect(torrent["private"] is NSNull && torrent.int("completion_on") == -1)
            }
            let now = torrent["progress"] as? Double ?? -1
            #expect(now >= progress && now <= 1)
            progress = now
            if states.last?.hasSuffix("UP") == true || states.last == "uploading" { break }
        }
        #expect(states.prefix(2) == ["metaDL", "downloading"] && progress == 1)
        let hash = await session.info()[0].text("hash") ?? ""
        #expect(hash == hash.lowercased())
        #expect(await session.post("torrents/stop", "hashes=\(hash)").status == 200)
        #expect(await session.info()[0].text("state") == "stoppedUP")
        #expect(await session.post("torrents/delete", "hashes=\(hash)&deleteFiles=false").status == 200)
        #expect(flow.torrents.isEmpty)
    }
}
