import Foundation
import Testing

/// I6: many clients of the event stream, one of which never reads.
@Suite(.serialized) struct TrackingAudienceTests {
    private static func ids(_ events: [EventStream.Event]) -> [Int] { events.compactMap(\.id).compactMap { Int($0) } }

    private func clients(_ server: Server) async throws -> Int {
        let figures = try await server.get("/metrics").text
        let line = figures.split(separator: "\n").first { $0.hasPrefix("marquee_sse_clients ") }
        return line.flatMap { $0.split(separator: " ").last }.flatMap { Double($0) }.map { Int($0) } ?? -1
    }

    @Test("I6: of two hundred clients one never reads: the others get everything, it is cut off, and it can resume")
    func oneNeverReads() async throws {
        try await FakeStack.run(repeats: false) { stack in
            let server = stack.server
            let first = try await stack.hook("jellyseerr", Film.violet.seerr("MEDIA_AUTO_APPROVED"))
            await stack.afterReads(3, of: "jellyfin", path: "Items")
            let start = String(try await lastID(server))
            var streams: [EventStream] = []
            for _ in 0..<199 { streams.append(try await EventStream.open(server, after: start, "?topics=request")) }
            let port = try #require(server.url.split(separator: ":").last.flatMap { UInt16($0) })
            let silent = try SilentSocket(port: port, path: "/api/events?topics=request&after=\(start)")
            #expect(await eventually(.seconds(30)) { (try? await clients(server)) == 200 })
            let before = try peakMegabytes(server.program.pid)
            var count = 0
            var isCut = false
            while !isCut && count < 4_000 {
                for _ in 0..<50 {
                    var film = Film.second
                    film.tmdb = 300_000 + count
                    film.seerr = 300_000 + count
                    film.title = "Film \(count)"
                    try await stack.hook("jellyseerr", film.seerr("MEDIA_APPROVED"))
                    count += 1
                }
                isCut = try await clients(server) == 199
            }
            #expect(isCut, "the silent client still holds its place after \(count) changes")
            #expect(try peakMegabytes(server.program.pid) - before < 200)

            let known = silent.readToEnd()
            #expect(!known.isEmpty && known == known.sorted() && Set(known).count == known.count)
            let last = try await lastID(server)
            let everything = try await EventStream.open(server, after: start, "?topics=request")
            #expect(await everything.wait(.seconds(60)) { Self.ids($0).last == last })
            let expected = Self.ids(everything.events)
            #expect(expected.count >= count)
            for (number, stream) in streams.enumerated() {
                let isComplete = await stream.wait(.seconds(120)) { Self.ids($0).last == last }
                #expect(isComplete, "client \(number) lacks the end")
                #expect(Self.ids(stream.events) == expected, "client \(number) missed something")
                #expect(!stream.isOver)
            }
            let resumed = try await EventStream.open(server, after: known.last.map(String.init), "?topics=request")
            #expect(await resumed.wait(.seconds(60)) { Self.ids($0).last == last })
            #expect(known + Self.ids(resumed.events) == expected)
            #expect(try await stack.detail(try #require(first)).state == "approved")
        }
    }

    /// The newest event's id, once nothing changes any more.
    private func lastID(_ server: Server) async throws -> Int {
        let stream = try await EventStream.open(server, after: "0", "?topics=request")
        var last = -1
        for _ in 0..<60 {
            _ = await eventually(.seconds(1)) { false }
            let now = Self.ids(stream.events).last ?? 0
            if now == last { return now }
            last = now
        }
        return last
    }
}
