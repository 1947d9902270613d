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

extension MediaKeys {
    /// The stored form: parts between unit separators, each with the letter of its field.
    public var packed: String {
        var parts: [String] = []
        func put(_ letter: String, _ value: String?) {
            if let value { parts.append(letter + value) }
        }
        put("m", mediaType?.rawValue)
        for download in downloads { put("d", download) }
        put("r", seerrRequest.map(String.init))
        put("a", arrTitle.map(String.init))
        put("t", tmdb.map(String.init))
        put("v", tvdb.map(String.init))
        put("i", imdb)
        put("j", jellyfinItem?.text)
        put("k", jellyfinSeries?.text)
        put("f", shokoFile.map(String.init))
        put("s", shokoSeries.map(String.init))
        put("n", anidb.map(String.init))
        put("p", path)
        return parts.joined(separator: "\u{1f}")
    }

    /// Reads the stored form; fields of a later version are left out.
    public init(packed text: String) {
        self.init()
        for part in text.split(separator: "\u{1f}") {
            let value = String(part.dropFirst())
            switch part.first {
            case "m": mediaType = MediaType(rawValue: value)
            case "d": downloads.append(value)
            case "r": seerrRequest = Int64(value)
            case "a": arrTitle = Int64(value)
            case "t": tmdb = Int64(value)
            case "v": tvdb = Int64(value)
            case "i": imdb = value
            case "j": jellyfinItem = JellyfinItemID(value)
            case "k": jellyfinSeries = JellyfinItemID(value)
            case "f": shokoFile = Int64(value)
            case "s": shokoSeries = Int64(value)
            case "n": anidb = Int64(value)
            case "p": path = value
            default: break
            }
        }
    }
}
