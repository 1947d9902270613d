import HTTPClient
import Media
import Seerr
import TestSupport
import Testing

@Suite("Seerr request")
struct ReadingTests {
    private let now = Timestamp(milliseconds: 1_800_000_000_000)

    private func read(_ body: String, id: Int64 = 7) async throws -> SeerrReading {
        try await SeerrServer.client(StubTransport { _ in SeerrServer.json(body) }).request(id)
    }

    private func reading(status: Int64, media: Int64? = nil) -> SeerrReading {
        var reading = SeerrReading(id: 7, status: status, mediaType: .tv, variant: .uhd, seasons: [1, 2])
        reading.mediaStatus = media
        reading.tmdb = 5
        reading.tvdb = 6
        reading.arrTitle = 9
        reading.requester = "ann"
        reading.owner = JellyfinUserID("A-bC")
        reading.createdAt = Timestamp(milliseconds: 1000)
        reading.updatedAt = Timestamp(milliseconds: 2000)
        return reading
    }

    @Test(
        "each status has its fact; availability is only a hint",
        arguments: [
            (1, 2, [.requested]), (2, 3, [.approved]), (3, 1, [.declined]), (4, 3, [.submitFailed]),
            (5, 5, [.approved, .availableHint]), (5, 7, [.approved, .availableHint]),
            (2, 5, [.approved, .availableHint]), (3, 5, [.declined, .availableHint]), (2, 4, [.approved]),
            (9, 3, [.requested]), (2, 99, [.approved]),
        ] as [(Int64, Int64, [Observation.Fact])])
    func facts(status: Int64, media: Int64, facts: [Observation.Fact]) {
        let observations = reading(status: status, media: media).observations(instance: "x", receivedAt: now)
        #expect(observations.map(\.fact) == facts)
        #expect(observations.allSatisfy { $0.instance == "x" && $0.channel == .poll && $0.service == "jellyseerr" })
        #expect(observations.allSatisfy { $0.naturalKey == "7@2000" && $0.receivedAt == now })
    }

    @Test("carries keys and details, and not the number that belongs to the *arr's instance")
    func keys() throws {
        let observation = try #require(reading(status: 2).observations(instance: "x", receivedAt: now).first)
        #expect(observation.keys.seerrRequest == 7 && observation.keys.tmdb == 5 && observation.keys.tvdb == 6)
        #expect(observation.keys.arrTitle == nil && observation.keys.mediaType == .tv)
        #expect(
            observation.details
                == Details([
                    .requester: "ann", .owner: "abc", .variant: "4k", .seasons: "1,2", .created: "1000",
                ]))
    }

    @Test("is dated by Seerr, never after receipt")
    func dates() {
        func date(_ status: Int64, receivedAt: Int64) -> Int64? {
            reading(status: status).observations(
                instance: "x", receivedAt: Timestamp(milliseconds: receivedAt)
            ).first?.observedAt.milliseconds
        }
        #expect(date(1, receivedAt: 5000) == 1000 && date(2, receivedAt: 5000) == 2000)
        #expect(date(2, receivedAt: 1500) == 1500)
    }

    @Test("a 4K request is judged by the 4K half of its medium")
    func variant() async throws {
        let reading = try await read(
            #"""
            {"id":"7","status":2,"type":"movie","is4k":true,"media":{"tmdbId":"12","tvdbId":null,"imdbId":"tt1",
            "status":5,"status4k":3,"externalServiceId":1,"externalServiceId4k":2,"serviceId":0,"serviceId4k":1}}
            """#)
        #expect(reading.variant == .uhd && reading.mediaStatus == 3 && reading.arrTitle == 2 && reading.arrServer == 1)
        #expect(reading.id == 7 && reading.tmdb == 12 && reading.imdb == "tt1")
    }

    @Test("zero, blank and null are no ids")
    func blanks() async throws {
        let reading = try await read(
            #"{"id":7,"status":99,"type":"TV","media":{"tmdbId":0,"tvdbId":"","imdbId":"","externalServiceId":0},"requestedBy":null,"seasons":null}"#
        )
        #expect(reading.status == 99 && reading.mediaType == .tv && reading.tmdb == nil && reading.tvdb == nil)
        #expect(reading.imdb == nil && reading.arrTitle == nil && reading.requester == nil && reading.seasons == [])
        #expect(reading.observations(instance: "x", receivedAt: now).map(\.naturalKey) == ["7@0"])
    }

    @Test("another request's answer is not taken")
    func otherRequest() async throws {
        await #expect(throws: UpstreamError.self) {
            try await self.read(#"{"id":8,"status":1,"type":"tv","media":{}}"#)
        }
    }

    @Test("reads recorded single requests", .enabled(if: Recording.isThere))
    func recordings() async throws {
        let body = String(decoding: try Recording.bytes("overseerr/overseerr-create_tv_request.json"), as: UTF8.self)
        let reading = try await read(body, id: 14)
        #expect(reading.mediaType == .tv && reading.tvdb == 447_806 && reading.mediaStatus == 4)
        #expect(reading.owner == nil && reading.requester == "somebody" && reading.seasons == [1])
    }
}
