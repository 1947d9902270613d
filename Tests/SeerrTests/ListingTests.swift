import HTTPClient
import Media
import Seerr
import Synchronization
import TestSupport
import Testing

@Suite("Seerr listing")
struct ListingTests {
    /// Serves `ids` page by page, as they stand when asked.
    private func server(_ ids: @escaping @Sendable (_ call: Int) -> [Int]) -> StubTransport {
        let calls = Mutex(0)
        return StubTransport { request in
            let call = calls.withLock { count in
                defer { count += 1 }
                return count
            }
            let all = ids(call)
            let skip = SeerrServer.parameter("skip", of: request).flatMap { Int($0) } ?? 0
            let take = SeerrServer.parameter("take", of: request).flatMap { Int($0) } ?? 10
            return SeerrServer.page(
                all.dropFirst(skip).prefix(take).map { SeerrServer.request($0) }, total: all.count)
        }
    }

    @Test("reads every page and is complete when the count is met", arguments: [0, 1, 99, 100, 101, 250])
    func complete(count: Int) async throws {
        let listing = try await SeerrServer.client(server { _ in Array((0..<count).map { $0 + 1 }.reversed()) })
            .requests(modifiedSince: nil)
        #expect(listing.isComplete && listing.total == count && Set(listing.readings.map(\.id)).count == count)
        #expect(listing.clock == Timestamp(milliseconds: 1_700_000_000_000))
    }

    @Test("asks only for what every generation knows, below its base path, with its key in the header only")
    func parameters() async throws {
        let stub = server { _ in [1] }
        _ = try await SeerrServer.client(stub).requests(modifiedSince: nil)
        _ = try await SeerrServer.client(stub).requests(modifiedSince: Timestamp(milliseconds: 0))
        #expect(
            stub.requests.map(\.url) == [
                "http://seerr.test/base/api/v1/request?take=100&skip=0&filter=all&sort=added",
                "http://seerr.test/base/api/v1/request?take=100&skip=0&filter=all&sort=modified",
            ])
        #expect(stub.requests.allSatisfy { $0.headers.contains { $0 == ("X-Api-Key", "k1") } })
        #expect(stub.requests.allSatisfy { !$0.url.contains("k1") && $0.service == "jellyseerr" })
    }

    @Test("a request made while pages are read is found in the second pass")
    func grows() async throws {
        let listing = try await SeerrServer.client(server { Array((1...($0 == 0 ? 150 : 151)).reversed()) })
            .requests(modifiedSince: nil)
        #expect(listing.isComplete && listing.readings.count == 151)
    }

    @Test("a request deleted while pages are read hides another: read again, and unknown if that does not help")
    func shrinks() async throws {
        let settled = server { call in (1...250).reversed().filter { call == 0 || $0 != 250 } }
        let listing = try await SeerrServer.client(settled).requests(modifiedSince: nil)
        #expect(listing.isComplete && listing.readings.count == 249)
        let restless = server { call in Array((1...(250 - call)).reversed()) }
        await #expect(throws: UpstreamError.self) {
            try await SeerrServer.client(restless).requests(modifiedSince: nil)
        }
    }

    @Test("requests of an unknown kind are passed over, and the listing is complete all the same")
    func unknownKind() async throws {
        let stub = StubTransport { _ in
            SeerrServer.page(
                [SeerrServer.request(1), #"{"id":2,"status":2,"type":"music","media":{}}"#], total: 2)
        }
        let listing = try await SeerrServer.client(stub).requests(modifiedSince: nil)
        #expect(listing.isComplete && listing.readings.map(\.id) == [1])
    }

    @Test("a server that ignores where pages start ends the reading, incomplete")
    func ignoredSkip() async throws {
        let stub = StubTransport { _ in
            SeerrServer.page((1...100).map { SeerrServer.request($0) }, total: 250)
        }
        await #expect(throws: UpstreamError.self) {
            try await SeerrServer.client(stub).requests(modifiedSince: nil)
        }
        #expect(stub.requests.count == 4)
    }

    private func day(_ number: Int) -> String { "2024-01-\(number < 10 ? "0" : "")\(number)T00:00:00.000Z" }

    /// Pages of 100 whose requests were all modified on one day, a day earlier on each page.
    private func byDays(descending: Bool) -> StubTransport {
        StubTransport { request in
            let skip = SeerrServer.parameter("skip", of: request).flatMap { Int($0) } ?? 0
            let page = skip / 100
            let ids = (skip + 1)...(skip + 100)
            return SeerrServer.page(
                ids.map { id in
                    let isFlipped = !descending && id == skip + 50
                    return SeerrServer.request(id, updated: day(isFlipped ? 28 : 20 - page))
                }, total: 500)
        }
    }

    @Test("an incremental listing ends with the page that passes the mark, and proves no absence")
    func incremental() async throws {
        let stub = byDays(descending: true)
        let mark = try #require(Timestamp(rfc3339: "2024-01-19T00:00:00Z"))
        let listing = try await SeerrServer.client(stub).requests(modifiedSince: mark)
        #expect(stub.requests.count == 3 && !listing.isComplete && listing.readings.count == 300)
    }

    @Test("a server that ignores the order is read to its end")
    func unsorted() async throws {
        let stub = byDays(descending: false)
        let mark = try #require(Timestamp(rfc3339: "2024-01-19T00:00:00Z"))
        let listing = try await SeerrServer.client(stub).requests(modifiedSince: mark)
        #expect(stub.requests.count == 5 && listing.isComplete && listing.readings.count == 500)
    }

    @Test("a page that fails makes the whole unknown")
    func failingPage() async throws {
        let stub = StubTransport { request in
            SeerrServer.parameter("skip", of: request) == "0"
                ? SeerrServer.page((1...100).map { SeerrServer.request($0) }, total: 150)
                : SeerrServer.json(#"{"message":"x"}"#, status: 500)
        }
        await #expect { try await SeerrServer.client(stub).requests(modifiedSince: nil) } throws: {
            ($0 as? UpstreamError)?.reason == .status(500)
        }
    }

    @Test("reads recorded requests", .enabled(if: Recording.isThere))
    func recording() async throws {
        let body = try Recording.bytes("seerr/seerr-request.json")
        let stub = StubTransport { _ in .response(HTTPResponse(status: 200, body: body)) }
        let listing = try await SeerrServer.client(stub).requests(modifiedSince: Timestamp(milliseconds: 0))
        #expect(!listing.isComplete && listing.total == 48 && listing.readings.count == 10)
        let first = try #require(listing.readings.first)
        #expect(first.id == 62 && first.mediaType == .tv && first.tmdb == 113_710 && first.tvdb == 392_076)
        #expect(first.seasons == [1] && first.requester == "anotheruser" && first.arrTitle == 107)
        #expect(first.owner?.text == "50a5812baa05458ea7df786d69146ba7")
        #expect(first.variant == .hd && first.mediaStatus == 3)
        #expect(first.createdAt == Timestamp(rfc3339: "2026-02-09T11:08:53Z"))
    }
}
