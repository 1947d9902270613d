/// One film, series, or episode as Jellyfin lists it, as far as it may prove something (tracking.md §5).
public struct ItemReading: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable {
        case movie, series, episode
    }

    public var id: JellyfinItemID
    public var kind: Kind
    public var series: JellyfinItemID?
    /// Season and number of an episode, and the last number where one file holds several.
    public var unit: UnitNumber?
    public var lastEpisode: Int?
    public var title: String
    public var originalTitle: String?
    public var seriesName: String?
    public var year: Int64?
    /// As the server sees it.
    public var path: String?
    public var tmdb: Int64?
    public var tvdb: Int64?
    public var imdb: String?
    public var anidb: Int64?
    public var shokoFile: Int64?
    public var shokoEpisode: Int64?
    public var shokoSeries: Int64?
    /// Neither virtual nor offline, with a non-empty `MediaSources` or `Path`; a series is never playable.
    public var isPlayable: Bool
    /// The largest video width in pixels, where the media sources tell it.
    public var width: Int64?
    public var hasPoster = false

    public init(id: JellyfinItemID, kind: Kind, title: String, isPlayable: Bool) {
        self.id = id
        self.kind = kind
        self.title = title
        self.isPlayable = isPlayable
    }
}
