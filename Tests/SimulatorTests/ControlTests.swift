import Foundation
import Simulator
import Testing

@Suite("The control API")
struct ControlTests {
    let stack = Stack()
    let sync = "/Items?recursive=true&includeItemTypes=Movie,Series&collapseBoxSetItems=false&fields=ProviderIds,Path"

    @Test("tells the truth about every title in every service")
    func titles() async {
        let reply = await stack.get("/simulator/titles?limit=1000").object
        let titles = reply["titles"] as? [[String: Any]] ?? []
        #expect(titles.count == reply.int("total") && titles.count == 80)
        var jellyfin: Set<String> = []
        var radarr = 0
        for title in titles {
            let services = title.object("services")
            for item in services["jellyfin"] as? [[String: Any]] ?? [] { jellyfin.insert(item.text("id") ?? "") }
            radarr += (services["radarr"] as? [Any])?.count ?? 0
        }
        #expect(jellyfin == Set(await stack.jellyfin(sync).ids))
        #expect(radarr == (await stack.arr("radarr", "/movie").array.count))
        #expect(
            await stack.get("/simulator/titles?offset=70&limit=3").object["titles"].map { ($0 as? [Any])?.count } == 3)
    }

    @Test("takes a title out of a service and puts it back, at once")
    func removal() async {
        let before = await stack.jellyfin(sync).ids
        let state = await stack.get("/simulator/state").object.int("revision") ?? 0
        let path = "/simulator/titles/20/mutate"
        let reply = await stack.post(path, ["action": "remove", "service": "jellyfin"])
        #expect((reply.object.object("services")["jellyfin"] as? [Any])?.isEmpty == true)
        #expect(await stack.jellyfin(sync).ids.count < before.count)
        #expect(await stack.get("/simulator/state").object.int("revision") == state + 1)
        _ = await stack.post(path, ["action": "add", "service": "jellyfin"])
        #expect(await stack.jellyfin(sync).ids == before)
        _ = await stack.post(path, ["action": "remove", "service": "radarr"])
        #expect(await stack.arr("radarr", "/movie/21").status == 404)
    }

    @Test("gives a moved or renamed title other Jellyfin ids, and only it")
    func rename() async {
        let before = await stack.jellyfin(sync)
        let old =
            (await stack.get("/simulator/titles/21").object.object("services")["jellyfin"] as? [[String: Any]])?
            .first?.text("id") ?? ""
        let renamed = await stack.post(
            "/simulator/titles/21/mutate", ["action": "rename", "title": "A \"New\" Name: 2"])
        #expect(renamed.object.text("title") == "A \"New\" Name: 2")
        let after = await stack.jellyfin(sync)
        #expect(Set(before.ids).symmetricDifference(after.ids).count == 2 && !after.ids.contains(old))
        #expect(after.items.contains { $0.text("Name") == "A \"New\" Name: 2" })
        #expect(await stack.jellyfin("/Items?ids=\(old)").items.isEmpty)
        _ = await stack.post("/simulator/titles/22/mutate", ["action": "move"])
        #expect(Set(after.ids).symmetricDifference(await stack.jellyfin(sync).ids).count == 2)
    }

    @Test("sets and takes away provider ids in one service")
    func providers() async {
        let path = "/simulator/titles/23/mutate"
        _ = await stack.post(path, ["action": "provider_id", "provider": "Tmdb", "value": "42"])
        _ = await stack.post(path, ["action": "provider_id", "provider": "Imdb", "value": NSNull()])
        _ = await stack.post(path, ["action": "provider_id", "provider": "tmdb", "value": 43, "service": "radarr"])
        let report = await stack.get("/simulator/titles/23").object.object("services")
        let item = (report["jellyfin"] as? [[String: Any]])?.first?.object("provider_ids") ?? [:]
        #expect(item.text("Tmdb") == "42" && item["Imdb"] == nil)
        #expect(await stack.arr("radarr", "/movie?tmdbId=43").array.first?.int("id") == 24)
    }

    @Test("counts calls by route, names parameters and never their values")
    func calls() async {
        let start = await stack.get("/simulator/calls").object.int("last") ?? 0
        _ = await stack.jellyfin("/Items?limit=3&startIndex=0")
        _ = await stack.jellyfin("/Items?limit=3&startIndex=3")
        _ = await stack.arr("radarr", "/movie/1")
        _ = await stack.get("/jellyfin/Users?ApiKey=\(stack.key)")
        let reply = await stack.get("/simulator/calls?since=\(start)")
        let counts = reply.object.object("counts")
        #expect(counts.int("jellyfin GET /Items") == 2 && counts.int("radarr GET /api/v3/movie/{id}") == 1)
        #expect((reply.object["calls"] as? [[String: Any]])?.count == 4)
        #expect(reply.text.contains("startIndex") && reply.text.contains("ApiKey") && !reply.text.contains(stack.key))
        let one = await stack.get("/simulator/calls?service=radarr&since=\(start)").object["calls"] as? [[String: Any]]
        #expect(one?.count == 1)
    }

    @Test("puts everything back")
    func reset() async {
        let before = await stack.jellyfin(sync).bytes
        _ = await stack.post("/simulator/titles/3/mutate", ["action": "remove", "service": "jellyfin"])
        _ = await stack.post("/simulator/fault", ["kind": "500"])
        #expect(await stack.post("/simulator/reset", [:]).status == 200)
        #expect(await stack.jellyfin(sync).bytes == before)
        #expect(await stack.get("/simulator/calls").object.object("counts").count == 1)
    }

    @Test("answers the loopback only, and 404 or 400 with a reason for what it does not know")
    func refusals() async {
        #expect(await stack.get("/simulator/healthz").status == 200)
        #expect(await stack.call("GET", "/simulator/state", from: "192.0.2.7").status == 403)
        #expect(await stack.get("/simulator/nothing").status == 404)
        #expect(await stack.get("/simulator/titles/80").status == 404)
        for body in [["action": "nonsense"], ["action": "remove", "service": "nobody"], ["action": "rename"]] {
            let reply = await stack.post("/simulator/titles/1/mutate", body)
            #expect(reply.status == 400 && reply.object.text("error") != nil)
        }
        #expect(await stack.call("POST", "/simulator/fault", body: Array("{".utf8)).status == 400)
        #expect(await stack.get("/nobody/api").status == 404)
    }
}
