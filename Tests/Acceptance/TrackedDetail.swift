import Foundation

/// `GET /api/requests/{id}` as the tests look at it.
struct TrackedDetail: Decodable, Sendable, Hashable {
    struct Trouble: Decodable, Sendable, Hashable {
        var code: String
        var reason: String
        var since: String
        var source: String?
        var actions: [String]
    }

    struct Progress: Decodable, Sendable, Hashable {
        var percent: Double
        var bytesDone: Int?
        var bytesTotal: Int?
        var speed: Int?
        var etaSeconds: Int?
    }

    struct IDs: Decodable, Sendable, Hashable {
        var tmdb: Int?
        var tvdb: Int?
        var imdb: String?
        var jellyfin: [String: String]
        var radarr: [String: Int]
        var sonarr: [String: Int]
        var jellyseerr: [String: Int]
    }

    struct Episode: Decodable, Sendable, Hashable {
        var season: Int
        var episode: Int
        var title: String?
        var state: String
        var airDate: String?
        var aired: Bool
        var monitored: Bool?
        var requested: Bool?
        var torrentHash: String?
        var progress: Progress?
        var jellyfinId: String?
        var path: String?
    }

    struct Entry: Decodable, Sendable, Hashable {
        var at: String
        var service: String
        var event: String
        var state: String?
        var text: String
        var late: Bool
    }

    var id: Int
    var title: String
    var year: Int?
    var overview: String?
    var mediaType: String
    var jellyfinId: String?
    var variant: String?
    var isAnime: Bool?
    var state: String
    var uncertain: Bool
    var partiallyAvailable: Bool
    var attention: Trouble?
    var progress: Progress?
    var note: String?
    var quality: String?
    var indexer: String?
    var releaseGroup: String?
    var requestedBy: String?
    var requestedSeasons: [Int]
    var episodesAvailable: Int?
    var episodesAired: Int?
    var episodesTotal: Int?
    var ids: IDs
    var posterUrl: String?
    var links: [String: String?]
    var createdAt: String
    var updatedAt: String
    var stateChangedAt: String?
    var availableAt: String?
    var timeline: [Entry]
    var episodes: [Episode]

    static func decoded(_ text: String) throws -> TrackedDetail {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(TrackedDetail.self, from: Data(text.utf8))
    }

    /// The stages entered, in the order of the timeline.
    var stages: [String] {
        timeline.compactMap(\.state).reduce(into: []) { stages, stage in
            if stages.last != stage { stages.append(stage) }
        }
    }

    var events: [String] { timeline.map(\.event) }

    /// Every time there is.
    var times: [String] {
        [createdAt, updatedAt] + [stateChangedAt, availableAt, attention?.since].compactMap(\.self)
            + timeline.map(\.at) + episodes.compactMap(\.airDate)
    }

    /// What a repeated webhook must leave as it is: everything but what polls move.
    var settled: TrackedDetail {
        var copy = self
        copy.progress = nil
        copy.updatedAt = ""
        copy.episodes = episodes.map { episode in
            var copy = episode
            copy.progress = nil
            return copy
        }
        return copy
    }

    func episode(_ season: Int, _ number: Int) -> Episode? {
        episodes.first { $0.season == season && $0.episode == number }
    }
}
