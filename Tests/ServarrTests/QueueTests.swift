import HTTPClient
import Media
import Servarr
import Synchronization
import TestSupport
import Testing

@Suite("Servarr, queue and missing")
struct QueueTests {
    @Test("every record of the queue comes from pages of two hundred, an episode with its place")
    func pages() async throws {
        let stub = StubTransport { request in
            ArrServer.page(request, of: Array(1...450)) { number in
                #"""
                {"id":\#(number),"seriesId":64,"episodeId":\#(number + 2000),"seasonNumber":2,
                "episode":{"seasonNumber":2,"episodeNumber":\#(number),"id":\#(number + 2000)},
                "quality":{"quality":{"id":7,"name":"Bluray-1080p"}},"size":84429221268.0,"sizeleft":0,
                "title":"House.S02","timeleft":"1.02:03:04","status":"paused","trackedDownloadStatus":"warning",
                "trackedDownloadState":"importBlocked","downloadId":"CA45","protocol":"torrent","indexer":"LST",
                "statusMessages":[{"title":"a","messages":["x","y"]},{"title":"b","messages":["x"]}],"errorMessage":"e"}
                """#
            }
        }
        let queue = try await ArrServer.client(.sonarr, stub).queue()
        #expect(queue.map(\.unit) == (1...450).map { UnitNumber(2, $0) })
        var wanted = QueueReading(title: "House.S02", status: "paused")
        wanted.downloadID = "ca45"
        wanted.arrTitle = 64
        wanted.arrEpisode = 2_001
        wanted.unit = UnitNumber(2, 1)
        wanted.trackedState = "importBlocked"
        wanted.trackedStatus = "warning"
        wanted.messages = ["x", "y"]
        wanted.errorMessage = "e"
        wanted.size = 84_429_221_268
        wanted.sizeLeft = 0
        wanted.timeLeft = .seconds(26 * 3_600 + 184)
        wanted.indexer = "LST"
        wanted.quality = "Bluray-1080p"
        wanted.isTorrent = true
        #expect(queue.first == wanted)
        #expect(stub.requests.count == 3)
        for request in stub.requests {
            let query = ArrServer.query(request)
            #expect(query["pageSize"] == "200" && query["includeEpisode"] == "true")
            #expect(query["includeUnknownSeriesItems"] == "true" && !request.url.contains("secret-key"))
            #expect(request.operation == "GET /base/api/v3/queue")
        }
    }

    @Test("a film's record has no episode; missing and odd fields are nothing")
    func film() async throws {
        let body = #"""
            {"totalRecords":2,"records":[{"id":5,"movieId":"9","title":"F","status":"delay","protocol":"usenet","size":0,
            "timeleft":"00:00:20.5"},{"id":6,"movieId":0,"downloadId":"","title":null,"status":7,"statusMessages":{},
            "size":"x","timeleft":"soon","quality":null,"episode":[]}]}
            """#
        let queue = try await ArrServer.client(.radarr, body).queue()
        #expect(queue[0].arrTitle == 9 && queue[0].unit == nil && queue[0].downloadID == nil && queue[0].size == nil)
        #expect(queue[0].timeLeft == .seconds(20) && !queue[0].isTorrent && queue[0].trackedState == nil)
        #expect(queue[1] == QueueReading(title: "", status: "7"))
    }

    @Test("records that move between pages are found by a second pass")
    func moving() async throws {
        let calls = Mutex(0)
        let stub = StubTransport { request in
            let call = calls.withLock { count in
                count += 1
                return count
            }
            // During the first pass a record slips from the second page to the first.
            let ids = call == 2 ? [200] + Array(202...300) : Array(1...300)
            return call == 2
                ? ArrServer.page(request, of: Array(1...200) + ids, total: 300) { #"{"id":\#($0),"title":"t"}"# }
                : ArrServer.page(request, of: ids) { #"{"id":\#($0),"title":"t"}"# }
        }
        #expect(try await ArrServer.client(.radarr, stub).queue().count == 300)
        #expect(calls.withLock { $0 } == 4)
    }

    @Test(
        "anything less than the whole queue is an error, never an empty one",
        arguments: [
            (200, #"{"totalRecords":2,"records":[{"id":1}]}"#, UpstreamError.Reason.truncated),
            (200, #"{"totalRecords":0,"records":[{"id":1}]}"#, .truncated),
            (200, "{}", .undecodable(field: "totalRecords")),
            (200, #"{"totalRecords":1}"#, .undecodable(field: "totalRecords")),
            (200, "[]", .undecodable(field: "totalRecords")),
            (200, #"{"totalRecords":1,"records":[{"id":1"#, .truncated),
            (200, "<html></html>", .html), (401, "", .refusedAuth), (500, #"{"message":"broken"}"#, .status(500)),
        ])
    func incomplete(status: Int, body: String, reason: UpstreamError.Reason) async throws {
        let client = try ArrServer.client(.sonarr, body, status: status)
        await #expect { try await client.queue() } throws: { ($0 as? UpstreamError)?.reason == reason }
    }

    @Test("an empty queue is empty")
    func empty() async throws {
        #expect(try await ArrServer.client(.sonarr, #"{"totalRecords":0,"records":[]}"#).queue().isEmpty)
    }

    @Test("a program that ignores the page's number is not asked for ever")
    func repeating() async throws {
        let stub = StubTransport { _ in
            ArrServer.response(#"{"totalRecords":900,"records":[{"id":1},{"id":2}]}"#)
        }
        await #expect(throws: UpstreamError.self) { try await ArrServer.client(.sonarr, stub).queue() }
        #expect(stub.requests.count == 4)
    }

    @Test("missing episodes come with their place, missing films with whether they are out")
    func missing() async throws {
        let episodes = #"""
            {"totalRecords":2,"records":[{"id":7,"seriesId":3,"seasonNumber":0,"episodeNumber":4},{"id":8,"seriesId":0}]}
            """#
        #expect(
            try await ArrServer.client(.sonarr, episodes).missing()
                == [MissingReading(arrTitle: 3, arrEpisode: 7, unit: UnitNumber(0, 4))])
        let films = #"{"totalRecords":2,"records":[{"id":7,"isAvailable":false},{"id":8}]}"#
        let stub = StubTransport { _ in ArrServer.response(films) }
        #expect(
            try await ArrServer.client(.radarr, stub).missing()
                == [MissingReading(arrTitle: 7, isAvailable: false), MissingReading(arrTitle: 8)])
        #expect(stub.requests.first?.operation == "GET /base/api/v3/wanted/missing")
    }
}
