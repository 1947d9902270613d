import Foundation
import Testing

/// Group D of the acceptance scenarios: anime, by way of Shoko.
@Suite struct TrackingAnimeTests {
    static let film: Film = {
        var film = Film.violet
        film.title = "Paper Cranes"
        return film
    }()
    /// The imported file, in an import folder of Shoko.
    let film = Self.film
    let file = ShokoFile(id: 900, path: "/\(Self.film.title)/film.mkv", isMatched: true)

    static func imported() -> JSON {
        var hook = film.imported()
        let path = "/media/anime/\(film.title)/film.mkv"
        hook["movieFile"]["path"] = .string(path)
        hook["movieFile"]["relativePath"] = "film.mkv"
        hook["movie"]["folderPath"] = "/media/anime/\(film.title)"
        return hook
    }

    static let item = film.inJellyfin(["Path": "/media/anime/\(film.title)/film.mkv"])

    static func run(
        _ settings: [String: String] = [:], repeats: Bool = true,
        prepare: @Sendable (inout FakeWorld) -> Void = { _ in }, _ scenario: (FakeStack) async throws -> Void
    ) async throws {
        try await FakeStack.run(
            settings.merging(["SHOKO_URL": "later", "SHOKO_API_KEY": "00000000-1111-2222-3333-444444444444"]) { a, _ in
                a
            },
            repeats: repeats, prepare: prepare
        ) { stack in
            let isLinked = await eventually(.seconds(15)) { stack.fake.shoko.count > 0 }
            #expect(isLinked, "Marquee did not open Shoko's event stream")
            try await scenario(stack)
        }
    }

    func waiting(_ stack: FakeStack) async throws -> Int {
        let id = try await stack.hook("jellyseerr", film.seerr("MEDIA_AUTO_APPROVED"))
        try await stack.hook("radarr", film.grab(tags: ["anime"]))
        try await stack.hook("radarr", Self.imported())
        return try await stack.expect(id, state: "anime_matching").id
    }

    @Test("D1 and D10: an imported anime film waits for Shoko, even straight from indexed")
    func imported() async throws {
        try await Self.run { stack in
            let id = try await waiting(stack)
            #expect(try await stack.detail(id).isAnime == true)
            await stack.afterReads(3, of: "jellyfin", path: "Items")
            try await stack.expect(id, state: "anime_matching")
        }
    }

    @Test(
        "D2 and D14: a match of either generation leads to Jellyfin, which alone makes it available",
        arguments: ["5.3.3.0", "6.0.0.0"])
    func matched(_ version: String) async throws {
        let file = file
        try await Self.run(prepare: { $0.shokoVersion = version }) { stack in
            let id = try await waiting(stack)
            if version.hasPrefix("5") {
                try await stack.fake.shoko.tell("ShokoEvent:FileMatched", file.event)
            } else {
                stack.fake.world { $0.shokoFiles = [file] }
                try await stack.fake.shoko.tell("release:saved", file.release)
            }
            try await stack.expect(id, state: "syncing_library")
            stack.fake.world { $0.items = [Self.item] }
            let detail = try await stack.expect(id, state: "available")
            #expect(detail.stages.suffix(3) == ["anime_matching", "syncing_library", "available"], "\(detail.stages)")
        }
    }

    @Test("D3: a match without references is none; a later one with references is")
    func emptyMatch() async throws {
        let file = file
        var empty = file
        empty.isMatched = false
        let unmatched = empty
        try await Self.run { stack in
            let id = try await waiting(stack)
            try await stack.fake.shoko.tell("ShokoEvent:FileMatched", unmatched.event)
            await stack.afterReads(3, of: "jellyfin", path: "Items")
            try await stack.expect(id, state: "anime_matching")
            try await stack.fake.shoko.tell("ShokoEvent:FileMatched", file.event)
            try await stack.expect(id, state: "syncing_library")
        }
    }

    @Test("D4: a match that comes before the import is not lost")
    func matchBeforeImport() async throws {
        let file = file
        try await Self.run { stack in
            let id = try await stack.hook("jellyseerr", film.seerr("MEDIA_AUTO_APPROVED"))
            try await stack.hook("radarr", film.grab(tags: ["anime"]))
            try await stack.fake.shoko.tell("ShokoEvent:FileMatched", file.event)
            try await stack.hook("radarr", Self.imported())
            try await stack.expect(id, state: "syncing_library")
        }
    }

    @Test("D5: what Shoko cannot match calls for somebody; a later match clears it")
    func notMatched() async throws {
        let file = file
        var unknown = file
        unknown.isMatched = false
        let unmatched = unknown
        try await Self.run(prepare: { $0.shokoFiles = [unmatched] }) { stack in
            let id = try await waiting(stack)
            try await stack.fake.shoko.tell("ShokoEvent:FileNotMatched", unmatched.notMatched)
            let detail = try await stack.expect(id) { $0.attention != nil }
            #expect(detail.state == "anime_matching")
            #expect(detail.attention?.code == "match_failed")
            #expect(detail.attention?.reason.contains("film.mkv") == true, "\(detail.attention?.reason ?? "")")
            #expect(detail.attention?.source == "shoko")
            let actions = Set(detail.attention?.actions ?? [])
            #expect(actions.isSuperset(of: ["open_shoko", "retry", "verify", "override"]))
            stack.fake.world { $0.shokoFiles = [file] }
            try await stack.fake.shoko.tell("ShokoEvent:FileMatched", file.event)
            try await stack.expect(id) { $0.state == "syncing_library" && $0.attention == nil }
            stack.fake.world { $0.items = [Self.item] }
            try await stack.expect(id, state: "available")
        }
    }

