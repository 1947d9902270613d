import Foundation
import Testing

@testable import Simulator

@Suite("Shoko's REST API")
struct ShokoRESTTests {
    @Test("needs a key everywhere but on its status pages", arguments: ShokoVersion.allCases)
    func access(version: ShokoVersion) async {
        let client = ShokoClient(version)
        let stack = client.stack
        #expect(await stack.get("/shoko/api/v3/Init/Status").object.text("State") == "Started")
        let number = await stack.get("/shoko/api/v3/Init/Version").object.object("Server").text("Version")
        #expect(number?.hasPrefix(version.rawValue + ".") == true)
        #expect(await stack.get("/shoko/api/v3/Series").status == 401)
        #expect(await client.get("/api/v3/Series").status == 200)
        let key = stack.simulator.environment("SHOKO_API_KEY")
        #expect(await stack.get("/shoko/api/v3/series?apikey=\(key)").status == 200)
        let bearer = await stack.get("/shoko/api/v3/Series", headers: ["authorization": "Bearer \(key)"])
        #expect(bearer.status == (version == .v6 ? 200 : 401))
        #expect(await stack.get("/shoko/signalr/aggregate?feeds=shoko&apikey=\(key)").status == 400)
        #expect(await stack.get("/shoko/signalr/aggregate?feeds=shoko").status == 401)
    }

    @Test("hands out one key for each device")
    func login() async {
        let stack = Stack()
        func logIn(_ body: [String: Any]) async -> Reply { await stack.post("/shoko/api/auth", body) }
        let right = await logIn(["user": "Admin", "pass": "admin", "device": "one"])
        let key = right.object.text("apikey") ?? ""
        #expect(right.status == 200 && key.utf8.count == 36)
        #expect(await logIn(["user": "admin", "pass": "admin", "device": "one"]).object.text("apikey") == key)
        #expect(await logIn(["user": "admin", "pass": "admin", "device": "two"]).object.text("apikey") != key)
        #expect(await stack.get("/shoko/api/v3/Series", headers: ["apikey": key]).status == 200)
        #expect(await logIn(["user": "admin", "pass": "no", "device": "one"]).status == 401)
        #expect(await logIn(["user": "admin", "pass": "admin"]).status == 400)
    }

    @Test("answers 503 while it starts, but says so")
    func starting() async {
        let client = ShokoClient()
        await client.control(["action": "starting"])
        #expect(await client.get("/api/v3/Series").status == 503)
        #expect(await client.stack.get("/shoko/api/v3/Init/Status").object.text("State") == "Starting")
        await client.control(["action": "started"])
        #expect(await client.get("/api/v3/Series").status == 200)
    }

    @Test("lists every anime with files, in pages of at most 100")
    func series() async {
        let client = ShokoClient()
        let all = await client.get("/api/v3/Series?pageSize=0").object
        let list = all["List"] as? [[String: Any]] ?? []
        #expect(list.count == all.int("Total") && list.count > 2)
        var paged: [Int] = []
        for page in 1...(list.count / 2 + 1) {
            let answer = await client.get("/api/v3/Series?pageSize=2&page=\(page)").object
            paged += (answer["List"] as? [[String: Any]] ?? []).compactMap { $0.object("IDs").int("ID") }
        }
        #expect(paged == list.compactMap { $0.object("IDs").int("ID") })
        for (query, status) in [("pageSize=101", 400), ("pageSize=-1", 400), ("page=0", 400)] {
            #expect(await client.get("/api/v3/Series?\(query)").status == status)
        }
        for entry in list {
            let ids = entry.object("IDs")
            let (id, anidb) = (ids.int("ID") ?? 0, ids.int("AniDB") ?? 0)
            #expect(await client.get("/api/v3/Series/\(id)").object.text("Name") == entry.text("Name"))
            #expect(await client.get("/api/v3/Series/AniDB/\(anidb)/Series").object.object("IDs").int("ID") == id)
            let films = await client.get("/api/v3/Series/\(id)/TMDB/Movie").array.count
            let shows = await client.get("/api/v3/Series/\(id)/TMDB/Show").array.count
            #expect(films + shows == 1)
            #expect(await client.get("/api/v3/Series/\(id)/Episode").object.int("Total") ?? 0 > 0)
        }
        #expect(await client.get("/api/v3/Series/1").status == 404)
    }

