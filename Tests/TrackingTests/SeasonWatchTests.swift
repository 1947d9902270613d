import Media
import Store
import Testing

@testable import Tracking

@Suite("Episodes without Sonarr", .timeLimit(.minutes(5)))
struct SeasonWatchTests {
    private static func season(_ number: Int, _ dates: [String?]) -> String {
        let episodes = dates.enumerated().map { index, date in
            let aired = date.map { "\"\($0)\"" } ?? "null"
            return
                #"{"episodeNumber":\#(index + 1),"seasonNumber":\#(number),"name":"E\#(index + 1)","airDate":\#(aired)}"#
        }
        return #"{"seasonNumber":\#(number),"episodes":[\#(episodes.joined(separator: ","))]}"#
    }

    private func watch(_ bench: TrackingBench) throws -> SeasonWatch {
        SeasonWatch(try #require(bench.tracking.upstreams.seerr.first), bench.tracking)
    }

    @Test("the requested seasons are read when the request is made, and then daily")
    func daily() async throws {
        try await TrackingBench.with(["seerr", "jellyfin"]) { bench in
            let path = "seerr.test/api/v1/tv/7/season/2"
            bench.services.set(path, Self.season(2, ["2025-01-01", "2026-01-05", nil]))
            let id = try await bench.ask(1, .tv, tmdb: 7, seasons: "2")
            let watch = try watch(bench)
            try await watch.read()
            let first = try await bench.episodes(id)
            #expect(first.map(\.number) == (1...3).map { UnitNumber(2, $0) })
            #expect(first.map(\.class) == [.counted, .unaired, .unaired])
            let row = try #require(try await bench.row(id))
            #expect(row.episodesAired == 1 && row.episodesTotal == 3)

            bench.services.set(path, Self.season(2, ["2025-01-01", "2026-01-05", "2026-01-12", "2026-01-19"]))
            bench.clock.advance(.seconds(86_399))
            try await watch.read()
            #expect(bench.services.calls == ["GET \(path)"])
            bench.clock.advance(.seconds(1))
            try await watch.read()
            #expect(bench.services.calls.count == 2)
            #expect(try await bench.row(id)?.episodesTotal == 4)
        }
    }

    @Test("without a list of seasons all but the specials are read")
    func allSeasons() async throws {
        try await TrackingBench.with(["seerr"]) { bench in
            bench.services.set(
                "seerr.test/api/v1/tv/7",
                #"{"id":7,"name":"A","seasons":[{"seasonNumber":0},{"seasonNumber":1},{"seasonNumber":2}]}"#)
            for number in 1...2 {
                bench.services.set("seerr.test/api/v1/tv/7/season/\(number)", Self.season(number, ["2025-01-01"]))
            }
            let id = try await bench.ask(1, .tv, tmdb: 7)
            try await watch(bench).read()
            #expect(try await bench.episodes(id).map(\.number) == [UnitNumber(1, 1), UnitNumber(2, 1)])
            #expect(try await bench.row(id)?.episodesReadAt == bench.clock.now)
        }
    }

    @Test("a season that TMDB lacks leaves the list unknown, and is asked for again an hour later")
    func lacking() async throws {
        try await TrackingBench.with(["seerr"]) { bench in
            bench.services.set("seerr.test/api/v1/tv/7/season/1", Self.season(1, ["2025-01-01"]))
            let id = try await bench.ask(1, .tv, tmdb: 7, seasons: "1,2")
            let watch = try watch(bench)
            try await watch.read()
            #expect(try await bench.episodes(id).count == 1)
            #expect(try await bench.row(id)?.episodesReadAt == nil)
            try await watch.read()
            #expect(bench.services.calls.count == 2)
            bench.services.set("seerr.test/api/v1/tv/7/season/2", Self.season(2, ["2025-02-01"]))
            bench.clock.advance(.seconds(3_600))
            try await watch.read()
            #expect(try await bench.row(id)?.episodesTotal == 2)
        }
    }

    @Test("one that fails changes nothing")
    func failing() async throws {
        try await TrackingBench.with(["seerr"]) { bench in
            bench.services.set("seerr.test/api/v1/tv/7/season/1", "<html>")
            let id = try await bench.ask(1, .tv, tmdb: 7, seasons: "1")
            await #expect(throws: (any Error).self) { try await watch(bench).read() }
            #expect(try await bench.row(id)?.episodesReadAt == nil)
        }
    }

    @Test("only where no Sonarr is configured")
    func notBesideSonarr() async throws {
        for (services, isRead) in [(["seerr", "radarr"], true), (["seerr", "sonarr"], false)] {
            try await TrackingBench.with(services) { bench in
                let service = TrackingService(bench.tracking)
                let readers = service.readers(Reconciliation(tracking: bench.tracking, librarian: nil))
                #expect(readers.contains { $0.what == "seasons" } == isRead)
            }
        }
    }
}
