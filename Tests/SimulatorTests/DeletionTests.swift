import Testing

@testable import Simulator

@Suite("Deleting in the simulated stack")
struct DeletionTests {
    /// Asks for a title and lets it come; its number.
    private func arrived(_ stack: LivingStack, _ media: String = "movie", _ more: [String: Any] = [:]) async -> Int {
        let number = await stack.request(media, more)
        await stack.advance("2h")
        return number
    }

    private func entry(_ stack: LivingStack, _ number: Int) -> ArrEntry? {
        stack.flow.with { state in state.entries.last { $0.title == number && !$0.isDeleted } }
    }

    private func step(_ stack: LivingStack, _ step: [String: Any]) async -> Int {
        await stack.control("POST", "/step", step).status
    }

    @Test("files stay without a word where the folder is another film's, or holds one", arguments: [false, true])
    func overlap(isBelow: Bool) async throws {
        let stack = LivingStack()
        let outer = await arrived(stack)
        let inner = await arrived(stack, "movie", ["folder_of": "$1", "below": isBelow])
        let (one, other) = (try #require(entry(stack, outer)), try #require(entry(stack, inner)))
        #expect(isBelow ? other.path.hasPrefix(one.path + "/") : other.path == one.path)
        #expect(await stack.arr("radarr", "DELETE", "/movie/\(one.id)?deleteFiles=true").status == 200)
        await stack.advance("1m")
        #expect(await stack.arr("radarr", "/movie/\(one.id)").status == 404)
        #expect(stack.flow.with { $0.disk.count } == 2, "both files are there")
        // The one inside overlaps with nobody any more.
        #expect(await stack.arr("radarr", "DELETE", "/movie/\(other.id)?deleteFiles=true").status == 200)
        await stack.advance("1m")
        #expect(stack.flow.with { $0.disk.count } == (isBelow ? 1 : 0))
    }

    @Test("each program knows its own name for the exclusion, and passes over the other's")
    func exclusions() async throws {
        let stack = LivingStack()
        for (service, media, name, list) in [
            ("radarr", "movie", "addImportExclusion", "exclusions"),
            ("sonarr", "tv", "addImportListExclusion", "importlistexclusion"),
        ] {
            let noun = media == "tv" ? "series" : "movie"
            let wrong = name == "addImportExclusion" ? "addImportListExclusion" : "addImportExclusion"
            let first = try #require(entry(stack, await arrived(stack, media)))
            _ = await stack.arr(service, "DELETE", "/\(noun)/\(first.id)?\(wrong)=true")
            #expect(await stack.arr(service, "/\(list)").array.isEmpty)
            let second = try #require(entry(stack, await arrived(stack, media)))
            _ = await stack.arr(service, "DELETE", "/\(noun)/\(second.id)?\(name)=true")
            let excluded = await stack.arr(service, "/\(list)").array
            #expect(excluded.count == 1 && excluded[0].int(media == "tv" ? "tvdbId" : "tmdbId") ?? 0 > 0)
            let id = excluded.first?.int("id") ?? 0
            #expect(await stack.arr(service, "DELETE", "/\(list)/\(id)").status == 200)
            #expect(await stack.arr(service, "DELETE", "/\(list)/\(id)").status == 404)
        }
    }

    @Test("a file goes at once, and not at all while its disk is away")
    func fileDelete() async throws {
        let stack = LivingStack()
        let film = try #require(entry(stack, await arrived(stack)))
        let file = try #require(await stack.arr("radarr", "/moviefile?movieId=\(film.id)").array.first?.int("id"))
        #expect(await step(stack, ["do": "unmount", "path": "/media/movies"]) == 200)
        #expect(await stack.arr("radarr", "DELETE", "/moviefile/\(file)").status == 409)
        #expect(await stack.arr("radarr", "/rootfolder").array.first?["accessible"] as? Bool == false)
        #expect(await step(stack, ["do": "mount", "path": "/media/movies"]) == 200)
        #expect(await stack.arr("radarr", "DELETE", "/moviefile/\(file)").status == 200)
        #expect(stack.flow.with { $0.disk.isEmpty })
        #expect(await stack.arr("radarr", "/movie/\(film.id)").object["hasFile"] as? Bool == false)
        #expect(await stack.arr("radarr", "DELETE", "/moviefile/\(file)").status == 404)
    }

    @Test("a disk that goes takes nothing with it, until Jellyfin or Shoko looks")
    func mountGone() async {
        let stack = LivingStack()
        let number = await arrived(stack)
        _ = await step(stack, ["do": "unmount", "path": "/media"])
        await stack.advance("10m")
        #expect(stack.flow.with { $0.states(of: number, in: "jellyfin") } == ["present", "complete"])
        _ = await stack.jellyfin("POST", "/Library/Refresh")
        #expect(await stack.jellyfin("GET", "/ScheduledTasks").array.first?["State"] as? String == "Running")
        await stack.advance("5s")
        #expect(await stack.jellyfin("GET", "/ScheduledTasks").array.first?["State"] as? String == "Idle")
        #expect(stack.flow.with { $0.states(of: number, in: "jellyfin") } == ["absent"])
        #expect(stack.flow.with { $0.states(of: number, in: "radarr").contains("imported") }, "Radarr still has it")
        _ = await step(stack, ["do": "mount", "path": "/media"])
        _ = await stack.jellyfin("POST", "/Library/Refresh")
        await stack.advance("5m")
        #expect(stack.flow.with { $0.states(of: number, in: "jellyfin") } == ["present", "complete"])
    }

    @Test("without its own monitor Jellyfin notices a deletion only when told to look")
    func unwatched() async throws {
        let stack = LivingStack()
        let number = await arrived(stack)
        let film = try #require(entry(stack, number))
        stack.flow.with { $0.delays.watch = 0 }
        _ = await stack.arr("radarr", "DELETE", "/movie/\(film.id)?deleteFiles=true")
        await stack.advance("12h")
        #expect(stack.flow.with { $0.states(of: number, in: "jellyfin") } == ["present", "complete"])
        let report = ["Updates": [["Path": film.path, "UpdateType": "Deleted"]]]
        _ = await stack.jellyfin("POST", "/Library/Media/Updated", report)
        await stack.advance("59s")
        #expect(stack.flow.with { $0.states(of: number, in: "jellyfin") } != ["absent"])
        await stack.advance("2s")
        #expect(stack.flow.with { $0.states(of: number, in: "jellyfin") } == ["absent"])
    }

    @Test("Seerr forgets a record for as long as the file is gone: a scan brings it back, under another number")
    func returning() async {
        let stack = LivingStack()
        _ = await arrived(stack)
        let media = await stack.seerr("GET", "/media").results.first?.int("id") ?? 0
        #expect(await stack.seerr("DELETE", "/media/\(media)").status == 204)
        #expect(await stack.seerr("GET", "/movie/7000001").object["mediaInfo"] == nil)
        await stack.advance("6m")
        let returned = await stack.seerr("GET", "/movie/7000001").object["mediaInfo"] as? [String: Any]
        #expect(returned?.int("status") == 5 && returned?.int("id") ?? 0 > media)
        #expect((returned?["requests"] as? [Any])?.isEmpty == true)
    }

    @Test("an account is there or not, and a request is made again for it")
    func accounts() async {
        let stack = LivingStack()
        #expect(await stack.seerr("GET", "/user/2").object.int("id") == 2)
        #expect(await stack.seerr("GET", "/user/9").status == 404)
        let made = await stack.seerr("POST", "/request", ["mediaType": "movie", "mediaId": 11, "userId": 2])
        #expect(made.status == 201 && (made.object["requestedBy"] as? [String: Any])?.int("id") == 2)
    }

    @Test("Jellyfin deletes the whole folder, and fails on a read-only disk and, up to 10.8, for keys")
    func jellyfinDelete() async throws {
        let stack = LivingStack()
        let number = await arrived(stack)
        let id = stack.flow.with { state in state.itemID(state.items.first { $0.title == number }?.slot ?? 0) }
        stack.flow.with { $0.readOnlyMounts = ["/media/movies"] }
        #expect(await stack.jellyfin("DELETE", "/Items/\(id)").status == 500)
        stack.flow.with { $0.readOnlyMounts = [] }
        #expect(await stack.jellyfin("DELETE", "/Items/\(id)").status == 204)
        #expect(stack.flow.with { $0.disk.isEmpty })
        #expect(await stack.jellyfin("DELETE", "/Items/\(id)").status == 404)
        let old = LivingStack(jellyfin: .v10_8)
        let other = await arrived(old)
        let key = old.flow.with { state in state.itemID(state.items.first { $0.title == other }?.slot ?? 0) }
        #expect(await old.jellyfin("DELETE", "/Items/\(key)").status == 500)
        #expect(old.flow.with { $0.disk.count } == 1)
    }

    @Test("a cross-seed shares the content under another hash; a private torrent tells its goals and what it gave")
    func torrents() async throws {
        let stack = LivingStack()
        _ = await arrived(
            stack, "movie",
            ["cross_seed": true, "private": true, "max_ratio": 2, "max_seeding_time": "3d", "extra_files": 2])
        let torrents = stack.flow.torrents
        #expect(torrents.count == 2 && Set(torrents.map(\.hash)).count == 2)
        #expect(Set(torrents.map(\.contentPath)).count == 1 && torrents.allSatisfy { $0.files.count == 3 })
        let fields = try #require(
            torrents.first.map { torrent in
                TorrentFields(
                    torrent: torrent,
                    client: TorrentClient(
                        StaticTorrents(count: 0, dice: stack.simulator.world.library.dice), stack.flow, version: .v5_1))
            }
        ).members(withHash: true)
        func value(_ name: String) -> JSON? { fields.first { $0.name == name }?.value }
        #expect(value("private") == .bool(true) && value("max_ratio")?.double == 2)
        #expect(value("max_seeding_time")?.int == 3 * 1_440)
        #expect(value("ratio")?.double ?? 9 < 1 && value("seeding_time")?.int ?? 0 > 0)
        #expect(stack.flow.removeTorrent(torrents[0].hash))
        #expect(stack.flow.torrents.map(\.hash) == [torrents[1].hash])
    }

