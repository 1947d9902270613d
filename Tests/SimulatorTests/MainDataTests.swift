import Foundation
import Testing

@testable import Simulator

@Suite("qBittorrent's partial updates")
struct MainDataTests {
    /// A client as the documentation wants it: replaces on a full update, merges otherwise.
    final class Copy {
        var rid = 0
        var torrents: [String: [String: Any]] = [:]
        var fullUpdates = 0

        func poll(_ session: QBittorrentSession, rid asked: Int? = nil) async {
            let body = await session.get("sync/maindata?rid=\(asked ?? rid)").object
            rid = body.int("rid") ?? -1
            if body["full_update"] as? Bool == true {
                torrents = [:]
                fullUpdates += 1
            }
            for (hash, fields) in body.object("torrents") {
                #expect((fields as? [String: Any])?["hash"] == nil)
                torrents[hash, default: [:]].merge(fields as? [String: Any] ?? [:]) { $1 }
            }
            for hash in body["torrents_removed"] as? [String] ?? [] { torrents[hash] = nil }
        }

        func check(_ session: QBittorrentSession) async {
            let truth = await session.info()
            #expect(truth.count == torrents.count)
            for torrent in truth {
                var fields = torrent
                fields["hash"] = nil
                let mine = torrents[torrent.text("hash") ?? ""] ?? [:]
                #expect(NSDictionary(dictionary: mine) == NSDictionary(dictionary: fields))
            }
        }
    }

    @Test("lead any client to the same torrents, whatever happens between its polls", arguments: 0..<6)
    func converges(seed: Int) async {
        let stack = Stack(seed: UInt64(seed), torrents: 12)
        let session = await QBittorrentSession.loggedIn(stack)
        let flow = stack.simulator.world.flow
        let dice = Dice(seed: UInt64(seed))
        let copy = Copy()
        for step in 0..<120 {
            let hashes = await session.info().compactMap { $0.text("hash") }
            let hash = hashes.isEmpty ? "none" : hashes[dice.number(step, .shuffle, in: 0..<hashes.count)]
            switch dice.number(step, .holding, in: 0..<12) {
            case 0, 1: _ = await session.post("torrents/stop", "hashes=\(hash)")
            case 2, 3: _ = await session.post("torrents/start", "hashes=\(hash)")
            case 4: _ = await session.post("torrents/delete", "hashes=\(hash)&deleteFiles=true")
            case 5: _ = flow.with { state in state.request(state.title(for: FlowWish(isFilm: false, seasons: [3]))) }
            case 6: await session.control(["action": "full_update"])
            case 7: flow.advance(by: 1)
            default: flow.advance(by: 20)
            }
            switch dice.number(step, .name, in: 0..<8) {
            case 0: await copy.poll(session, rid: 0)
            case 1: await copy.poll(session, rid: 77_777)
            default: await copy.poll(session)
            }
            await copy.check(session)
        }
        #expect(copy.fullUpdates > 5 && copy.fullUpdates < 100)
    }

    @Test("come again for a client that did not get the last answer")
    func lostAnswer() async {
        let session = await QBittorrentSession.loggedIn(Stack(torrents: 5))
        let hash = await session.info("?filter=seeding")[0].text("hash") ?? ""
        let full = await session.get("sync/maindata?rid=0").object
        let first = await session.get("sync/maindata?rid=\(full.int("rid") ?? 0)").object
        _ = await session.post("torrents/stop", "hashes=\(hash)")
        for _ in 0..<3 {
            let again = await session.get("sync/maindata?rid=\(first.int("rid") ?? 0)").object
            #expect(again["full_update"] == nil)
            #expect(again.object("torrents").object(hash).text("state") == "stoppedUP")
        }
    }

    @Test("leave out what did not change, and say only the fields that did")
    func quiet() async {
        let session = await QBittorrentSession.loggedIn(Stack(torrents: 5))
        let full = await session.get("sync/maindata?rid=0").object
        #expect(Set(full.keys) == ["rid", "full_update", "torrents", "categories", "tags", "trackers", "server_state"])
        let quiet = await session.get("sync/maindata?rid=\(full.int("rid") ?? 0)").object
        #expect(Set(quiet.keys) == ["rid"])
    }

    @Test("are each session's own, and two clients of one session disturb each other")
    func sessions() async {
        let stack = Stack(torrents: 5)
        let one = await QBittorrentSession.loggedIn(stack), other = await QBittorrentSession.loggedIn(stack)
        let (first, second) = (Copy(), Copy())
        await first.poll(one)
        await second.poll(other)
        for _ in 0..<3 {
            await first.poll(one)
            await second.poll(other)
        }
        #expect(first.fullUpdates == 1 && second.fullUpdates == 1)
        let intruder = Copy()
        await intruder.poll(one)
        await intruder.poll(one)
        await first.poll(one)
        #expect(first.fullUpdates == 2)
    }

    @Test("begin anew after a restart")
    func restart() async {
        let session = await QBittorrentSession.loggedIn(Stack(torrents: 5))
        let copy = Copy()
        await copy.poll(session)
        await copy.poll(session)
        await session.control(["action": "restart"])
        #expect(await session.get("sync/maindata?rid=\(copy.rid)").status == 403)
        session.cookie = nil
        _ = await session.logIn()
        await copy.poll(session)
        #expect(copy.fullUpdates == 2)
        await copy.check(session)
    }

    @Test("hold ten thousand torrents")
    func load() async {
        let session = await QBittorrentSession.loggedIn(Stack(torrents: 10_000))
        let copy = Copy()
        let began = ContinuousClock.now
        await copy.poll(session)
        #expect(copy.torrents.count == 10_000)
        #expect(began.duration(to: .now) < .seconds(30))
        await copy.poll(session)
        #expect(copy.fullUpdates == 1)
    }
}
