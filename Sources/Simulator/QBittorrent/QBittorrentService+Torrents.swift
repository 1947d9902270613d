extension QBittorrentService {
    /// The calls below `torrents/`.
    func torrents(_ action: String, _ call: Call) -> Answer {
        switch action {
        case "info": return TorrentQuery(call).answer(client)
        case "properties", "files", "trackers": return detail(action, call)
        case "categories": return .plainJSON(.object(MainData.categories))
        case "tags": return .plainJSON([])
        case "delete", "stop", "start", "pause", "resume":
            let words = version.saysStopped ? ["stop", "start"] : ["pause", "resume"]
            guard action == "delete" || words.contains(action) else { return .noSuchCall }
            guard call.method == "POST" else { return .words("Method Not Allowed", status: 405) }
            return change(action, call)
        default: return .noSuchCall
        }
    }

    /// Answers 200 whatever the hashes name; only a missing parameter is an error.
    private func change(_ action: String, _ call: Call) -> Answer {
        guard let list = call.parameter("hashes") else { return .missing("hashes") }
        if action == "delete", call.parameter("deleteFiles") == nil { return .missing("deleteFiles") }
        for hash in client.hashes(list) {
            switch action {
            case "delete": client.remove(hash)
            case "stop", "pause": client.stop(hash)
            default: client.start(hash)
            }
        }
        return .words("")
    }

    private func detail(_ action: String, _ call: Call) -> Answer {
        guard let hash = call.parameter("hash") else { return .missing("hash") }
        guard let torrent = client.torrent(hash) else { return .noSuchCall }
        switch action {
        case "files": return .plainJSON(files(torrent, call))
        case "trackers": return .plainJSON(trackers(torrent))
        default: return .plainJSON(properties(torrent))
        }
    }

    private func files(_ torrent: FlowTorrent, _ call: Call) -> JSON {
        guard torrent.phase != .metadata else { return [] }
        let wanted = call.parameter("indexes").map { $0.split(separator: "|").compactMap { Int($0) } }
        var piece = 0
        let all = torrent.files.map { file -> JSON in
            let count = max(1, Int((file.size + (4 << 20) - 1) >> 22))
            defer { piece += count }
            var members: [JSON.Member] = [
                JSON.Member(name: "availability", value: .number(torrent.isFinished ? 1 : Double(torrent.seeds))),
                JSON.Member(name: "index", value: .integer(file.index)),
            ]
            // Only the first file says whether the whole torrent is finished.
            if file.index == 0 { members.append(JSON.Member(name: "is_seed", value: .bool(torrent.isFinished))) }
            members += [
                JSON.Member(name: "name", value: .string(file.name)),
                JSON.Member(name: "piece_range", value: [.integer(piece), .integer(piece + count - 1)]),
                JSON.Member(name: "priority", value: 1),
                JSON.Member(name: "progress", value: .number(file.progress)),
                JSON.Member(name: "size", value: .integer(Int(file.size))),
            ]
            return .object(members)
        }
        return .array(all.enumerated().filter { wanted?.contains($0.offset) ?? true }.map(\.element))
    }

    private func trackers(_ torrent: FlowTorrent) -> JSON {
        let own: [JSON] = ["** [DHT] **", "** [PeX] **", "** [LSD] **"].map { name in
            [
                "url": .string(name), "status": 2, "tier": -1, "num_peers": 0, "num_seeds": 0, "num_leeches": 0,
                "num_downloaded": 0, "msg": "",
            ]
        }
        let announced: JSON = [
            "url": "https://tracker.invalid/announce", "status": 2, "tier": 0, "num_peers": .integer(torrent.leeches),
            "num_seeds": .integer(torrent.seeds), "num_leeches": .integer(torrent.leeches), "num_downloaded": 0,
            "msg": "",
        ]
        return .array(own + [announced])
    }

    private func properties(_ torrent: FlowTorrent) -> JSON {
        let fields = TorrentFields(torrent: torrent, client: client).members(withHash: true)
        func value(_ name: String) -> JSON { fields.first { $0.name == name }?.value ?? .null }
        let hasMetadata = torrent.phase != .metadata
        return [
            "hash": .string(torrent.hash), "infohash_v1": .string(torrent.hash), "infohash_v2": "",
            "name": .string(torrent.name), "save_path": .string(torrent.savePath), "download_path": "",
            "creation_date": -1, "piece_size": .integer(hasMetadata ? 4 << 20 : -1), "comment": "", "created_by": "",
            "total_wasted": 0, "total_uploaded": value("uploaded"), "total_uploaded_session": 0,
            "total_downloaded": value("downloaded"), "total_downloaded_session": value("downloaded"), "up_limit": -1,
            "dl_limit": -1, "time_elapsed": value("time_active"), "seeding_time": value("seeding_time"),
            "nb_connections": .integer(torrent.seeds + torrent.leeches), "nb_connections_limit": 100,
            "share_ratio": value("ratio"), "addition_date": value("added_on"),
            "completion_date": value("completion_on"), "dl_speed": value("dlspeed"), "dl_speed_avg": 0, "up_speed": 0,
            "up_speed_avg": 0, "eta": value("eta"), "last_seen": value("seen_complete"),
            "peers": .integer(torrent.leeches), "peers_total": .integer(torrent.leeches),
            "pieces_have": .integer(Int((torrent.size - torrent.amountLeft) >> 22)),
            "pieces_num": .integer(Int(torrent.size >> 22)), "reannounce": 1_200, "seeds": .integer(torrent.seeds),
            "seeds_total": .integer(torrent.seeds), "total_size": .integer(hasMetadata ? Int(torrent.size) : -1),
            "isPrivate": .bool(torrent.sharing?.isPrivate ?? false),
            "is_private": hasMetadata ? .bool(torrent.sharing?.isPrivate ?? false) : .null,
        ]
    }
}

extension Answer {
    /// What qBittorrent answers without a parameter it needs.
    static func missing(_ parameter: String) -> Answer {
        words("Missing required parameters: \(parameter)", status: 400)
    }
}
