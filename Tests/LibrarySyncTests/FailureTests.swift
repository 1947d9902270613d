import Database
import HTTPClient
import Jobs
import LibrarySync
import Media
import Store
import Synchronization
import TestSupport
import Testing

/// G9, G10 and what else can break while the upstreams are read.
@Suite("Library sync, broken upstreams", .timeLimit(.minutes(10)))
struct FailureTests {
    private static let faults: [(String, StubTransport.Answer)] = [
        ("unreachable", .failure(.unreachable)), ("500", .response(HTTPResponse(status: 500))),
        ("401", .response(HTTPResponse(status: 401))),
        ("503", .response(HTTPResponse(status: 503, headers: ["Retry-After": "5", "Content-Type": "text/html"]))),
        (
            "HTML",
            .response(HTTPResponse(status: 200, headers: ["Content-Type": "text/html"], body: Array("<html>".utf8)))
        ),
        ("garbage", .response(HTTPResponse(status: 200, body: Array("{\"Items\":[{\"Id\":}]}".utf8)))),
        ("cut", .response(HTTPResponse(status: 200, body: Array("{\"Items\":[{\"Id\":\"a".utf8)))),
        ("empty", .response(HTTPResponse(status: 200))),
        ("broken", .broken(HTTPResponse(status: 200, body: Array("{\"Items\":[".utf8)), .truncated)),
        ("slow", .failure(.timedOut(after: .seconds(120)))),
    ]

