/// `torrents/info`: which torrents, in which order.
struct TorrentQuery {
    private let call: Call

    init(_ call: Call) { self.call = call }

    func answer(_ client: TorrentClient) -> Answer {
        let chosen = chosen(client)
        return .streamed {
            var place = 0
            return { out in
                if place == 0 { out.put("[") }
                guard place < chosen.count else {
                    out.put("]")
                    return false
                }
                if place > 0 { out.put(",") }
                JSON.object(TorrentFields(torrent: chosen[place], client: client).members(withHash: true))
                    .write(to: &out)
                place += 1
                return true
            }
        }
    }

    private func chosen(_ client: TorrentClient) -> [FlowTorrent] {
        var torrents = client.torrents
        if let hashes = call.parameter("hashes"), hashes != "all" {
            let wanted = Set(client.hashes(hashes))
            torrents.removeAll { !wanted.contains($0.hash) }
        }
        // An empty category means "none", a missing one "any".
        if let category = call.parameter("category") { torrents.removeAll { $0.category != category } }
        if let tag = call.parameter("tag"), !tag.isEmpty { torrents = [] }
        if let filter = call.parameter("filter") { torrents.removeAll { !Self.matches($0, filter, client) } }
        if let key = call.parameter("sort"), !key.isEmpty { torrents = Self.sorted(torrents, by: key, client) }
        if call.flag("reverse") == true { torrents.reverse() }
        return page(torrents)
    }

    private func page(_ torrents: [FlowTorrent]) -> [FlowTorrent] {
        var offset = call.parameter("offset").flatMap { Int($0) } ?? 0
        if offset < 0 { offset = torrents.count + offset }
        if offset < 0 || offset >= torrents.count { offset = 0 }
        let limit = call.parameter("limit").flatMap { Int($0) } ?? -1
        return Array(limit > 0 ? torrents.dropFirst(offset).prefix(limit) : torrents.dropFirst(offset))
    }

    /// An unknown word means all, as in qBittorrent: `paused` on 5.x does.
    private static func matches(_ torrent: FlowTorrent, _ filter: String, _ client: TorrentClient) -> Bool {
        let isFaulty = torrent.phase == .error || torrent.phase == .missingFiles
        switch filter {
        case "downloading": return !torrent.isFinished && !isFaulty
        case "seeding": return torrent.phase == .seeding
        case "completed": return torrent.isFinished && !isFaulty
        case "stopped" where client.version.saysStopped: return torrent.phase == .stopped
        case "paused" where !client.version.saysStopped: return torrent.phase == .stopped
        case "running" where client.version.saysStopped: return torrent.phase != .stopped
        case "resumed" where !client.version.saysStopped: return torrent.phase != .stopped
        case "active": return isActive(torrent)
        case "inactive": return !isActive(torrent)
        case "stalled": return ["stalledUP", "stalledDL"].contains(client.state(of: torrent))
        case "stalled_uploading": return client.state(of: torrent) == "stalledUP"
        case "stalled_downloading": return client.state(of: torrent) == "stalledDL"
        case "checking", "moving": return false
        case "errored": return isFaulty
        default: return true
        }
    }

    private static func isActive(_ torrent: FlowTorrent) -> Bool {
        torrent.phase == .downloading || (torrent.phase == .seeding && torrent.leeches > 0)
    }

    private static func sorted(_ torrents: [FlowTorrent], by key: String, _ client: TorrentClient) -> [FlowTorrent] {
        let keyed = torrents.map { torrent in
            let fields = TorrentFields(torrent: torrent, client: client).members(withHash: true)
            return (torrent: torrent, key: fields.first { $0.name == key }?.value ?? .null)
        }
        return keyed.sorted { left, right in
            if let first = left.key.double, let second = right.key.double { return first < second }
            return (left.key.text ?? "") < (right.key.text ?? "")
        }.map(\.torrent)
    }
}
