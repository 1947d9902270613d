import Foundation
import Testing

/// What becomes known only after the request went on (tracking.md §7).
@Suite(.timeLimit(.minutes(20))) struct LateEntryTests {
    let film = Film.violet

    @Test("a grab that the history tells after the import stands in its place, marked late")
    func grab() async throws {
        let film = film
        try await FakeStack.run { stack in
            let id = try await stack.hook("jellyseerr", film.seerr("MEDIA_AUTO_APPROVED"))
            let grabbed = Date.now
            let grabTime = TrackingFilmTests.time(grabbed)
            #expect(await eventually { Date.now > grabbed.addingTimeInterval(0.1) })
            try await stack.hook("radarr", film.imported())
            try await stack.expect(id) { $0.events.contains("imported") }
            stack.fake.world { $0.radarr.history = [film.history("grabbed", at: grabTime)] }
            let detail = try await stack.expect(id) { $0.events.contains("grabbed") }
            #expect(detail.events.firstIndex(of: "grabbed") ?? 9 < detail.events.firstIndex(of: "imported") ?? 0)
            #expect(detail.timeline.filter(\.late).map(\.event) == ["grabbed"])
            let page = try await stack.server.get("/request/\(detail.id)")
            #expect(page.text.contains("This became known only after a later stage."))
        }
    }
}
