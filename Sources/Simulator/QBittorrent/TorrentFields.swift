/// A torrent as `torrents/info` and `sync/maindata` show it.
struct TorrentFields {
    let torrent: FlowTorrent
    let client: TorrentClient

    /// Every field of the version at hand, always in the same order.
    ///
    /// `sync/maindata` leaves `hash` out: it is the key there.
    func members(withHash: Bool) -> [JSON.Member] {
        var fields = common
        if client.version.saysStopped { fields += since5 }
        if client.version == .v5_2 { fields += since5_2 }
        if withHash { fields.append(("hash", .string(torrent.hash))) }
        return fields.map { JSON.Member(name: $0.0, value: $0.1) }
    }

    private static let unknownTime = 8_640_000

    private var hasMetadata: Bool { torrent.phase != .metadata }
    private var completed: Int64 { torrent.size - torrent.amountLeft }
    private var added: Int64 { torrent.addedAt / Ticks.perSecond }
    private var completedOn: Int64? { torrent.completedAt.map { $0 / Ticks.perSecond } }
    /// Limits of sharing, which some torrents have.
    private var limit: Int { Int(torrent.hash.utf8.first ?? 0) % 8 == 0 ? 2 : -1 }
    private var maxRatio: JSON {
        guard let sharing = torrent.sharing else { return .integer(limit) }
        return sharing.maxRatio.map { .number($0) } ?? -1
    }
    private var maxSeedingTime: JSON {
        guard let sharing = torrent.sharing else { return .integer(limit < 0 ? -1 : 10_080) }
        return .integer(sharing.maxSeedingMinutes ?? -1)
    }
    private var ratio: Double { torrent.sharing?.seconds.map { Double($0) / 86_400 } ?? invented }
    private var invented: Double { torrent.isFinished ? Double(torrent.hash.utf8.last ?? 0) / 64 : 0 }
    private var tracker: String { torrent.phase == .downloading ? "https://tracker.invalid/announce" : "" }
    /// Seconds it was active, as far as its dates tell.
    private var seedingTime: Int64 { torrent.sharing?.seconds.map { Int64($0) } ?? inventedTime }
    private var inventedTime: Int64 { torrent.isFinished ? 3_600 * Int64(torrent.hash.utf8.last ?? 0) : 0 }

    private var common: [(String, JSON)] {
        [
            ("added_on", .integer(Int(added))), ("amount_left", .integer(Int(torrent.amountLeft))),
            ("auto_tmm", false), ("availability", .number(torrent.isFinished ? -1 : Double(torrent.seeds))),
            ("category", .string(torrent.category)), ("completed", .integer(Int(completed))),
            ("completion_on", .integer(Int(completedOn ?? -1))),
            ("content_path", .string(hasMetadata ? torrent.contentPath : torrent.savePath)), ("dl_limit", 0),
            ("dlspeed", .integer(Int(torrent.downloadSpeed))), ("download_path", ""),
            ("downloaded", .integer(Int(completed))), ("downloaded_session", .integer(Int(completed))),
            ("eta", .integer(torrent.etaSeconds ?? Self.unknownTime)), ("f_l_piece_prio", false),
            ("force_start", false), ("inactive_seeding_time_limit", -2), ("infohash_v1", .string(torrent.hash)),
            ("infohash_v2", ""), ("last_activity", .integer(Int(completedOn ?? added))),
            ("magnet_uri", .string("magnet:?xt=urn:btih:\(torrent.hash)&dn=\(torrent.name)")),
            ("max_inactive_seeding_time", -1), ("max_ratio", maxRatio),
            ("max_seeding_time", maxSeedingTime), ("name", .string(torrent.name)),
            ("num_complete", .integer(torrent.seeds)), ("num_incomplete", .integer(torrent.leeches)),
            ("num_leechs", .integer(torrent.leeches)), ("num_seeds", .integer(torrent.seeds)), ("priority", 0),
            ("progress", .number(torrent.progress)), ("ratio", .number(ratio)), ("ratio_limit", -2),
            ("save_path", .string(torrent.savePath)), ("seeding_time", .integer(Int(seedingTime))),
            ("seeding_time_limit", -2), ("seen_complete", .integer(Int(completedOn ?? -1))), ("seq_dl", false),
            ("size", .integer(Int(torrent.size))), ("state", .string(client.state(of: torrent))),
            ("super_seeding", false), ("tags", ""), ("time_active", .integer(Int(seedingTime) + 60)),
            ("total_size", .integer(Int(torrent.size))), ("tracker", .string(tracker)), ("trackers_count", 1),
            ("up_limit", 0), ("uploaded", .integer(Int(Double(completed) * ratio))), ("uploaded_session", 0),
            ("upspeed", 0),
        ]
    }

    private var since5: [(String, JSON)] {
        [
            ("comment", ""), ("has_metadata", .bool(hasMetadata)), ("popularity", .number(ratio / 2)),
            ("private", hasMetadata ? .bool(torrent.sharing?.isPrivate ?? false) : .null), ("reannounce", 1_200),
            ("root_path", torrent.files.count > 1 ? .string(torrent.contentPath) : ""),
        ]
    }

    private var since5_2: [(String, JSON)] {
        [
            ("created_by", ""), ("creation_date", -1), ("piece_size", .integer(hasMetadata ? 4 << 20 : -1)),
            ("pieces_have", .integer(Int(completed >> 22))), ("pieces_num", .integer(Int(torrent.size >> 22))),
            ("total_wasted", 0),
        ]
    }
}
