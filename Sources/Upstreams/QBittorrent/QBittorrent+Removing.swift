public import HTTPClient
import JSONStream
public import Media

extension QBittorrent {
    /// Has the client forget torrents.
    ///
    /// Success says nothing: it comes for unknown hashes, too (upstreams.md §4), so look with `holdings(of:)`.
    /// - Parameters:
    ///   - hashes: at least one; the list is never empty and never the word for all.
    ///   - withFiles: whether their data goes, too.
    /// - Throws: `UpstreamError`; `.invalid` for no hashes, before any call.
    public func delete(_ hashes: [TorrentHash], withFiles: Bool) async throws(UpstreamError) {
        await enter()
        defer { leave() }
        var call = request("POST", "torrents", "delete", timeout: .seconds(60))
        let names = Set(hashes.map(\.listed)).sorted()
        guard !names.isEmpty else { throw call.failure(.invalid("hashes"), cause: "no torrent was named") }
        for start in stride(from: 0, to: names.count, by: Self.hashesPerCall) {
            let part = names[start..<min(start + Self.hashesPerCall, names.count)]
            call.headers = []
            call.setForm([("hashes", part.joined(separator: "|")), ("deleteFiles", String(withFiles))])
            let answer = try await open(call, mayLogIn: false)
            var start: [UInt8] = []
            while let bytes = try await answer.next() { if start.count < 64 { start += bytes } }
            if HTTPResponse.opensTag(start) {
                throw call.failure(.html, cause: "a web page came instead; check the URL")
            }
        }
    }

    /// Lists every torrent, to see who else holds a file or a folder (cross-seeds).
    ///
    /// Apart from `maindata`, which it does not disturb.
    /// - Throws: `UpstreamError` unless the whole list came.
    public func contentHolders() async throws -> [TorrentHolding] {
        await enter()
        defer { leave() }
        return try await holdings(request("GET", "torrents", "info", timeout: .seconds(120)))
    }

    /// Looks torrents up by any of their hashes; those the client does not have are left out.
    ///
    /// - Throws: `UpstreamError` unless every answer came whole: unknown, never "gone".
    public func holdings(of hashes: [TorrentHash]) async throws -> [TorrentHolding] {
        await enter()
        defer { leave() }
        let wanted = Set(hashes.map(\.listed))
        let names = wanted.sorted()
        var found: [TorrentHolding] = []
        for start in stride(from: 0, to: names.count, by: Self.hashesPerCall) {
            let part = names[start..<min(start + Self.hashesPerCall, names.count)]
            let call = request("GET", "torrents", "info", query: [("hashes", part.joined(separator: "|"))])
            // Never trust a filter (upstreams.md §0, rule 4).
            found += try await holdings(call).filter { $0.hashes.contains { part.contains($0.listed) } }
        }
        return found
    }

    private func holdings(_ call: HTTPRequest) async throws -> [TorrentHolding] {
        var records = RecordStream(shape: HoldingReader.shape, arrayKey: nil)
        var found: [TorrentHolding] = []
        let head = try await open(call, mayLogIn: false)
        try await head.records(of: call, &records) { record in
            guard let holding = HoldingReader.read(record) else {
                // A torrent that cannot be named may be the one that shares the files.
                throw call.failure(.undecodable(field: "hash"), cause: "this is no list of torrents")
            }
            found.append(holding)
        }
        return found
    }
}