    @Test("a title added again has its folder, flags and the files that were kept")
    func again() async throws {
        let stack = LivingStack()
        let show = try #require(entry(stack, await arrived(stack, "tv", ["episodes": [2, 2]])))
        var body = await stack.arr("sonarr", "/series/\(show.id)").object
        _ = await stack.arr("sonarr", "DELETE", "/series/\(show.id)?deleteFiles=false")
        #expect(await stack.arr("sonarr", "/series/\(show.id)").status == 404)
        body["id"] = nil
        body["seasons"] = [["seasonNumber": 1, "monitored": false], ["seasonNumber": 2, "monitored": true]]
        let added = await stack.arr("sonarr", "POST", "/series", body)
        #expect(added.status == 201 && added.object["path"] as? String == show.path)
        let id = added.object.int("id") ?? 0
        let episodes = await stack.arr("sonarr", "/episode?seriesId=\(id)").array
        #expect(episodes.compactMap { $0["monitored"] as? Bool } == [false, false, true, true])
        #expect(episodes.allSatisfy { $0["hasFile"] as? Bool == true })
    }

    @Test("files deleted by a step say why, of the episode meant")
    func filesOnly() async throws {
        let stack = LivingStack()
        #expect(await stack.control("POST", "/webhooks", ["to": "http://marquee"]).status == 200)
        let number = await arrived(stack, "tv", ["episodes": [3]])
        let step =
            ["do": "delete", "service": "sonarr", "files_only": true, "episode": 2, "reason": "MissingFromDisk"]
            as [String: Any]
        #expect(await self.step(stack, step) == 200)
        let hook = try #require(stack.received.hooks.last { $0.event == "EpisodeFileDelete" })
        #expect(hook.object["deleteReason"] as? String == "missingFromDisk")
        let episodes = hook.object["episodes"] as? [[String: Any]] ?? []
        #expect(episodes.count == 1 && episodes[0].int("episodeNumber") == 2)
        #expect(entry(stack, number)?.files.keys.sorted() == [0, 2])
        #expect(await self.step(stack, ["do": "delete", "service": "sonarr", "files": false]) == 200)
        let gone = try #require(stack.received.hooks.last { $0.event == "SeriesDelete" })
        #expect(gone.object["deletedFiles"] as? Bool == false)
        #expect(await self.step(stack, ["do": "unmount"]) == 400)
    }

