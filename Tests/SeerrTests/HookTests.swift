import Media
import Seerr
import TestSupport
import Testing

/// Bodies after the default template of upstreams.md §1.1 and edited ones; synthetic but for the recordings.
@Suite("Seerr webhook")
struct HookTests {
    private let now = Timestamp(milliseconds: 1_700_000_000_000)

    private func read(_ body: String) throws -> HookReading {
        try SeerrHook.read(Array(body.utf8), instance: "default", receivedAt: now)
    }

    private func body(_ type: String, media: String = #""media_type":"tv","tmdbId":"154494","tvdbId":"414057""#)
        -> String
    {
        #"""
        {"notification_type":"\#(type)","event":"Series Request Approved","subject":"Show (2021)","message":"Text",
        "image":"https://image.tmdb.org/t/p/x.jpg","media":{\#(media),"status":"PENDING","status4k":"UNKNOWN"},
        "request":{"request_id":"70","requestedBy_email":"a@example.com","requestedBy_username":"ann"},
        "issue":null,"comment":null,"extra":[{"name":"Other","value":"9"},{"name":"Requested Seasons","value":"2, 1"}]}
        """#
    }

    @Test("reads the default template")
    func defaultTemplate() throws {
        let reading = try read(body("MEDIA_APPROVED"))
        let observation = try #require(reading.observations.first)
        #expect(reading.event == "MEDIA_APPROVED" && reading.observations.count == 1)
        #expect(observation.service == "jellyseerr" && observation.instance == "default")
        #expect(observation.channel == .webhook && observation.fact == .approved && observation.naturalKey == "70")
        #expect(observation.observedAt == now && observation.receivedAt == now)
        var keys = MediaKeys(mediaType: .tv)
        keys.seerrRequest = 70
        keys.tmdb = 154_494
        keys.tvdb = 414_057
        #expect(observation.keys == keys)
        #expect(
            observation.details
                == Details([
                    .title: "Show", .year: "2021", .overview: "Text", .poster: "https://image.tmdb.org/t/p/x.jpg",
                    .requester: "ann", .seasons: "1,2",
                ]))
    }

    @Test(
        "each notification has its fact",
        arguments: [
            ("MEDIA_PENDING", Observation.Fact.requested), ("MEDIA_AUTO_REQUESTED", .requested),
            ("MEDIA_APPROVED", .approved), ("MEDIA_AUTO_APPROVED", .approved), ("MEDIA_DECLINED", .declined),
            ("MEDIA_FAILED", .submitFailed), ("MEDIA_AVAILABLE", .availableHint), ("media_approved", .approved),
        ])
    func facts(type: String, fact: Observation.Fact) throws {
        #expect(try read(body(type)).observations.map(\.fact) == [fact])
    }

    @Test(
        "tests, issues and unknown notifications say nothing here, but keep their name",
        arguments: ["TEST_NOTIFICATION", "ISSUE_CREATED", "ISSUE_COMMENT", "ISSUE_RESOLVED", "MEDIA_MELTED"])
    func withoutEffect(type: String) throws {
        #expect(try read(body(type)) == HookReading(event: type))
    }

    @Test("an edited template may use snake case, numbers, and lower case")
    func snakeCase() throws {
        let reading = try read(
            #"""
            {"notification_type":"MEDIA_AUTO_APPROVED","subject":"Film (1) (2020)","message":"","image":"",
            "media":{"media_type":"MOVIE","tmdb_id":533514,"tvdb_id":0,"status":"pending"},
            "request":{"request_id":69,"requested_by_username":"bob"}}
            """#)
        let observation = try #require(reading.observations.first)
        #expect(observation.keys.mediaType == .movie && observation.keys.tmdb == 533_514)
        #expect(observation.keys.tvdb == nil && observation.keys.seerrRequest == 69)
        #expect(observation.details == Details([.title: "Film (1)", .year: "2020", .requester: "bob"]))
    }

    @Test("a flat template is read too")
    func flat() throws {
        let reading = try read(
            #"{"notification_type":"MEDIA_PENDING","media_type":"tv","media_tmdbid":"5","request_id":"7","extra":"x"}"#)
        #expect(reading.observations.first?.keys.tmdb == 5 && reading.observations.first?.keys.seerrRequest == 7)
    }

    @Test("the type of medium is known from the event's words where the template leaves it out")
    func typeFromWords() throws {
        let movie =
            #"{"notification_type":"MEDIA_PENDING","event":"4K Movie Request Pending","request":{"request_id":1}}"#
        #expect(try read(movie).observations.first?.keys.mediaType == .movie)
    }

    @Test("without any id there is no request to speak of")
    func nothingNamed() throws {
        let reading = try read(
            #"{"notification_type":"MEDIA_PENDING","media":{"tmdbId":"","tvdbId":"0"},"request":{"request_id":""}}"#)
        #expect(reading == HookReading(event: "MEDIA_PENDING"))
    }

    @Test("without a request id the natural key is empty")
    func withoutRequest() throws {
        let reading = try read(
            #"{"notification_type":"MEDIA_AVAILABLE","media":{"media_type":"movie","tmdbId":"5"},"request":null}"#)
        #expect(reading.observations.map(\.naturalKey) == [""])
    }

    @Test(
        "titles lose their year only where there is one",
        arguments: [
            ("Alien (1979)", "Alien", "1979"), ("Alien", "Alien", nil), ("1984 (1984)", "1984", "1984"),
            ("Alien (19x9)", "Alien (19x9)", nil), ("(2020)", "(2020)", nil), ("日本 (2020)", "日本", "2020"),
        ] as [(String, String, String?)])
    func subjects(subject: String, title: String, year: String?) throws {
        let reading = try read(
            #"{"notification_type":"MEDIA_PENDING","subject":"\#(subject)","request":{"request_id":1}}"#)
        let details = try #require(reading.observations.first?.details)
        #expect(details[.title] == title && details[.year] == year)
    }

    @Test(
        "seasons come with or without blanks",
        arguments: [("1,2", "1,2"), ("1, 2", "1,2"), ("3", "3"), ("0", "0"), ("", nil), ("all", nil), ("2,2", "2")]
            as [(String, String?)])
    func seasons(value: String, wanted: String?) throws {
        let reading = try read(
            #"{"notification_type":"MEDIA_PENDING","request":{"request_id":1},"extra":[{"name":"Requested Seasons","value":"\#(value)"}]}"#
        )
        #expect(reading.observations.first?.details[.seasons] == wanted)
    }

    @Test("an array is recorded as unknown; anything else that is no object is refused")
    func otherDocuments() throws {
        #expect(try read("[1]") == HookReading(event: "unknown"))
        #expect(try read("{}") == HookReading(event: "unknown"))
        for body in ["", "not json", "3", #""text""#, "null", #"{"a":"#] {
            #expect(throws: UnreadableHook.self) { try read(body) }
        }
    }

    @Test("odd types never fail a hook", arguments: 0..<30)
    func oddTypes(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let odd = ["null", "\"\"", "0", "\"0\"", "[]", "{}", "true", "-1", "1.5", "[{}]", "{\"x\":[null]}", "\"x\""]
        let keys = [
            "event", "subject", "message", "image", "media", "request", "issue", "comment", "extra", "media_type",
            "tmdbId", "tvdbId", "request_id", "requestedBy_username",
        ]
        for _ in 0..<100 {
            func members(_ depth: Int) -> String {
                (0..<random.below(8)).map { _ in
                    let value = depth > 0 && random.chance(40) ? "{\(members(depth - 1))}" : random.pick(odd)
                    return "\"\(random.pick(keys))\":\(value)"
                }.joined(separator: ",")
            }
            let rest = members(2)
            let reading = try read(
                #"{"notification_type":"MEDIA_APPROVED"\#(rest.isEmpty ? "" : ",")\#(rest)}"#)
            #expect(reading.event == "MEDIA_APPROVED" && reading.observations.count <= 1)
        }
    }

    @Test("reads recorded webhooks", .enabled(if: Recording.isThere))
    func recordings() throws {
        func recorded(_ name: String) throws -> HookReading {
            try SeerrHook.read(
                try Recording.bytes("overseerr-webhook/\(name).json"), instance: "default", receivedAt: now)
        }
        let film = try #require(try recorded("jellyseerr-movie-auto-approved").observations.first)
        #expect(film.fact == .approved && film.naturalKey == "69" && film.keys.tmdb == 533_514)
        #expect(film.keys.tvdb == nil && film.keys.mediaType == .movie)
        #expect(film.details[.title] == "Violet Evergarden: The Movie" && film.details[.year] == "2020")
        #expect(film.details[.requester] == "adept" && film.details[.seasons] == nil)
        #expect(try recorded("request-auto-approved").observations.first?.keys.seerrRequest == 16)
        #expect(try recorded("test-notification") == HookReading(event: "TEST_NOTIFICATION"))
    }
}
