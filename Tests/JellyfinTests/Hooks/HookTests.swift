import Jellyfin
import Media
import TestSupport
import Testing

/// Bodies after the key table of upstreams.md §7; synthetic, because no recording exists.
@Suite("Webhooks of Jellyfin")
struct HookTests {
    private static let received = Timestamp(rfc3339: "2026-03-01T12:00:00Z") ?? Timestamp(milliseconds: 0)
    private static let item = "0123456789abcdef0123456789abcdef"
    private static let series = "ffffffffffffffff0123456789abcdef"

    private func read(_ body: String) throws -> HookReading {
        try JellyfinHook.read(Array(body.utf8), instance: "default", receivedAt: Self.received)
    }

    private func body(_ event: String, _ type: String, _ fields: String = "") -> String {
        #"""
        {"ServerId":"s","ServerName":"jf","ServerVersion":"10.11.0","ServerUrl":"","NotificationType":"\#(event)",
        "Timestamp":"2026-03-01T12:59:59.1234567+01:00","UtcTimestamp":"2026-03-01T11:59:59.1234567Z","Name":"Name",
        "ItemId":"\#(Self.item)","ItemType":"\#(type)","RunTimeTicks":0,"Provider_tmdb":"348","Provider_tvdb":"78",
        "Provider_imdb":"tt0078748","Provider_anidb":"12","Provider_shoko file":"77","Provider_shoko series":"5"\#(fields)}
        """#
    }

    @Test("a film that came is a hint with all its ids, dated by the server")
    func film() throws {
        let reading = try read(body("ItemAdded", "Movie", #","Year":1979"#))
        let fact = try #require(reading.observations.first)
        #expect(reading.event == "ItemAdded" && reading.observations.count == 1)
        #expect(fact.fact == .appearHint && fact.naturalKey == Self.item && fact.service == "jellyfin")
        #expect(fact.keys.mediaType == .movie && fact.keys.jellyfinItem?.text == Self.item)
        #expect(fact.keys.tmdb == 348 && fact.keys.tvdb == 78 && fact.keys.imdb == "tt0078748")
        #expect(fact.keys.anidb == 12 && fact.keys.shokoFile == 77 && fact.keys.shokoSeries == 5)
        #expect(fact.observedAt == Timestamp(rfc3339: "2026-03-01T11:59:59.123Z") && fact.receivedAt == Self.received)
        #expect(fact.details == Details([.item: Self.item, .title: "Name", .year: "1979"]))
    }

    @Test("an episode's ids never stand for its series")
    func episode() throws {
        let fields =
            #","SeriesId":"\#(Self.series)","SeriesName":"Sh\\\"ow","SeasonNumber":0,"EpisodeNumber":"3","EpisodeNumberEnd":4"#
        let fact = try #require(try read(body("ItemAdded", "Episode", fields)).observations.first)
        #expect(fact.keys.jellyfinItem?.text == Self.item && fact.keys.jellyfinSeries?.text == Self.series)
        #expect(fact.keys.tmdb == nil && fact.keys.tvdb == nil && fact.keys.imdb == nil && fact.keys.anidb == nil)
        #expect(fact.keys.shokoSeries == nil && fact.keys.shokoFile == 77)
        #expect(fact.units == [UnitNumber(0, 3), UnitNumber(0, 4)] && fact.details[.title] == "Sh\"ow")
        #expect(fact.details[.series] == Self.series)
    }

    @Test("a series stands for itself; a season for its series, without ids")
    func seriesAndSeason() throws {
        let series = try #require(try read(body("ItemDeleted", "Series")).observations.first)
        #expect(series.fact == .vanishHint && series.keys.jellyfinSeries?.text == Self.item)
        #expect(series.keys.jellyfinItem == nil && series.keys.tvdb == 78)
        let season = try #require(
            try read(body("ItemRemoved", "Season", #","SeriesId":"\#(Self.series)""#)).observations.first)
        #expect(season.fact == .vanishHint && season.keys.jellyfinSeries?.text == Self.series)
        #expect(season.keys.tvdb == nil && season.naturalKey == Self.item)
    }

    @Test(
        "a vanished item is a loss of the whole, or of a part of a series; one that came is none",
        arguments: [
            ("ItemDeleted", "Movie", true), ("ItemRemoved", "Series", true), ("ItemDeleted", "Season", false),
            ("ItemDeleted", "Episode", false), ("ItemAdded", "Movie", nil), ("ItemDeleted", "BoxSet", nil),
        ] as [(String, String, Bool?)])
    func losses(event: String, type: String, isWhole: Bool?) throws {
        let reading = try read(body(event, type, #","SeriesId":"\#(Self.series)","SeasonNumber":1,"EpisodeNumber":2"#))
        #expect(reading.removals.map(\.loss) == (isWhole.map { [.item(isWhole: $0)] } ?? []))
        guard let signal = reading.removals.first, let fact = reading.observations.first else { return }
        #expect(signal.keys == fact.keys && signal.units == fact.units && signal.title == fact.details[.title])
        #expect(signal.at == fact.receivedAt && signal.service == "jellyfin")
    }

    @Test(
        "keys count without case, underscores and blanks",
        arguments: [
            #"{"notification_type":"itemadded","item_id":"ID","item_type":"movie","provider_shoko_file":9}"#,
            #"{"NOTIFICATIONTYPE":"ItemAdded","ItemID":"ID","itemType":"MOVIE","Provider_Shoko File":" 9 "}"#,
            #"{"NotificationType":1,"ItemId":"ID","itemid":"","ItemType":"Movie","providerShokoFile":"9"}"#,
        ])
    func spellings(body: String) throws {
        let fact = try #require(
            try read(body.replacing("\"ID\"", with: "\"0123-4567-89AB-cdef-0123456789abcdef\"")).observations.first)
        #expect(fact.naturalKey == Self.item && fact.keys.shokoFile == 9 && fact.keys.mediaType == .movie)
        #expect(fact.observedAt == Self.received)
    }

    @Test("a time after receipt counts as receipt")
    func future() throws {
        let text = body("ItemAdded", "Movie").replacing("11:59:59.1234567Z", with: "13:00:00.0000000Z")
        #expect(try read(text).observations.first?.observedAt == Self.received)
    }

    @Test(
        "music, other kinds, events without an item and other events say nothing",
        arguments: [
            ("ItemAdded", "Audio"), ("ItemAdded", "MusicAlbum"), ("ItemDeleted", "BoxSet"), ("ItemAdded", "Video"),
            ("PlaybackStart", "Movie"), ("UserDataSaved", "Episode"), ("TaskCompleted", "Movie"), ("None", "Movie"),
        ])
    func silent(event: String, type: String) throws {
        #expect(try read(body(event, type)) == HookReading(event: event))
        #expect(try read(#"{"NotificationType":"ItemAdded","ItemId":""}"#).observations.isEmpty)
    }

    @Test("line breaks and quotes that a template lets through are read")
    func templates() throws {
        let text = "{\"NotificationType\":\"ItemAdded\",\"ItemId\":\"\(Self.item)\",\"Overview\":\"one\r\ntwo\t\"}"
        #expect(try read(text).observations.first?.naturalKey == Self.item)
    }

    @Test("odd types never make a body unreadable", arguments: 0..<40)
    func oddTypes(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let odd = ["null", "[]", "{}", "true", #""""#, "-1", "1e300", "0.5", #""zz""#, "[{}]"]
        let keys = [
            "NotificationType", "ItemId", "ItemType", "SeriesId", "SeasonNumber", "EpisodeNumber", "EpisodeNumberEnd",
            "Year", "UtcTimestamp", "Provider_tmdb", "Provider_imdb", "Name", "SeriesName",
        ]
        for _ in 0..<25 {
            let known = [#""NotificationType":"ItemAdded""#, #""ItemId":"\#(Self.item)""#, #""ItemType":"Episode""#]
            let fields = known + (0..<5).map { _ in "\"\(random.pick(keys))\":\(random.pick(odd))" }
            _ = try read("{\(fields.shuffled(using: &random).joined(separator: ","))}")
        }
    }

    @Test("only what is no JSON object or array is refused", arguments: ["", "Movie added", "{", "7", "\"x\""])
    func refused(body: String) {
        #expect(throws: UnreadableHook.self) { try read(body) }
    }
}
