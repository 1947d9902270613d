import Media
import QBittorrent
import Store

/// Reads qBittorrent's changes and books those of torrents that requests follow.
actor TorrentWatch {
    private let client: QBittorrent
    private let tracking: Tracking
    /// Every torrent as last told, for requests that learn a download's id later.
    private var torrents: [String: TorrentReading] = [:]
    private var missing: [String: Int] = [:]
    private var hasResumed = false

    init(_ client: QBittorrent, _ tracking: Tracking) {
        self.client = client
        self.tracking = tracking
    }

    func read() async throws {
        let readAt = tracking.store.now()
        // The session outlives this watch: another may have read from it while this process led before.
        let delta = try await client.maindata(afresh: !hasResumed)
        if delta.isFull {
            let before = Set(torrents.keys)
            torrents = [:]
            for hash in before.subtracting(delta.hashes) { missing[hash] = 0 }
        }
        for torrent in delta.changed { torrents[torrent.hash] = torrent }
        for hash in delta.removed {
            torrents[hash] = nil
            missing[hash] = 0
        }
        if !hasResumed {
            for hash in try await tracking.store.read({ try $0.listedTorrents() }) { missing[hash] = 0 }
            hasResumed = true
        }
        let gone = countMissing()
        let learned = learnedTorrents(beside: delta.changed)
        try await book(delta.changed + learned, gone, readAt)
        for hash in gone { missing[hash] = nil }
    }

    /// - Returns: what two good reads in a row have lacked.
    private func countMissing() -> [String] {
        if missing.isEmpty { return [] }
        let listed = Set(torrents.values.flatMap(\.hashes))
        for hash in missing.keys {
            if listed.contains(hash) { missing[hash] = nil } else { missing[hash, default: 0] += 1 }
        }
        return missing.filter { $0.value >= 2 }.map(\.key)
    }

    /// Torrents that have not changed, but of which a request has just learned.
    private func learnedTorrents(beside changed: [TorrentReading]) -> [TorrentReading] {
        let learned = tracking.wakes.takeLearned()
        if learned.isEmpty { return [] }
        let told = Set(changed.map(\.hash))
        return torrents.values.filter { torrent in
            !told.contains(torrent.hash) && torrent.hashes.contains { learned.contains($0) }
        }
    }

    /// Many at once after a restart: a few hundred to a transaction, so that webhooks get between.
    private func book(_ readings: [TorrentReading], _ gone: [String], _ readAt: Timestamp) async throws {
        var rest = readings[...]
        var isFirst = true
        while !rest.isEmpty || (isFirst && !gone.isEmpty) {
            let part = Array(rest.prefix(500))
            let vanished = isFirst ? gone : []
            try await tracking.book([]) { ledger in
                for torrent in part { try ledger.record(torrent, readAt: readAt) }
                for hash in vanished { try ledger.torrentGone(hash) }
            }
            rest = rest.dropFirst(500)
            isFirst = false
        }
    }
}
