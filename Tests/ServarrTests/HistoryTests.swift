import HTTPClient
import Media
import Servarr
import TestSupport
import Testing

@Suite("Servarr, history")
struct HistoryTests {
    private static let start = Timestamp(rfc3339: "2026-01-01T00:00:00Z") ?? Timestamp(milliseconds: 0)
    private static let now = Timestamp(rfc3339: "2026-01-02T00:00:00Z") ?? Timestamp(milliseconds: 0)

    private func read(_ kind: Servarr.Kind, _ records: [String], ahead: Duration = .zero) async throws -> [Observation]
    {
        try await ArrServer.client(kind, "[\(records.joined(separator: ","))]")
            .history(since: Self.start, receivedAt: Self.now, ahead: ahead)
    }

    private func episode(
        _ number: Int, _ event: String, date: String = "2026-01-01T10:00:00Z", download: String = "ABC",
        data: String = "{}",
        source: String = "Rel.S01"
    ) -> String {
        #"""
        {"id":\#(number),"episodeId":\#(700 + number),"seriesId":23,"sourceTitle":"\#(source)","eventType":"\#(event)",
        "quality":{"quality":{"id":7,"name":"Bluray-1080p"},"revision":{"version":1}},"date":"\#(date)",
        "downloadId":"\#(download)","data":\#(data),
        "series":{"id":23,"title":"Show (2022)","year":2022,"tvdbId":5,"tmdbId":0,"imdbId":"","seriesType":"anime"},
        "episode":{"id":\#(700 + number),"seasonNumber":1,"episodeNumber":\#(number),"title":"P","tvdbId":9,
        "airDateUtc":"2022-07-01T00:00:00Z"}}
        """#
    }

    @Test("a grabbed pack, one record per episode, is one fact under the hook's key")
    func pack() async throws {
        let data = #"{"Indexer":"Nyaa","size":"77","releaseGroup":"G","downloadClientName":"qBit"}"#
        let facts = try await read(.sonarr, (1...12).map { episode($0, "grabbed", data: data) })
        #expect(facts.count == 1 && facts[0].units == (1...12).map { UnitNumber(1, $0) })
        #expect(facts[0].fact == .grabbed && facts[0].naturalKey == "abc" && facts[0].channel == .poll)
        #expect(facts[0].episodes[3].sonarrID == 704 && facts[0].keys.arrTitle == 23 && facts[0].keys.tvdb == 5)
        #expect(facts[0].keys.tmdb == nil && facts[0].keys.imdb == nil && facts[0].keys.downloads == ["abc"])
        #expect(
            facts[0].details
                == Details([
                    .download: "abc", .release: "Rel.S01", .quality: "Bluray-1080p", .indexer: "Nyaa", .size: "77",
                    .group: "G", .client: "qBit", .anime: "1", .title: "Show", .year: "2022",
                ]))
        #expect(facts[0].observedAt == Timestamp(rfc3339: "2026-01-01T10:00:00Z") && facts[0].receivedAt == Self.now)
    }

    @Test("the same download grabbed again later is another fact")
    func generations() async throws {
        let facts = try await read(
            .sonarr,
            [
                episode(1, "grabbed"), episode(1, "downloadFailed", date: "2026-01-01T11:00:00Z"),
                episode(1, "grabbed", date: "2026-01-01T12:00:00Z"),
            ])
        #expect(facts.map(\.fact) == [.grabbed, .downloadFailed, .grabbed])
    }

    @Test("an import has the key that its hook has")
    func imported() async throws {
        let data =
            #"{"fileId":"9","droppedPath":"/d/x.mkv","importedPath":"/tv/Lycoris Recoil/Season 1/a - S01E02.mkv"}"#
        let polled = try #require(try await read(.sonarr, [episode(2, "downloadFolderImported", data: data)]).first)
        let file = HookSamples.file(9, "a - S01E02.mkv")
        let hooked = try #require(
            try HookSamples.read(
                .sonarr,
                HookSamples.body(
                    "Download", HookSamples.series, HookSamples.episodes(2...2), #""episodeFile":\#(file)"#)
            ).observations.first)
        #expect(polled.fact == hooked.fact && polled.naturalKey == hooked.naturalKey && polled.units == hooked.units)
        #expect(polled.keys.path == hooked.keys.path && polled.details[.file] == "9")
    }

    @Test(
        "each program's events by name and by its own numbers",
        arguments: [
            (Servarr.Kind.sonarr, "grabbed", Observation.Fact?.some(.grabbed)), (.sonarr, "1", .grabbed),
            (.sonarr, "seriesFolderImported", .imported), (.sonarr, "2", .imported), (.radarr, "2", nil),
            (.sonarr, "downloadFolderImported", .imported), (.radarr, "3", .imported),
            (.radarr, "downloadFailed", .downloadFailed),
            (.sonarr, "4", .downloadFailed), (.sonarr, "downloadIgnored", .ignored), (.sonarr, "7", .ignored),
            (.radarr, "7", nil), (.radarr, "9", .ignored), (.radarr, "movieFileDeleted", .fileRemoved),
            (.radarr, "6", .fileRemoved), (.sonarr, "6", nil), (.sonarr, "episodeFileDeleted", .fileRemoved),
            (.sonarr, "5", .fileRemoved), (.radarr, "5", nil), (.sonarr, "episodeFileRenamed", nil),
            (.radarr, "new", nil),
        ])
    func events(kind: Servarr.Kind, event: String, wanted: Observation.Fact?) async throws {
        let body = #"""
            {"id":1,"movieId":4,"eventType":"\#(event)","date":"2026-01-01T10:00:00Z","sourceTitle":"/f/x.mkv",
            "data":{"reason":"Manual"}}
            """#
        #expect(try await read(kind, [body]).map(\.fact) == [wanted].compactMap(\.self))
    }

    @Test("a failure keeps the program's words, an upgrade replaces its file")
    func words() async throws {
        let film = #"""
            {"movieId":4,"eventType":"downloadFailed","date":"2026-01-01T10:00:00Z","sourceTitle":"Rel","downloadId":"D",
            "data":{"message":"No files found are eligible"},"movie":{"tmdbId":348,"imdbId":"tt0078748","title":"Alien"}}
            """#
        let failed = try #require(try await read(.radarr, [film]).first)
        #expect(failed.details[.message] == "No files found are eligible" && failed.naturalKey == "d")
        #expect(failed.keys.tmdb == 348 && failed.keys.imdb == "tt0078748" && failed.keys.arrTitle == 4)
        let deleted = episode(3, "episodeFileDeleted", data: #"{"reason":"Upgrade"}"#, source: "/tv/Show/x.mkv")
        let replaced = try #require(try await read(.sonarr, [deleted]).first)
        #expect(replaced.fact == .fileReplaced && replaced.naturalKey == "path|/tv/Show/x.mkv")
        #expect(replaced.details[.release] == nil && replaced.keys.path == "/tv/Show/x.mkv")
        let gone = episode(3, "episodeFileDeleted", data: #"{"reason":"MissingFromDisk"}"#)
        #expect(try await read(.sonarr, [gone]).isEmpty)
    }

    @Test("times are corrected by the program's clock and never later than the read")
    func clocks() async throws {
        let early = try await read(.sonarr, [episode(1, "grabbed")], ahead: .seconds(60))
        #expect(early.first?.observedAt == Timestamp(rfc3339: "2026-01-01T09:59:00Z"))
        let late = try await read(.sonarr, [episode(1, "grabbed", date: "2027-01-01T00:00:00Z")])
        #expect(late.first?.observedAt == Self.now)
        let undated = try await read(.sonarr, [#"{"eventType":"grabbed","downloadId":"x"}"#])
        #expect(undated.first?.observedAt == Self.now)
    }

    @Test("a program that ignores the date costs only time; the date asked for is by its clock")
    func date() async throws {
        let old = episode(1, "grabbed", date: "2025-12-31T23:59:50Z")
        let stub = StubTransport { _ in ArrServer.response("[\(old)]") }
        let client = try ArrServer.client(.sonarr, stub)
        #expect(try await client.history(since: Self.start, receivedAt: Self.now, ahead: .seconds(-5)).isEmpty)
        let query = ArrServer.query(try #require(stub.requests.first))
        #expect(query["date"]?.replacing("%3A", with: ":") == "2025-12-31T23:59:55.000Z")
        #expect(query["includeEpisode"] == "true" && query["includeSeries"] == "true")
    }

    @Test("a history that breaks off is unknown", arguments: ["", "[", #"[{"eventType":"grabbed"},"#, "{}"])
    func cut(body: String) async throws {
        let client = try ArrServer.client(.sonarr, body)
        await #expect(throws: UpstreamError.self) { try await client.history(since: Self.start, receivedAt: Self.now) }
    }
}
