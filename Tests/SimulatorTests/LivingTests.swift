import Testing

@testable import Simulator

@Suite("Requested titles, seen through the services") struct LivingTests {
    @Test("a film asked for over the API goes through Radarr to Jellyfin and back")
    func film() async {
        let stack = LivingStack()
        let made = await stack.seerr("POST", "/request", ["mediaType": "movie", "mediaId": 533_514])
        #expect(made.status == 201 && made.object.int("status") == 2)
        #expect(made.object.object("media").int("tmdbId") == 533_514)
        await stack.advance("60s")
        let films = await stack.arr("radarr", "/movie?tmdbId=533514").array
        #expect(films.count == 1 && films[0].int("movieFileId") == 0)
        let queue = await stack.arr("radarr", "/queue?includeMovie=true").records
        #expect(queue.count == 1 && queue[0].object("movie").int("tmdbId") == 533_514)
        #expect(queue[0].text("downloadId") == stack.flow.torrents.first?.hash.uppercased())
        await stack.advance("1h")
        #expect(await stack.arr("radarr", "/queue").records.isEmpty)
        let file = await stack.arr("radarr", "/movie?tmdbId=533514").array.first?.object("movieFile")
        let items = await stack.jellyfin(
            "GET",
            "/Items?recursive=true&includeItemTypes=Movie&collapseBoxSetItems=false&fields=ProviderIds,Path,MediaSources"
        ).items
        let item = items.first { $0.object("ProviderIds").text("Tmdb") == "533514" }
        #expect(item?.text("Path") == file?.text("path") && item?.text("Path") != nil)
        #expect((item?["MediaSources"] as? [Any])?.count == 1)
        let history = await stack.arr("radarr", "/history/since?date=2025-01-01T00:00:00Z").array
        #expect(history.compactMap { $0.text("eventType") } == ["grabbed", "downloadFolderImported"])
        let media = await stack.seerr("GET", "/request/1").object
        #expect(media.int("status") == 5 && media.object("media").int("status") == 5)
        #expect(media.object("media").text("jellyfinMediaId") == item?.text("Id"))
    }

    @Test("a 4K request goes to the other Radarr and to the 4K library")
    func ultra() async {
        let stack = LivingStack()
        _ = await stack.seerr("POST", "/request", ["mediaType": "movie", "mediaId": 11])
        _ = await stack.seerr("POST", "/request", ["mediaType": "movie", "mediaId": 11, "is4k": true])
        await stack.advance("2h")
        let files = [
            await stack.arr("radarr", "/movie?tmdbId=11").array.first?.object("movieFile").text("path"),
            await stack.arr("radarr/4k", "/movie?tmdbId=11").array.first?.object("movieFile").text("path"),
        ]
        #expect(files[0]?.hasPrefix("/media/movies/") ?? false)
        #expect(files[1]?.hasPrefix("/media/movies-4k/") ?? false)
        let media = await stack.seerr("GET", "/movie/11").object.object("mediaInfo")
        #expect(media.int("status") == 5 && media.int("status4k") == 5)
    }

    @Test("a season pack is one record per episode in the queue, with one download id and the whole size")
    func pack() async {
        let stack = LivingStack()
        _ = await stack.request("tv", ["episodes": 12])
        await stack.advance("90s")
        let first = await stack.arr("sonarr", "/queue")
        #expect(first.records.count == 10 && first.object.int("totalRecords") == 12)
        let all = await stack.arr("sonarr", "/queue?pageSize=200&includeEpisode=true").records
        #expect(Set(all.compactMap { $0.text("downloadId") }).count == 1)
        #expect(Set(all.compactMap { $0.int("id") }).count == 12)
        #expect(Set(all.map { $0["size"] as? Double }).count == 1)
        #expect(all.compactMap { $0.object("episode").int("episodeNumber") } == Array(1...12))
    }

