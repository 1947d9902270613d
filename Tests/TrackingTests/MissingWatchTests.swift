import Media
import Store
import Testing

@testable import Tracking

@Suite("What an *arr misses", .timeLimit(.minutes(5)))
struct MissingWatchTests {
    private func watch(_ bench: TrackingBench) throws -> MissingWatch {
        MissingWatch(servarr: try #require(bench.tracking.upstreams.servarr.first), tracking: bench.tracking)
    }

    private func list(_ records: [String], _ service: String, _ bench: TrackingBench) {
        bench.services.set(
            "\(service).test/api/v3/wanted/missing",
            #"{"page":1,"pageSize":500,"totalRecords":\#(records.count),"records":[\#(records.joined(separator: ","))]}"#
        )
    }

    private func reading(_ fact: Observation.Fact, _ id: Int64, _ bench: TrackingBench) async throws -> Bool? {
        try await bench.facts(id).filter { $0.fact == fact }.max { $0.observedAt < $1.observedAt }?.holds
    }

    @Test("a film whose file was deleted waits to be grabbed again, before the whole list is read")
    func film() async throws {
        try await TrackingBench.with(["radarr"]) { bench in
            let id = try await bench.ask(1, tmdb: 7)
            try await bench.tracking.book([]) { ledger in
                try ledger.learn("radarr", InstanceID(instance: "default", id: 52), for: id)
                var title = ArrTitleReading(id: 52, type: .movie)
                title.monitored = true
                title.hasFile = true
                let told = title.observations(service: "radarr", instance: "default", at: ledger.tx.now)
                for fact in told { try ledger.request(id)?.record(fact) }
            }
            #expect(try await bench.row(id)?.state == .syncingLibrary)
            let watch = try watch(bench)
            list([], "radarr", bench)
            bench.clock.advance(.seconds(60))
            try await watch.read()
            #expect(try await bench.row(id)?.state == .syncingLibrary)
            list([#"{"id":52,"isAvailable":true},{"id":53,"isAvailable":true}"#], "radarr", bench)
            // Two records in one string: the total does not add up, so nothing is known.
            await #expect(throws: (any Error).self) { try await watch.read() }
            #expect(try await bench.row(id)?.state == .syncingLibrary)
            list([#"{"id":52,"isAvailable":true}"#, #"{"id":53,"isAvailable":false}"#], "radarr", bench)
            bench.clock.advance(.seconds(60))
            try await watch.read()
            #expect(try await bench.row(id)?.state == .approved)
            #expect(try await reading(.missing, id, bench) == true)
            #expect(try await reading(.released, id, bench) == true)
            list([], "radarr", bench)
            bench.clock.advance(.seconds(60))
            try await watch.read()
            #expect(try await reading(.missing, id, bench) == false)
            #expect(try await reading(.hasFile, id, bench) == false)
        }
    }

    @Test("episodes are missing where the list names them, and nowhere else")
    func episodes() async throws {
        try await TrackingBench.with(["sonarr"]) { bench in
            let id = try await bench.ask(1, .tv, tmdb: 7, seasons: "1")
            try await bench.tracking.book([]) { ledger in
                try ledger.learn("sonarr", InstanceID(instance: "default", id: 52), for: id)
                guard let tracked = try ledger.request(id) else { return }
                for number in 1...3 {
                    var episode = EpisodeReading(UnitNumber(1, number))
                    episode.airDate = ledger.tx.now.advanced(by: .seconds(-86_400))
                    episode.monitored = true
                    episode.hasFile = true
                    tracked.update(episode, readAt: ledger.tx.now)
                }
                tracked.listRead(at: ledger.tx.now)
            }
            bench.clock.advance(.seconds(60))
            list(
                [
                    #"{"id":901,"seriesId":52,"seasonNumber":1,"episodeNumber":2}"#,
                    #"{"id":902,"seriesId":53,"seasonNumber":1,"episodeNumber":3}"#,
                    #"{"id":903,"seriesId":52,"seasonNumber":2,"episodeNumber":1}"#,
                ], "sonarr", bench)
            try await watch(bench).read()
            let episodes = try await bench.episodes(id)
            #expect(episodes.map(\.number) == (1...3).map { UnitNumber(1, $0) })
            #expect(episodes.map(\.hasFile) == [true, false, true])
            #expect(episodes.map(\.stage) == [.syncingLibrary, .approved, .syncingLibrary])
        }
    }
}
