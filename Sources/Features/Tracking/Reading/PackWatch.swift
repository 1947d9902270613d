import Media
import QBittorrent
import Store

/// Reads the files of unfinished packs, so that each episode shows its own progress (tracking.md §3.3).
struct PackWatch: Sendable {
    let client: QBittorrent
    let tracking: Tracking

    private static let callsPerRead = 20

    /// - Returns: whether there was a pack to ask for.
    func read() async throws -> Bool {
        let packs = try await tracking.store.read { try $0.unfinishedPacks(limit: Self.callsPerRead) }
        for pack in packs {
            let files = try await client.files(pack.hash)
            var progress: [UnitNumber: (done: Double, size: Double)] = [:]
            for file in files {
                for unit in ReleaseNames.units(in: file.name) {
                    let held = progress[unit] ?? (0, 0)
                    progress[unit] = (held.done + file.progress * Double(file.size), held.size + Double(file.size))
                }
            }
            let shares = progress.compactMapValues { $0.size > 0 ? $0.done / $0.size : nil }
            if shares.isEmpty { continue }
            try await tracking.book([]) { ledger in
                guard let tracked = try ledger.request(pack.request) else { return }
                for (index, download) in tracked.facts.downloads.enumerated() where download.id == pack.download {
                    tracked.editDownload(index) { $0.unitProgress = shares }
                }
            }
        }
        return !packs.isEmpty
    }
}