    @Test("where the recycle bin is can be asked and set")
    func recycleBin() async {
        let stack = LivingStack()
        #expect(await stack.arr("radarr", "/config/mediamanagement").object["recycleBin"] as? String == "")
        #expect(await stack.arr("radarr", "PUT", "/config/mediamanagement", ["recycleBin": "/bin"]).status == 202)
        #expect(await stack.arr("radarr", "/config/mediamanagement").object["recycleBin"] as? String == "/bin")
        #expect(await stack.arr("radarr/4k", "/config/mediamanagement").object["recycleBin"] as? String == "")
    }

    @Test("a film of the library goes from Radarr at once, from Jellyfin when it is told to look; TMDB still knows it")
    func library() async throws {
        let stack = LivingStack()
        let listed = await stack.arr("radarr", "/movie").array
        let film = try #require(
            listed.first { film in
                let id = film.int("id") ?? 0
                return id <= 20 && stack.simulator.world.library.title(id - 1).holding == .both
            })
        let (id, tmdb) = (film.int("id") ?? 0, film.int("tmdbId") ?? 0)
        func shown() async -> Int {
            await stack.jellyfin(
                "GET", "/Items?recursive=true&includeItemTypes=Movie&limit=1&collapseBoxSetItems=false"
            ).object
                .int("TotalRecordCount") ?? -1
        }
        let before = await shown()
        let details = await stack.seerr("GET", "/movie/\(tmdb)")
        #expect(details.status == 200 && details.object.int("id") == tmdb && details.object["mediaInfo"] == nil)
        #expect(await stack.arr("radarr", "DELETE", "/movie/\(id)?deleteFiles=true").status == 200)
        #expect(await stack.arr("radarr", "DELETE", "/movie/\(id)?deleteFiles=true").status == 404)
        #expect(await stack.arr("radarr", "/movie").array.count < listed.count)
        #expect(await shown() == before)
        _ = await stack.jellyfin("POST", "/Library/Refresh")
        #expect(await shown() < before)
    }
}
