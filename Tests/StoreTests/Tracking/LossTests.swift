import Database
import Media
import Store
import TestSupport
import Testing

@Suite("Losses told by webhooks", .timeLimit(.minutes(10)))
struct LossTests {
    private func signal(_ bench: StoreBench, _ instance: String = "default", tmdb: Int64? = nil, item: String? = nil)
        -> RemovalSignal
    {
        var keys = MediaKeys(mediaType: .movie)
        keys.tmdb = tmdb
        keys.jellyfinItem = item.flatMap { JellyfinItemID($0) }
        return RemovalSignal(
            service: item == nil ? "radarr" : "jellyfin", instance: instance, loss: .title(deletedFiles: true),
            keys: keys, at: bench.clock.now)
    }

    private func requests(_ signal: RemovalSignal, _ bench: StoreBench) async throws -> [Int64] {
        try await bench.store.write { tx in
            try TrackingLedger(tx, TrackingContext(rules: TrackingRules())).requests(of: signal)
        }
    }

    @Test(
        "available rows are found by their medium's ids and their item, and no others", arguments: TestDatabase.backends
    )
    func matching(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            let item = "aa000000000000000000000000000001"
            let ids = try await bench.add([
                NewTitle(title: "A", tmdb: 70, item: item), NewTitle(title: "B", tmdb: 71),
                NewTitle(title: "S", type: .tv, tmdb: 70),
            ])
            #expect(
                try await requests(signal(bench, tmdb: 70), bench) == [ids[0]], "a series of that number is another")
            #expect(try await requests(signal(bench, item: item), bench) == [ids[0]])
            #expect(try await requests(signal(bench, tmdb: 72), bench).isEmpty)
            #expect(try await requests(signal(bench), bench).isEmpty, "a signal without ids is about nothing")
        }
    }

    @Test(
        "hooks of losses are read in order from the last one seen, as long as their bodies are kept",
        arguments: TestDatabase.backends)
    func inbox(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            let events = ["MovieDelete", "Grab", "itemDELETED", "EpisodeFileDelete", "Download", "ItemRemoved"]
            let ids = try await bench.store.write { tx in
                try events.map { event in
                    let id = try tx.reserveIDs(.inbox)
                    try tx.appendInbox(
                        id: id, service: "radarr", instance: "4k", event: event, body: Array(event.utf8),
                        outcome: .recorded, request: nil)
                    return id
                }
            }
            func losses(after id: Int64, limit: Int = 10) async throws -> [String] {
                try await bench.store.read { reader in
                    try reader.inboxLosses(after: id, limit: limit).map { String(decoding: $0.body, as: UTF8.self) }
                }
            }
            #expect(try await losses(after: 0) == ["MovieDelete", "itemDELETED", "EpisodeFileDelete", "ItemRemoved"])
            #expect(try await losses(after: ids[2], limit: 1) == ["EpisodeFileDelete"])
            let first = try await bench.store.read { try $0.inboxLosses(after: 0, limit: 1).first }
            #expect(first?.id == ids[0] && first?.service == "radarr" && first?.instance == "4k")
            #expect(first?.receivedAt == bench.clock.now)
            bench.clock.advance(.seconds(8 * 86_400))
            try await bench.store.write { try $0.pruneInbox() }
            #expect(try await losses(after: 0).isEmpty)
        }
    }
}
