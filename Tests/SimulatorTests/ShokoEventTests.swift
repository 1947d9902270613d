import Foundation
import Testing

@testable import Simulator

@Suite("Shoko's event stream", .timeLimit(.minutes(2)))
struct ShokoEventTests {
    private static let everything = "anidb,queue,shoko,avdump,network,file,release,metadata,managedfolder"

    private func targets(_ records: [[String: Any]], _ prefixes: [String]) -> [String] {
        records.compactMap { $0.text("target") }.filter { target in prefixes.contains { target.hasPrefix($0) } }
    }

    private func argument(_ records: [[String: Any]], _ target: String) -> [String: Any] {
        let record = records.first { $0.text("target") == target } ?? [:]
        return (record["arguments"] as? [[String: Any]])?.first ?? [:]
    }

    @Test("answers the handshake, greets for each feed it has, and ignores the others without a word")
    func handshake() async throws {
        for (version, feeds, greetings) in [
            (ShokoVersion.v5, "file,shoko,Queue,nonsense", ["ShokoEvent:OnConnected", "Queue:OnConnected"]),
            (.v6, "shoko,file, release", ["file:connected", "release:connected"]),
        ] {
            try await ShokoClient(version).listen(feeds: feeds) { peer in
                let records = await peer.records(3)
                #expect(records[0].isEmpty)
                #expect(records.dropFirst().compactMap { $0.text("target") } == greetings)
            }
        }
    }

    @Test("refuses another protocol and leaves")
    func otherProtocol() async throws {
        try await ShokoClient().listen(feeds: "shoko", handshake: #"{"protocol":"messagepack","version":1}"#) { peer in
            await peer.waitForEnd()
            #expect(await peer.records.first?.text("error")?.contains("messagepack") == true)
        }
    }

    @Test("waits for a handshake that comes in pieces")
    func pieces() async throws {
        try await ShokoClient().listen(feeds: "shoko", handshake: nil) { peer in
            for piece in [
                #"{"proto"#, #"col":"json","ver"#, "sion\":1}\u{1E}{\"type\":1,\"target\":\"x\",", "\"arguments\":[],",
            ] { await peer.say(piece) }
            await peer.say("\"invocationId\":\"5\"}\u{1E}")
            let records = await peer.records(3)
            #expect(records[0].isEmpty && records.contains { $0.text("invocationId") == "5" && $0.int("type") == 3 })
        }
    }

    @Test("tells v5 of a file's way: detected, hashed, matched without Shoko's ids, then the series")
    func stable() async throws {
        let client = ShokoClient(.v5)
        try await client.listen(feeds: "shoko") { peer in
            client.request(seasons: [2])
            client.flow.advance(by: 6 * 3_600)
            await peer.heard("ShokoEvent:EpisodeUpdated", times: 4)
            let records = await peer.records
            let names = targets(records, ["ShokoEvent:File", "ShokoEvent:Series"])
            #expect(names.first == "ShokoEvent:FileDetected" && names.contains("ShokoEvent:FileHashed"))
            let matched = names.firstIndex(of: "ShokoEvent:FileMatched") ?? .max
            #expect(matched < names.firstIndex(of: "ShokoEvent:SeriesUpdated") ?? -1)

            let detected = argument(records, "ShokoEvent:FileDetected")
            #expect(Set(detected.keys) == ["RelativePath", "ImportFolderID"])
            let reference =
                (argument(records, "ShokoEvent:FileMatched")["CrossReferences"] as? [[String: Any]])?.first ?? [:]
            #expect(reference["SeriesID"] is NSNull && reference["EpisodeID"] is NSNull)
            #expect(reference.int("AnidbAnimeID") ?? 0 > 0)
        }
    }

    @Test("gives TMDB's numbers in events from TMDB, and Shoko's own beside them", arguments: ShokoVersion.allCases)
    func sources(version: ShokoVersion) async throws {
        let client = ShokoClient(version)
        let target = version == .v5 ? "ShokoEvent:SeriesUpdated" : "metadata:series.added"
        try await client.listen(feeds: "shoko,metadata") { peer in
            client.request(seasons: [1])
            client.flow.advance(by: 6 * 3_600)
            await peer.heard(target, times: 2)
            let updates = await peer.records.filter { $0.text("target") == target }
                .compactMap { ($0["arguments"] as? [[String: Any]])?.first }
            #expect(updates.compactMap { $0.text("Source") }.prefix(2) == ["AniDB", "TMDB"])
            #expect(updates.count >= 2 && updates[0].int("SeriesID") != updates[1].int("SeriesID"))
            #expect(updates.allSatisfy { $0["ShokoSeriesIDs"] as? [Int] == [501] })
        }
    }

