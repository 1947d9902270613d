import Media
import Store
import Testing

@testable import Tracking

@Suite("Listings that have shrunk", .timeLimit(.minutes(5)))
struct ShrunkenListingTests {
    private static let list = "radarr.test/api/v3/movie"

    private static func films(_ numbers: ClosedRange<Int>) -> String {
        let films = numbers.map {
            #"{"id":\#($0),"title":"Film \#($0)","tmdbId":\#($0),"monitored":true,"hasFile":false,"isAvailable":true}"#
        }
        return "[\(films.joined(separator: ","))]"
    }

    @Test("Radarr's list does not prove that it lacks a film, until the next one agrees")
    func radarr() async throws {
        try await TrackingBench.with(["radarr"]) { bench in
            bench.services.set("radarr.test/api/v3/tag", "[]")
            bench.services.set(Self.list, Self.films(1...50))
            let id = try await bench.ask(1, tmdb: 45)
            let watch = ArrWatch(try #require(bench.tracking.upstreams.servarr.first), bench.tracking)
            func isListed() async throws -> Bool? {
                try await bench.facts(id).filter { $0.fact == .inArr }.max { $0.observedAt < $1.observedAt }?.holds
            }
            _ = try await watch.readTitles()
            #expect(try await isListed() == true)
            bench.services.set(Self.list, Self.films(1...30))
            for wait in [Duration.seconds(60), .seconds(1_800)] {
                bench.clock.advance(wait)
                _ = try await watch.readTitles()
                #expect(try await isListed() == true)
            }
            bench.clock.advance(.seconds(1_800))
            _ = try await watch.readTitles()
            #expect(try await isListed() == false)
        }
    }

    @Test("Seerr's requests are not gone because it lists fewer of them")
    func seerr() async throws {
        try await TrackingBench.with(["seerr"]) { bench in
            let watch = SeerrWatch(try #require(bench.tracking.upstreams.seerr.first), bench.tracking)
            func list(_ numbers: ClosedRange<Int>) {
                let requests = numbers.map { number in
                    #"{"id":\#(number),"status":2,"type":"movie","is4k":false,"createdAt":"2026-01-01T09:00:00.000Z","updatedAt":"2026-01-01T09:00:00.000Z","media":{"id":\#(number),"mediaType":"movie","tmdbId":\#(number),"status":3},"requestedBy":{"id":1,"displayName":"Ann"}}"#
                }
                bench.services.set(
                    "seerr.test/api/v1/request",
                    #"{"pageInfo":{"page":1,"pages":1,"pageSize":100,"results":\#(requests.count)},"results":[\#(requests.joined(separator: ","))]}"#
                )
            }
            list(1...40)
            try await watch.read(afresh: true)
            let id = try #require(try await bench.store.read { try $0.seerrRequest(35, "default") })
            list(1...20)
            for wait in [Duration.seconds(60), .seconds(60), .seconds(60)] {
                bench.clock.advance(wait)
                try await watch.read(afresh: true)
                #expect(try await bench.row(id)?.state == .approved)
            }
            // An hour after it was first seen it is believed, without being asked for; the second such one is proof.
            for _ in 0..<2 {
                bench.clock.advance(.seconds(3_600))
                try await watch.read(afresh: false)
                bench.clock.advance(.seconds(6 * 3_600))
            }
            try await watch.read(afresh: false)
            #expect(try await bench.row(id)?.state == .declined)
        }
    }
}
