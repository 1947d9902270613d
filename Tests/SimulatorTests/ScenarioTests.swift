import Foundation
import Testing

@testable import Simulator

@Suite("Scenarios") struct ScenarioTests {
    private static let folder = URL(filePath: #filePath).appending(path: "../../../Scenarios").standardized
    private static let names =
        (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?
        .filter { $0.hasSuffix(".json") && $0 != "scenario.schema.json" }.sorted() ?? []

    @Test("the shipped ones are there")
    func shipped() {
        let wanted = [
            "anime", "dead-service", "deleted-elsewhere", "film", "stuck-import", "tv-pack", "tv-unaired",
            "webhooks-doubled",
            "webhooks-late", "webhooks-lost", "webhooks-reordered",
        ]
        #expect(Self.names == wanted.map { "\($0).json" })
    }

    @Test("each shipped one comes to its end with everything as expected", arguments: names)
    func runs(_ name: String) async throws {
        let data = try Data(contentsOf: Self.folder.appending(path: name))
        let stack = LivingStack()
        let begun = await stack.call(
            "POST", "/simulator/scenario", try JSONSerialization.jsonObject(with: data))
        #expect(begun.status == 201)
        stack.flow.run(at: 0)
        for _ in 0..<60 {
            await stack.advance("4m")
            if stack.flow.with({ $0.run?.isDone ?? false }) { break }
        }
        #expect(stack.flow.with { $0.run?.isDone } == true)
        #expect(stack.flow.with { $0.run?.failures } == [])
    }

    @Test("same seed, scenario and clock: same bytes, however the clock is stepped")
    func sameBytes() async throws {
        var answers: [[[UInt8]]] = []
        for steps in [["1h"], Array(repeating: "30s", count: 120)] {
            let stack = LivingStack()
            _ = await stack.control("POST", "/webhooks", ["to": "http://marquee.test"])
            for media in ["movie", "tv", "anime", "anime_movie"] { _ = await stack.request(media) }
            for span in steps { await stack.advance(span) }
            answers.append(
                [
                    await stack.seerr("GET", "/request").bytes, await stack.arr("sonarr", "/history").bytes,
                    await stack.arr("radarr", "/queue").bytes, await stack.arr("radarr", "/movie").bytes,
                    await stack.jellyfin("GET", "/Items?recursive=true&fields=Path,ProviderIds,MediaSources").bytes,
                ] + stack.received.hooks.map(\.body))
        }
        #expect(answers[0] == answers[1])
        let other = LivingStack(seed: 8)
        _ = await other.request("movie")
        #expect(await other.seerr("GET", "/request").bytes != answers[0][0])
    }

    @Test(
        "what a file says wrong is named",
        arguments: [
            (#"{"steps":[{"do":"dance"}]}"#, "step 1: do must be one of"),
            (#"{"steps":[{"do":"request","at":"soon"}]}"#, "no span of time"),
            (#"{"steps":[{"do":"expect"}]}"#, "needs service and state"),
            (#"{"stepz":[]}"#, "unknown member stepz"), (#"{"delays":{"lunch":1}}"#, "delays: lunch"),
            (#"{"faults":[{"kind":"nonsense"}]}"#, "kind must be one of"),
            (#"{"faults":[{"kind":"500","from":"5m","to":"2m"}]}"#, "ends after it begins"), ("[]", "JSON object"),
        ])
    func mistakes(_ file: String, _ message: String) async {
        let stack = LivingStack()
        let reply = await Reply(
            stack.simulator.route(Call("POST", ["simulator", "scenario"], body: Array(file.utf8))), stack.simulator)
        #expect(reply.status == 400)
        #expect(reply.object.text("error")?.contains(message) ?? false, "\(reply.text)")
    }

    @Test("an expectation in vain is reported, a fault's window opens and closes")
    func windows() async {
        let stack = LivingStack()
        _ = await stack.control(
            "POST", "/scenario",
            [
                "name": "x",
                "steps": [
                    ["do": "request", "media": "movie"],
                    ["at": "1s", "do": "expect", "service": "jellyfin", "state": "present"],
                ], "faults": [["service": "radarr", "kind": "500", "from": "1m", "to": "2m"]],
            ])
        #expect(await stack.arr("radarr", "/queue").status == 200)
        await stack.advance("61s")
        #expect(await stack.arr("radarr", "/queue").status == 500)
        await stack.advance("60s")
        #expect(await stack.arr("radarr", "/queue").status == 200)
        let run = await stack.control("GET", "/scenario").object
        #expect(run["failures"] as? [String] == ["step 2: jellyfin shows absent, not present"])
    }

    @Test(
        "steps do what they say",
        arguments: [
            (["do": "fail_download"], "qbittorrent", "error"), (["do": "stall"], "qbittorrent", "stalled"),
            (["do": "stall", "state": "missingFiles"], "qbittorrent", "missingFiles"),
            (["do": "finish"], "qbittorrent", "seeding"),
            (["do": "delete", "service": "qbittorrent"], "qbittorrent", "absent"),
            (["do": "delete", "service": "radarr"], "radarr", "absent"),
            (["do": "delete", "service": "seerr"], "seerr", "absent"),
            (["do": "decline"], "seerr", "declined"),
        ])
    func steps(_ step: [String: String], _ service: String, _ state: String) async {
        let stack = LivingStack()
        _ = await stack.request("movie")
        await stack.advance("60s")
        #expect(await stack.control("POST", "/step", step).status == 200)
        #expect(stack.flow.with { $0.states(of: 1, in: service) }.contains(state))
    }

    @Test("an anime Shoko cannot match stays out of Jellyfin until it is matched")
    func matching() async {
        let stack = LivingStack()
        _ = await stack.request("anime", ["episodes": 1, "no_match": true])
        await stack.advance("1h")
        #expect(stack.flow.with { $0.states(of: 1, in: "shoko") } == ["present", "unmatched"])
        #expect(stack.flow.with { $0.states(of: 1, in: "jellyfin") } == ["absent"])
        _ = await stack.control("POST", "/step", ["do": "match"])
        await stack.advance("10m")
        #expect(stack.flow.with { $0.states(of: 1, in: "jellyfin") } == ["present", "complete"])
    }

    @Test("a stub is no proof until it appears")
    func stub() async {
        let stack = LivingStack()
        _ = await stack.request("movie", ["stub": true])
        await stack.advance("1h")
        #expect(stack.flow.with { $0.states(of: 1, in: "jellyfin") } == ["stub"])
        let item = await stack.jellyfin(
            "GET",
            "/Items?recursive=true&includeItemTypes=Movie&collapseBoxSetItems=false&fields=ProviderIds,Path,MediaSources"
        ).items.first { $0.object("ProviderIds").text("Tmdb") == "7000001" }
        #expect(item != nil && item?["Path"] == nil && item?["MediaSources"] == nil)
        _ = await stack.control("POST", "/step", ["do": "appear"])
        #expect(stack.flow.with { $0.states(of: 1, in: "jellyfin") } == ["present", "complete"])
    }

    @Test("the live demand keeps asking, and the clock runs by itself")
    func live() async throws {
        let stack = LivingStack()
        stack.flow.live()
        await stack.advance("1h")
        let asked = await stack.seerr("GET", "/request?take=100").results.count
        #expect(asked > 10)
        #expect(await stack.control("POST", "/clock", ["speed": 100]).object.int("speed") == 100)
        let before = stack.flow.now
        while stack.flow.now == before { await Task.yield() }
        #expect(await stack.control("POST", "/clock", ["pause": true]).object.int("speed") == 0)
        #expect(await stack.control("POST", "/clock", ["speed": 10_001]).status == 400)
    }
}
