/// What the played services would answer now: plain state that a test changes.
struct FakeWorld: Sendable {
    /// Radarr or Sonarr, by the first part of its path: `radarr`, `radarr4k`, `sonarr`.
    struct Arr: Sendable {
        var titles: [JSON] = []
        var episodes: [JSON] = []
        var queue: [JSON] = []
        var history: [JSON] = []
        var missing: [JSON] = []
        var releases: [JSON] = []
        /// The next read of the queue, all its pages, lacks its last records: so many.
        var lackingOnce = 0
        var lacking = 0
        /// A page of the queue that cannot be read.
        var brokenPage: String?
    }

    /// Something wrong with a service.
    enum Fault: Sendable, Hashable {
        case status(Int)
        case webPage
    }

    struct Call: Sendable {
        var service: String
        var method: String
        /// Below the service: `api/v3/queue`.
        var path: String
        var body: String
        /// What the caller showed as its key.
        var key: String?
    }

    var arrs: [String: Arr] = [:]
    var seerrRequests: [JSON] = []
    /// By `movie/533514`, `tv/154494`.
    var seerrTitles: [String: JSON] = [:]
    /// By hash.
    var torrents: [String: JSON] = [:]
    /// What qBittorrent has told of them; nil tells everything each time.
    var torrentSync: TorrentSync?
    var torrentFiles: [String: [JSON]] = [:]
    var items: [JSON] = []
    var shokoFiles: [ShokoFile] = []
    var shokoVersion = "5.3.3.0"
    /// By `radarr`, or by `radarr/api/v3/queue` for one call.
    var faults: [String: Fault] = [:]
    var calls: [Call] = []
    /// The session cookies qBittorrent knows; nil lets everybody in.
    var sessions: Set<String>?
    var password = "adminadmin"
    /// As 5.2 and later do it: 204 and a cookie named after the port.
    var hasNewLogin = false

    var radarr: Arr {
        get { arrs["radarr"] ?? Arr() }
        set { arrs["radarr"] = newValue }
    }
    var sonarr: Arr {
        get { arrs["sonarr"] ?? Arr() }
        set { arrs["sonarr"] = newValue }
    }

    /// The calls made to a service, as `GET api/v3/queue`.
    func calls(to service: String) -> [String] {
        calls.filter { $0.service == service }.map { "\($0.method) \($0.path)" }
    }
}
