import HTTPClient
import Media
import QBittorrent
import Synchronization
import TestSupport
import Testing

@Suite("qBittorrent maindata")
struct MaindataTests {
    private func client(_ transport: StubTransport) throws -> QBittorrent {
        QBittorrent(base: try BaseURL("http://qbt.test"), credentials: .none, transport: transport)
    }

    /// What a page of `answers` in order leads to.
    private func read(_ answers: [String]) async throws -> [TorrentDelta] {
        let client = try client(
            StubTransport([
                "GET /api/v2/sync/maindata": answers.map { HTTPResponse(status: 200, body: Array($0.utf8)) }
            ]))
        var deltas: [TorrentDelta] = []
        for _ in answers { deltas.append(try await client.maindata()) }
        return deltas
    }

    private func one(_ fields: String) async throws -> TorrentReading {
        try #require(try await read([#"{"rid":1,"full_update":true,"torrents":{"AB":{\#(fields)}}}"#])[0].changed.first)
    }

    @Test("reads a torrent")
    func torrent() async throws {
        let v2 = "CD" + String(repeating: "e", count: 62)
        let torrent = try await one(
            #"""
            "name":"A.B","size":100,"total_size":200,"progress":0.25,"state":"stalledDL","category":"tv","tags":"a, b",
            "content_path":"/d/A.B","amount_left":75,"dlspeed":5,"eta":15,"num_seeds":3,"added_on":1700000000,
            "completion_on":-1,"infohash_v1":"AB","infohash_v2":"\#(v2)","ratio":-1,"private":null
            """#)
        var wanted = TorrentReading(hash: "ab", state: "stalledDL")
        wanted.hashes = ["ab", "cd" + String(repeating: "e", count: 38)]
        wanted.name = "A.B"
        wanted.size = 100
        wanted.progress = 0.25
        wanted.category = "tv"
        wanted.contentPath = "/d/A.B"
        wanted.amountLeft = 75
        wanted.downloadSpeed = 5
        wanted.etaSeconds = 15
        wanted.seeds = 3
        wanted.addedAt = Timestamp(milliseconds: 1_700_000_000_000)
        #expect(torrent == wanted && !torrent.isDone)
    }

    @Test("unknown sizes, times and rests are none", arguments: ["0", "-1", "null"])
    func unknown(value: String) async throws {
        let torrent = try await one(
            #""state":"metaDL","size":\#(value),"completion_on":\#(value),"added_on":\#(value),"eta":8640000,"content_path":"","amount_left":0,"progress":0"#
        )
        #expect(
            torrent.size == nil && torrent.completedAt == nil && torrent.addedAt == nil && torrent.etaSeconds == nil)
        #expect(torrent.contentPath == nil && torrent.amountLeft == nil && !torrent.isDone && torrent.hashes == ["ab"])
    }

    @Test(
        "states of 4.x are told in the words of 5.x",
        arguments: [
            ("pausedUP", "stoppedUP", true), ("pausedDL", "stoppedDL", false), ("stoppedUP", "stoppedUP", true),
            ("uploading", "uploading", false), ("forcedUP", "forcedUP", true), ("new word", "new word", false),
        ])
    func states(sent: String, told: String, isDone: Bool) async throws {
        let torrent = try await one(#""state":"\#(sent)","size":5,"amount_left":5"#)
        #expect(torrent.state == told && torrent.isDone == isDone)
    }

    @Test("odd kinds never fail the reading of the rest")
    func oddKinds() async throws {
        let torrent = try await one(
            #""name":7,"size":"12","progress":"x","state":null,"category":{},"dlspeed":1.5,"eta":-1,"num_seeds":[],"added_on":9e99"#
        )
        #expect(torrent.size == 12 && torrent.state == "" && torrent.category == "" && torrent.downloadSpeed == 1)
        #expect(torrent.progress == 0 && torrent.etaSeconds == nil && torrent.addedAt == nil)
    }

    @Test("merges by field, and tells only what looks different")
    func merges() async throws {
        let deltas = try await read([
            #"{"rid":1,"full_update":true,"torrents":{"a":{"name":"A","progress":0.5,"state":"downloading"},"b":{"name":"B"}}}"#,
            #"{"rid":2,"torrents":{"a":{"progress":0.75},"b":{"ratio":2,"name":"B"}}}"#,
            #"{"rid":3,"torrents_removed":["b","unknown"],"torrents":{"c":{"name":"C"}}}"#,
            #"{"rid":4}"#,
        ])
        #expect(deltas.map(\.isFull) == [true, false, false, false])
        #expect(deltas[0].changed.count == 2 && deltas[0].removed.isEmpty)
        #expect(deltas[1].changed.map(\.hash) == ["a"] && deltas[1].changed[0].progress == 0.75)
        #expect(deltas[1].changed[0].name == "A" && deltas[1].changed[0].state == "downloading")
        #expect(deltas[2].changed.map(\.name) == ["C"] && deltas[2].removed == ["b"])
        #expect(Set(deltas[2].hashes) == ["a", "c"])
        #expect(deltas[3].changed.isEmpty && deltas[3].removed.isEmpty && Set(deltas[3].hashes) == ["a", "c"])
    }

    @Test("a full answer replaces everything and tells what went")
    func replaces() async throws {
        let deltas = try await read([
            #"{"rid":1,"full_update":true,"torrents":{"a":{"name":"A","category":"x"},"b":{"name":"B"}}}"#,
            #"{"torrents":{"a":{"name":"A2"}},"full_update":true,"rid":1}"#,
        ])
        #expect(deltas[1].isFull && deltas[1].removed == ["b"] && deltas[1].hashes == ["a"])
        #expect(deltas[1].changed.map(\.name) == ["A2"] && deltas[1].changed.map(\.category) == [""])
    }

    @Test("asks with the last answer's number, and for everything after an error")
    func numbers() async throws {
        let good = HTTPResponse(status: 200, body: Array(#"{"rid":12,"full_update":true}"#.utf8))
        let transport = StubTransport(answers: [
            "GET /api/v2/sync/maindata": [
                .response(good), .response(good), .failure(.timedOut(after: .seconds(1))), .response(good),
            ]
        ])
        let client = try client(transport)
        for _ in 0..<4 { _ = try? await client.maindata() }
        #expect(transport.requests.map { $0.url.split(separator: "=").last } == ["0", "12", "12", "0"])
    }

    @Test("whatever happens, what is told adds up to what the server holds", arguments: 0..<20)
    func addsUp(seed: UInt64) async throws {
        var random = SeededRandom(seed: seed &+ 1000)
        let server = TorrentServer(seed: seed)
        let client = try client(server.transport)
        var held: [String: TorrentReading] = [:]
        for _ in 0..<60 {
            server.state.withLock { state in
                TorrentModel.mutate(&state.torrents, &random)
                if random.chance(15) { state.fault = random.pick(TorrentServer.Fault.allCases) }
                if random.chance(5) { state.isRestarted = true }
            }
            let isFaulty = server.state.withLock { $0.fault != nil }
            guard let delta = try? await client.maindata() else {
                #expect(isFaulty)
                continue
            }
            #expect(!isFaulty)
            for hash in delta.removed { #expect(held.removeValue(forKey: hash) != nil) }
            for torrent in delta.changed { held[torrent.hash] = torrent }
            let wanted = server.state.withLock { $0.torrents.map { TorrentModel.reading($0.key, $0.value.values) } }
            #expect(Set(held.values) == Set(wanted))
            #expect(Set(delta.hashes) == Set(held.keys) && delta.hashes.count == held.count)
        }
    }
}
