import HTTPClient
import Lifecycle
import Media
import Shoko
import TestSupport
import Testing
import WebSocket

@Suite(.timeLimit(.minutes(1))) struct ShokoStreamTests {
    private final class Notes: Sendable {
        private let values = Locked<[String]>([])

        func add(_ value: String) { values.withLock { $0.append(value) } }
        var all: [String] { values.withLock { $0 } }
    }

    private static func rest(_ version: String) -> StubTransport {
        let folder = version.hasPrefix("6") ? "ManagedFolder" : "ImportFolder"
        return StubTransport(
            [
                "GET /api/v3/Init/Status": #"{"State":"Started"}"#,
                "GET /api/v3/Init/Version": #"{"Server":{"Version":"\#(version)"}}"#,
                "GET /api/v3/\(folder)": #"[{"ID":1,"Path":"/anime"}]"#,
                "GET /api/v3/File/1":
                    #"{"ID":1,"Locations":[{"ManagedFolderID":1,"RelativePath":"n.mkv"}],"SeriesIDs":[]}"#,
                "GET /api/v3/File/2":
                    #"{"ID":2,"SeriesIDs":[{"SeriesID":{"AniDB":5},"EpisodeIDs":[{"AniDB":6}]}]}"#,
                "GET /api/v3/File/3": #"{"ID":3}"#,
            ].mapValues { [HTTPResponse(status: 200, body: Array($0.utf8))] })
    }

    private func call(_ target: String, _ argument: String) -> String {
        #"{"type":1,"target":"\#(target)","arguments":[\#(argument)]}"# + "\u{1E}"
    }

    /// Runs a stream against a server of this version that sends these records on each connection.
    private func hear(_ version: String, _ records: String, count: Int) async throws -> (
        heard: [String], heads: [String]
    ) {
        let heads = Notes()
        let server = try WebSocketServer { peer in
            let head = peer.upgrade() ?? []
            for line in head where line.hasPrefix("GET") || line.hasPrefix("apikey") { heads.add(line) }
            _ = peer.receive(WebSocketFrame.text)
            peer.send("{}\u{1E}" + records)
            peer.waitForHangUp()
        }
        defer { server.stop() }
        let shoko = Shoko(
            base: try BaseURL("http://127.0.0.1:\(server.port)"), key: "k-1", transport: Self.rest(version))
        let stream = ShokoStream(shoko, client: WebSocketClient()) { Timestamp(milliseconds: 9) }
        let heard = Notes()
        let running = Task {
            await stream.run {
                heard.add("connected")
            } onFacts: { facts, hastens in
                if hastens { heard.add("hasten") }
                for fact in facts { heard.add("\(fact.fact.rawValue) \(fact.naturalKey) \(fact.keys.path ?? "-")") }
            }
        }
        let deadline = ContinuousClock.now + .seconds(10)
        while heard.all.count < count, ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(2)) }
        running.cancel()
        await running.value
        return (heard.all, heads.all)
    }

    @Test("version 5: its feeds, its names, and places with their folder")
    func fifth() async throws {
        let records =
            call("Queue:QueueStateChanged", "{}")
            + call("ShokoEvent:FileDetected", #"{"RelativePath":"a.mkv","ImportFolderID":1}"#)
            + call(
                "ShokoEvent:FileMatched",
                #"{"FileID":4,"RelativePath":"a.mkv","ImportFolderID":1,"CrossReferences":[]}"#)
            + call("ShokoEvent:MovieUpdated", #"{"Reason":"Added"}"#)
        let (heard, heads) = try await hear("5.3.3", records, count: 4)
        #expect(
            heard == ["connected", "file_seen /anime/a.mkv /anime/a.mkv", "file_matched 4| /anime/a.mkv", "hasten"])
        #expect(heads == ["GET /signalr/aggregate?feeds=shoko%2Cqueue HTTP/1.1", "apikey: k-1"])
    }

    @Test("version 6: a failed search is confirmed, refuted, or left open by the file itself")
    func sixth() async throws {
        let records =
            (1...4).map { call("release:search.completed", #"{"FileID":\#($0 == 4 ? 3 : $0),"IsSaved":true}"#) }
            .joined()
            + call("file:deleted", #"{"FileID":9}"#)
        let (heard, heads) = try await hear("6.0.0-dev", records, count: 4)
        #expect(heard == ["connected", "file_unmatched 1 /anime/n.mkv", "file_matched 2|6 -", "file_removed file|9 -"])
        #expect(heads[0] == "GET /signalr/aggregate?feeds=file%2Crelease%2Cmetadata%2Cmanagedfolder HTTP/1.1")
    }
}
