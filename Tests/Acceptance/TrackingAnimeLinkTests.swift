import Foundation
import Testing

/// D7 and D13: Shoko ahead of Jellyfin, and a stream that cannot be opened for a while.
@Suite struct TrackingAnimeLinkTests {
    private static let film: Film = {
        var film = Film.violet
        film.title = "Paper Cranes"
        return film
    }()
    private let film = Self.film
    private let file = ShokoFile(id: 900, path: "/\(Self.film.title)/film.mkv", isMatched: true)

    private func run(
        _ settings: [String: String] = [:], _ scenario: (FakeStack, Int) async throws -> Void
    ) async throws {
        let shoko = ["SHOKO_URL": "later", "SHOKO_API_KEY": "00000000-1111-2222-3333-444444444444"]
        try await FakeStack.run(settings.merging(shoko) { _, new in new }) { stack in
            let isLinked = await eventually(.seconds(30)) { stack.fake.shoko.count > 0 }
            #expect(isLinked, "Marquee did not open Shoko's event stream")
            let id = try #require(try await stack.hook("jellyseerr", film.seerr("MEDIA_AUTO_APPROVED")))
            try await stack.hook("radarr", film.grab(tags: ["anime"]))
            var imported = film.imported()
            imported["movieFile"]["path"] = "/media/anime/\(film.title)/film.mkv"
            imported["movieFile"]["relativePath"] = "film.mkv"
            imported["movie"]["folderPath"] = "/media/anime/\(film.title)"
            try await stack.hook("radarr", imported)
            try await stack.expect(id, state: "anime_matching")
            try await scenario(stack, id)
        }
    }

    private func stream(_ stack: FakeStack) async throws -> [String: Any] {
        let services = try await stack.server.get("/api/health")["services"] as? [[String: Any]] ?? []
        return services.first { $0["service"] as? String == "shoko" }?["stream"] as? [String: Any] ?? [:]
    }

    @Test("D7: Shoko and a hook say added, Jellyfin lists the film later: available only then, and soon")
    func listedLater() async throws {
        let (film, file) = (film, file)
        try await run { stack, id in
            try await stack.fake.shoko.tell("ShokoEvent:FileMatched", file.event)
            try await stack.hook("jellyfin", film.itemAdded())
            try await stack.expect(id, state: "syncing_library")
            await stack.afterReads(6, of: "jellyfin", path: "Items")
            let waiting = try await stack.expect(id, state: "syncing_library")
            #expect(waiting.jellyfinId == nil)
            stack.fake.world { $0.items = [film.inJellyfin(["Path": "/media/anime/\(film.title)/film.mkv"])] }
            let detail = try await stack.expect(id, state: "available", within: .seconds(30))
            #expect(detail.jellyfinId == film.item)
            #expect(detail.stages.suffix(3) == ["anime_matching", "syncing_library", "available"])
        }
    }

    @Test("D13: how long until the stream is tried again is shown, grows, and ends with a look at what was missed")
    func backOff() async throws {
        let file = file
        let slow = ["MARQUEE_POLL_SHOKO": "10m", "MARQUEE_POLL_SHOKO_ACTIVE": "10m"]
        try await run(slow) { stack, id in
            #expect(try await stream(stack)["state"] as? String == "connected")
            stack.fake.world { $0.faults["shoko/signalr/aggregate"] = .status(503) }
            stack.fake.shoko.drop()
            var waits: [Int] = []
            let hasGrown = await eventually(.seconds(60)) {
                guard let link = try? await stream(stack), link["state"] as? String == "waiting" else { return false }
                waits.append(link["retry_in_ms"] as? Int ?? -1)
                return (waits.last ?? 0) > 2_000 && link["error"] as? String != nil
            }
            #expect(hasGrown, "\(waits)")
            #expect(waits.allSatisfy { (0...10_000).contains($0) }, "\(waits)")
            // It was matched meanwhile, and nobody told.
            stack.fake.world { world in
                world.shokoFiles = [file]
                world.faults = [:]
            }
            try await stack.expect(id, state: "syncing_library", within: .seconds(60))
            let isBack = await eventually(.seconds(30)) {
                (try? await stream(stack))?["state"] as? String == "connected"
            }
            #expect(isBack)
            #expect(try await stream(stack)["error"] is NSNull)
        }
    }
}