    @Test(
        "finds files by the end of their path: any case, either slash, by both routes", arguments: ShokoVersion.allCases
    )
    func pathEndsWith(version: ShokoVersion) async throws {
        let client = ShokoClient(version)
        let all = await client.get(
            "/api/v3/File/PathEndsWith?path=.mkv&include=AbsolutePaths,XRefs&includeAbsolutePaths=true"
        ).array
        let location = try #require((all.last?["Locations"] as? [[String: Any]])?.first)
        let path = try #require(location.text("AbsolutePath"))
        let name = try #require(path.split(separator: "/").last)
        #expect(location.int(version.folderID) != nil && location["IsAccessible"] as? Bool == true)
        let id = all.last?.int("ID")
        for wanted in [path, "/\(name)", "/\(name)".uppercased(), path.replacingOccurrences(of: "/", with: "\\")] {
            let escaped = wanted.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            let byQuery = await client.get("/api/v3/File/PathEndsWith?path=\(escaped)").array
            #expect(byQuery.contains { $0.int("ID") == id })
            // v5 shows cross references by path without being asked, v6 only when asked.
            #expect((byQuery[0]["SeriesIDs"] != nil) == (version == .v5))
            let whole = Call(
                "GET", ["shoko", "api", "v3", "File", "PathEndsWith", wanted],
                headers: [(name: "apikey", value: client.stack.simulator.environment("SHOKO_API_KEY"))])
            let byPath = await Reply(client.stack.simulator.route(whole), client.stack.simulator)
            #expect(byPath.bytes == (await client.get("/api/v3/File/PathEndsWith?path=\(escaped)").bytes))
        }
        #expect(await client.get("/api/v3/File/PathEndsWith?path=nothing.mkv").array.isEmpty)
        #expect(await client.get("/api/v3/File/PathEndsWith?path=.mkv&limit=3").array.count == 3)
        #expect(await client.get("/api/v3/File/PathEndsWith?path=.mkv&limit=101").status == 400)
        #expect(await client.get("/api/v3/File/PathEndsWith").status == 400)
    }

    @Test("shows one file's references and release only when asked")
    func file() async throws {
        let old = ShokoClient(.v5), new = ShokoClient(.v6)
        let id = try #require(await old.get("/api/v3/File/PathEndsWith?path=.mkv&limit=1").array.first?.int("ID"))
        #expect(await old.get("/api/v3/File/\(id)").object["SeriesIDs"] == nil)
        let references = await old.get("/api/v3/File/\(id)?includeXRefs=true").object["SeriesIDs"] as? [[String: Any]]
        #expect(references?.first?.object("SeriesID").int("ID") != nil)
        #expect(await new.get("/api/v3/File/\(id)?includeXRefs=true").object["SeriesIDs"] == nil)
        let asked = await new.get("/api/v3/File/\(id)?include=XRefs,ReleaseInfo").object
        #expect(asked["SeriesIDs"] != nil && asked.object("Release").text("ProviderName") == "AniDB")
        #expect(await old.get("/api/v3/File/1").status == 404)
    }

    @Test("shows a file of the flow with null ids until the series is known")
    func flow() async {
        let client = ShokoClient()
        client.request(seasons: [1])
        var seen: [String] = []
        for _ in 0..<2_000 {
            client.flow.advance(by: 5)
            guard let file = client.flow.shokoFiles.first else { continue }
            let body = await client.get("/api/v3/File/\(file.fileID)?includeXRefs=true").object
            let reference = (body["SeriesIDs"] as? [[String: Any]])?.first
            let state = reference == nil ? "none" : reference?.object("SeriesID").int("ID") == nil ? "null" : "known"
            if seen.last != state { seen.append(state) }
            if state == "known" { break }
        }
        #expect(seen == ["none", "null", "known"])
        #expect(await client.get("/api/v3/Series/501").status == 200)
    }

