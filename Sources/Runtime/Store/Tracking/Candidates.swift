import Database
import Media

/// A request that an observation may belong to.
struct Candidate {
    var id: Int64
    var mediaType: MediaType
    var origin: Origin
    var state: Stage
    var seasons: [Int]
    var tmdb: Int64?
    var tvdb: Int64?
    var variant: Variant?
    var radarrInstance: String?
    var sonarrInstance: String?
    var episodesAired: Int64?
    var episodesTotal: Int64?

    /// Not available, declined, failed or deleted; also an available series with more to come.
    var isOpen: Bool {
        if !state.isClosed { return true }
        guard state == .available, let total = episodesTotal, let aired = episodesAired else { return false }
        return aired < total
    }

    func covers(_ unit: UnitNumber?) -> Bool {
        guard mediaType == .tv, let unit else { return true }
        if origin == .librarySync { return true }
        return seasons.isEmpty ? unit.season > 0 : seasons.contains(unit.season)
    }

    static let columns: SQL = """
        r.id, r.media_type, r.origin, r.state, r.seasons, r.tmdb_id, r.tvdb_id, r.variant, r.radarr_instance, \
        r.sonarr_instance, r.episodes_aired, r.episodes_total
        """

    fileprivate static let byKey: SQL =
        "SELECT " + columns
            + """
             FROM request_keys k JOIN requests r ON r.id = k.request_id \
            WHERE k.kind = $1 AND k.instance = $2 AND k.value = $3
            """

    init(_ row: borrowing Row) {
        id = row.integer(0)
        mediaType = MediaType(rawValue: row.text(1)) ?? .movie
        origin = Origin(rawValue: row.text(2)) ?? .request
        state = Stage(rawValue: row.text(3)) ?? .requested
        seasons = row.text(4).split(separator: ",").compactMap { Int($0) }
        tmdb = row.optionalInteger(5)
        tvdb = row.optionalInteger(6)
        variant = row.optionalText(7).flatMap(Variant.init)
        radarrInstance = row.optionalText(8)
        sonarrInstance = row.optionalText(9)
        episodesAired = row.optionalInteger(10)
        episodesTotal = row.optionalInteger(11)
    }
}

extension Reader {
    func candidates(_ kind: String, _ instance: String, _ value: String) throws -> [Candidate] {
        try rows(Candidate.byKey, [.text(kind), .text(instance), .text(value)]) { Candidate($0) }
    }
}

/// One key by which a request can be found: its kind in `request_keys`, instance and value.
public struct RequestKey: Sendable, Hashable {
    public var kind: String
    public var instance: String
    public var value: String

    public init(_ kind: String, _ instance: String, _ value: String) {
        self.kind = kind
        self.instance = instance
        self.value = value
    }
}

extension Observation {
    /// The keys of this observation by strength (tracking.md §2.1), each level a list of equals.
    func keyLevels(path: String?) -> [[RequestKey]] {
        var levels: [[RequestKey]] = []
        levels.append(keys.downloads.map { RequestKey("download", "", $0) })
        var own: [RequestKey] = []
        if let title = keys.arrTitle { own.append(RequestKey(service, instance, String(title))) }
        if let item = keys.jellyfinItem { own.append(RequestKey("jellyfin", instance, item.text)) }
        if let series = keys.jellyfinSeries { own.append(RequestKey("jellyfin", instance, series.text)) }
        if let file = keys.shokoFile { own.append(RequestKey("shoko_file", instance, String(file))) }
        levels.append(own)
        if let request = keys.seerrRequest { levels.append([RequestKey("jellyseerr", instance, String(request))]) }
        levels += providerKeys.map { [$0] }
        if let path {
            levels += PathKey.levels(of: path).map { [RequestKey("path", "", $0)] }
        }
        return levels
    }

    private var providerKeys: [RequestKey] {
        let tmdb = keys.tmdb.map { RequestKey("tmdb", "", String($0)) }
        let tvdb = keys.tvdb.map { RequestKey("tvdb", "", String($0)) }
        let imdb = keys.imdb.map { RequestKey("imdb", "", $0) }
        return (keys.mediaType == .tv ? [tvdb, tmdb, imdb] : [tmdb, imdb]).compactMap(\.self)
    }
}
