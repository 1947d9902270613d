import HTTPClient
import Jellyfin
import Media
import TestSupport
import Testing

@Suite("Jellyfin, removing")
struct RemovalTests {
    private static let id = "0123456789abcdef0123456789abcdef"

    private func client(_ body: String, status: Int = 200) throws -> (Jellyfin, StubTransport) {
        let stub = StubTransport { _ in .response(HTTPResponse(status: status, body: Array(body.utf8))) }
        return (try Jellyfin.test(stub), stub)
    }

    @Test("vanished files are reported by their own paths, all in one call")
    func updated() async throws {
        let (jellyfin, stub) = try client("", status: 204)
        try await jellyfin.mediaUpdated(paths: ["/m/A/a.mkv", #"D:\b"#, ""])
        #expect(stub.requests.map(\.operation) == ["POST /jellyfin/Library/Media/Updated"])
        #expect(
            String(decoding: stub.requests.first?.body ?? [], as: UTF8.self)
                == #"{"Updates":[{"Path":"/m/A/a.mkv","UpdateType":"Deleted"},{"Path":"D:\\b","UpdateType":"Deleted"}]}"#
        )
        for none in [[], [""]] {
            await #expect(throws: UpstreamError.self) { try await jellyfin.mediaUpdated(paths: none) }
        }
        #expect(stub.requests.count == 1)
    }

    @Test(
        "a scan runs unless the server says that it does not",
        arguments: [("Idle", false), ("Running", true), ("Cancelling", true)])
    func scanning(state: String, isScanning: Bool) async throws {
        let (jellyfin, _) = try client(
            #"[{"Key":"Other","State":"Running"},{"Key":"RefreshLibrary","State":"\#(state)"}]"#)
        #expect(try await jellyfin.isScanning() == isScanning)
    }

    @Test(
        "a server that does not tell of its scan is unknown",
        arguments: ["[]", "{}", "<html>", "", #"[{"Key":"RefreshLibrary"}]"#])
    func unknownScan(body: String) async throws {
        await #expect(throws: UpstreamError.self) { try await client(body).0.isScanning() }
    }

    @Test("an item tells its versions and ids")
    func holdings() async throws {
        let id = try #require(JellyfinItemID(Self.id))
        let body = #"""
            {"Items":[{"Id":"01234567-89AB-CDEF-0123-456789ABCDEF","Name":"A","Type":"Movie","ProductionYear":1999,
            "Path":"/m/A/a.mkv","ProviderIds":{"TMDB":"70","imdb":"tt1","Tvdb":"","AniDB":"0"},
            "MediaSources":[{"Id":"x","Path":"/m/A/a.mkv","Size":5,"MediaStreams":[{"Type":"Audio"},{"Width":1920}]},
            {"Path":"/m/A/a 4K.mkv","Size":9,"MediaStreams":[{"Width":3840}]}]}],"TotalRecordCount":1,"StartIndex":0}
            """#
        let (jellyfin, stub) = try client(body)
        let items = try await jellyfin.holdings(ids: [id, id])
        let item = try #require(items.first)
        #expect(items.count == 1 && item.kind == .movie && item.year == 1_999 && item.tmdb == 70 && item.imdb == "tt1")
        #expect(item.tvdb == nil && item.anidb == nil && item.path == "/m/A/a.mkv")
        #expect(
            item.sources.map(\.path) == ["/m/A/a.mkv", "/m/A/a 4K.mkv"] && item.sources.map(\.width) == [1_920, 3_840])
        let query = PageServer.query(try #require(stub.requests.first).url)
        #expect(query["ids"] == Self.id && query["collapseBoxSetItems"] == "false")
        #expect(try await client(#"{"Items":[],"TotalRecordCount":0}"#).0.holdings(ids: [id]).isEmpty)
    }

    @Test("without ids nothing is asked: that would be the whole library")
    func noIDs() async throws {
        let (jellyfin, stub) = try client(#"{"Items":[]}"#)
        #expect(try await jellyfin.holdings(ids: []).isEmpty && stub.requests.isEmpty)
    }

    @Test(
        "what is not a whole list, or is another item's, proves nothing gone",
        arguments: [
            (200, "{}"), (200, #"{"Items":[{"Id":"ff"}]}"#), (200, #"{"Items":[{"Name":"x"}]}"#), (200, #"{"Items":["#),
            (200, "<html>"), (401, "{}"), (500, ""), (503, "<html>"), (200, ""), (404, "{}"),
        ])
    func unreadable(status: Int, body: String) async throws {
        let id = try #require(JellyfinItemID(Self.id))
        await #expect(throws: UpstreamError.self) { try await client(body, status: status).0.holdings(ids: [id]) }
    }
}
