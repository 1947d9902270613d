import JSONStream
import Media

/// What Seerr knows of a film or series from TMDB.
public struct SeerrTitle: Sendable, Hashable {
    public var title: String?
    public var year: Int64?
    public var overview: String?
    /// TMDB's picture; browsers get it through the dashboard's proxy only.
    public var posterURL: String?
    public var imdb: String?
    public var tvdb: Int64?
    /// The numbers of a series' seasons as TMDB counts them, specials as 0.
    public var seasons: [Int] = []

    init(_ value: JSONNode, _ type: MediaType) {
        title = value[type == .movie ? "title" : "name"].word
        year = value[type == .movie ? "releaseDate" : "firstAirDate"].word.flatMap { Int64($0.prefix(4)) }
        overview = value["overview"].word
        posterURL = value["posterPath"].word.flatMap(Self.posterURL)
        imdb = value["externalIds"]["imdbId"].word ?? value["imdbId"].word
        if type == .tv {
            let numbers = value["seasons"].elements.compactMap { $0["seasonNumber"].integer }
            seasons = Set(numbers.filter { $0 >= 0 }.compactMap { Int(exactly: $0) }).sorted()
        }
        tvdb = type == .tv ? value["externalIds"]["tvdbId"].positive : nil
    }

    /// The size Seerr's own webhooks link to.
    private static func posterURL(_ path: String) -> String? {
        let isPlain = path.utf8.allSatisfy { byte in
            switch ASCII.lowercased(byte) {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
            default: "/._-".utf8.contains(byte)
            }
        }
        guard path.hasPrefix("/"), isPlain, !path.contains("..") else { return nil }
        return "https://image.tmdb.org/t/p/w600_and_h900_bestv2" + path
    }
}
