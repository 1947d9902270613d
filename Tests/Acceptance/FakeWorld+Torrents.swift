import HTTPServer

/// What a played qBittorrent has told its reader, so that it tells only changes, as the real one does.
struct TorrentSync: Sendable {
    /// The answer the reader should name next; 0 before the first, as after a restart.
    var answer = 0
    /// Torrents that changed, came or went since that answer.
    var changed: Set<String> = []
    /// How many answers told everything, and how many only changes.
    var full = 0
    var partial = 0
}

extension FakeWorld {
    /// Changes, adds or (nil) removes a torrent, to be told with the next answer.
    mutating func setTorrent(_ hash: String, _ torrent: JSON?) {
        torrents[hash] = torrent
        torrentSync?.changed.insert(hash)
    }

    /// What a restart of qBittorrent does: it knows of no earlier answer.
    mutating func restartClient() {
        torrentSync?.answer = 0
        torrentSync?.changed = []
    }

    mutating func maindata(after answer: Int) -> Response {
        guard var sync = torrentSync else {
            return .json(["rid": 1, "full_update": true, "torrents": .object(torrents), "server_state": [:]])
        }
        let isFull = answer == 0 || answer != sync.answer
        sync.answer = isFull ? sync.answer + 1_000 : sync.answer + 1
        let changed = sync.changed
        sync.changed = []
        if isFull { sync.full += 1 } else { sync.partial += 1 }
        torrentSync = sync
        if isFull {
            return .json([
                "rid": .int(sync.answer), "full_update": true, "torrents": .object(torrents), "server_state": [:],
            ])
        }
        var body: JSON = ["rid": .int(sync.answer), "server_state": [:]]
        let told = changed.compactMap { hash in torrents[hash].map { (hash, $0) } }
        if !told.isEmpty { body["torrents"] = .object(Dictionary(uniqueKeysWithValues: told)) }
        let gone = changed.filter { torrents[$0] == nil }.sorted()
        if !gone.isEmpty { body["torrents_removed"] = .array(gone.map { .string($0) }) }
        return .json(body)
    }
}
