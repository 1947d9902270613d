/// A file as Shoko knows it.
struct FlowShokoFile: Sendable, Hashable {
    enum Phase: String, Sendable, Hashable { case detected, hashing, matched, unmatched }

    /// Which AniDB episode the file holds, and Shoko's own ids once it has the metadata.
    struct CrossReference: Sendable, Hashable {
        var anidbAnime: Int
        var anidbEpisode: Int
        /// Nil until Shoko has fetched the series.
        var seriesID: Int?
        var episodeID: Int?
    }

    let fileID: Int
    let locationID: Int
    let folderID: Int
    /// Below the folder, with a leading `/`.
    var relativePath: String
    /// The folder's path and the relative path.
    var absolutePath: String
    let size: Int64
    let detectedAt: Int64
    var hashedAt: Int64?
    var phase: Phase
    var crossReferences: [CrossReference]
    /// TMDB's numbers, where Shoko has links: a film's, or a show's.
    var tmdbMovie: Int?
    var tmdbShow: Int?
    /// How often Shoko tried to match it.
    var attempts: Int
    /// The file is on the disk now.
    var isAccessible: Bool
    /// Where the file was before it was last moved.
    var previousPath: String?
    /// The title's number in the flow.
    let title: Int
    /// The place of its episode in the title; 0 for a film.
    let unit: Int

    /// The folders Shoko watches.
    static let folders: [(id: Int, name: String, path: String)] = [
        (1, "Anime", "/media/anime"), (2, "Anime films", "/media/movies/anime"),
    ]
}

/// A series in Shoko: an anime of which it has at least one matched file and the metadata.
struct FlowShokoSeries: Sendable, Hashable {
    let seriesID: Int
    let anidbAnime: Int
    let name: String
    let year: Int
    let isFilm: Bool
    let tmdb: Int
    let tvdb: Int?
    let imdb: String?
    let episodes: [Episode]

    struct Episode: Sendable, Hashable {
        let episodeID: Int
        let anidbEpisode: Int
        let name: String
        /// Within the AniDB series.
        let number: Int
        /// The file that holds it, if there is one.
        let fileID: Int?
    }
}
