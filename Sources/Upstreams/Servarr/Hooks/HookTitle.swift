import JSONStream
import Media

/// The film or series a webhook is about.
struct HookTitle {
    private let node: JSONNode
    let keys: MediaKeys
    let isAnime: Bool
    /// The folder of the title.
    let folder: String?
    /// The file that Radarr names with the film itself when it imports.
    let filePath: String?

    init(_ root: JSONNode, kind: Servarr.Kind) {
        node = root[kind == .radarr ? "movie" : "series"].unwrapped
        let remote = root["remoteMovie"]
        var keys = MediaKeys(mediaType: kind.mediaType)
        keys.arrTitle = node["id"].id
        keys.tmdb = node["tmdbId"].id ?? remote["tmdbId"].id
        keys.tvdb = node["tvdbId"].id
        keys.imdb = node["imdbId"].idText ?? remote["imdbId"].idText
        self.keys = keys
        isAnime =
            node["type"].filledText?.lowercased() == "anime"
            || node["tags"].elements.contains { $0.filledText?.lowercased() == "anime" }
        folder = node["folderPath"].filledText ?? node["path"].filledText
        filePath = node["filePath"].filledText
    }

    /// The made-up title of the programs' own test event, which must create nothing whatever the event says.
    var isSentinel: Bool { folder == #"C:\testpath"# && node["title"].filledText?.lowercased() == "test title" }

    /// Adds the title without its year, and the year.
    func describe(_ details: inout Details) {
        Self.describe(&details, title: node["title"].filledText, year: node["year"].id)
    }

    static func describe(_ details: inout Details, title: String?, year: Int64?) {
        guard var title else { return }
        if let year {
            details[.year] = String(year)
            let suffix = " (\(year))"
            if title.hasSuffix(suffix) { title.removeLast(suffix.count) }
        }
        details[.title] = title
    }
}
