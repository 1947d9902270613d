import Foundation
import Glibc
import HTTPClient
import Testing

/// Group I of the acceptance scenarios: what clients of the event stream see of tracking.
@Suite struct TrackingEventTests {
    let film = Film.violet

    private static func films(_ count: Int, from first: Int) -> [Film] {
        (0..<count).map { number in
            var film = Film.second
            film.tmdb = first + number
            film.seerr = first + number
            film.title = "Film \(number)"
            return film
        }
    }

    @Test("I1: an idle stream says something within fifteen seconds and may not be buffered")
    func idle() async throws {
        try await FakeStack.run { stack in
            let stream = try await EventStream.open(stack.server)
            #expect(stream.status == 200)
            #expect(stream.headers["Content-Type"]?.hasPrefix("text/event-stream") == true)
            let caching = stream.headers["Cache-Control"] ?? ""
            #expect(caching.contains("no-store") || caching.contains("no-cache"), "\(caching)")
            let spoke = await eventually(.seconds(17)) { stream.hasComment || !stream.events.isEmpty }
            #expect(spoke)
        }
    }

    @Test("I2: a webhook is an event, and a read made on it shows the change")
    func webhookEvent() async throws {
        try await FakeStack.run { stack in
            let stream = try await EventStream.open(stack.server)
            let id = try await stack.hook("jellyseerr", film.seerr("MEDIA_AUTO_APPROVED"))
            let came = await stream.wait { $0.contains { $0.name == "request" && $0.request?["id"] as? Int == id } }
            #expect(came)
            let event = try #require(stream.events.first { $0.name == "request" })
            #expect(event.data.contains("\"change\":\"created\""))
            #expect(event.request?["state"] as? String == "approved")
            let seen = stream.events.count
            try await stack.hook("radarr", film.grab())
            let moved = await stream.wait {
                $0.dropFirst(seen).contains { $0.request?["state"] as? String == "indexed" }
            }
            #expect(moved)
            #expect(try await stack.detail(try #require(id)).state == "indexed")
        }
    }

    @Test("I3: a client that comes back has exactly what it missed, in order")
    func resume() async throws {
        try await FakeStack.run(repeats: false) { stack in
            let first = try await EventStream.open(stack.server)
            try await stack.hook("jellyseerr", film.seerr("MEDIA_AUTO_APPROVED"))
            #expect(await first.wait { $0.contains { $0.id != nil } })
            await stack.afterReads(2, of: "radarr", path: "api/v3/queue")
            let last = try #require(first.events.last { $0.id != nil }?.id)
            first.close()
            let films = Self.films(50, from: 600_000)
            for film in films { try await stack.hook("jellyseerr", film.seerr("MEDIA_APPROVED")) }
            let second = try await EventStream.open(stack.server, after: last)
            let created: @Sendable ([EventStream.Event]) -> [Int] = { events in
                events.filter { $0.data.contains("\"change\":\"created\"") }
                    .compactMap { ($0.request?["ids"] as? [String: Any])?["tmdb"] as? Int }
            }
            #expect(await second.wait { created($0).count >= 50 })
            #expect(created(second.events) == films.map(\.tmdb))
            let ids = second.events.compactMap(\.id).compactMap { Int($0) }
            #expect(ids == ids.sorted())
            #expect(Set(ids).count == ids.count)
        }
    }

    @Test("I4: an id that is not of this log starts with a reset")
    func foreignID() async throws {
        try await FakeStack.run { stack in
            let stream = try await EventStream.open(stack.server, after: "999999999")
            #expect(await stream.wait { !$0.isEmpty })
            #expect(stream.events.first?.name == "reset")
            try await stack.hook("jellyseerr", film.seerr("MEDIA_AUTO_APPROVED"))
            #expect(await stream.wait { $0.contains { $0.name == "request" } })
        }
    }

    @Test("I7: clients go on where they were after a restart of the server")
    func restart() async throws {
        try await FakeStack.run(repeats: false) { stack in
            let first = try await EventStream.open(stack.server)
            let id = try await stack.hook("jellyseerr", film.seerr("MEDIA_AUTO_APPROVED"))
            #expect(await first.wait { $0.contains { $0.id != nil } })
            let last = try #require(first.events.last { $0.id != nil }?.id)
            try await stack.hook("radarr", film.grab())
            await stack.crash()
            try await stack.restart()
            let second = try await EventStream.open(stack.server, after: last)
            #expect(await second.wait { $0.contains { $0.request?["id"] as? Int == id } })
        }
    }

    @Test("I8: open streams do not hold up the end")
    func end() async throws {
        try await FakeStack.run(repeats: false) { stack in
            let stream = try await EventStream.open(stack.server)
            let start = ContinuousClock.now
            stack.server.program.kill(SIGTERM)
            let code = await stack.server.program.end(within: .seconds(20))
            #expect(code == 0)
            #expect(ContinuousClock.now - start < .seconds(6))
            #expect(await eventually(.seconds(2)) { stream.isOver })
            try await stack.restart()
        }
    }
}
