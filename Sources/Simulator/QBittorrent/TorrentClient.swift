/// Every torrent the client holds: those there from the start, and those the flow grabs.
struct TorrentClient: Sendable {
    let still: StaticTorrents
    let flow: FlowEngine
    let version: QBittorrentVersion

    init(_ still: StaticTorrents, _ flow: FlowEngine, version: QBittorrentVersion) {
        self.still = still
        self.flow = flow
        self.version = version
    }

    /// All of them as they are now; those of the flow last, as they came last.
    var torrents: [FlowTorrent] { still.all + flow.torrents }

    /// One torrent, by its hash in either case.
    func torrent(_ hash: String) -> FlowTorrent? {
        let wanted = hash.lowercased()
        return flow.torrent(wanted) ?? still.all.first { $0.hash == wanted }
    }

    /// What a list of hashes names, `all` among them; unknown ones are passed over, as qBittorrent does.
    func hashes(_ list: String) -> [String] {
        guard list != "all" else { return torrents.map(\.hash) }
        return list.split(separator: "|").map { $0.lowercased() }
    }

    func remove(_ hash: String) {
        if !flow.removeTorrent(hash) { _ = still.remove(hash) }
    }

    func stop(_ hash: String) {
        if !flow.stopTorrent(hash) { _ = still.set(.stopped, hash) }
    }

    func start(_ hash: String) {
        if !flow.startTorrent(hash) { _ = still.set(.seeding, hash) }
    }

    /// The state in this version's word.
    func state(of torrent: FlowTorrent) -> String {
        switch torrent.phase {
        case .metadata: "metaDL"
        case .downloading: "downloading"
        case .stalled: "stalledDL"
        case .stopped: (version.saysStopped ? "stopped" : "paused") + (torrent.isFinished ? "UP" : "DL")
        case .seeding: torrent.leeches > 0 ? "uploading" : "stalledUP"
        case .error: "error"
        case .missingFiles: "missingFiles"
        }
    }
}

extension FlowTorrent {
    /// Everything wanted is there.
    var isFinished: Bool { size > 0 && amountLeft == 0 }
}