    @Test("tells v6 of the same by release:saved and a search that completed")
    func development() async throws {
        let client = ShokoClient(.v6)
        try await client.listen(feeds: "file,release,metadata,managedfolder") { peer in
            client.request(seasons: [2])
            client.flow.advance(by: 6 * 3_600)
            await peer.heard("metadata:episode.added", times: 2)
            let records = await peer.records
            #expect(targets(records, ["ShokoEvent", "file:matched", "file:notmatched"]).isEmpty)
            #expect(argument(records, "file:detected").keys.contains("ManagedFolderID"))
            let saved = argument(records, "release:saved")
            let references = saved.object("Release")["CrossReferences"] as? [[String: Any]] ?? []
            #expect(references.count == 1 && saved.int("FileID") != nil)
            let searched = argument(records, "release:search.completed")
            #expect(searched.text("SelectedProvider") != nil && searched["ReleaseInfo"] is NSNull)
        }
    }

    @Test(
        "tells of a file without a match, in v6 only by the provider that is missing", arguments: ShokoVersion.allCases)
    func unmatched(version: ShokoVersion) async throws {
        let client = ShokoClient(version)
        let target = version == .v5 ? "ShokoEvent:FileNotMatched" : "release:search.completed"
        try await client.listen(feeds: "shoko,release") { peer in
            client.request(seasons: [1], isMatchable: false)
            client.flow.advance(by: 6 * 3_600)
            await peer.heard(target)
            let body = argument(await peer.records, target)
            if version == .v5 {
                #expect(body.int("AutoMatchAttempts") == 1 && body["HasCrossReferences"] as? Bool == false)
            } else {
                #expect(body["SelectedProvider"] is NSNull && body["IsSaved"] as? Bool == true)
            }
        }
    }

    @Test("puts several records in one message and one record in several, in whole characters")
    func framing() async throws {
        let client = ShokoClient()
        try await client.listen(feeds: "shoko") { peer in
            client.request(seasons: [8])
            client.flow.advance(by: 24 * 3_600)
            await peer.heard("ShokoEvent:EpisodeUpdated", times: 16)
            let messages = await peer.messages
            #expect(messages.contains { $0.dropLast().contains("\u{1E}") })
            #expect(messages.contains { !$0.hasSuffix("\u{1E}") })
            #expect(!messages.joined().contains("\u{FFFD}"))
        }
    }

    @Test("repeats nothing for a client that comes later, and tells nothing of feeds not asked for")
    func noReplay() async throws {
        let client = ShokoClient()
        client.request(seasons: [2])
        client.flow.advance(by: 24 * 3_600)
        try await client.listen(feeds: "shoko") { late in
            try? await client.listen(feeds: "queue") { other in
                client.request(seasons: [1])
                client.flow.advance(by: 24 * 3_600)
                await late.heard("ShokoEvent:EpisodeUpdated", times: 2)
                let detected = await late.records.filter { $0.text("target") == "ShokoEvent:FileDetected" }
                #expect(detected.count == 1)
                #expect(targets(await other.records, ["ShokoEvent"]).isEmpty)
            }
        }
    }

    @Test("pings, and leaves a client that is silent for a minute")
    func silentClient() async throws {
        try await ShokoClient(clock: FastClock(factor: 200)).listen(feeds: "shoko") { peer in
            await peer.waitForEnd()
            let records = await peer.records
            #expect(records.count { $0.int("type") == 6 } >= 3)
            #expect(records.last?.int("type") == 7 && records.last?["allowReconnect"] as? Bool == true)
        }
    }

    @Test("stays with a client that pings")
    func pingingClient() async throws {
        try await ShokoClient(clock: FastClock(factor: 200)).listen(feeds: "shoko") { peer in
            for count in 1...8 {
                await peer.say("{\"type\":6}\u{1E}")
                while await peer.records.count(where: { $0.int("type") == 6 }) < count {
                    _ = await peer.records(2 + count)
                }
            }
            #expect(await !peer.isOver)
        }
    }

    @Test("does what a test tells it: drop, close, garbage, silence")
    func switches() async throws {
        let client = ShokoClient()
        try await client.listen(feeds: "shoko") { peer in
            await client.control(["action": "garbage"])
            await client.control(["action": "send", "target": "ShokoEvent:Test", "arguments": [["A": 1]]])
            await peer.heard("ShokoEvent:Test")
            #expect(await peer.messages.contains { $0.contains("<html>") })
            await client.control(["action": "drop"])
            await peer.waitForEnd()
            #expect(await peer.closing == nil)
        }
        for allowsReconnect in [true, false] {
            try await client.listen(feeds: "shoko") { peer in
                await client.control(["action": "close", "allow_reconnect": allowsReconnect, "error": "why"])
                await peer.waitForEnd()
                let last = await peer.records.last ?? [:]
                #expect(
                    last.text("error") == "why" && last["allowReconnect"] as? Bool == (allowsReconnect ? true : nil))
                #expect(await peer.closing == .normal)
            }
        }
        await client.control(["action": "silence"])
        try await client.listen(feeds: "shoko") { peer in
            await client.control(["action": "send", "target": "ShokoEvent:Lost", "arguments": []])
            await client.control(["action": "speak"])
            await client.control(["action": "send", "target": "ShokoEvent:Heard", "arguments": []])
            await peer.heard("ShokoEvent:Heard")
            #expect(await targets(peer.records, ["ShokoEvent:OnConnected"]).isEmpty)
        }
        #expect(await client.stack.get("/simulator/services/shoko").object.int("sockets") == 0)
    }
}
