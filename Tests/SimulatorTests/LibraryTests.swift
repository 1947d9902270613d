import Foundation
import Simulator
import Testing

@Suite("The generated library")
struct LibraryTests {
    @Test("gives the same bytes for the same seed, in every listing")
    func sameSeedSameBytes() async {
        let (one, other) = (Stack(seed: 3), Stack(seed: 3))
        #expect(one.key == other.key)
        for path in ["?recursive=true&fields=ProviderIds,Path,Overview,DateCreated,MediaSources&sortBy=DateCreated"] {
            #expect(await one.jellyfin("/Items" + path).bytes == other.jellyfin("/Items" + path).bytes)
        }
        #expect(await one.arr("radarr", "/movie").bytes == other.arr("radarr", "/movie").bytes)
        #expect(await one.arr("sonarr", "/series").bytes == other.arr("sonarr", "/series").bytes)
    }

    @Test("gives another library and other keys for another seed")
    func otherSeed() async {
        let (one, other) = (Stack(seed: 3), Stack(seed: 4))
        #expect(one.key != other.key)
        #expect(await one.arr("radarr", "/movie").bytes != other.arr("radarr", "/movie").bytes)
    }

    @Test(
        "has exactly the episodes asked for",
        arguments: [(10, 2_500), (60, 2_500), (1, 1), (7, 7), (2_000, 2_100), (1_500, 3_579), (0, 0)])
    func exactEpisodes(series: Int, episodes: Int) async {
        let stack = Stack(films: 0, series: series, episodes: episodes)
        #expect(stack.simulator.world.library.episodeCount == episodes)
        #expect(await stack.jellyfin("/Items?recursive=true&includeItemTypes=Episode").status == 200)
    }

    @Test("invents a different name for every title")
    func uniqueNames() {
        let library = Library(LibraryPlan(size: LibrarySize(films: 20_000, series: 5_000), seed: 9, isPlain: true))
        let names = Set((0..<library.titleCount).map { Array(library.title($0).name.utf8) })
        #expect(names.count == library.titleCount)
    }

    @Test("keeps the stated shares of odd cases")
    func shares() {
        let library = Library(LibraryPlan(size: LibrarySize(films: 40_000, series: 0), seed: 5))
        var counts: [String: Int] = [:]
        for number in 0..<library.titleCount {
            for name in library.title(number).odd.names { counts[name, default: 0] += 1 }
        }
        func share(_ name: String) -> Double { Double(counts[name] ?? 0) / Double(library.titleCount) }
        #expect(abs(share("without_ids") - 0.02) < 0.004)
        #expect(abs(share("duplicate") - 0.005) < 0.002)
        #expect(abs(share("anidb_only") - 0.05) < 0.006)
        #expect(abs(share("two_sources") - 0.10) < 0.008)
        #expect(abs(share("non_latin") - 0.02) < 0.004)
        #expect(counts["crossed_ids"] ?? 0 > 0)
        #expect(counts["crossed_ids", default: 0] + counts["doubled_in_arr", default: 0] < 60)
    }

    @Test("puts about nine films in ten into Radarr")
    func radarrShare() {
        let library = Library(LibraryPlan(size: LibrarySize(films: 10_000, series: 0), seed: 5))
        let held = (0..<10_000).count { library.title($0).holding != .jellyfinOnly }
        #expect((8_900...9_300).contains(held))
    }

    @Test("has no odd case at all when plain")
    func plain() {
        let library = Library(LibraryPlan(size: LibrarySize(films: 3_000, series: 500), seed: 5, isPlain: true))
        for number in 0..<library.titleCount {
            let title = library.title(number)
            #expect(title.odd.isEmpty && title.ids.imdb != nil && title.holding != .wanted)
        }
    }

    @Test("has twins in both Unicode forms, alike and yet different bytes")
    func twins() {
        let library = Library(LibraryPlan(size: LibrarySize(films: 60, series: 10)))
        let (one, other) = (library.title(0).name, library.title(1).name)
        #expect(one == other)
        #expect(Array(one.utf8) != Array(other.utf8))
    }

    @Test("has a series of over a thousand episodes and seasons above twenty")
    func longSeries() async {
        let stack = Stack(films: 0, series: 60, episodes: 2_500)
        let series = await stack.arr("sonarr", "/series/1").object
        #expect(series.object("statistics").int("totalEpisodeCount") ?? 0 > 1_000)
        #expect((series["seasons"] as? [[String: Any]] ?? []).count > 20)
    }

    @Test("reads tiers and exact numbers", arguments: ["small", "films=300,series=60,episodes=2500"])
    func sizes(text: String) throws {
        #expect(try LibrarySize(parsing: text) == LibrarySize(films: 300, series: 60, episodes: 2_500))
    }

    @Test("holds films and series with one TMDB number, but never when plain")
    func sharedNumbers() {
        func shared(_ isPlain: Bool) -> Int {
            let library = Library(LibraryPlan(size: LibrarySize(films: 300, series: 100), isPlain: isPlain))
            let films = Set((0..<300).map { library.title($0).ids.tmdb })
            return (300..<400).count { films.contains(library.title($0).ids.tmdb) }
        }
        #expect(shared(false) > 10)
        #expect(shared(true) == 0)
    }
}
