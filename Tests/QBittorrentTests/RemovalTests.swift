import HTTPClient
import Media
import QBittorrent
import TestSupport
import Testing

@Suite("qBittorrent, removing")
struct RemovalTests {
    private static let a = String(repeating: "a", count: 40)
    private static let b = String(repeating: "b", count: 40)

    private func client(_ transport: StubTransport) throws -> QBittorrent {
        QBittorrent(base: try BaseURL("http://qbt.test"), credentials: .none, transport: transport)
    }

    private func answering(_ body: String, status: Int = 200) -> StubTransport {
        StubTransport { _ in .response(HTTPResponse(status: status, body: Array(body.utf8))) }
    }

    private func hash(_ text: String) throws -> TorrentHash { try #require(TorrentHash(text)) }

    @Test("both fields are sent, the hashes by what the client lists them by")
    func form() async throws {
        let transport = answering("")
        let v2 = try hash(Self.b + String(repeating: "c", count: 24))
        try await client(transport).delete([hash(Self.b), hash(Self.a), v2], withFiles: true)
        try await client(transport).delete([hash(Self.a.uppercased())], withFiles: false)
        #expect(transport.requests.map(\.operation) == Array(repeating: "POST /api/v2/torrents/delete", count: 2))
        #expect(
            transport.requests.map { String(decoding: $0.body ?? [], as: UTF8.self) } == [
                "hashes=\(Self.a)%7C\(Self.b)&deleteFiles=true", "hashes=\(Self.a)&deleteFiles=false",
            ])
    }

    @Test("no torrents are no call: an empty list is one typing error away from all")
    func empty() async throws {
        let transport = answering("")
        await #expect { try await client(transport).delete([], withFiles: true) } throws: {
            ($0 as? UpstreamError)?.reason == .invalid("hashes")
        }
        #expect(transport.requests.isEmpty)
    }

    @Test("whatever is asked to go, no call names all or nothing")
    func property() async throws {
        var random = SeededRandom(seed: 11)
        for _ in 0..<30 {
            let transport = answering("")
            let hashes = (0..<1 + random.below(250)).compactMap { _ in
                TorrentHash(String((0..<random.pick([40, 64])).map { _ in random.pick(Array("0123456789abcdef")) }))
            }
            try await client(transport).delete(hashes, withFiles: random.chance(50))
            var sent: Set<String> = []
            for request in transport.requests {
                let form = String(decoding: request.body ?? [], as: UTF8.self)
                let fields = form.split(separator: "&")
                #expect(fields.count == 2 && fields[1].hasPrefix("deleteFiles="))
                let names = fields[0].dropFirst("hashes=".count).split(separator: "%7C").map(String.init)
                #expect((1...100).contains(names.count) && names.allSatisfy { $0.count == 40 })
                sent.formUnion(names)
            }
            #expect(sent == Set(hashes.map(\.listed)))
        }
    }

    @Test(
        "a refusal is an error",
        arguments: [
            (400, "", UpstreamError.Reason.status(400)), (403, "", .refusedAuth), (401, "", .refusedAuth),
            (500, "", .status(500)), (200, "<html>", .html),
        ])
    func refused(status: Int, body: String, reason: UpstreamError.Reason) async throws {
        let hash = try hash(Self.a)
        await #expect { try await client(answering(body, status: status)).delete([hash], withFiles: true) } throws: {
            ($0 as? UpstreamError)?.reason == reason
        }
    }

    @Test("a refused session logs in and deletes once more", arguments: FakeServer.Generation.allCases)
    func login(generation: FakeServer.Generation) async throws {
        let server = FakeServer(generation)
        let (client, transport) = try server.client(.password(user: "us&er", password: "right"))
        try await client.delete([hash(Self.a)], withFiles: true)
        let deletions = transport.requests.filter { $0.operation.hasSuffix("torrents/delete") }
        #expect(deletions.count == 2 && server.logins() == 1)
        #expect(Set(deletions.map(\.body)).count == 1)
    }

    @Test("a torrent tells what it holds and what it owes")
    func holding() async throws {
        let v2 = Self.b + String(repeating: "c", count: 24)
        let transport = answering(
            #"""
            [{"hash":"\#(Self.a.uppercased())","infohash_v1":"\#(Self.a)","infohash_v2":"\#(v2)","name":"N",
            "content_path":"/d/N","save_path":"/d","state":"pausedUP","progress":1,"size":5,"completion_on":1700000000,
            "private":true,"ratio":0.5,"max_ratio":2,"seeding_time":120,"max_seeding_time":3,"category":"tv"},
            {"hash":"\#(Self.b)","infohash_v1":"","content_path":"","private":null,"ratio":-1,"max_ratio":-1,
            "max_seeding_time":-1,"completion_on":-1,"progress":0.25,"state":"downloading"}]
            """#)
        let all = try await client(transport).contentHolders()
        #expect(transport.requests.map(\.url) == ["http://qbt.test/api/v2/torrents/info"])
        let first = try #require(all.first)
        #expect(first.hash.text == Self.a && first.hashes.map(\.text) == [Self.a, v2] && first.contentPath == "/d/N")
        #expect(first.savePath == "/d" && first.state == "stoppedUP" && first.isComplete && first.category == "tv")
        #expect(first.isPrivate == true && first.ratioGoal == 2 && first.seedingTimeGoal == .seconds(180))
        #expect(first.seedingTime == .seconds(120) && first.owesSeeding && first.completedAt != nil)
        let second = try #require(all.last)
        #expect(second.contentPath == nil && second.isPrivate == nil && second.ratio == .infinity)
        #expect(second.ratioGoal == nil && second.seedingTimeGoal == nil && !second.owesSeeding)
        #expect(!second.isComplete && second.completedAt == nil)
    }

    @Test("a torrent is looked up by any of its hashes, and no other is taken for it")
    func lookUp() async throws {
        let v2 = String(repeating: "d", count: 64)
        let transport = answering(
            #"[{"hash":"\#(Self.a)"},{"hash":"\#(Self.b)"},{"hash":"\#(String(repeating: "d", count: 40))","infohash_v2":"\#(v2)"}]"#
        )
        let found = try await client(transport).holdings(of: [hash(Self.a), hash(v2)])
        #expect(found.map(\.hash.text) == [Self.a, String(repeating: "d", count: 40)])
        #expect(transport.requests.count == 1)
        #expect(try await client(transport).holdings(of: []).isEmpty && transport.requests.count == 1)
    }

    @Test(
        "a list that is not whole proves nothing",
        arguments: [#"[{"hash":""#, "", "<html>", "{}", #"[{"name":"x"}]"#, #"[{"hash":"all"}]"#])
    func broken(body: String) async throws {
        let hash = try hash(Self.a)
        await #expect(throws: UpstreamError.self) { try await client(answering(body)).holdings(of: [hash]) }
        await #expect(throws: UpstreamError.self) { try await client(answering(body)).contentHolders() }
    }
}
