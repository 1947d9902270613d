import HTTPClient
import Jellyfin
import Media
import TestSupport
import Testing

/// Items for tracking; bodies are synthetic, after upstreams.md §6.6.
@Suite("Jellyfin, items for tracking")
struct ItemListTests {
    private static let id = "0123456789abcdef0123456789abcdef"
    private static let seriesID = "ffffffffffffffff0123456789abcdef"

    private final class Items: ItemReceiver {
        var items: [ItemReading] = []
        var restarts = 0

        func restart() {
            items = []
            restarts += 1
        }

        func receive(_ item: ItemReading) { items.append(item) }
    }

    private func answer(_ items: String..., total: Int? = nil) -> StubTransport {
        let body =
            #"{"Items":[\#(items.joined(separator: ","))],"TotalRecordCount":\#(total ?? items.count),"StartIndex":0}"#
        return StubTransport { _ in .response(HTTPResponse(status: 200, body: Array(body.utf8))) }
    }

    private func one(_ fields: String) async throws -> ItemReading? {
        let held = Items()
        try await Jellyfin.test(answer(#"{"Id":"\#(Self.id)",\#(fields)}"#)).items(
            [.movie, .series, .episode], into: held)
        return held.items.first
    }

    @Test("a film with everything that may prove it")
    func film() async throws {
        let film = try #require(
            try await one(
                #"""
                "Type":"Movie","Name":"Alien","OriginalTitle":"Alien!","ProductionYear":1979,"Path":"/films/a.mkv",
                "LocationType":"FileSystem","ImageTags":{"Primary":"t"},"ProviderIds":{"TMDB":" 348 ","IMDB":"tt0078748",
                "anidb":"12","shoko file":"77","Shoko Episode":5,"Shoko Series":"6","Tvdb":""},
                "MediaSources":[{"Id":"x","MediaStreams":[{"Type":"Video","Width":3840}]},{"Id":"y"}],"Width":1920
                """#))
        #expect(film.kind == .movie && film.title == "Alien" && film.originalTitle == "Alien!" && film.year == 1_979)
        #expect(film.tmdb == 348 && film.imdb == "tt0078748" && film.tvdb == nil && film.anidb == 12)
        #expect(film.shokoFile == 77 && film.shokoEpisode == 5 && film.shokoSeries == 6)
        #expect(film.isPlayable && film.hasPoster && film.width == 3_840 && film.path == "/films/a.mkv")
        #expect(film.unit == nil && film.series == nil)
    }

    @Test("an episode with its place and its series")
    func episode() async throws {
        let fields =
            #""Type":"Episode","SeriesId":"\#(Self.seriesID)","SeriesName":"S","ParentIndexNumber":0,"IndexNumber":3,"IndexNumberEnd":4,"Path":"/x""#
        let episode = try #require(try await one(fields))
        #expect(episode.series?.text == Self.seriesID && episode.seriesName == "S" && episode.isPlayable)
        #expect(episode.unit == UnitNumber(0, 3) && episode.lastEpisode == 4)
        let unnumbered = try #require(try await one(#""Type":"Episode","ParentIndexNumber":0,"IndexNumber":null"#))
        #expect(unnumbered.unit == nil && !unnumbered.isPlayable)
    }

    @Test(
        "playable is what is there and has media",
        arguments: [
            (#""Type":"Movie","Path":"/a.mkv""#, true), (#""Type":"Movie","MediaSources":[{}]"#, true),
            (#""Type":"Movie","MediaSources":[],"Path":"""#, false), (#""Type":"Movie""#, false),
            (#""Type":"Movie","Path":"/a","LocationType":"Virtual""#, false),
            (#""Type":"Episode","Path":"/a","LocationType":"Offline""#, false),
            (#""Type":"Episode","Path":"/a","LocationType":"Remote""#, true),
            (#""Type":"Series","Path":"/a","LocationType":"FileSystem""#, false),
            (#""Type":"Movie","MediaSources":{},"Path":null"#, false),
        ])
    func playable(fields: String, wanted: Bool) async throws {
        #expect(try await one(fields)?.isPlayable == wanted)
    }

    @Test("other kinds are passed over but counted, also where the server ignores what was asked for")
    func kinds() async throws {
        let held = Items()
        let transport = answer(
            #"{"Id":"1","Type":"BoxSet"}"#, #"{"Id":"2","Type":"Movie"}"#, #"{"Id":"3","Type":"Series"}"#)
        #expect(try await Jellyfin.test(transport).items([.movie], into: held) == 3)
        #expect(held.items.map(\.kind) == [.movie])
        let query = PageServer.query(try #require(transport.requests.first).url)
        #expect(query["includeItemTypes"] == "Movie" && query["collapseBoxSetItems"] == "false")
        #expect(query["enableUserData"] == "false" && query["limit"] == "500" && query["recursive"] == "true")
        #expect(!transport.requests.contains { $0.url.contains("AnyProviderIdEquals") || $0.url.contains("key") })
    }

    @Test("all pages come, or nothing is said to be complete")
    func completeness() async throws {
        let whole = Items()
        #expect(try await Jellyfin.test(PageServer(1_203).transport()).items([.movie], into: whole) == 1_203)
        #expect(whole.items.count == 1_203 && whole.restarts == 1)
        let part = PageServer(1_203) { page in
            // The second page leaves one item out every time.
            if page.start == 500, page.limit == 500 { page.ids.remove(at: 600) }
            return nil
        }
        await #expect {
            try await Jellyfin.test(part.transport()).items([.movie], into: Items())
        } throws: {
            ($0 as? UpstreamError)?.reason == .truncated
        }
    }

    @Test(
        "the filter for changes has the name that the version knows",
        arguments: [
            ("10.8.13", "minDateLastSavedForUser"), ("10.10.7", "minDateLastSavedForUser"),
            ("10.11.11", "minDateLastSaved"),
            ("12.0.0-rc5", "minDateLastSaved"), (nil, "minDateLastSaved"), ("odd", "minDateLastSaved"),
        ])
    func changes(version: String?, name: String) async throws {
        let transport = answer(#"{"Id":"2","Type":"Episode"}"#)
        let held = Items()
        try await Jellyfin.test(transport).changedItems(
            since: Timestamp(milliseconds: 1_000), version: version, into: held)
        #expect(held.items.count == 1)
        for request in transport.requests {
            let query = PageServer.query(request.url)
            #expect(query[name]?.replacing("%3A", with: ":") == "1970-01-01T00:00:01.000Z")
            #expect(query.keys.count { $0.hasPrefix("minDateLastSaved") } == 1)
            #expect(query["includeItemTypes"]?.replacing("%2C", with: ",") == "Movie,Series,Episode")
        }
    }

    @Test("a series' episodes, a merged library's included, and no others")
    func episodes() async throws {
        let series = try #require(JellyfinItemID(Self.seriesID))
        let transport = answer(
            #"{"Id":"1","Type":"Episode","SeriesId":"\#(Self.seriesID)","SeriesName":"S"}"#,
            #"{"Id":"2","Type":"Episode","SeriesId":"aa","SeriesName":"S"}"#,
            #"{"Id":"3","Type":"Episode","SeriesId":"bb","SeriesName":"Other"}"#, #"{"Id":"4","Type":"Episode"}"#,
            #"{"Id":"5","Type":"Season","SeriesId":"\#(Self.seriesID)"}"#)
        let found = try await Jellyfin.test(transport).episodes(ofSeries: series)
        #expect(found.map(\.id.text) == ["1", "2", "4"])
        #expect(PageServer.query(try #require(transport.requests.first).url)["parentId"] == Self.seriesID)
    }

    @Test("items come by id, a hundred a call; what is not there is left out")
    func byID() async throws {
        let transport = StubTransport { request in
            let ids = (PageServer.query(request.url)["ids"] ?? "").replacing("%2C", with: ",").split(separator: ",")
            #expect(ids.count <= 100 && !ids.isEmpty)
            let items = ids.filter { !$0.hasSuffix("7") }.map { #"{"Id":"\#($0)","Type":"Movie"}"# }
            let body = #"{"Items":[\#(items.joined(separator: ","))]}"#
            return .response(HTTPResponse(status: 200, body: Array(body.utf8)))
        }
        let jellyfin = try Jellyfin.test(transport)
        let ids = (0..<250).compactMap { JellyfinItemID(PageServer.id($0)) }
        let found = try await jellyfin.items(ids: ids + ids)
        #expect(found.map(\.id) == ids.filter { !$0.text.hasSuffix("7") } && transport.requests.count == 3)
        #expect(try await jellyfin.items(ids: []).isEmpty && transport.requests.count == 3)
    }

    @Test("a server that ignores the ids proves nothing")
    func ignoredIDs() async throws {
        let jellyfin = try Jellyfin.test(answer(#"{"Id":"1","Type":"Movie"}"#, #"{"Id":"2","Type":"Movie"}"#))
        let id = try #require(JellyfinItemID("1"))
        await #expect(throws: UpstreamError.self) { try await jellyfin.items(ids: [id]) }
    }

    @Test("missing and odd fields are nothing", arguments: 0..<30)
    func odd(seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        let values = ["null", "[]", "{}", "true", #""""#, "-1", "1e300", #""zz""#, "[{}]", "[7]"]
        let keys = [
            "Name", "ProductionYear", "Path", "LocationType", "OriginalTitle", "SeriesId", "SeriesName", "IndexNumber",
            "IndexNumberEnd", "ParentIndexNumber", "Width", "ProviderIds", "ImageTags", "MediaSources",
        ]
        for _ in 0..<20 {
            let fields = (0..<6).map { _ in "\"\(random.pick(keys))\":\(random.pick(values))" }
            let item = try await one((fields + [#""Type":"Episode""#]).joined(separator: ","))
            #expect(item?.kind == .episode && item?.tmdb == nil)
        }
    }
}
