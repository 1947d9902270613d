import Media
import Store

/// A request that waits for Jellyfin, and by what its items are recognised.
struct Sought: Sendable {
    var id: Int64
    var mediaType: MediaType
    var title: String
    var originalTitle: String?
    var year: Int64?
    var tmdb: Int64?
    var tvdb: Int64?
    var imdb: String?
    var isAnime: Bool
    var variant: Variant?
    /// Imported files in the common view; for episodes by unit.
    var paths: [UnitNumber?: [String]]
    var shokoFiles: [UnitNumber?: [Int64]]
    var episodes: [Episode]
    /// Items known to carry it, by which it is looked up again.
    var items: [JellyfinItemID]
    var hasFile: Bool

    init(_ tracked: TrackedRequest, commonPath: (String, String, String) -> String) {
        let row = tracked.row
        id = row.id
        mediaType = row.mediaType
        title = row.title
        originalTitle = row.originalTitle
        year = row.year
        tmdb = row.tmdb
        tvdb = row.tvdb
        imdb = row.imdb?.lowercased()
        isAnime = row.isAnime == true
        variant = row.variant
        episodes = tracked.facts.episodes
        items = [row.jellyfin?.id].compactMap(\.self)
        paths = [:]
        shokoFiles = [:]
        hasFile = false
        for fact in tracked.facts.observations where fact.holds {
            let units: [UnitNumber?] = fact.units.isEmpty ? [nil] : fact.units
            if fact.fact == .imported || fact.fact == .hasFile || fact.fact == .pathChanged,
                let path = fact.details[.path]
            {
                hasFile = true
                let common = PathKey.normal(commonPath(path, fact.service, fact.instance))
                for unit in units { paths[unit, default: []].append(common) }
            }
            if fact.fact == .fileMatched, let file = Int64(fact.naturalKey.prefix { $0 != "|" }) {
                for unit in units { shokoFiles[unit, default: []].append(file) }
            }
            if fact.fact == .appearHint, let item = JellyfinItemID(fact.naturalKey) { items.append(item) }
        }
        for episode in tracked.facts.episodes {
            if let item = episode.proof.item { items.append(item) }
        }
    }

    /// What is looked for by its ids alone.
    init(title: String, year: Int64?, tmdb: Int64?, imdb: String?, isAnime: Bool) {
        id = 0
        mediaType = .movie
        self.title = title
        self.year = year
        self.tmdb = tmdb
        self.imdb = imdb
        self.isAnime = isAnime
        paths = [:]
        shokoFiles = [:]
        episodes = []
        items = []
        hasFile = false
    }

    /// What an open request is looked up by before its facts are read.
    init(_ open: LookedFor) {
        id = open.id
        mediaType = open.mediaType
        title = open.title
        originalTitle = open.originalTitle
        tmdb = open.tmdb
        tvdb = open.tvdb
        imdb = open.imdb?.lowercased()
        isAnime = open.isAnime
        paths = [:]
        shokoFiles = [:]
        episodes = open.episodes.map { id in
            var episode = Episode(UnitNumber(0, 0))
            episode.tvdb = id
            return episode
        }
        items = []
        hasFile = false
    }

    /// The keys under which the index may hold its film or series, strongest first.
    var keys: [String] {
        let kind = mediaType == .movie ? "movie" : "series"
        var keys: [String] = []
        if let tmdb { keys.append("\(kind)|tmdb|\(tmdb)") }
        if let tvdb { keys.append("\(kind)|tvdb|\(tvdb)") }
        if let imdb { keys.append("\(kind)|imdb|\(imdb)") }
        for path in paths.values.flatMap(\.self) {
            for level in PathKey.levels(of: path).prefix(2) { keys.append("path|\(level)") }
        }
        for file in shokoFiles.values.flatMap(\.self) { keys.append("shoko_file|\(file)") }
        for episode in episodes { if let tvdb = episode.tvdb { keys.append("episode|tvdb|\(tvdb)") } }
        let titles = [title, originalTitle].compactMap(\.self).map { TitleKey.fold($0) }
        if isAnime && mediaType == .movie {
            for title in titles { keys += ["movie|title|\(title)", "series|title|\(title)"] }
        } else if mediaType == .tv {
            for title in titles { keys.append("series|title|\(title)") }
        }
        return keys
    }
}
