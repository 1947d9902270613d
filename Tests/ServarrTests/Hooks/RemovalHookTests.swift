import Media
import Servarr
import TestSupport
import Testing

@Suite("Servarr, hooks of losses")
struct RemovalHookTests {
    private static let now = Timestamp(milliseconds: 5_000)

    private func read(_ kind: Servarr.Kind, _ body: String) throws -> HookReading {
        try ServarrHook.read(Array(body.utf8), kind: kind, instance: "4k", receivedAt: Self.now)
    }

    @Test("a deleted film or series says by which numbers it went, and whether with files")
    func titles() throws {
        let film = try read(
            .radarr,
            #"{"eventType":"MovieDelete","movie":{"id":5,"title":"A","year":1999,"tmdbId":70,"imdbId":"tt1","folderPath":"/m/A"},"deletedFiles":true,"movieFolderSize":9}"#
        )
        let signal = try #require(film.removals.first)
        #expect(film.observations.isEmpty && film.removals.count == 1)
        #expect(signal.loss == .title(deletedFiles: true) && signal.service == "radarr" && signal.instance == "4k")
        #expect(signal.keys.arrTitle == 5 && signal.keys.tmdb == 70 && signal.keys.mediaType == .movie)
        #expect(signal.title == "A" && signal.year == 1_999 && signal.at == Self.now)
        let show = try read(
            .sonarr, #"{"eventType":"SeriesDelete","series":{"id":6,"title":"S (2001)","year":2001,"tvdbId":71}}"#)
        #expect(show.removals.map(\.loss) == [.title(deletedFiles: nil)])
        #expect(show.removals.first?.keys.tvdb == 71 && show.removals.first?.title == "S")
    }

    @Test("a deleted file says why, and of which episodes", arguments: RemovalSignal.FileReason.allCases)
    func files(reason: RemovalSignal.FileReason) throws {
        let word = reason == .untold ? "" : #""deleteReason":"\#(reason.rawValue)","#
        let body = #"""
            {"eventType":"EpisodeFileDelete",\#(word)"series":{"id":6,"tvdbId":71,"path":"/tv/S"},
            "episodes":[{"id":1,"seasonNumber":1,"episodeNumber":2},{"id":2,"seasonNumber":1,"episodeNumber":3}],
            "episodeFile":{"id":9,"relativePath":"Season 1/S - S01E02-E03.mkv","path":"/tv/S/Season 1/S - S01E02-E03.mkv"}}
            """#
        let signal = try #require(try read(.sonarr, body).removals.first)
        #expect(signal.loss == .file(reason) && signal.units == [UnitNumber(1, 2), UnitNumber(1, 3)])
        #expect(signal.keys.path == "/tv/S/Season 1/S - S01E02-E03.mkv" && signal.keys.arrTitle == 6)
        let film = try read(
            .radarr, #"{"eventType":"MovieFileDelete",\#(word)"movie":{"id":5,"tmdbId":70},"movieFile":{"id":1}}"#)
        #expect(film.removals.map(\.loss) == [.file(reason)] && film.removals.first?.units == [])
    }

    @Test("the programs' test titles, other events and the other program's events lose nothing")
    func nothing() throws {
        let test = #""movie":{"id":1,"title":"Test Title","year":1970,"folderPath":"C:\\testpath","tmdbId":0}"#
        for (kind, body) in [
            (Servarr.Kind.radarr, #"{"eventType":"MovieDelete",\#(test),"deletedFiles":true}"#),
            (.radarr, #"{"eventType":"SeriesDelete","movie":{"id":5}}"#),
            (.sonarr, #"{"eventType":"MovieFileDelete","series":{"id":5}}"#),
            (.sonarr, #"{"eventType":"Download","series":{"id":5},"isUpgrade":true,"deletedFiles":[{"id":1}]}"#),
            (.sonarr, #"{"eventType":"Health"}"#), (.sonarr, "[]"),
        ] {
            #expect(try read(kind, body).removals.isEmpty, "\(body)")
        }
    }

    @Test(
        "recorded deletions are read", .enabled(if: Recording.isThere),
        arguments: [
            ("radarr-webhook/autoscan-movie_delete.json", Servarr.Kind.radarr, true),
            ("radarr-webhook/zulip-movie_file_deleted.json", .radarr, false),
            ("sonarr-webhook/autoscan-series_delete.json", .sonarr, true),
        ])
    func recordings(name: String, kind: Servarr.Kind, isTitle: Bool) throws {
        let reading = try ServarrHook.read(
            Recording.bytes(name), kind: kind, instance: "default", receivedAt: Self.now)
        let signal = try #require(reading.removals.first)
        if case .title = signal.loss { #expect(isTitle) } else { #expect(!isTitle) }
        #expect(signal.keys.mediaType == kind.mediaType && reading.removals.count == 1)
        #expect(signal.keys.path != nil)
    }

    @Test("recorded events of other kinds lose nothing", .enabled(if: Recording.isThere))
    func otherRecordings() throws {
        for name in ["rename", "test", "interstellar"] {
            let body = try Recording.bytes("radarr-webhook/autoscan-\(name).json")
            let reading = try ServarrHook.read(body, kind: .radarr, instance: "default", receivedAt: Self.now)
            #expect(reading.removals.isEmpty, "\(name)")
        }
    }
}
