/// By what an observation finds its request: ids of the medium, the download, and the upstreams (tracking.md §2.1).
///
/// Ids of a service mean something only on the observation's own instance. Zero, "" and null are left nil.
public struct MediaKeys: Sendable, Hashable {
    public var mediaType: MediaType?
    /// Download ids in lower case; for a torrent every known hash, the first 40 digits of a v2 hash.
    public var downloads: [String] = []
    public var seerrRequest: Int64?
    /// The film's number in Radarr, the series' in Sonarr.
    public var arrTitle: Int64?
    public var tmdb: Int64?
    public var tvdb: Int64?
    public var imdb: String?
    /// A film's or an episode's item; `jellyfinSeries` for the series.
    public var jellyfinItem: JellyfinItemID?
    public var jellyfinSeries: JellyfinItemID?
    public var shokoFile: Int64?
    public var shokoSeries: Int64?
    /// The AniDB ids of the file's series, or of the item.
    public var anidb: Int64?
    /// The file, as the observation's own service names it; mapped by the store's caller.
    public var path: String?

    public init(mediaType: MediaType? = nil) { self.mediaType = mediaType }
}
