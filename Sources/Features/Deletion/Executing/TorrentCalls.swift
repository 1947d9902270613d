import HTTPClient
import Media
import QBittorrent

/// Torrents of one client.
struct TorrentCalls: ServiceCalls {
    let client: QBittorrent
    var isGathered: Bool { true }
    var leftText: String { "qBittorrent still lists it" }

    private func work(_ target: Target) -> (hash: TorrentHash, withFiles: Bool)? {
        guard case .torrent(let text, let withFiles)? = target.step.work, let hash = TorrentHash(text) else {
            return nil
        }
        return (hash, withFiles)
    }

    func look(at target: Target) async throws -> Sight {
        guard let (hash, _) = work(target) else { return .changed("The target is no torrent.") }
        return try await client.holdings(of: [hash]).isEmpty ? .gone : .there
    }

    /// One call for all whose data goes, and one for those whose data stays.
    func call(_ targets: [Target]) async -> [CallOutcome] {
        var outcomes = [CallOutcome](repeating: .failed("The target is no torrent."), count: targets.count)
        for withFiles in [true, false] {
            let places = targets.indices.filter { work(targets[$0])?.withFiles == withFiles }
            if places.isEmpty { continue }
            let outcome: CallOutcome
            do {
                try await client.delete(places.compactMap { work(targets[$0])?.hash }, withFiles: withFiles)
                outcome = .done(withFiles ? "Torrent removed with data" : "Torrent removed, data kept")
            } catch {
                outcome = .failed("\(error)")
            }
            for place in places { outcomes[place] = outcome }
        }
        return outcomes
    }

    func isGone(_ target: Target) async throws -> Bool { try await look(at: target) == .gone }
}
