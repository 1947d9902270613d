import Testing

@testable import Simulator

@Suite("The shapes of what moves", .enabled(if: Shared.isThere, Comment(rawValue: Shared.why)))
struct LivingShapeTests {
    /// One film and one season, half way: grabbed, imported in part, something failed.
    private func stack() async -> LivingStack {
        let stack = LivingStack()
        _ = await stack.request("movie")
        _ = await stack.request("tv", ["episodes": 3, "unaired": 1])
        await stack.advance("1h")
        _ = await stack.request("movie", ["block": "No files found are eligible for import"])
        _ = await stack.request("tv", ["episodes": 4])
        await stack.advance("100s")
        _ = await stack.control("POST", "/step", ["do": "stall", "title": "$3"])
        return stack
    }

    private func check(_ records: [[String: Any]], _ name: String, _ description: APIDescription) {
        #expect(!records.isEmpty, "no \(name)")
        for record in records {
            let problems = description.problems(record, as: name)
            #expect(problems.isEmpty, "\(name): \(problems.sorted())")
        }
    }

    @Test("fit Radarr's description")
    func radarr() async throws {
        let description = try APIDescription("radarr-v3.json")
        let stack = await stack()
        let films = await stack.arr("radarr", "/movie").array.filter { ($0.int("id") ?? 0) > 1_000_000 }
        check(films, "MovieResource", description)
        for film in films { #expect(description.missing(film, of: "MovieResource").isEmpty) }
        check(await stack.arr("radarr", "/queue?includeMovie=true").records, "QueueResource", description)
        check(await stack.arr("radarr", "/history?includeMovie=true").records, "HistoryResource", description)
        check(await stack.arr("radarr", "/history/since").array, "HistoryResource", description)
        check(await stack.arr("radarr", "/wanted/missing").records, "MovieResource", description)
        let id = films.first?.int("id") ?? 0
        check(await stack.arr("radarr", "/release?movieId=\(id)").array, "ReleaseResource", description)
        check(await stack.arr("radarr", "/moviefile?movieId=\(id)").array, "MovieFileResource", description)
        let command = await stack.arr("radarr", "POST", "/command", ["name": "RefreshMonitoredDownloads"])
        check([command.object], "CommandResource", description)
        check(await stack.arr("radarr", "/notification/schema").array, "NotificationResource", description)
    }

    @Test("fit Sonarr's description")
    func sonarr() async throws {
        let description = try APIDescription("sonarr-v3.json")
        let stack = await stack()
        let series = await stack.arr("sonarr", "/series").array.filter { ($0.int("id") ?? 0) > 1_000_000 }
        check(series, "SeriesResource", description)
        for one in series { #expect(description.missing(one, of: "SeriesResource").isEmpty) }
        let queue = await stack.arr("sonarr", "/queue?includeSeries=true&includeEpisode=true").records
        check(queue, "QueueResource", description)
        let recorded = try Shared.json("recordings/sonarr/queue_season_pack.json") as? [String: Any]
        let sample = try #require((recorded?["records"] as? [[String: Any]])?.first)
        #expect(ShapeTests.conflicts(try #require(queue.first), sample).isEmpty)
        check(
            await stack.arr("sonarr", "/history?includeSeries=true&includeEpisode=true").records, "HistoryResource",
            description)
        let id = series.first?.int("id") ?? 0
        let episodes = await stack.arr("sonarr", "/episode?seriesId=\(id)&includeEpisodeFile=true").array
        check(episodes, "EpisodeResource", description)
        for episode in episodes { #expect(description.missing(episode, of: "EpisodeResource").isEmpty) }
        check(await stack.arr("sonarr", "/episodefile?seriesId=\(id)").array, "EpisodeFileResource", description)
        check(
            await stack.arr("sonarr", "/release?seriesId=\(id)&seasonNumber=1").array, "ReleaseResource", description)
        check(await stack.arr("sonarr", "/notification/schema").array, "NotificationResource", description)
    }

    @Test("fit Jellyfin's description")
    func jellyfin() async throws {
        let description = try APIDescription("jellyfin-10.11.8.json")
        let stack = await stack()
        let ids = stack.flow.with { state in state.items.map { state.itemID($0.slot) } }.joined(separator: ",")
        let fields = "ProviderIds,Path,Overview,DateCreated,MediaSources,Genres,ParentId,SortName"
        let items = await stack.jellyfin("GET", "/Items?ids=\(ids)&fields=\(fields)").items
        #expect(Set(items.compactMap { $0.text("Type") }) == ["Movie", "Series", "Season", "Episode"])
        check(items, "BaseItemDto", description)
    }

    @Test("have the types a real Seerr was recorded with")
    func seerr() async throws {
        let stack = await stack()
        let page = await stack.seerr("GET", "/request").object
        let recorded = try Shared.json("recordings/seerr/seerr-request.json")
        // A film's lists are empty, and what one set-up has set another has not.
        let free: Set<String> = [
            ".results[].tags", ".results[].serverId", ".results[].profileId", ".results[].rootFolder",
            ".results[].media.jellyfinMediaId", ".results[].media.mediaAddedAt",
        ]
        #expect(ShapeTests.conflicts(page, recorded).subtracting(free).isEmpty)
        let forbidden = await stack.call("GET", "/seerr/api/v1/request").object
        #expect(ShapeTests.conflicts(forbidden, try Shared.json("recordings/seerr/seerr-no_access.json")).isEmpty)
        let status = await stack.call("GET", "/seerr/api/v1/status").object
        #expect(ShapeTests.conflicts(status, try Shared.json("recordings/seerr/seerr-status.json")).isEmpty)
        let hook = await stack.seerr("GET", "/settings/notifications/webhook").object
        #expect(ShapeTests.conflicts(hook, try Shared.json("recordings/seerr/seerr-webhook_config.json")).isEmpty)
    }
}