    @Test("D6: a file Shoko knew already sends no event; asking finds it")
    func knownAlready() async throws {
        let file = file
        try await Self.run(prepare: { $0.shokoFiles = [file] }) { stack in
            let id = try await stack.hook("jellyseerr", film.seerr("MEDIA_AUTO_APPROVED"))
            try await stack.hook("radarr", film.grab(tags: ["anime"]))
            try await stack.hook("radarr", Self.imported())
            try await stack.expect(id, state: "syncing_library", within: .seconds(20))
            stack.fake.world { $0.items = [Self.item] }
            try await stack.expect(id, state: "available")
        }
    }

    @Test("D6: Jellyfin's proof is enough without any word of Shoko")
    func jellyfinFirst() async throws {
        try await Self.run { stack in
            let id = try await waiting(stack)
            stack.fake.world { $0.items = [Self.item] }
            try await stack.expect(id, state: "available")
        }
    }

    @Test("D11: the noise of a pack makes no noise in the timeline")
    func noise() async throws {
        var show = Show(episodes: 13)
        show.title = "Quiet Stars"
        let anime = show
        try await Self.run(prepare: { world in
            world.sonarr.titles = [anime.listed.with(["seriesType": "anime", "path": "/media/anime/Quiet Stars"])]
            world.sonarr.episodes = anime.listedEpisodes(hasFile: true)
        }) { stack in
            let id = try await stack.hook("jellyseerr", anime.seerr("MEDIA_AUTO_APPROVED"))
            var grab = anime.grab()
            grab["series"]["type"] = "anime"
            try await stack.hook("sonarr", grab)
            for number in anime.range {
                var hook = anime.imported(number)
                hook["series"]["type"] = "anime"
                hook["series"]["path"] = "/media/anime/Quiet Stars"
                hook["episodeFile"]["path"] = "/media/anime/Quiet Stars/\(number).mkv"
                try await stack.hook("sonarr", hook)
            }
            try await stack.expect(id, state: "anime_matching")
            for number in anime.range {
                let file = ShokoFile(id: 1_000 + number, path: "/Quiet Stars/\(number).mkv", isMatched: true)
                try await stack.fake.shoko.tell("ShokoEvent:FileHashed", file.event)
                for _ in 0..<6 {
                    try await stack.fake.shoko.tell(
                        "ShokoEvent:EpisodeUpdated",
                        [
                            "Source": "AniDB", "Reason": "Updated", "EpisodeID": 70, "SeriesID": 7,
                            "ShokoEpisodeIDs": [70], "ShokoSeriesIDs": [7],
                        ])
                }
                try await stack.fake.shoko.tell("ShokoEvent:FileMatched", file.event)
            }
            let detail = try await stack.expect(id, state: "syncing_library")
            #expect(detail.isAnime == true)
            #expect(detail.timeline.count == 6, "\(detail.timeline.map(\.text))")
            #expect(!stack.fake.world { $0.calls(to: "jellyfin").contains("POST Library/Refresh") })
        }
    }

    @Test("D12: the series type makes anime, the genre Animation does not", arguments: [true, false])
    func seriesType(_ isAnime: Bool) async throws {
        let show = Show(episodes: 1)
        try await Self.run { stack in
            let id = try await stack.hook("jellyseerr", show.seerr("MEDIA_AUTO_APPROVED"))
            var grab = show.grab([1])
            grab["series"]["type"] = isAnime ? "Anime" : "standard"
            grab["series"]["genres"] = ["Animation"]
            try await stack.hook("sonarr", grab)
            let detail = try await stack.expect(id, state: "indexed")
            #expect((detail.isAnime ?? false) == isAnime)
        }
    }

    @Test("D13: a stream that was cut is opened again, and what it missed is found by asking")
    func droppedStream() async throws {
        let file = file
        let slow = ["MARQUEE_POLL_SHOKO": "10m", "MARQUEE_POLL_SHOKO_ACTIVE": "10m"]
        try await Self.run(slow) { stack in
            let id = try await waiting(stack)
            stack.fake.shoko.drop()
            stack.fake.world { $0.shokoFiles = [file] }
            #expect(await eventually(.seconds(15)) { stack.fake.shoko.count > 0 })
            try await stack.expect(id, state: "syncing_library")
        }
    }

    @Test("D15: two files of one name are told apart by their folders")
    func equalNames() async throws {
        var other = Film.second
        other.title = "Glass Rivers"
        let second = other
        let first = file
        try await Self.run { stack in
            let id = try await waiting(stack)
            let otherID = try await stack.hook("jellyseerr", second.seerr("MEDIA_AUTO_APPROVED"))
            try await stack.hook("radarr", second.grab(tags: ["anime"]))
            var hook = second.imported()
            hook["movieFile"]["path"] = "/media/anime/Glass Rivers/film.mkv"
            try await stack.hook("radarr", hook)
            try await stack.expect(otherID, state: "anime_matching")
            try await stack.fake.shoko.tell("ShokoEvent:FileMatched", first.event)
            try await stack.expect(id, state: "syncing_library")
            try await stack.expect(otherID, state: "anime_matching")
        }
    }
}
