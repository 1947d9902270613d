import HTTPClient
import JSONStream

extension QBittorrent {
    /// Reads what changed since the last call: everything the first time, after a new login, and after an error.
    ///
    /// For one poller only; one that begins anew asks `afresh` and gets everything. An answer that cannot be read whole
    /// changes nothing.
    /// - Throws: `UpstreamError`.
    public func maindata(afresh: Bool = false) async throws -> TorrentDelta {
        await enter()
        defer { leave() }
        if afresh { session.forget() }
        do {
            return session.apply(try await answer())
        } catch {
            // The server may think that we have what was lost.
            session.forget()
            throw error
        }
    }

    private func maindata(after id: Int64) -> HTTPRequest {
        request("GET", "sync", "maindata", query: [("rid", String(id))], timeout: .seconds(120))
    }

    private func answer() async throws -> TorrentSession.Answer {
        let call = maindata(after: session.answerID)
        let head = try await open(call, mayLogIn: true, inNewSession: maindata(after: 0))
        var records = RecordStream(
            shape: TorrentFields.shape, mapKey: "torrents", totals: ["rid", "full_update"], lists: ["torrents_removed"])
        var torrents: [(hash: String, fields: TorrentFields)] = []
        try await head.records(of: call, &records) { record in
            torrents.append((record.recordKey.lowercased(), TorrentFields(record)))
        }
        guard let id = records.total("rid") else {
            throw call.failure(.undecodable(field: "rid"), cause: "this is not qBittorrent's maindata")
        }
        // Whoever asked for everything, from the start or after a login, got it, whether or not it is marked.
        return TorrentSession.Answer(
            id: id, isFull: records.total("full_update") == 1 || session.answerID == 0, torrents: torrents,
            removed: records.list("torrents_removed").map { $0.lowercased() })
    }
}