    @Test(
        "G9: a Jellyfin that fails on any page fails the run, and nothing is written",
        arguments: TestDatabase.backends, [0, 1_000, 2_000])
    func jellyfinDown(backend: Backend, from start: Int) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { $0.items = (1...2_100).map { FakeItem.movie($0) } }
            try await bench.seed(.movie(1), .movie(5_000, .available))
            for (name, answer) in Self.faults {
                bench.stack.change { content in
                    content.fault = { request, _ in
                        let (_, path, query) = FakeStack.parts(request.url)
                        let isHit =
                            path == "/Items" && (Int(query["startIndex"] ?? "") ?? 0) >= start && query["limit"] != "1"
                        return isHit ? answer : nil
                    }
                }
                let run = try await bench.run()
                #expect(run.job.state == .failed, "\(name)")
                #expect(run.job.errorCode == "upstream_unreachable", "\(name): \(run.job.error ?? "")")
                #expect(run.report == nil)
            }
        }
    }

    @Test("G10: an *arr that fails costs its ids only; the next run fills them", arguments: TestDatabase.backends)
    func arrDown(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { content in
                content.items = [FakeItem.movie(1), FakeItem.movie(2), FakeItem.series(3)]
                content.entries["radarr.test"] = [.movie(11, tmdb: 1), .movie(12, tmdb: 2)]
                content.entries["sonarr.test"] = [.series(13, tvdb: 3)]
            }
            for (name, answer) in Self.faults {
                bench.stack.change { content in
                    content.fault = { request, _ in request.url.contains("radarr.test") ? answer : nil }
                }
                let run = try await bench.run { $0.isDryRun = true }
                #expect(run.job.state == .partial, "\(name)")
                #expect(run.report?.warnings.map(\.service) == ["radarr"], "\(name)")
                #expect(run.report?.added == 3)
            }
            let broken = try await bench.run()
            #expect(broken.job.state == .partial)
            #expect(try await bench.rows().map { $0.radarr?.id } == [nil, nil, nil])
            #expect(try await bench.rows().last?.sonarr?.id == 13)
            bench.stack.change { $0.fault = nil }
            let whole = try await bench.run()
            #expect(whole.job.state == .succeeded && whole.report?.updated == 2 && whole.report?.added == 0)
            #expect(try await bench.rows().map { $0.radarr?.id } == [11, 12, nil])
        }
    }

    @Test("half an *arr listing is no listing: nothing of it is believed", arguments: TestDatabase.backends)
    func arrCut(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { content in
                content.items = [FakeItem.movie(1), FakeItem.movie(2)]
                content.entries["radarr.test"] = [.movie(11, tmdb: 1), .movie(12, tmdb: 1), .movie(13, tmdb: 2)]
                content.fault = { request, _ in
                    guard request.url.hasSuffix("movie?excludeLocalCovers=true") else { return nil }
                    let body = #"[{"id":11,"tmdbId":1,"hasFile":true},{"id":12,"tmdbId":1},"#
                    return .broken(HTTPResponse(status: 200, body: Array(body.utf8)), .truncated)
                }
            }
            let run = try await bench.run()
            #expect(run.job.state == .partial && run.report?.added == 2 && run.skipped("quarantined") == 0)
            #expect(try await bench.rows().allSatisfy { $0.radarr == nil })
        }
    }

    @Test("an *arr that is down closes no finding and reports no drift", arguments: TestDatabase.backends)
    func downClosesNothing(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { content in
                content.items = [FakeItem.movie(1), FakeItem.movie(2)]
                content.entries["radarr.test"] = [.movie(11, tmdb: 1), .movie(12, tmdb: 2)]
            }
            try await bench.run()
            bench.stack.change { $0.entries["radarr.test"] = [.movie(11, tmdb: 1)] }
            #expect(try await bench.run().report?.drift == 1)
            #expect(try await bench.findings().map(\.kind) == ["arr_missing"])
            bench.stack.change { $0.down = ["radarr.test"] }
            #expect(try await bench.run().report?.drift == 0)
            #expect(try await bench.findings().map(\.kind) == ["arr_missing"])
        }
    }

    @Test("pages that do not add up are no listing", arguments: TestDatabase.backends)
    func incomplete(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { content in
                content.items = (1...30).map { FakeItem.movie($0) }
                content.totalOff = 3
            }
            let run = try await bench.run()
            #expect(run.job.state == .failed && run.job.errorCode == "listing_incomplete")
            bench.stack.change { $0.totalOff = 0 }
            #expect(try await bench.run().report?.added == 30)
        }
    }

    @Test("an empty listing beside available rows is an unmounted library", arguments: TestDatabase.backends)
    func empty(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            #expect(try await bench.run().job.state == .succeeded)
            try await bench.seed(.movie(1))
            let run = try await bench.run()
            #expect(run.job.state == .failed && run.job.errorCode == "listing_incomplete")
        }
    }

    @Test("a listing smaller by more than a fifth and ten items reports no drift", arguments: TestDatabase.backends)
    func shrunken(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { $0.items = (1...60).map { FakeItem.movie($0) } }
            try await bench.run()
            bench.stack.change { $0.items = (15...60).map { FakeItem.movie($0) } + [FakeItem.movie(99)] }
            let shrunken = try await bench.run()
            #expect(shrunken.report?.drift == 0 && shrunken.report?.added == 1)
            #expect(shrunken.report?.warnings.map(\.code) == ["listing_shrunken"])
            bench.stack.change { $0.items = (11...60).map { FakeItem.movie($0) } + [FakeItem.movie(99)] }
            #expect(try await bench.run().report?.drift == 10)
        }
    }

    @Test("a smaller listing is believed when an hour later it is as small", arguments: TestDatabase.backends)
    func shrunkenForGood(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { $0.items = (1...60).map { FakeItem.movie($0) } }
            try await bench.run()
            bench.stack.change { $0.items = (31...60).map { FakeItem.movie($0) } }
            #expect(try await bench.run().report?.drift == 0)
            bench.setup.change { $0.now = $0.now.advanced(by: .seconds(1_800)) }
            #expect(try await bench.run().report?.drift == 0)
            bench.setup.change { $0.now = $0.now.advanced(by: .seconds(1_800)) }
            #expect(try await bench.run().report?.drift == 30)
            #expect(try await bench.run().report?.drift == 30)
        }
    }

    @Test("one item that cannot be read is named; the rest goes on", arguments: TestDatabase.backends)
    func brokenItem(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { content in
                content.items = (1...5).map { FakeItem.movie($0) }
                content.items[0].brokenYear = "soon"
                content.items[3].id = ""
            }
            let run = try await bench.run()
            #expect(run.job.state == .partial && run.report?.errors == 2 && run.report?.added == 3)
            #expect(run.report?.totalScanned == 5)
            #expect(run.report?.errorDetails.map(\.item) == ["jellyfin:\(FakeItem.itemID(1))", "jellyfin:"])
            #expect(run.report?.errorDetails.map(\.title) == ["Film 1", "Film 4"])
        }
    }

    @Test(
        "a server that claims absurd totals does not bring Marquee down", arguments: [Int64.max - 1_000, -5, 1 << 40])
    func absurdTotal(off: Int64) async throws {
        try await Bench.with(.sqlite) { bench in
            bench.stack.change { content in
                content.items = (1...5).map { FakeItem.movie($0) }
                content.totalOff = off
            }
            let run = try await bench.run()
            #expect(run.job.errorCode == "listing_incomplete")
        }
    }
}
