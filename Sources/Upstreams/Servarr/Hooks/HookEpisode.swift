import JSONStream
import Media

/// An episode in a webhook's `episodes`.
struct HookEpisode {
    let reading: EpisodeReading
    /// `yyyy-MM-dd` where the episode airs: files of daily shows are named by it.
    let day: String?

    init?(_ node: JSONNode) {
        guard let season = node["seasonNumber"].ordinal, let number = node["episodeNumber"].ordinal else { return nil }
        var reading = EpisodeReading(UnitNumber(season, number))
        reading.title = node["title"].filledText
        reading.sonarrID = node["id"].id
        reading.tvdb = node["tvdbId"].id
        reading.airDate = node["airDateUtc"].text.flatMap { Timestamp(rfc3339: $0) }
        self.reading = reading
        day = node["airDate"].filledText
    }

    /// An episode of which only its place is known.
    init(_ unit: UnitNumber) {
        reading = EpisodeReading(unit)
        day = nil
    }

    /// The episodes a hook, or version 3's episode file, lists.
    static func all(in node: JSONNode) -> [HookEpisode] {
        node["episodes"].unwrapped.elements.compactMap { HookEpisode($0.unwrapped) }
    }
}
