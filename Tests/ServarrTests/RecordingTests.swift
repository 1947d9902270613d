import HTTPClient
import Media
import Servarr
import TestSupport
import Testing

@Suite("Servarr, recordings", .enabled(if: Recording.isThere))
struct RecordingTests {
    private func read(_ kind: Servarr.Kind, _ body: [UInt8]) async throws -> [CatalogueEntry] {
        let stub = StubTransport { request in
            .response(HTTPResponse(status: 200, body: request.operation.hasSuffix("/tag") ? Array("[]".utf8) : body))
        }
        var entries: [CatalogueEntry] = []
        let servarr = Servarr(kind, base: try BaseURL("http://arr.test"), key: "k", transport: stub)
        try await servarr.catalogue { entries.append(copy $0) }
        return entries
    }

    @Test("a Radarr's films, as Home Assistant recorded them")
    func films() async throws {
        let entries = try await read(.radarr, Recording.bytes("radarr/ha-movies.json"))
        #expect(entries.count == 2)
        for entry in entries { #expect(entry.id > 0 && entry.nativeKey != nil && entry.hasFile != nil) }
    }

    @Test("a Radarr's film with every field, whose id 0 can be linked to nothing")
    func placeholders() async throws {
        let film = try Recording.bytes("radarr/aiopyarr-movie.json")
        let entries = try await read(.radarr, Array("[".utf8) + film + Array("]".utf8))
        #expect(entries.isEmpty)
    }

    @Test("a Sonarr 3's series, whose counts stand elsewhere")
    func series() async throws {
        let entries = try await read(.sonarr, Recording.bytes("sonarr/pysonarr-series.json"))
        #expect(entries.count == 1 && entries[0].nativeKey != nil && entries[0].hasFile == nil)
    }
}
