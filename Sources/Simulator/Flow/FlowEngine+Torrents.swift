// What qBittorrent shows and does.
extension FlowEngine {
    /// Every torrent in the client as it is now, in the order they came.
    var torrents: [FlowTorrent] {
        with { state in state.downloads.indices.filter { state.downloads[$0].isInClient }.map { state.torrent($0) } }
    }

    /// One torrent by its hash, in either case.
    func torrent(_ hash: String) -> FlowTorrent? {
        with { state in Self.place(hash, state).map { state.torrent($0) } }
    }

    /// Takes a torrent out of the client; false when it is not there.
    @discardableResult
    func removeTorrent(_ hash: String) -> Bool {
        with { state in
            guard let place = Self.place(hash, state) else { return false }
            state.removeTorrent(place)
            return true
        }
    }

    /// Stops (pauses) a torrent; false when it is not there.
    @discardableResult
    func stopTorrent(_ hash: String) -> Bool {
        with { state in
            guard let place = Self.place(hash, state) else { return false }
            state.stopTorrent(place)
            return true
        }
    }

    /// Starts (resumes) a torrent; false when it is not there.
    @discardableResult
    func startTorrent(_ hash: String) -> Bool {
        with { state in
            guard let place = Self.place(hash, state) else { return false }
            state.startTorrent(place)
            return true
        }
    }

    private static func place(_ hash: String, _ state: FlowState) -> Int? {
        let wanted = hash.lowercased()
        return state.downloads.lastIndex { $0.hash == wanted && $0.isInClient }
    }
}
