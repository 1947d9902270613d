import Database
import Foundation
import Testing

/// F20: what retention lets go of is nothing that a stage, an item or a story needs.
@Suite struct TrackingRetentionTests {
    let film = Film.violet

    /// Opens the database of a Marquee that does not run.
    private func inside<R: Sendable>(
        _ stack: FakeStack, _ work: @escaping @Sendable (Transaction) throws -> R
    ) async throws -> R {
        let database = try await Database.open(.sqlite(path: stack.data + "/marquee.db"), readers: 1)
        let result = try await database.writeAlone { try work($0) }
        await database.close()
        return result
    }

    private static func facts(_ tx: Transaction) throws -> Int64 {
        try tx.first("SELECT count(*) FROM facts") { $0.integer(0) } ?? 0
    }

    /// Two grabs and two imports of a film, days ago: the first ones are superseded.
    private var history: [JSON] {
        var better = film
        better.hash = "7777222233334444555566667777888899990000"
        better.file = 399
        func time(_ hours: Double) -> String { TrackingFilmTests.time(.now.addingTimeInterval(-3_600 * hours)) }
        return [
            film.history("grabbed", at: time(80), ["id": 501]),
            film.history("downloadFolderImported", at: time(79), ["id": 502]),
            better.history("grabbed", at: time(60), ["id": 503]),
            better.history("downloadFolderImported", at: time(59), ["id": 504]),
        ]
    }

    @Test("F20: after retention a film is derived again to the same stage, item and story")
    func deriveAgain() async throws {
        let (film, history) = (film, history)
        try await FakeStack.run(
            ["MARQUEE_RETENTION_FACTS": "1d"],
            prepare: { world in
                world.seerrRequests = [film.seerrRequest(status: 2)]
                world.seerrTitles = ["movie/\(film.tmdb)": film.tmdbTitle]
                world.radarr.titles = [film.listed(hasFile: true)]
                world.radarr.history = history
                world.items = [film.inJellyfin()]
            }
        ) { stack in
            _ = await eventually(.seconds(20)) { (try? await stack.all().first?.id) != nil }
            let id = try #require(try await stack.all().first?.id)
            try await stack.expect(id, within: .seconds(30)) {
                $0.state == "available" && $0.events.filter { $0 == "imported" }.count == 2
            }
            await stack.crash()
            // It has been playable for two days.
            let many = try await inside(stack) { tx in
                try tx.execute("UPDATE requests SET state_changed_at = state_changed_at - 172800000", [])
                return try Self.facts(tx)
            }
            // What the services would tell again must not stand in for what was let go of.
            stack.fake.world { $0.radarr.history = [] }
            try await stack.restart()
            let before = try await stack.detail(id)
            var few = many
            for _ in 0..<4 where few == many {
                // Housekeeping comes every half minute.
                _ = await eventually(.seconds(35)) { false }
                await stack.crash()
                few = try await inside(stack) { try Self.facts($0) }
                try await stack.restart()
            }
            #expect(few < many, "nothing was let go of")
            // A hint derives anew from what is left.
            try await stack.hook("jellyseerr", film.seerr("MEDIA_AVAILABLE"))
            await stack.afterReads(2, of: "jellyfin", path: "Items")
            let after = try await stack.detail(id)
            #expect(after.state == "available")
            #expect(after.jellyfinId == before.jellyfinId && after.jellyfinId == film.item)
            #expect(after.timeline == before.timeline)
            #expect(after.quality == before.quality)
            #expect(after.availableAt == before.availableAt)
        }
    }
}
