import HTTPClient
import Jellyfin
import Media
import Synchronization
import TestSupport
import Testing

/// The page protocol of library-sync.md §1, against a server with faults.
@Suite("Jellyfin, pages", .timeLimit(.minutes(1)))
struct PagingTests {
    private func read(
        _ total: Int, pieceSize: Int = 977, _ fault: @escaping PageServer.Fault = { _ in nil }
    ) async throws -> (verdict: Completeness, held: Collector, requests: [HTTPRequest]) {
        let transport = PageServer(total, fault).transport(pieceSize: pieceSize)
        let held = Collector()
        let verdict = try await Jellyfin.test(transport).library(into: held)
        return (verdict, held, transport.requests)
    }

    private func starts(_ requests: [HTTPRequest]) -> [String] {
        requests.map { request in
            let query = PageServer.query(request.url)
            return "\(query["startIndex"] ?? "-")+\(query["limit"] ?? "-")"
        }
    }

    @Test("reads every film once, in as few calls as there are pages", arguments: [0, 1, 499, 500, 501, 1_000, 1_234])
    func whole(total: Int) async throws {
        let (verdict, held, requests) = try await read(total)
        #expect(verdict == .complete(total: total))
        #expect(held.ids == (0..<total).map(PageServer.id))
        #expect(requests.count == total / 500 + 2)
        #expect(held.restarts == 1)
    }

    @Test("bodies may come in pieces of any size", arguments: [1, 2, 3, 7, 64, 100_000])
    func pieces(size: Int) async throws {
        #expect(try await read(120, pieceSize: size).held.items.count == 120)
    }

    @Test("asks for a count on the first page only, and once at the end")
    func counts() async throws {
        let requests = try await read(1_200).requests
        let counted = requests.map { PageServer.query($0.url)["enableTotalRecordCount"] }
        #expect(counted == [nil, "false", "false", nil])
        #expect(starts(requests) == ["0+500", "500+500", "1000+500", "0+1"])
    }

    @Test("halves the page on time-outs, down to fifty, and stays there")
    func halving() async throws {
        let (verdict, held, requests) = try await read(420) { page in
            page.limit > 60 ? .failure(.timedOut(after: .seconds(120))) : nil
        }
        #expect(verdict == .complete(total: 420))
        #expect(held.items.count == 420)
        #expect(starts(requests).prefix(6) == ["0+500", "0+250", "0+125", "0+62", "0+50", "50+50"])
    }

