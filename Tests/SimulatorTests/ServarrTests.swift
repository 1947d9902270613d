import Foundation
import Simulator
import Testing

@Suite("Radarr and Sonarr")
struct ServarrTests {
    let stack = Stack()

    @Test("need a key, in any of three forms")
    func keys() async {
        let key = stack.simulator.environment("RADARR_API_KEY")
        let path = "/radarr/api/v3/system/status"
        #expect(await stack.get(path).status == 401)
        #expect(await stack.get(path, headers: ["x-api-key": "wrong"]).status == 401)
        #expect(await stack.get(path, headers: ["x-api-key": key]).object.text("appName") == "Radarr")
        #expect(await stack.get(path + "?apikey=\(key)").status == 200)
        #expect(await stack.get(path, headers: ["authorization": "Bearer \(key)"]).status == 200)
        #expect(stack.simulator.environment("SONARR_API_KEY") != key)
    }

    @Test("list everything unpaged, each id once, as many as the world holds")
    func listings() async {
        let state = await stack.get("/simulator/state").object
        for service in ["radarr", "radarr/4k"] {
            let films = await stack.arr(service, "/movie?excludeLocalCovers=true").array
            #expect(films.count == state.object("radarr").int(service))
            #expect(Set(films.compactMap { $0.int("id") }).count == films.count)
        }
        let series = await stack.arr("sonarr", "/series?includeSeasonImages=false").array
        #expect(series.count == state.int("sonarr") && Set(series.compactMap { $0.int("id") }).count == series.count)
    }

    @Test("hold the 4K halves of pairs in their own Radarr")
    func pairs() async {
        let films = await stack.arr("radarr/4k", "/movie").array
        #expect(!films.isEmpty)
        for film in films {
            let file = film.object("movieFile")
            #expect(file.text("path")?.hasPrefix("/media/movies-4k/") == true)
            let tmdb = film.int("tmdbId") ?? 0
            let items = await stack.jellyfin(
                "/Items?recursive=true&includeItemTypes=Movie&collapseBoxSetItems=false&fields=ProviderIds,Path"
            ).items.filter { $0.object("ProviderIds").text("Tmdb") == String(tmdb) }
            #expect(items.count == 2)
            #expect(items.contains { $0.text("Path") == file.text("path") })
        }
    }

    @Test("agree with Jellyfin on ids and paths, but for the odd cases")
    func consistent() async {
        let items = await stack.jellyfin(
            "/Items?recursive=true&includeItemTypes=Movie&collapseBoxSetItems=false&fields=ProviderIds,Path"
        ).items
        let byPath = Dictionary(items.compactMap { item in item.text("Path").map { ($0, item) } }) { one, _ in one }
        var agreed = 0
        var differed = 0
        for film in await stack.arr("radarr", "/movie").array {
            guard let item = byPath[film.object("movieFile").text("path") ?? ""] else { continue }
            let ids = item.object("ProviderIds")
            guard let tmdb = ids.text("Tmdb"), !tmdb.isEmpty else { continue }
            let isSame = tmdb == String(film.int("tmdbId") ?? 0) && ids.text("Imdb") == film.text("imdbId")
            if isSame { agreed += 1 } else { differed += 1 }
        }
        #expect(agreed > 30)
        #expect((1...6).contains(differed))
    }

    @Test("find one by number and answer 404 otherwise")
    func single() async {
        let films = await stack.arr("radarr", "/movie").array
        let film = films[3]
        let tmdb = film.int("tmdbId") ?? 0
        #expect(await stack.arr("radarr", "/movie?tmdbId=\(tmdb)").array.first?.int("id") == film.int("id"))
        #expect(await stack.arr("radarr", "/movie?tmdbId=999999999").array.isEmpty)
        #expect(await stack.arr("radarr", "/movie/\(film.int("id") ?? 0)").object.text("title") == film.text("title"))
        let missing = await stack.arr("radarr", "/movie/999999")
        #expect(missing.status == 404 && missing.object.text("message") == "NotFound")
        #expect(await stack.arr("sonarr", "/series/0").status == 404)
        #expect(await stack.arr("sonarr", "/nonsense").status == 404)
        #expect(await stack.arr("radarr", "/movie?tmdbId=x").status == 400)
    }

    @Test("leave local covers out when told to")
    func covers() async {
        let with = await stack.arr("radarr", "/movie").array[0]["images"] as? [[String: Any]] ?? []
        let without =
            await stack.arr("radarr", "/movie?excludeLocalCovers=true").array[0]["images"] as? [[String: Any]] ?? []
        #expect(
            with.allSatisfy { $0["url"] != nil } && without.allSatisfy { $0["url"] == nil && $0["remoteUrl"] != nil })
    }

    @Test("list the episodes of a series as many as its statistics say")
    func episodes() async {
        let series = await stack.arr("sonarr", "/series").array[2]
        let id = series.int("id") ?? 0
        let episodes = await stack.arr("sonarr", "/episode?seriesId=\(id)").array
        let statistics = series.object("statistics")
        #expect(episodes.count == statistics.int("totalEpisodeCount"))
        #expect(episodes.count { $0["hasFile"] as? Bool == true } == statistics.int("episodeFileCount"))
        #expect(Set(episodes.compactMap { $0.int("id") }).count == episodes.count)
        let first = await stack.arr("sonarr", "/episode?seriesId=\(id)&seasonNumber=1").array
        #expect(first.allSatisfy { $0.int("seasonNumber") == 1 } && !first.isEmpty)
        #expect(await stack.arr("sonarr", "/episode").status == 400)
    }

    @Test("hold films without a file and films Jellyfin does not know")
    func holdings() async {
        let films = await stack.arr("radarr", "/movie").array
        let wanted = films.filter { $0["hasFile"] as? Bool == false }
        #expect(!wanted.isEmpty)
        #expect(
            wanted.allSatisfy {
                $0["movieFile"] == nil && $0.int("movieFileId") == 0 && $0["monitored"] as? Bool == true
            })
        let report = await stack.get("/simulator/titles/13").object.object("services")
        #expect((report["jellyfin"] as? [Any])?.isEmpty == true && (report["radarr"] as? [Any])?.count == 1)
    }

    @Test("contradict themselves where asked to, and never otherwise")
    func contradictions() async {
        let films = await stack.arr("radarr", "/movie").array
        let numbers = films.compactMap { $0.int("tmdbId") }
        #expect(Set(numbers).count == numbers.count - 1)
        let honest = Stack(contradictions: 0)
        let distinct = await honest.arr("radarr", "/movie").array.compactMap { $0.int("tmdbId") }
        #expect(Set(distinct).count == distinct.count)
        let titles = await honest.get("/simulator/titles?limit=100").object["titles"] as? [[String: Any]] ?? []
        let odd = Set(titles.flatMap { $0["odd"] as? [String] ?? [] })
        #expect(odd.isDisjoint(with: ["crossed_ids", "doubled_in_arr", "other_imdb_in_arr", "episode_id"]))
    }

    @Test("tell of profiles, folders and tags")
    func settings() async {
        #expect(await stack.arr("radarr", "/qualityprofile").array.count == 2)
        #expect(await stack.arr("sonarr", "/rootfolder").array.contains { $0.text("path") == "/media/tv" })
        #expect(await stack.arr("sonarr", "/tag").array.first?.text("label") == "demo")
    }
}