    @Test("an unaired episode is Virtual in Jellyfin, missing nowhere, and comes when it airs")
    func unaired() async {
        let stack = LivingStack()
        _ = await stack.request("tv", ["episodes": 3, "unaired": 1, "airs_in": "4h"])
        await stack.advance("2h")
        let series = await stack.jellyfin("GET", "/Items?recursive=true&includeItemTypes=Series&fields=ProviderIds")
            .items
            .first { $0.object("ProviderIds").text("Tvdb") == "700001" }
        let id = series?.text("Id") ?? ""
        func episodes() async -> [String] {
            await stack.jellyfin("GET", "/Items?parentId=\(id)&recursive=true&includeItemTypes=Episode").items
                .compactMap { $0.text("LocationType") }.sorted()
        }
        #expect(await episodes() == ["FileSystem", "FileSystem", "Virtual"])
        #expect(await stack.arr("sonarr", "/wanted/missing").records.isEmpty)
        #expect(await stack.seerr("GET", "/request").results.first?.object("media").int("status") == 4)
        await stack.advance("4h")
        #expect(await episodes() == ["FileSystem", "FileSystem", "FileSystem"])
        #expect(await stack.seerr("GET", "/request").results.first?.object("media").int("status") == 5)
    }

    @Test("refused releases say why, and a search after that finds one")
    func rejections() async {
        let stack = LivingStack()
        _ = await stack.request("movie", ["rejections": ["Unknown quality", "Sample"]])
        await stack.advance("10m")
        let film = await stack.arr("radarr", "/movie").array.first { $0.int("tmdbId") == 7_000_001 }
        let id = film?.int("id") ?? 0
        #expect(await stack.arr("radarr", "/wanted/missing").records.contains { $0.int("id") == id })
        let releases = await stack.arr("radarr", "/release?movieId=\(id)").array
        #expect(releases.map { $0["rejections"] as? [String] } == [["Unknown quality"], ["Sample"]])
        #expect(releases.allSatisfy { $0["rejected"] as? Bool == true })
        stack.flow.with { $0.rejections = [:] }
        let command = await stack.arr("radarr", "POST", "/command", ["name": "MoviesSearch", "movieIds": [id]])
        #expect(command.status == 201)
        await stack.advance("60s")
        #expect(await stack.arr("radarr", "/queue").records.count == 1)
        let state = await stack.arr("radarr", "GET", "/command/\(command.object.int("id") ?? 0)").object
        #expect(state.text("status") == "completed")
        #expect(await stack.arr("radarr", "POST", "/command", ["name": "Nonsense"]).status == 500)
    }

    @Test("an import that waits for somebody says why in the queue, and goes on when asked to")
    func blocked() async {
        let stack = LivingStack()
        _ = await stack.request("movie", ["block": "Found matching movie via grab history, but…"])
        await stack.advance("30m")
        let record = await stack.arr("radarr", "/queue").records.first
        #expect(record?.text("trackedDownloadState") == "importBlocked" && record?.text("status") == "completed")
        let messages = record?["statusMessages"] as? [[String: Any]]
        #expect(messages?.first?["messages"] as? [String] == ["Found matching movie via grab history, but…"])
        stack.flow.with { $0.blocks = [:] }
        _ = await stack.arr("radarr", "POST", "/command", ["name": "RefreshMonitoredDownloads"])
        await stack.advance("30s")
        #expect(await stack.arr("radarr", "/queue").records.isEmpty)
    }

    @Test("Seerr refuses what it does not know, and filters and pages what it does")
    func seerr() async {
        let stack = LivingStack()
        for user in ["admin", "user1", "user1"] {
            _ = await stack.request("movie", ["user": user, "approval": "never"])
        }
        #expect(await stack.call("GET", "/seerr/api/v1/request").status == 403)
        let unknown = await stack.seerr("GET", "/request?page=2")
        #expect(unknown.status == 400 && unknown.object["errors"] != nil)
        let page = await stack.seerr("GET", "/request?take=2&skip=2").object
        #expect(page.object("pageInfo").int("results") == 3 && page.object("pageInfo").int("page") == 2)
        #expect(await stack.seerr("GET", "/request?filter=pending&requestedBy=2").results.count == 2)
        #expect(await stack.seerr("POST", "/request/2/decline").object.int("status") == 3)
        #expect(await stack.seerr("GET", "/request?filter=pending").results.count == 2)
        #expect(await stack.seerr("POST", "/request/3/approve").object.int("status") == 2)
        #expect(await stack.seerr("DELETE", "/request/1").status == 204)
        #expect(await stack.seerr("GET", "/request/1").status == 404)
        let twice = await stack.seerr("POST", "/request", ["mediaType": "movie", "mediaId": 7_000_003])
        #expect(twice.status == 409)
    }