    @Test("knows its folders by the version's name, and the disk below them")
    func folders() async {
        for (version, own, other) in [
            (ShokoVersion.v5, "ImportFolder", "ManagedFolder"), (.v6, "ManagedFolder", "ImportFolder"),
        ] {
            let client = ShokoClient(version)
            let folders = await client.get("/api/v3/\(own)").array
            #expect(folders.count == 3 && folders.allSatisfy { $0.text("Path")?.hasSuffix("/") == true })
            #expect(await client.get("/api/v3/\(other)").status == 404)
            #expect(await !client.get("/api/v3/Folder?path=/media/anime").array.isEmpty)
            #expect(await client.get("/api/v3/Folder?path=/nowhere").status == 404)
            func seen() async -> [Bool] {
                let files =
                    await client.get("/api/v3/\(own)/1/File?pageSize=100").object["List"] as? [[String: Any]] ?? []
                return files.flatMap { $0["Locations"] as? [[String: Any]] ?? [] }
                    .compactMap { $0["IsAccessible"] as? Bool }
            }
            let before = await seen()
            #expect(!before.isEmpty && before.allSatisfy(\.self))
            await client.control(["action": "unmount", "folder": 1])
            #expect(await seen() == before.map { _ in false })
            #expect(await client.get("/api/v3/Folder?path=/media/anime").status == 404)
            #expect(await client.get("/api/v3/\(own)/1").status == 200)
        }
    }

    @Test("drops the records of every file it cannot see, an unmounted folder's all of them, and tells of each")
    func removeMissing() async throws {
        let client = ShokoClient()
        let before = await client.get("/api/v3/File/PathEndsWith?path=.mkv").array.count
        #expect(await client.get("/api/v3/Action/RemoveMissingFiles/false").status == 200)
        #expect(await client.get("/api/v3/File/PathEndsWith?path=.mkv").array.count == before)
        try await client.listen(feeds: "shoko") { peer in
            await client.control(["action": "unmount", "folder": 1])
            #expect(await client.get("/api/v3/Action/RemoveMissingFiles/maybe").status == 404)
            #expect(await client.get("/api/v3/Action/RemoveMissingFiles").status == 200)
            let left = await client.get("/api/v3/File/PathEndsWith?path=.mkv").array.count
            #expect(left < before)
            await peer.heard("ShokoEvent:FileDeleted", times: before - left)
        }
    }

    @Test("deletes files and series, records only where asked")
    func deletes() async throws {
        let client = ShokoClient()
        let list = await client.get("/api/v3/Series?pageSize=0").object["List"] as? [[String: Any]] ?? []
        let one = try #require(list.first?.object("IDs").int("ID"))
        #expect(await client.call("DELETE", "/api/v3/Series/\(one)").status == 200)
        #expect(await client.call("DELETE", "/api/v3/Series/5").status == 404)
        let before = await client.get("/api/v3/File/PathEndsWith?path=.mkv").array
        let id = try #require(before.first?.int("ID"))
        #expect(await client.call("DELETE", "/api/v3/File/\(id)?removeFiles=false").status == 200)
        #expect(await client.call("DELETE", "/api/v3/File/\(id)").status == 404)
        #expect(await client.get("/api/v3/File/PathEndsWith?path=.mkv").array.count == before.count - 1)
        client.request(seasons: [1])
        client.flow.advance(by: 24 * 3_600)
        let file = try #require(client.flow.shokoFiles.first)
        #expect(client.flow.with { $0.disk[file.absolutePath] != nil })
        #expect(await client.call("DELETE", "/api/v3/File/\(file.fileID)").status == 200)
        #expect(client.flow.with { $0.disk[file.absolutePath] == nil })
        #expect(await client.get("/api/v3/File/\(file.fileID)").status == 404)
    }
}
