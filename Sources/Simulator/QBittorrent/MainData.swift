/// What one session of `sync/maindata` has been told: the answer its client confirmed, and the one sent since.
///
/// A client that repeats an older number, or names one never sent, gets everything anew.
struct MainData: Sendable {
    private struct Sent: Sendable {
        let rid: Int
        let torrents: [String: FlowTorrent]
        let serverState: [JSON.Member]
    }

    private var accepted: Sent?
    private var last: Sent?
    private var lastRID = 0

    /// Numbers go from 1 to this and begin again.
    private static let highestRID = 1_000_000

    static let categories: [JSON.Member] = ["radarr", "sonarr"].map {
        JSON.Member(name: $0, value: ["name": .string($0), "savePath": "", "download_path": .null])
    }

    /// The next answer, given the number the client says it has.
    mutating func answer(rid: Int, _ client: TorrentClient) -> Answer {
        if let last, last.rid == rid { accepted = last }
        let base = accepted.flatMap { $0.rid == rid ? $0 : nil }
        if base == nil { accepted = nil }
        let torrents = client.torrents
        let serverState = Self.serverState(torrents)
        lastRID = lastRID % Self.highestRID + 1
        let now = Sent(
            rid: lastRID, torrents: Dictionary(torrents.map { ($0.hash, $0) }) { $1 }, serverState: serverState)
        defer { last = now }
        guard let base else { return Self.everything(torrents, now, client) }
        let changes = Self.changes(from: base, to: now, torrents, client)
        return .plainJSON(.object([JSON.Member(name: "rid", value: .integer(lastRID))] + changes))
    }

    /// Written torrent by torrent: ten thousand of them are twenty megabytes.
    private static func everything(_ torrents: [FlowTorrent], _ now: Sent, _ client: TorrentClient) -> Answer {
        .streamed {
            var place = 0
            return { out in
                if place == 0 {
                    out.put(#"{"rid":"#)
                    out.number(now.rid)
                    out.put(#","full_update":true,"categories":"#)
                    JSON.object(categories).write(to: &out)
                    out.put(#","tags":[],"server_state":"#)
                    JSON.object(now.serverState).write(to: &out)
                    out.put(#","trackers":{"https://tracker.invalid/announce":"#)
                    JSON.array(torrents.map { .string($0.hash) }).write(to: &out)
                    out.put(#"},"torrents":{"#)
                }
                guard place < torrents.count else {
                    out.put("}}")
                    return false
                }
                if place > 0 { out.put(",") }
                out.quoted(torrents[place].hash)
                out.put(":")
                JSON.object(TorrentFields(torrent: torrents[place], client: client).members(withHash: false))
                    .write(to: &out)
                place += 1
                return true
            }
        }
    }

    private static func changes(
        from base: Sent, to now: Sent, _ torrents: [FlowTorrent], _ client: TorrentClient
    ) -> [JSON.Member] {
        var changed: [JSON.Member] = []
        for torrent in torrents {
            let before = base.torrents[torrent.hash]
            guard before?.revision != torrent.revision else { continue }
            let old = before.map { TorrentFields(torrent: $0, client: client).members(withHash: false) } ?? []
            let new = TorrentFields(torrent: torrent, client: client).members(withHash: false)
            let fields = difference(old, new)
            if !fields.isEmpty { changed.append(JSON.Member(name: torrent.hash, value: .object(fields))) }
        }
        let removed = base.torrents.keys.filter { now.torrents[$0] == nil }.sorted()
        let state = difference(base.serverState, now.serverState)
        var body: [JSON.Member] = []
        if !changed.isEmpty { body.append(JSON.Member(name: "torrents", value: .object(changed))) }
        if !removed.isEmpty {
            body.append(JSON.Member(name: "torrents_removed", value: .array(removed.map { .string($0) })))
        }
        if !state.isEmpty { body.append(JSON.Member(name: "server_state", value: .object(state))) }
        return body
    }

    // Both lists have the same names in the same order, or the old one is empty.
    private static func difference(_ old: [JSON.Member], _ new: [JSON.Member]) -> [JSON.Member] {
        guard old.count == new.count else { return new }
        return zip(old, new).filter { $0 != $1 }.map(\.1)
    }

    private static func serverState(_ torrents: [FlowTorrent]) -> [JSON.Member] {
        let speed = torrents.reduce(0) { $0 + $1.downloadSpeed }
        let state: JSON = [
            "alltime_dl": 0, "alltime_ul": 0, "average_time_queue": 0, "connection_status": "connected",
            "dht_nodes": 320, "dl_info_data": 0, "dl_info_speed": .integer(Int(speed)), "dl_rate_limit": 0,
            "free_space_on_disk": 4_000_000_000_000, "global_ratio": "1.20", "queued_io_jobs": 0, "queueing": true,
            "read_cache_hits": "0", "read_cache_overload": "0", "refresh_interval": 1_500, "total_buffers_size": 0,
            "total_peer_connections": .integer(torrents.reduce(0) { $0 + $1.seeds + $1.leeches }),
            "total_queued_size": 0, "total_wasted_session": 0, "up_info_data": 0, "up_info_speed": 0,
            "up_rate_limit": 0, "use_alt_speed_limits": false, "use_subcategories": false,
            "write_cache_overload": "0",
        ]
        guard case .object(let members) = state else { return [] }
        return members
    }
}