    @Test("gives up when even fifty take too long")
    func tooSlow() async throws {
        await #expect(throws: UpstreamError.self) {
            _ = try await read(420) { _ in .failure(.timedOut(after: .seconds(120))) }
        }
    }

    @Test("a time-out within a page repeats no film")
    func timeoutInside() async throws {
        let hits = Mutex(0)
        let (verdict, held, _) = try await read(700) { page in
            guard page.start == 500,
                hits.withLock({ count in
                    count += 1; return count == 1
                })
            else { return nil }
            let whole = PageServer.response(page)
            let half = HTTPResponse(
                status: 200, headers: whole.headers, body: Array(whole.body.prefix(whole.body.count / 2)))
            return .broken(half, .timedOut(after: .seconds(30)))
        }
        #expect(verdict == .complete(total: 700))
        #expect(held.ids == (0..<700).map(PageServer.id))
    }

    @Test("a body cut in the middle is asked for once more; cut again, it is an error", arguments: [1, 2])
    func cut(times: Int) async throws {
        let hits = Mutex(0)
        let fault: PageServer.Fault = { page in
            guard page.start == 500,
                hits.withLock({ count in
                    count += 1; return count <= times
                })
            else { return nil }
            let whole = PageServer.response(page)
            return .response(HTTPResponse(status: 200, headers: whole.headers, body: Array(whole.body.dropLast(300))))
        }
        if times == 1 {
            #expect(try await read(700, fault).held.ids == (0..<700).map(PageServer.id))
        } else {
            let error = await #expect(throws: UpstreamError.self) { _ = try await read(700, fault) }
            #expect(error?.reason == .truncated)
        }
    }

    @Test("films repeated across pages count once; the rest is found by reading on")
    func repeated() async throws {
        let (verdict, held, _) = try await read(1_200) { page in
            // Something was added at the front while page one was read: everything moves by five.
            if page.start > 0 && page.call < 4 { page.start -= 5 }
            return nil
        }
        #expect(verdict == .complete(total: 1_200))
        #expect(Set(held.ids).count == held.ids.count)
        #expect(held.ids.count == 1_200)
    }

    @Test("films that moved out of sight make the listing be read again, once; still missing, it is unknown")
    func skipped() async throws {
        let always = try await read(1_200) { page in
            if page.start > 0 && page.limit > 1 { page.start += 5 }
            return nil
        }
        guard case .incomplete = always.verdict else { return #expect(Bool(false), "\(always.verdict)") }
        #expect(always.held.restarts == 2)
        let once = try await read(1_200) { page in
            if page.call == 2 { page.start += 5 }
            return nil
        }
        #expect(once.verdict == .complete(total: 1_200))
        #expect(once.held.ids.count == 1_200 && once.held.restarts == 2)
    }

    @Test("an empty page in the middle is not the end of the library", arguments: [1, 100])
    func emptyPage(times: Int) async throws {
        let hits = Mutex(0)
        let (verdict, held, _) = try await read(1_200) { page in
            if page.start == 500,
                hits.withLock({ count in
                    count += 1; return count <= times
                })
            {
                page.ids.removeSubrange(500...)
                page.start = 500
            }
            return nil
        }
        if times == 1 {
            #expect(verdict == .complete(total: 1_200) && held.ids.count == 1_200)
        } else {
            guard case .incomplete = verdict else { return #expect(Bool(false), "\(verdict)") }
        }
    }

    @Test("what is added while reading is read on from the end")
    func grows() async throws {
        let (verdict, held, requests) = try await read(1_203) { page in
            // Three films come after the last page was read.
            if page.call <= 3 { page.ids.removeLast(3) }
            return nil
        }
        #expect(verdict == .complete(total: 1_203))
        #expect(held.ids == (0..<1_203).map(PageServer.id))
        #expect(held.restarts == 1)
        #expect(starts(requests) == ["0+500", "500+500", "1000+500", "0+1", "1200+500", "0+1"])
    }

    @Test("what is deleted while reading makes it be read again")
    func shrinks() async throws {
        let (verdict, held, _) = try await read(1_200) { page in
            if page.call > 1 { page.ids.removeFirst(7) }
            return nil
        }
        #expect(verdict == .complete(total: 1_193))
        #expect(held.ids.count == 1_193 && held.restarts == 2)
    }

    @Test("a total that changes with every call is never complete")
    func restless() async throws {
        let (verdict, _, requests) = try await read(300) { page in
            page.ids += Array(1_000..<(1_000 + page.call * 3))
            return nil
        }
        guard case .incomplete(let detail) = verdict else { return #expect(Bool(false), "\(verdict)") }
        #expect(detail.contains("324"))
        #expect(requests.count == 8)
    }

    @Test(
        "anything that is no listing is an error of its own kind",
        arguments: [
            (401, "", UpstreamError.Reason.refusedAuth), (403, "", .refusedAuth), (500, "", .status(500)),
            (503, "text/html", .status(503)), (200, "text/html", .html), (404, "", .status(404)),
        ])
    func refusals(status: Int, type: String, reason: UpstreamError.Reason) async throws {
        let headers = HTTPHeaders(type.isEmpty ? [] : [("Content-Type", type), ("Retry-After", "5")])
        let error = await #expect(throws: UpstreamError.self) {
            _ = try await read(700) { page in
                page.start == 500
                    ? .response(HTTPResponse(status: status, headers: headers, body: Array("<html>".utf8))) : nil
            }
        }
        #expect(error?.reason == reason)
        #expect(error?.service == "jellyfin" && error?.operation == "GET /jellyfin/Items")
    }

    @Test(
        "malformed JSON is an error",
        arguments: [
            #"{"Items":[{"Id":}]}"#, #"{"Items":[{"Id":"a"}]}garbage"#, "null", "[]", "", "<html>", #"{"Items":{}}"#,
            #"{"Items":[1,2]}"#, #"{"Items":[{"Id":"\ud800"}]}"#,
        ])
    func malformed(body: String) async throws {
        await #expect(throws: UpstreamError.self) {
            _ = try await read(10) { _ in .response(HTTPResponse(status: 200, body: Array(body.utf8))) }
        }
    }

    @Test("an answer without a total is no listing")
    func withoutTotal() async throws {
        await #expect(throws: UpstreamError.self) {
            _ = try await read(10) { _ in .response(HTTPResponse(status: 200, body: Array(#"{"Items":[]}"#.utf8))) }
        }
    }

    @Test("reports progress page by page, and what the receiver throws ends the listing")
    func progress() async throws {
        #expect(try await read(1_100).held.pages.map(\.read) == [500, 1_000, 1_100])
        struct Stop: Error {}
        final class Stopper: LibraryReceiver {
            func restart() {}
            func receive(_ item: borrowing LibraryItem) throws { throw Stop() }
            func reject(_ item: RejectedItem) {}
            func pageDone(read: Int, of total: Int) throws {}
        }
        let jellyfin = try Jellyfin.test(PageServer(10).transport())
        await #expect(throws: Stop.self) { _ = try await jellyfin.library(into: Stopper()) }
    }
}
