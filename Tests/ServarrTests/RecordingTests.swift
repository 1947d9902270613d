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

    private func hook(_ name: String) throws -> HookReading {
        let kind: Servarr.Kind = name.hasPrefix("sonarr") ? .sonarr : .radarr
        return try ServarrHook.read(
            Recording.bytes(name), kind: kind, instance: "default", receivedAt: Timestamp(milliseconds: 1))
    }

    @Test("a grabbed season pack of thirteen anime episodes")
    func grabbedPack() throws {
        let fact = try #require(try hook("sonarr-webhook/grab-season-pack.json").observations.first)
        #expect(fact.fact == .grabbed && fact.units.count == 13 && fact.details.flag(.anime))
        #expect(fact.naturalKey == "3f92992e2fbeb6ebb251304236bf5e0b600a91c3" && fact.keys.tvdb == 414_057)
    }

    @Test("its import tells thirteen files, each with its one episode")
    func importedPack() throws {
        let facts = try hook("sonarr-webhook/import-complete-season-pack.json").observations
        #expect(facts.map(\.units) == (1...13).map { [UnitNumber(1, $0)] })
        #expect(Set(facts.map(\.naturalKey)).count == 13 && facts.allSatisfy { $0.fact == .imported })
        #expect(facts[0].keys.downloads == ["3f92992e2fbeb6ebb251304236bf5e0b600a91c3"])
    }

    @Test("an upgrade of version 3, which names the path it came from")
    func upgrade() throws {
        let fact = try #require(try hook("sonarr-webhook/zulip-episode_imported_upgrade.json").observations.first)
        #expect(fact.details.flag(.upgrade) && fact.naturalKey == "file|4835" && fact.units == [UnitNumber(18, 10)])
        #expect(
            fact.keys.path
                == "/home36/adbtech/media/TV Shows/NCIS/Season 18/NCIS - S18E10 - Watchdog HDTV-720p.mkv")
    }

    @Test("bodies with little more than a path")
    func littleBodies() throws {
        let episode = try #require(try hook("sonarr-webhook/autoscan-westworld.json").observations.first)
        #expect(
            episode.keys.path == "/TV/Westworld/Season 1/Westworld.S01E01.mkv" && episode.units == [UnitNumber(1, 1)])
        let film = try #require(try hook("radarr-webhook/autoscan-interstellar.json").observations.first)
        #expect(
            film.keys.path == "/Movies/Interstellar (2014)/Interstellar.2014.UHD.BluRay.2160p.REMUX.mkv")
    }

    @Test("a grabbed film and an added one")
    func filmHooks() throws {
        let grab = try #require(try hook("radarr-webhook/grab.json").observations.first)
        #expect(grab.keys.tmdb == 533_514 && grab.details[.size] == "1181116032" && grab.details.flag(.anime))
        let added = try #require(try hook("radarr-webhook/zulip-movie_added.json").observations.first)
        #expect(added.fact == .inArr && added.naturalKey == "796")
    }

    @Test(
        "what holds no fact keeps its event's name",
        arguments: [
            ("sonarr-webhook/autoscan-series_delete.json", "SeriesDelete"),
            ("sonarr-webhook/autoscan-test.json", "Test"),
            ("sonarr-webhook/test-v4.json", "Test"), ("sonarr-webhook/zulip-episodes_renamed.json", "Rename"),
            ("radarr-webhook/autoscan-movie_delete.json", "MovieDelete"),
            ("radarr-webhook/autoscan-rename.json", "Rename"),
            ("radarr-webhook/autoscan-test.json", "Test"), ("radarr-webhook/test-v5.json", "Test"),
            ("radarr-webhook/zulip-health_check_warning.json", "Health"),
            ("radarr-webhook/zulip-movie_file_deleted.json", "MovieFileDelete"),
        ])
    func silentHooks(name: String, event: String) throws {
        let reading = try hook(name)
        #expect(reading.event == event && reading.observations.isEmpty)
    }
}
