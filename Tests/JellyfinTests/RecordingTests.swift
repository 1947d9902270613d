import FoundationEssentials
import HTTPClient
import Jellyfin
import Media
import TestSupport
import Testing

@Suite("Jellyfin, recordings", .enabled(if: Recording.isThere))
struct RecordingTests {
    private func read(_ items: [UInt8], count: Int) async throws -> Collector {
        let body = Array(#"{"Items":"#.utf8) + items + Array(#","TotalRecordCount":\#(count),"StartIndex":0}"#.utf8)
        let transport = StubTransport { _ in .response(HTTPResponse(status: 200, body: body)) }
        let held = Collector()
        #expect(try await Jellyfin.test(transport).library(into: held) == .complete(total: count))
        return held
    }

    @Test(
        "music, which nobody asked for, is passed over whole, with every field a server sends",
        arguments: ["item-albums-infest.json", "item-artists-ash.json", "item-tracks-where_the_bands_are.json"])
    func music(name: String) async throws {
        let item = try Recording.bytes("jellyfin/" + name)
        let held = try await read(Array("[".utf8) + item + Array("]".utf8), count: 1)
        #expect(held.items.isEmpty && held.rejected.isEmpty)
    }

    @Test("the same records as films keep id, name and year")
    func asFilms() async throws {
        let text = String(decoding: try Recording.bytes("jellyfin/item-albums-infest.json"), as: UTF8.self)
        let film = text.replacing("\"MusicAlbum\"", with: "\"Movie\"")
        let held = try await read(Array("[\(film)]".utf8), count: 1)
        let item = try #require(held.items.first)
        #expect(item.id?.bytes.count == 16 && !item.title.isEmpty && item.year != nil && item.isPlayable)
        #expect(item.createdAt != nil && item.record.has(LibraryItem.Slot.posterURL))
    }
}
