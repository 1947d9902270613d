import Media
import Testing

@testable import Shoko

@Suite struct ShokoEventTests {
    private static let now = Timestamp(milliseconds: 1_000)
    private static let folders: [Int64: String] = [1: "/anime/", 2: "D:\\Anime"]

    private func read(_ target: String, _ argument: String) -> ShokoEvent {
        ShokoEvent.read(
            target: target, record: Array(#"{"type":1,"target":"x","arguments":[\#(argument)]}"#.utf8),
            instance: "default", receivedAt: Self.now, folders: Self.folders)
    }

    private static let references = """
        "CrossReferences":[{"EpisodeID":11,"AnidbEpisodeID":902,"SeriesID":7,"AnidbAnimeID":55,"GroupID":1},
        {"EpisodeID":null,"AnidbEpisodeID":"901","SeriesID":null,"AnidbAnimeID":55}]
        """
    private static let v5Match = """
        {"FileID":42,"FileLocationID":43,"ImportFolderID":1,"RelativePath":"Show/ep 1.mkv",\(references)}
        """
    private static let v6Match = """
        {"FileID":42,"ManagedFolderID":1,"RelativePath":"/Show/ep 1.mkv","Release":{"ID":"x",\(references)}}
        """

    @Test(
        "a match means the same in both vocabularies, in any case",
        arguments: [
            ("ShokoEvent:FileMatched", v5Match), ("shokoevent:filematched", v5Match), ("release:saved", v6Match),
            ("Release:Saved", v6Match),
        ])
    func matched(target: String, json: String) throws {
        let facts = read(target, json).observations
        let fact = try #require(facts.first)
        #expect(facts.count == 1)
        #expect(fact.fact == .fileMatched)
        #expect(fact.naturalKey == "42|901,902")
        #expect(fact.keys.shokoFile == 42)
        #expect(fact.keys.shokoSeries == 7)
        #expect(fact.keys.anidb == 55)
        #expect(fact.keys.path == "/anime/Show/ep 1.mkv")
        #expect(fact.details[.references] == "2")
        #expect((fact.service, fact.instance, fact.channel) == ("shoko", "default", .stream))
        #expect(fact.observedAt == Self.now)
    }

    @Test(
        "a match may come before its references are known",
        arguments: [
            (#""CrossReferences":[]"#, 0), (#""CrossReferences":null"#, 0), (#""Release":null"#, 0), (#""X":1"#, 0),
            (#""CrossReferences":[{"EpisodeID":null,"AnidbEpisodeID":null,"SeriesID":null,"AnidbAnimeID":0}]"#, 1),
        ])
    func emptyMatch(references: String, count: Int) throws {
        let fact = try #require(read("release:saved", #"{"FileID":42,\#(references)}"#).observations.first)
        #expect(fact.fact == .fileMatched)
        #expect(fact.naturalKey == "42|")
        #expect(fact.details[.references] == String(count))
        #expect(fact.keys.shokoSeries == nil)
        #expect(fact.keys.anidb == nil)
        #expect(fact.keys.path == nil)
    }

    @Test(
        "seen, moved and removed files carry their place",
        arguments: [
            (
                "ShokoEvent:FileDetected", Observation.Fact.fileSeen, #""RelativePath":"a.mkv","ImportFolderID":1"#,
                "/anime/a.mkv"
            ),
            ("file:detected", .fileSeen, #""RelativePath":"a.mkv","ManagedFolderID":1"#, "/anime/a.mkv"),
            (
                "ShokoEvent:FileHashed", .fileSeen, #""RelativePath":"S\\a.mkv","ImportFolderID":"2""#,
                "D:\\Anime\\S\\a.mkv"
            ),
            (
                "ShokoEvent:FileMoved", .pathChanged,
                #""RelativePath":"n/a.mkv","ImportFolderID":1,"PreviousRelativePath":"o/a.mkv""#, "/anime/n/a.mkv"
            ),
            (
                "ShokoEvent:FileRenamed", .pathChanged,
                #""RelativePath":"o/old.mkv","ImportFolderID":1,"FileName":"new.mkv","PreviousFileName":"old.mkv""#,
                "/anime/o/new.mkv"
            ),
            ("file:relocated", .pathChanged, #""RelativePath":"n.mkv","ManagedFolderID":9"#, "n.mkv"),
            (
                "ShokoEvent:FileDeleted", .fileRemoved,
                #""RelativePath":"a.mkv","ImportFolderID":1,"CrossReferences":[]"#, "/anime/a.mkv"
            ),
            ("file:deleted", .fileRemoved, #""RelativePath":"a.mkv","ManagedFolderID":1"#, "/anime/a.mkv"),
        ])
    func places(target: String, kind: Observation.Fact, json: String, path: String) throws {
        for (id, file) in [("", nil), (#""FileID":5,"#, 5)] as [(String, Int64?)] {
            let fact = try #require(read(target, "{\(id)\(json)}").observations.first)
            #expect(fact.fact == kind)
            #expect(fact.keys.path == path)
            #expect(fact.keys.shokoFile == file)
            let isSeen = kind == .fileSeen
            #expect(fact.naturalKey == (file == nil ? (isSeen ? path : "path|\(path)") : (isSeen ? "5" : "file|5")))
        }
    }

    @Test("a folder not known yet is named, so that it can be asked for")
    func unknownFolder() {
        #expect(read("file:detected", #"{"RelativePath":"a.mkv","ManagedFolderID":9}"#).unknownFolder == 9)
        #expect(read("file:detected", #"{"RelativePath":"a.mkv","ManagedFolderID":1}"#).unknownFolder == nil)
    }

    @Test("a failed match of version 5 tells attempts and ban, unless the file has references all the same")
    func notMatched() throws {
        let json =
            #"{"FileID":42,"ImportFolderID":1,"RelativePath":"a.mkv","AutoMatchAttempts":3,"HasCrossReferences":false,"IsUDPBanned":true}"#
        let fact = try #require(read("ShokoEvent:FileNotMatched", json).observations.first)
        #expect(fact.fact == .fileUnmatched)
        #expect(fact.naturalKey == "42")
        #expect(fact.details[.attempts] == "3")
        #expect(fact.details.flag(.banned))
        let linked = json.replacing("HasCrossReferences\":false", with: "HasCrossReferences\":true")
        #expect(read("ShokoEvent:FileNotMatched", linked) == ShokoEvent())
    }

    @Test(
        "a search of version 6 failed only without provider and release, whatever IsSaved says, and is to be confirmed",
        arguments: [
            (#""SelectedProvider":null,"ReleaseInfo":null,"IsSaved":true,"IsAutomatic":true"#, true),
            (#""IsSaved":false"#, true), (#""SelectedProvider":{"Name":"AniDB"},"ReleaseInfo":null"#, false),
            (#""SelectedProvider":"AniDB""#, false), (#""SelectedProvider":null,"ReleaseInfo":{"ID":1}"#, false),
            (#""SelectedProvider":null,"ReleaseInfo":null,"IsCancelled":true"#, false),
        ])
    func searched(json: String, isFruitless: Bool) {
        let event = read("release:search.completed", #"{"FileID":42,\#(json),"AttemptedProviders":[]}"#)
        #expect(event.observations.isEmpty)
        #expect(event.unconfirmed.map(\.fact) == (isFruitless ? [.fileUnmatched] : []))
    }

    @Test(
        "new metadata of a film hastens a check, and nothing else does",
        arguments: [
            ("ShokoEvent:MovieUpdated", "Added", true), ("metadata:movie.added", "Added", true),
            ("ShokoEvent:MovieUpdated", "Updated", false), ("ShokoEvent:SeriesUpdated", "Added", false),
        ])
    func metadata(target: String, reason: String, hastens: Bool) {
        let event = read(target, #"{"Source":"TMDB","Reason":"\#(reason)","MovieID":5,"ShokoSeriesIDs":[7]}"#)
        #expect(event.observations.isEmpty)
        #expect(event.hastensCheck == hastens)
    }

    @Test(
        "what is odd or irrelevant has no effect",
        arguments: [
            ("Queue:QueueStateChanged", "{}"), ("aggregate:connected", "{}"), ("FileDetected:extra", "{}"), ("", "{}"),
            ("file:detected", "{}"), ("file:detected", ""), ("file:detected", "null"), ("file:detected", "[1]"),
            ("file:detected", #"{"FileID":0,"RelativePath":""}"#),
            ("file:detected", #"{"FileID":{},"RelativePath":7}"#),
            ("file:detected", "{"), ("release:search.completed", #"{"RelativePath":"a.mkv"}"#),
        ])
    func odd(target: String, json: String) {
        #expect(read(target, json) == ShokoEvent())
    }
}
