import Foundation
import Testing

/// Anime that Jellyfin files in its own way (scenarios.md D8 and D9).
extension TrackingAnimeTests {
    @Test("D8: a film filed as an episode with other ids is found by its path")
    func filedAsEpisode() async throws {
        let file = file
        try await Self.run { stack in
            let id = try await waiting(stack)
            try await stack.fake.shoko.tell("ShokoEvent:FileMatched", file.event)
            stack.fake.world { world in
                world.items = [
                    [
                        "Id": "a0000000000000000000000000000001", "Name": "Paper Cranes", "Type": "Series",
                        "ProductionYear": 2020, "Path": "/media/anime/Paper Cranes", "ProviderIds": ["AniDB": "13500"],
                    ],
                    [
                        "Id": "a0000000000000000000000000000002", "Name": "Complete Movie", "Type": "Episode",
                        "SeriesId": "a0000000000000000000000000000001", "SeriesName": "Paper Cranes",
                        "IndexNumber": 1, "ParentIndexNumber": 0, "LocationType": "FileSystem",
                        "Path": "/media/anime/Paper Cranes/film.mkv", "ProviderIds": ["Shoko File": "900"],
                        "MediaSources": [["Id": "x", "Path": "/media/anime/Paper Cranes/film.mkv"]],
                    ],
                ]
            }
            let detail = try await stack.expect(id, state: "available", within: .seconds(20))
            #expect(detail.jellyfinId == "a0000000000000000000000000000002")
            #expect(!detail.uncertain)
        }
    }

    @Test("D8: by title and year it is uncertain, and two candidates are none", arguments: [1, 2])
    func byTitle(_ candidates: Int) async throws {
        let file = file
        try await Self.run { stack in
            let id = try await waiting(stack)
            try await stack.fake.shoko.tell("ShokoEvent:FileMatched", file.event)
            try await stack.expect(id, state: "syncing_library")
            stack.fake.world { world in
                world.items = (1...candidates).map { number in
                    let id = "b000000000000000000000000000000\(number)"
                    return Self.film.inJellyfin([
                        "Id": .string(id), "ProviderIds": ["AniDB": "\(number)"], "Path": "/vfs/\(number)/film.mkv",
                        "MediaSources": [["Id": .string(id), "Path": "/vfs/\(number)/film.mkv"]],
                    ])
                }
            }
            if candidates == 1 {
                let detail = try await stack.expect(id, state: "available", within: .seconds(20))
                #expect(detail.uncertain)
                #expect(detail.jellyfinId == "b0000000000000000000000000000001")
            } else {
                await stack.afterReads(6, of: "jellyfin", path: "Items")
                try await stack.expect(id, state: "syncing_library")
            }
        }
    }

    @Test("D9: a series that carries the film's tmdb number is no proof")
    func seriesWithFilmID() async throws {
        let file = file
        try await Self.run { stack in
            let id = try await waiting(stack)
            try await stack.fake.shoko.tell("ShokoEvent:FileMatched", file.event)
            stack.fake.world { world in
                world.items = [
                    [
                        "Id": "a0000000000000000000000000000001", "Name": "Other", "Type": "Series",
                        "ProductionYear": 2011, "Path": "/media/anime/Other",
                        "ProviderIds": ["Tmdb": "\(Self.film.tmdb)"],
                    ]
                ]
            }
            await stack.afterReads(6, of: "jellyfin", path: "Items")
            try await stack.expect(id, state: "syncing_library")
        }
    }
}
