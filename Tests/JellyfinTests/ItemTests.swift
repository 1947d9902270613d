import HTTPClient
import Jellyfin
import Media
import TestSupport
import Testing

/// Lenient reading of single items; synthetic, after the field tables of upstreams.md §6.6.
@Suite("Jellyfin, items")
struct ItemTests {
    private func read(_ items: String...) async throws -> Collector {
        let body = #"{"Items":[\#(items.joined(separator: ","))],"TotalRecordCount":\#(items.count),"StartIndex":0}"#
        let transport = StubTransport { _ in .response(HTTPResponse(status: 200, body: Array(body.utf8))) }
        let held = Collector()
        let verdict = try await Jellyfin.test(transport).library(into: held)
        #expect(verdict == .complete(total: items.count))
        return held
    }

    private func one(_ fields: String) async throws -> LibraryItem {
        try #require(try await read(#"{"Id":"\#(PageServer.id(1))","Type":"Movie",\#(fields)}"#).items.first)
    }

    @Test("reads every field")
    func whole() async throws {
        let item = try await one(
            #"""
            "Name":"Colorful \u201cStage\u201d","ProductionYear":2025,"Overview":"A\nB","Path":"/m/c.mkv",
            "DateCreated":"2024-01-02T03:04:05.9999999Z","LocationType":"FileSystem","ImageTags":{"Primary":"t1"},
            "ProviderIds":{"Tmdb":"533514","Imdb":"tt123","Tvdb":"7","AniDB":"8","Shoko Series":"9"},
            "MediaSources":[{"Id":"a"},{"Id":"b"}],"Unknown":{"Deep":[{"er":null}]},"UserData":{"Played":true}
            """#)
        #expect(item.type == .movie && item.title == "Colorful “Stage”" && item.year == 2_025)
        #expect(item.createdAt?.rfc3339 == "2024-01-02T03:04:05.999Z")
        #expect(item.path == "/m/c.mkv" && item.isPlayable)
        #expect(item.key(.tmdb) == ProviderKey(.movie, .tmdb, 533_514))
        #expect(Provider.allCases.allSatisfy { item.key($0) != nil })
        #expect(item.record.text(LibraryItem.Slot.overview) == "A\nB")
        #expect(
            item.record.text(LibraryItem.Slot.posterURL)
                == "http://jf.test/jellyfin/Items/\(PageServer.id(1))/Images/Primary?tag=t1")
    }

    @Test("missing everything but its id, it is an item without ids")
    func bare() async throws {
        let item = try #require(try await read(#"{"Id":"x1","Type":"Movie"}"#).items.first)
        #expect(item.id?.text == "x1" && item.title == "Untitled" && item.year == nil && !item.isPlayable)
        #expect(Provider.allCases.allSatisfy { item.key($0) == nil })
    }

    @Test(
        "ids come as text or number; blanks, zero, nothing and other kinds are none",
        arguments: [
            (#""603""#, "603"), ("603", "603"), (#"" 603 ""#, "603"), (#""0603""#, "603"), (#""""#, nil),
            (#""0""#, nil),
            ("0", nil), ("null", nil), (#"" ""#, nil), ("[]", nil), ("{}", nil), ("true", nil), (#""abc""#, nil),
            (#""99999999999999999999""#, nil), ("1.5", nil), ("-3", nil), (#"{"a":1}"#, nil), (#"["603"]"#, nil),
        ])
    func ids(value: String, wanted: String?) async throws {
        let item = try await one(#""ProviderIds":{"Tmdb":\#(value),"Tvdb":\#(value)}"#)
        #expect(item.record.text(LibraryItem.Slot.tmdb) == wanted)
        #expect(item.record.text(LibraryItem.Slot.tvdb) == wanted)
    }

    @Test("IMDb ids of another kind than text are none", arguments: ["true", "null", "[]", "{}", #""""#, "0"])
    func imdb(value: String) async throws {
        #expect(try await one(#""ProviderIds":{"Imdb":\#(value)}"#).key(.imdb) == nil)
    }

    @Test("names of providers are compared without case", arguments: ["Tmdb", "TMDB", "tmdb", "tMdB"])
    func providerNames(name: String) async throws {
        #expect(try await one(#""ProviderIds":{"\#(name)":"5"}"#).key(.tmdb) == ProviderKey(.movie, .tmdb, 5))
    }

    @Test("a list in place of an object is nothing", arguments: ["[]", "null", "5", #""x""#, #"[{"Tmdb":"5"}]"#])
    func wrongContainers(value: String) async throws {
        let item = try await one(#""ProviderIds":\#(value),"ImageTags":\#(value),"MediaSources":null,"Path":null"#)
        #expect(item.key(.tmdb) == nil && !item.record.has(LibraryItem.Slot.posterURL))
    }

    @Test(
        "a year is a number or text of one; other kinds are none",
        arguments: [
            ("2020", 2_020), (#""2020""#, 2_020), ("0", nil), ("null", nil), (#""""#, nil), ("[]", nil), ("-1", nil),
        ])
    func years(value: String, wanted: Int64?) async throws {
        #expect(try await one(#""ProductionYear":\#(value)"#).year == wanted)
    }

    @Test("what cannot be read is named, the rest goes on, and the listing is whole")
    func rejected() async throws {
        let held = try await read(
            #"{"Id":"\#(PageServer.id(1))","Type":"Movie","Name":"Bad","ProductionYear":"soon"}"#,
            #"{"Name":"No id","Type":"Movie"}"#, #"{"Id":"","Name":"Blank id","Type":"Movie"}"#,
            #"{"Id":"\#(PageServer.id(2))","Type":"Movie","Name":"Good"}"#)
        #expect(held.items.map(\.title) == ["Good"])
        #expect(held.rejected.map(\.title) == ["Bad", "No id", "Blank id"])
        #expect(held.rejected.map(\.id) == [PageServer.id(1), "", ""])
    }

    @Test("box sets, folders, virtual items and unknown types are passed over, yet counted as listed")
    func dropped() async throws {
        let held = try await read(
            #"{"Id":"\#(PageServer.id(1))","Type":"BoxSet"}"#, #"{"Id":"\#(PageServer.id(2))","Type":"Video"}"#,
            #"{"Id":"\#(PageServer.id(3))","Type":"Movie","LocationType":"Virtual"}"#,
            #"{"Id":"\#(PageServer.id(4))"}"#,
            #"{"Id":"\#(PageServer.id(5))","Type":"Series"}"#)
        #expect(held.ids == [PageServer.id(5)] && held.rejected.isEmpty)
    }

    @Test("playable: a film with a source or a path, a series that is there; nothing that is offline")
    func playable() async throws {
        func isPlayable(_ fields: String) async throws -> Bool {
            try await read(#"{"Id":"\#(PageServer.id(1))",\#(fields)}"#).items[0].isPlayable
        }
        #expect(try await isPlayable(#""Type":"Movie","Path":"/x""#))
        #expect(try await isPlayable(#""Type":"Movie","MediaSources":[{}]"#))
        #expect(try await !isPlayable(#""Type":"Movie","MediaSources":[],"Path":"""#))
        #expect(try await !isPlayable(#""Type":"Movie","Path":"/x","LocationType":"Offline""#))
        #expect(try await isPlayable(#""Type":"Series""#))
        #expect(try await !isPlayable(#""Type":"Series","LocationType":"Offline""#))
    }

    @Test(
        "a film without a name takes the last part of its path",
        arguments: [
            (#""/m/Alien (1979)""#, "Alien (1979)"), (#""D:\\Films\\Alien""#, "Alien"), (#""""#, "Untitled"),
        ])
    func nameless(path: String, wanted: String) async throws {
        #expect(try await one(#""Name":null,"Path":\#(path)"#).title == wanted)
    }

    @Test("ids are the same with dashes and in capitals, and are listed once")
    func sameItem() async throws {
        let body =
            #"{"Items":[{"Id":"0123456789abcdef0123456789abcdef","Type":"Movie"},{"Id":"01234567-89AB-CDEF-0123-456789ABCDEF","Type":"Movie"}],"TotalRecordCount":1}"#
        let transport = StubTransport { _ in .response(HTTPResponse(status: 200, body: Array(body.utf8))) }
        let held = Collector()
        #expect(try await Jellyfin.test(transport).library(into: held) == .complete(total: 1))
        #expect(held.items.count == 1)
    }
}
