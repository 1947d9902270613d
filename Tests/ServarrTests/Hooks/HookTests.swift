import Media
import Servarr
import Testing

@Suite("Webhooks of Sonarr and Radarr")
struct HookTests {
    typealias Sample = HookSamples

    @Test("a grabbed pack names its download, its series by every id, and all its episodes")
    func grabbedPack() throws {
        let reading = try Sample.read(
            .sonarr, Sample.body("Grab", Sample.series, Sample.episodes(1...13), Sample.release, Sample.download))
        #expect(reading.event == "Grab")
        let fact = try #require(reading.observations.first)
        #expect(reading.observations.count == 1 && fact.fact == .grabbed && fact.service == "sonarr")
        #expect(fact.naturalKey == Sample.downloadID && fact.keys.downloads == [Sample.downloadID])
        #expect(fact.keys.mediaType == .tv && fact.keys.arrTitle == 23 && fact.keys.tvdb == 414_057)
        #expect(fact.keys.tmdb == 154_494 && fact.keys.imdb == "tt16755706")
        #expect(fact.units == (1...13).map { UnitNumber(1, $0) })
        #expect(fact.episodes[2].sonarrID == 703 && fact.episodes[2].tvdb == 8_916_003)
        #expect(fact.episodes[2].title == "Part 3")
        #expect(fact.episodes[2].airDate == Timestamp(rfc3339: "2022-07-13T15:00:00Z"))
        #expect(
            fact.details
                == Details([
                    .download: Sample.downloadID, .release: "Show.S01.BD-FLE", .quality: "Bluray-1080p",
                    .indexer: "Nyaa", .size: "33930242048", .group: "FLE", .client: "qBit", .anime: "1",
                    .title: "Lycoris Recoil", .year: "2022",
                ]))
        #expect(fact.observedAt == Sample.received && fact.channel == .webhook && fact.keys.path == nil)
    }

    @Test("a grabbed film has no units; a tag makes it anime; without a download id its release stands for it")
    func grabbedFilm() throws {
        let fact = try #require(
            try Sample.read(.radarr, Sample.body("Grab", Sample.movie, Sample.release)).observations.first)
        #expect(fact.keys.mediaType == .movie && fact.keys.arrTitle == 52 && fact.keys.tmdb == 533_514)
        #expect(fact.keys.tvdb == nil && fact.units.isEmpty && fact.details.flag(.anime))
        #expect(fact.naturalKey == "Show.S01.BD-FLE" && fact.keys.downloads.isEmpty)
    }

    @Test("one imported file is one fact, keyed by the file, whatever the shape")
    func imported() throws {
        let file = Sample.file(9, "Show - S01E02.mkv")
        let single = try Sample.read(
            .sonarr,
            Sample.body(
                "Download", Sample.series, Sample.episodes(2...2), #""episodeFile":\#(file),"isUpgrade":true"#,
                Sample.download, #""deletedFiles":[{"id":3}]"#, #""release":{"releaseTitle":"R","size":5}"#))
        let fact = try #require(single.observations.first)
        #expect(single.observations.count == 1 && fact.fact == .imported && fact.naturalKey == "file|9")
        #expect(fact.keys.path == "/tv/Lycoris Recoil/Season 1/Show - S01E02.mkv" && fact.units == [UnitNumber(1, 2)])
        #expect(
            fact.details
                == Details([
                    .path: "/tv/Lycoris Recoil/Season 1/Show - S01E02.mkv", .quality: "HDTV-720p",
                    .size: "4068247970", .upgrade: "1", .file: "9", .release: "R", .download: Sample.downloadID,
                    .anime: "1",
                ]))
        let complete = try Sample.read(
            .sonarr,
            Sample.body(
                "Download", Sample.series, Sample.episodes(1...2),
                #""episodeFiles":[\#(file),\#(Sample.file(8, "Show - S01E01.mkv"))],"fileCount":2"#, Sample.download))
        #expect(complete.observations.map(\.naturalKey) == ["file|9", "file|8"])
        #expect(complete.observations.map(\.units) == [[UnitNumber(1, 2)], [UnitNumber(1, 1)]])
        #expect(complete.observations.allSatisfy { !$0.details.flag(.upgrade) })
    }

    @Test("a film's import says where its file is")
    func importedFilm() throws {
        let file = #"""
            "movieFile":{"id":7,"relativePath":"Violet.mkv","path":"/films/Violet (2020)/Violet.mkv",
            "quality":"Bluray-1080p","size":12,"indexerFlags":"0"},"isUpgrade":false
            """#
        let fact = try #require(
            try Sample.read(.radarr, Sample.body("Download", Sample.movie, file, Sample.download)).observations.first)
        #expect(fact.naturalKey == "file|7" && fact.keys.path == "/films/Violet (2020)/Violet.mkv")
        #expect(fact.units.isEmpty && fact.details[.upgrade] == nil && fact.details[.size] == "12")
    }

    @Test(
        "a path lies in the title's folder, even where version 3 names the place it came from",
        arguments: [
            ("/tv/Show", "/downloads/x.mkv", "S1/x.mkv", "/tv/Show/S1/x.mkv"),
            ("/tv/Show/", "/tv/Show/S1/y.mkv", "S1/x.mkv", "/tv/Show/S1/y.mkv"),
            ("/tv/Show", "/tv/Show 2/S1/y.mkv", "S1/x.mkv", "/tv/Show/S1/x.mkv"),
            (#"D:\\TV\\Show"#, "", #"S1\\x.mkv"#, #"D:\TV\Show\S1\x.mkv"#), ("", "/a/x.mkv", "x.mkv", "/a/x.mkv"),
            ("/tv/Show", "/a/x.mkv", "", "/a/x.mkv"),
        ])
    func paths(folder: String, sent: String, relative: String, wanted: String) throws {
        let body = #"""
            {"eventType":"Download","series":{"path":"\#(folder)"},
            "episodeFile":{"path":"\#(sent)","relativePath":"\#(relative)"}}
            """#
        let fact = try #require(try Sample.read(.sonarr, body).observations.first)
        #expect(fact.keys.path == wanted && fact.naturalKey == "path|" + wanted && fact.details[.path] == wanted)
    }

    @Test("a blocked import tells its messages once each, at most 300 characters of them")
    func blocked() throws {
        let messages = #"""
            "downloadInfo":{"quality":"HDTV","title":"Rel","indexer":"I","size":5},"downloadStatus":"Warning",
            "downloadStatusMessages":[{"title":"a","messages":["No files","Sample"]},{"title":"b","messages":["No files"]},
            {"title":"Only a title","messages":[]}]
            """#
        let body = Sample.body("ManualInteractionRequired", Sample.series, messages, Sample.download)
        let fact = try #require(try Sample.read(.sonarr, body).observations.first)
        #expect(fact.fact == .importBlocked && fact.naturalKey == Sample.downloadID)
        #expect(fact.details[.message] == "No files; Sample; Only a title" && fact.details[.release] == "Rel")
        let long = #""downloadStatusMessages":[{"messages":["\#(String(repeating: "é", count: 900))"]}]"#
        let cut = try Sample.read(.radarr, Sample.body("ManualInteractionRequired", long)).observations.first
        #expect(cut?.details[.message]?.count == 300)
    }

    @Test("a title added is in the *arr, keyed by its number there")
    func added() throws {
        let film = try Sample.read(.radarr, Sample.body("MovieAdded", Sample.movie, #""addMethod":"manual""#))
        #expect(film.observations.map(\.fact) == [.inArr] && film.observations.first?.naturalKey == "52")
        #expect(film.observations.first?.details[.path] == "/films/Violet (2020)")
        let series = try Sample.read(.sonarr, Sample.body("SeriesAdd", Sample.series))
        #expect(series.observations.map(\.fact) == [.inArr] && series.observations.first?.holds == true)
        #expect(try Sample.read(.radarr, Sample.body("MovieAdded", #""movie":{"title":"x"}"#)).observations.isEmpty)
    }

    @Test("every renamed file has its new path")
    func renamed() throws {
        let files = #"""
            "renamedEpisodeFiles":[{"id":4,"relativePath":"S1/New - S01E03-E04.mkv","previousRelativePath":"S1/Old.mkv",
            "path":"/tv/Lycoris Recoil/S1/New - S01E03-E04.mkv","previousPath":"/x"},{"id":5},null,7]
            """#
        let facts = try Sample.read(.sonarr, Sample.body("Rename", Sample.series, files)).observations
        #expect(facts.map(\.fact) == [.pathChanged] && facts[0].naturalKey == "file|4")
        #expect(facts[0].units == [UnitNumber(1, 3), UnitNumber(1, 4)])
        #expect(facts[0].keys.path == "/tv/Lycoris Recoil/S1/New - S01E03-E04.mkv")
        #expect(try Sample.read(.sonarr, Sample.body("Rename", Sample.series)).observations.isEmpty)
    }

    @Test(
        "only an upgrade and a hand remove a file; other reasons are a note",
        arguments: [
            (#""upgrade""#, Observation.Fact.fileReplaced), (#""Upgrade""#, .fileReplaced),
            (#""manual""#, .fileRemoved),
            (#""missingFromDisk""#, nil), (#""noLinkedEpisodes""#, nil), (#""manualOverride""#, nil), ("null", nil),
            ("2", nil), ("{}", nil), (#""new""#, nil),
        ])
    func removed(reason: String, wanted: Observation.Fact?) throws {
        let file = #""episodeFile":\#(Sample.file(9, "Show - S01E02.mkv")),"deleteReason":\#(reason)"#
        let episode = Sample.body("EpisodeFileDelete", Sample.series, Sample.episodes(2...2), file)
        let facts = try Sample.read(.sonarr, episode)
        #expect(facts.observations.map(\.fact) == [wanted].compactMap(\.self) && facts.event == "EpisodeFileDelete")
        #expect(facts.observations.allSatisfy { $0.naturalKey == "file|9" && $0.units == [UnitNumber(1, 2)] })
        let film = Sample.body("MovieFileDelete", Sample.movie, #""movieFile":{"id":1},"deleteReason":\#(reason)"#)
        #expect(try Sample.read(.radarr, film).observations.map(\.fact) == [wanted].compactMap(\.self))
    }

    @Test("version 3's half-loaded values are read through")
    func leaks() throws {
        let body = #"""
            {"eventType":"EpisodeFileDelete","deleteReason":"manual",
            "series":{"value":{"id":23,"path":"/tv/S","tvdbId":5},"isLoaded":true},"episodeFile":{"id":4,
            "relativePath":"S1/a.mkv","quality":{"quality":{"id":4,"name":"HDTV-720p"},"revision":{"version":1}},
            "episodes":{"value":[{"seasonNumber":1,"episodeNumber":7,"id":"70"}],"isLoaded":true},
            "series":{"value":null,"isLoaded":false}}}
            """#
        let fact = try #require(try Sample.read(.sonarr, body).observations.first)
        #expect(fact.keys.arrTitle == 23 && fact.keys.tvdb == 5 && fact.keys.path == "/tv/S/S1/a.mkv")
        #expect(fact.units == [UnitNumber(1, 7)] && fact.episodes.first?.sonarrID == 70)
        #expect(fact.details[.quality] == "HDTV-720p")
    }

    @Test(
        "other events, tests and unknown ones keep their name and hold no facts",
        arguments: [
            "Test", "Health", "HealthRestored", "ApplicationUpdate", "MovieDelete", "SeriesDelete", "Brand New", "",
        ])
    func silent(event: String) throws {
        for kind in [Servarr.Kind.radarr, .sonarr] {
            let body = Sample.body(event, Sample.series, Sample.movie, Sample.episodes(1...1), Sample.download)
            let reading = try Sample.read(kind, body)
            #expect(reading.event == (event.isEmpty ? "unknown" : event) && reading.observations.isEmpty)
        }
    }

    @Test("the made-up titles of the test event create nothing, whatever the event is called")
    func sentinels() throws {
        let movie = #""movie":{"id":1,"title":"Test Title","tmdbId":0,"folderPath":"C:\\testpath"}"#
        let series = #""series":{"id":1,"title":"Test Title","tvdbId":1234,"path":"C:\\testpath"}"#
        for event in ["Grab", "Download", "MovieAdded"] {
            #expect(try Sample.read(.radarr, Sample.body(event, movie, Sample.release)).observations.isEmpty)
        }
        #expect(try Sample.read(.sonarr, Sample.body("Grab", series, Sample.episodes(1...1))).observations.isEmpty)
    }

    @Test("only what is no JSON, or no object or array, is refused", arguments: ["", "hello", "{", "{}}", "7", "null"])
    func refused(body: String) {
        #expect(throws: UnreadableHook.self) { try Sample.read(.sonarr, body) }
    }

    @Test(
        "an array is recorded as unknown, as is an object without an event",
        arguments: ["[]", "[1]", "{}", "\u{FEFF}{}"])
    func unknown(body: String) throws {
        #expect(try Sample.read(.radarr, body) == HookReading(event: "unknown"))
    }
}
