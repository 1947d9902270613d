/// A Jellyfin library: where titles are filed.
struct JellyfinFolder: Sendable {
    let name: String
    /// Nil for a mixed library, whose type Jellyfin leaves out.
    let collectionType: String?
    let locations: [String]

    static let movies = 0
    static let shows = 1
    static let movies4K = 2
    static let anime = 3
    static let archive = 4
    static let collections = 5

    static let all: [JellyfinFolder] = [
        JellyfinFolder(name: "Movies", collectionType: "movies", locations: ["/media/movies", "/media/movies-more"]),
        JellyfinFolder(name: "Shows", collectionType: "tvshows", locations: ["/media/tv", "/media/tv-more"]),
        JellyfinFolder(name: "Movies 4K", collectionType: "movies", locations: ["/media/movies-4k"]),
        JellyfinFolder(name: "Anime", collectionType: "tvshows", locations: ["/media/anime"]),
        JellyfinFolder(name: "Archive", collectionType: nil, locations: ["/media/archive"]),
        JellyfinFolder(
            name: "Collections", collectionType: "boxsets", locations: ["/var/lib/jellyfin/data/collections"]),
    ]

    /// The libraries that exist: a plain library has two.
    static func count(_ plan: LibraryPlan) -> Int { plan.isPlain ? 2 : all.count }

    /// The library and location of a title's item or of its copy.
    static func place(of title: Title, copy: Bool) -> (folder: Int, location: String) {
        let isFilm = title.kind == .movie
        if copy && title.odd.contains(.pair4K) { return (movies4K, all[movies4K].locations[0]) }
        if copy && title.number % 2 == 1 { return (archive, all[archive].locations[0]) }
        let folder = isFilm ? movies : title.isAnime && !copy ? anime : shows
        return (folder, all[folder].locations[copy ? 1 : 0])
    }
}
