import HTTPClient
import JSONStream
public import Media

extension QBittorrent {
    static let hashesPerCall = 100

    /// Lists torrents by their hashes; those the server does not know are left out.
    ///
    /// Apart from `maindata`, which it does not disturb.
    /// - Throws: `UpstreamError`.
    public func torrents(hashes: [String]) async throws -> [TorrentReading] {
        await enter()
        defer { leave() }
        var found: [TorrentReading] = []
        let wanted = Array(Set(hashes.map { $0.lowercased() }.filter { !$0.isEmpty })).sorted()
        for start in stride(from: 0, to: wanted.count, by: Self.hashesPerCall) {
            let part = wanted[start..<min(start + Self.hashesPerCall, wanted.count)]
            let call = request("GET", "torrents", "info", query: [("hashes", part.joined(separator: "|"))])
            var records = RecordStream(shape: TorrentFields.shape, arrayKey: nil)
            let head = try await open(call, mayLogIn: false)
            try await head.records(of: call, &records) { record in
                // Never trust a filter (upstreams.md §0, rule 4).
                guard let hash = TorrentFields.hash(of: record) else { return }
                let reading = TorrentFields(record).reading(hash)
                if reading.hashes.contains(where: part.contains) { found.append(reading) }
            }
        }
        return found
    }

    /// Lists a torrent's files; none while its metadata is missing.
    ///
    /// - Throws: `UpstreamError`; `.status(404)` for an unknown torrent.
    public func files(_ hash: String) async throws -> [TorrentFile] {
        await enter()
        defer { leave() }
        let call = request("GET", "torrents", "files", query: [("hash", hash.lowercased())])
        let shape = RecordShape([
            .value("name", slot: 0), .value("size", slot: 1), .value("progress", slot: 2),
        ])
        var records = RecordStream(shape: shape, arrayKey: nil)
        var files: [TorrentFile] = []
        let head = try await open(call, mayLogIn: false)
        try await head.records(of: call, &records) { record in
            guard let name = record.text(0), !name.isEmpty else { return }
            let progress = min(1, max(0, record.double(2) ?? 0))
            files.append(TorrentFile(name: name, size: max(0, record.integer(1) ?? 0), progress: progress))
        }
        return files
    }
}
