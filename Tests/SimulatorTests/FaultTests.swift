import Foundation
import Simulator
import Testing

@Suite("Faults on demand")
struct FaultTests {
    let stack = Stack()
    let sync = "/Items?recursive=true&includeItemTypes=Movie,Series&collapseBoxSetItems=false&fields=ProviderIds"
    let page = "/Items?recursive=true&includeItemTypes=Movie,Series&collapseBoxSetItems=false&limit=20"

    /// Puts a fault in force and expects it to be taken.
    func fault(_ kind: String, _ more: [String: Any] = [:]) async {
        let body = ["service": "jellyfin", "path": "/Items", "kind": kind].merging(more) { $1 }
        #expect(await stack.post("/simulator/fault", body).status == 201)
    }

    @Test(
        "answer with the status, type and headers asked for",
        arguments: [
            ("401", 401, "text/plain"), ("500", 500, "text/plain"), ("502", 502, "text/html"),
            ("html", 200, "text/html"),
            ("429", 429, "text/plain"), ("503", 503, "text/html"),
        ])
    func statuses(kind: String, status: Int, type: String) async {
        await fault(kind, ["params": ["seconds": 9]])
        let reply = await stack.jellyfin("/Items")
        #expect(reply.status == status && reply.headers["Content-Type"]?.hasPrefix(type) == true)
        if status == 429 || status == 503 { #expect(reply.headers["Retry-After"] == "9") }
        if status == 503 { #expect(reply.headers["Message"] != nil) }
        #expect(await stack.jellyfin("/Users").status == 200, "only the path asked for")
        #expect(await stack.arr("radarr", "/movie").status == 200, "only the service asked for")
        _ = await stack.call("DELETE", "/simulator/fault")
        #expect(await stack.jellyfin("/Items").status == 200)
    }

    @Test("meet only the calls asked for")
    func window() async {
        await fault("500", ["from": 2, "to": 3])
        var statuses: [Int] = []
        for _ in 0..<4 { statuses.append(await stack.jellyfin("/Items").status) }
        #expect(statuses == [200, 500, 500, 200])
        await fault("502", ["count": 1])
        #expect(await stack.jellyfin("/Items").status == 502)
        #expect(await stack.jellyfin("/Items").status == 200)
    }

    @Test("meet the same share of calls for the same seed")
    func probability() async {
        var runs: [[Int]] = []
        for _ in 0..<2 {
            let stack = Stack()
            _ = await stack.post(
                "/simulator/fault", ["service": "*", "path": "/Ite*", "kind": "500", "probability": 0.5])
            var statuses: [Int] = []
            for _ in 0..<60 { statuses.append(await stack.jellyfin("/Items?limit=1").status) }
            runs.append(statuses)
        }
        #expect(runs[0] == runs[1])
        #expect((15...45).contains(runs[0].count { $0 == 500 }))
    }

    @Test("cut a body in the middle, and put garbage into another")
    func broken() async {
        let whole = await stack.jellyfin(sync)
        await fault("truncate", ["count": 1])
        let cut = await stack.jellyfin(sync)
        #expect(cut.isCut && cut.bytes.count == 4_096 && whole.bytes.starts(with: cut.bytes))
        await fault("truncate", ["count": 1, "params": ["bytes": 1_000_000]])
        let middle = await stack.jellyfin("/Items?limit=1")
        #expect(middle.isCut && !middle.bytes.isEmpty && middle.json == nil)
        await fault("malformed", ["count": 1])
        let garbage = await stack.jellyfin(sync)
        #expect(!garbage.isCut && garbage.json == nil && garbage.bytes.count > whole.bytes.count)
    }

    @Test("close the connection without an answer")
    func refuse() async {
        await fault("refuse")
        #expect(await stack.jellyfin("/Items").isRefused)
        let calls = await stack.get("/simulator/calls?service=jellyfin").object["calls"] as? [[String: Any]] ?? []
        #expect(calls.last?.int("status") == 0)
    }

    @Test("hold a call until released", .timeLimit(.minutes(1)))
    func hold() async {
        await fault("hold", ["count": 1])
        async let held = stack.jellyfin("/Items?limit=1")
        while await stack.get("/simulator/state").object.int("held") != 1 { await Task.yield() }
        #expect(await stack.jellyfin("/Items?limit=1").status == 200, "the second call is not concerned")
        #expect(await stack.call("DELETE", "/simulator/fault").object.int("removed") == 1)
        #expect(await held.status == 200)
    }

    @Test("let a held call go when its caller gives up", .timeLimit(.minutes(1)))
    func givenUp() async {
        await fault("hold")
        for _ in 0..<50 {
            let held = Task { await stack.jellyfin("/Items?limit=1").status }
            await Task.yield()
            held.cancel()
            _ = await held.value
        }
        #expect(await stack.get("/simulator/state").object.int("held") == 0)
    }

    @Test("empty one page in the middle, or stop early, with the total as ever")
    func partial() async {
        let total = await stack.jellyfin(sync).total
        await fault("empty_page", ["count": 1])
        let empty = await stack.jellyfin(page + "&startIndex=20")
        #expect(empty.items.isEmpty && empty.total == total)
        await fault("partial", ["params": ["items": 30]])
        #expect(await stack.jellyfin(page + "&startIndex=20").items.count == 10)
        let last = await stack.jellyfin(page + "&startIndex=40")
        #expect(last.items.isEmpty && last.total == total)
    }

    @Test("shrink the library, total and all")
    func shrunken() async {
        let total = await stack.jellyfin(sync).total
        await fault("shrunken", ["params": ["percent": 50]])
        let reply = await stack.jellyfin(sync)
        #expect(reply.total == total / 2 && reply.items.count == total / 2)
    }

    @Test("repeat and skip items across pages")
    func shifted() async {
        let ids = await stack.jellyfin(sync).ids
        await fault("repeat_items", ["count": 2, "params": ["items": 3]])
        #expect(await stack.jellyfin(page).ids == Array(ids[0..<20]))
        #expect(await stack.jellyfin(page + "&startIndex=20").ids == Array(ids[17..<37]))
        await fault("skip_items", ["params": ["items": 3]])
        #expect(await stack.jellyfin(page + "&startIndex=20").ids == Array(ids[23..<43]))
    }

    @Test("change the total from call to call")
    func changingTotal() async {
        let total = await stack.jellyfin(sync).total
        await fault("changing_total")
        #expect(await stack.jellyfin(page).total == total + 1)
        #expect(await stack.jellyfin(page).total == total + 2)
    }

    @Test("take ids away, empty them, or change their type")
    func identifiers() async {
        let providers = await stack.jellyfin(sync).items.map { $0.object("ProviderIds") }
        for kind in ["without_ids", "empty_ids", "numeric_ids"] {
            await fault(kind, ["count": 1, "params": ["every": 1]])
            let odd = await stack.jellyfin(sync).items.map { $0.object("ProviderIds") }
            switch kind {
            case "without_ids": #expect(odd.allSatisfy { $0.isEmpty })
            case "empty_ids": #expect(odd.allSatisfy { $0.values.allSatisfy { $0 as? String == "" } })
            default: #expect(odd.count { $0["Tmdb"] is Int } > providers.count / 2)
            }
        }
        _ = await stack.post(
            "/simulator/fault", ["service": "radarr", "kind": "numeric_ids", "params": ["every": 1]])
        #expect(await stack.arr("radarr", "/movie").array.allSatisfy { $0["tmdbId"] is String })
    }

    @Test("make an answer of forty megabytes that is still true")
    func huge() async {
        await fault("huge", ["count": 1])
        let reply = await stack.jellyfin(page + "&fields=Overview")
        #expect(reply.bytes.count > 38_000_000 && reply.bytes.count < 42_000_000)
        #expect(reply.items.count == 20)
    }

    @Test("concern the *arrs' arrays too")
    func arrays() async {
        let ids = await stack.arr("radarr", "/movie").array.compactMap { $0.int("id") }
        func listed(_ kind: String, _ parameters: [String: Int]) async -> [Int] {
            _ = await stack.post(
                "/simulator/fault",
                ["service": "radarr", "path": "/api/v3/movie", "kind": kind, "count": 1, "params": parameters])
            return await stack.arr("radarr", "/movie").array.compactMap { $0.int("id") }
        }
        #expect(await listed("partial", ["items": 4]) == Array(ids[..<4]))
        #expect(await listed("repeat_items", ["items": 2]) == ids + ids[..<2])
        #expect(await listed("skip_items", ["items": 2]) == Array(ids[2...]))
        #expect(await listed("empty_page", [:]).isEmpty)
        #expect(await listed("shrunken", ["percent": 50]).count == ids.count / 2)
    }

    @Test("put up with any number in a parameter")
    func hostileNumbers() async {
        let numbers = [
            "9223372036854775807", "-9223372036854775808", "99999999999999999999", "-1", "0", "1e9", "", "%00",
        ]
        await fault("skip_items", ["params": ["items": 1_000_000_000]])
        for number in numbers {
            for name in ["startIndex", "limit", "ids", "parentId", "minDateLastSaved", "fields", "sortBy"] {
                #expect(await stack.jellyfin("/Items?recursive=true&\(name)=\(number)").status == 200)
            }
            for path in ["/movie?tmdbId=\(number)", "/movie/\(number)"] {
                #expect([200, 400, 404].contains(await stack.arr("radarr", path).status))
            }
            #expect([200, 400, 404].contains(await stack.arr("sonarr", "/episode?seriesId=\(number)").status))
            #expect(await stack.get("/simulator/titles?offset=\(number)&limit=\(number)").status == 200)
        }
        let body: [String: Any] = ["kind": "shrunken", "params": ["percent": 150]]
        #expect(await stack.post("/simulator/fault", body).status == 400)
    }

    @Test(
        "are refused with a reason when not understood",
        arguments: [
            ["kind": "nonsense"], ["kind": "500", "service": "nobody"], ["kind": "500", "from": "x"],
            ["kind": "500", "probability": "2"], ["kind": "500", "from": "0"],
        ])
    func refused(body: [String: String]) async {
        let reply = await stack.post("/simulator/fault", body)
        #expect(reply.status == 400 && reply.object.text("error")?.isEmpty == false)
    }
}