    @Test("media deleted in Seerr takes every request of it, the 4K one too")
    func mediaDelete() async {
        let stack = LivingStack()
        _ = await stack.seerr("POST", "/request", ["mediaType": "movie", "mediaId": 11])
        _ = await stack.seerr("POST", "/request", ["mediaType": "movie", "mediaId": 11, "is4k": true])
        let id = await stack.seerr("GET", "/media").results.first?.int("id") ?? 0
        #expect(await stack.seerr("DELETE", "/media/\(id)").status == 204)
        #expect(await stack.seerr("GET", "/request").results.isEmpty)
    }

    @Test("a film deleted in Radarr vanishes from the disk a little later, from Jellyfin when it looks")
    func deletion() async {
        let stack = LivingStack()
        _ = await stack.request("movie")
        await stack.advance("1h")
        let id = await stack.arr("radarr", "/movie").array.first { $0.int("tmdbId") == 7_000_001 }?.int("id") ?? 0
        #expect(stack.flow.with { $0.disk.count } == 1)
        #expect(await stack.arr("radarr", "DELETE", "/movie/\(id)?deleteFiles=true").status == 200)
        #expect(stack.flow.with { $0.disk.count } == 1)
        await stack.advance("5s")
        #expect(stack.flow.with { $0.disk.isEmpty })
        #expect(stack.flow.with { $0.states(of: 1, in: "jellyfin") } == ["present", "complete"])
        await stack.advance("3m")
        #expect(stack.flow.with { $0.states(of: 1, in: "jellyfin") } == ["absent"])
    }

    @Test("Library/Media/Updated starts the monitor's delay anew; a refresh looks at once")
    func scanning() async {
        let stack = LivingStack()
        _ = await stack.request("movie", ["hidden": true])
        await stack.advance("1h")
        stack.flow.with { $0.hiddenFromJellyfin = [] }
        let folder = stack.flow.with { $0.entries[0].path }
        let report = ["Updates": [["Path": folder, "UpdateType": "Created"]]]
        #expect(await stack.jellyfin("POST", "/Library/Media/Updated", report).status == 204)
        await stack.advance("50s")
        #expect(await stack.jellyfin("POST", "/Library/Media/Updated", report).status == 204)
        await stack.advance("50s")
        #expect(stack.flow.with { $0.items.isEmpty })
        await stack.advance("11s")
        #expect(stack.flow.with { $0.items.count } == 1)
        #expect(await stack.jellyfin("POST", "/Library/Media/Updated", ["Updates": [[:]]]).status == 400)
        #expect(await stack.jellyfin("POST", "/Library/Refresh").status == 204)
    }

    @Test("an upgrade and a rename give Jellyfin another item; the path that comes back has its old id")
    func ids() async {
        let stack = LivingStack()
        _ = await stack.request("movie")
        await stack.advance("1h")
        func item() -> String? {
            stack.flow.with { state in state.items.last { !$0.isGone }.map { state.itemID($0.slot) } }
        }
        let first = item()
        _ = await stack.control("POST", "/step", ["do": "upgrade"])
        await stack.advance("1h")
        let second = item()
        #expect(first != second && second != nil)
        _ = await stack.control("POST", "/step", ["do": "rename", "to": "Elsewhere"])
        await stack.advance("10m")
        #expect(item() != second)
        #expect(stack.flow.with { $0.items.count { !$0.isGone } } == 1)
    }
}
