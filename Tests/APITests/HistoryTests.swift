import Accounts
import Changes
import Dashboard
import Database
import HTTPServer
import Media
import Store
import Testing

@testable import API

/// The History page's address, model and live rows.
///
/// It is 2023-11-14 22:13:20 UTC, a Tuesday.
@Suite("History")
struct HistoryTests {
    private func request(_ query: String, zone: String? = nil, owner: String? = nil) throws -> Request {
        var request = Request(
            "GET", path: "/history", segments: ["history"],
            headers: Headers(zone.map { [("Cookie", "marquee_zone=" + $0)] } ?? []), remoteAddress: "192.0.2.9")
        request.query = try #require(Query(Substring(query)))
        request.identity = Caller(
            name: "someone", role: owner == nil ? .admin : .user, user: owner, proof: .machine)
        return request
    }

    private func insert(
        _ id: Int64, _ state: Stage, created: Int64, changed: Int64, owner: String? = nil, origin: Origin = .request,
        _ api: API
    ) async throws {
        try await api.store.write { tx in
            _ = try tx.raw.execute(
                """
                INSERT INTO requests(id, media_type, origin, title, title_key, state, uncertain, requested_by, owner,
                    created_at, updated_at, state_changed_at, available_at, version)
                VALUES($1, 'movie', $2, 'Stalker', 'stalker', $3, 0, 'mira', $4, $5, $6, $7, $8, 1)
                """,
                [
                    .integer(id), .text(origin.rawValue), .text(state.rawValue), Value(owner), .integer(created),
                    .integer(changed), .integer(changed), Value(state == .available ? changed : nil),
                ])
        }
    }

    private static let now = TestAPI.now.milliseconds
    private static let hour: Int64 = 3_600_000
    private static let day: Int64 = 24 * hour

    @Test("days are days of the viewer's zone, and the usual period is ninety of them")
    func periods() throws {
        func since(_ query: String, _ zone: String?) throws -> String? {
            let parameters = try HistoryParameters(
                request(query), now: TestAPI.now, zone: ViewerZone(cookie: zone))
            return parameters.query.period.since?.rfc3339
        }
        #expect(try since("period=7", nil) == "2023-11-08T00:00:00.000Z")
        #expect(try since("period=7", "Asia/Kathmandu") == "2023-11-08T18:15:00.000Z")
        #expect(try since("period=30", "America/Los_Angeles") == "2023-10-16T07:00:00.000Z")
        #expect(try since("", nil) == "2023-08-17T00:00:00.000Z")
        #expect(try since("from=2023-03-01&period=7", "Asia/Kathmandu") == "2023-02-28T18:15:00.000Z")
        let both = try HistoryParameters(
            request("from=2023-03-26&to=2023-03-26"), now: TestAPI.now, zone: ViewerZone(cookie: "Europe/Berlin"))
        // The day on which the clocks went forward had 23 hours.
        #expect(both.query.period.since?.rfc3339 == "2023-03-25T23:00:00.000Z")
        #expect(both.query.period.until?.rfc3339 == "2023-03-26T22:00:00.000Z")
        #expect(both.filters.period == .dates(from: "2023-03-26", to: "2023-03-26"))
    }

    @Test(
        "an address that makes no sense is refused with the name of its field",
        arguments: [
            ("period=12", "period"), ("period=x", "period"), ("from=yesterday", "from"), ("to=2023-02-30", "to"),
            ("from=2023-03-02&to=2023-03-01", "to"), ("state=downloading", "state"), ("state=nothing", "state"),
            ("media_type=song", "media_type"), ("after=1", "after"), ("after=1.zz", "after"), ("after=1.61", "after"),
        ])
    func refused(query: String, field: String) throws {
        let problem = #expect(throws: Problem.self) {
            try HistoryParameters(request(query), now: TestAPI.now, zone: .utc)
        }
        #expect(problem?.status == 422)
        #expect(problem.map { "\($0)".contains(field) } == true)
    }

    @Test("the page counts what its list shows, each caller's own, and its charts the same period")
    func model() async throws {
        try await TestAPI.with { api in
            try await insert(
                1, .available, created: Self.now - Self.day, changed: Self.now - Self.hour, owner: "ada1", api)
            try await insert(2, .failed, created: Self.now - 40 * Self.day, changed: Self.now - 35 * Self.day, api)
            try await insert(3, .downloading, created: Self.now - 2 * Self.day, changed: Self.now, api)
            try await insert(4, .available, created: Self.now, changed: Self.now, origin: .librarySync, api)
            let (all, _) = try await api.historyModel(request(""), charts: true)
            #expect(all.rows.map(\.id) == [1, 2] && all.total == 2 && all.includesNow)
            #expect(all.requesters == ["mira"])
            let charts = try #require(all.charts)
            #expect(charts.outcomes.filter { $0.value > 0 } == [.available: 1, .failed: 1])
            #expect(charts.weeks.map(\.count).reduce(0, +) == 3, "what is under way was asked for too")
            #expect(charts.weeks.last == .init(monday: "2023-11-13", count: 1))
            #expect(charts.weeks.first?.monday == "2023-08-14" && charts.weeks.count == 14 && !charts.weeksAreCut)
            let (month, _) = try await api.historyModel(request("period=30"), charts: true)
            #expect(month.rows.map(\.id) == [1] && month.charts?.outcomes[.failed] == 0)
            let (own, _) = try await api.historyModel(request("", owner: "ada1"), charts: true)
            #expect(own.rows.map(\.id) == [1] && own.requesters.isEmpty)
            #expect(own.charts?.weeks.map(\.count).reduce(0, +) == 1)
            let (past, _) = try await api.historyModel(request("to=2023-10-31"), charts: true)
            #expect(!past.includesNow && past.rows.map(\.id) == [2])
            #expect(past.charts?.weeksAreCut == true && past.charts?.weeks.count == 104)
            #expect(try await api.historyModel(request(""), charts: false).0.charts == nil)
        }
    }

    @Test("a request made on Sunday evening in one zone is made on Monday in another")
    func zones() async throws {
        try await TestAPI.with { api in
            // Monday 2023-11-13, 03:00 UTC: still Sunday in Los Angeles.
            let at = try #require(Timestamp(rfc3339: "2023-11-13T03:00:00Z")).milliseconds
            try await insert(1, .available, created: at, changed: at, api)
            for (zone, monday) in [("Asia/Kathmandu", "2023-11-13"), ("America/Los_Angeles", "2023-11-06")] {
                let (model, _) = try await api.historyModel(request("", zone: zone), charts: true)
                #expect(model.charts?.zone == zone)
                #expect(model.charts?.weeks.filter { $0.count > 0 } == [.init(monday: monday, count: 1)])
            }
        }
    }

    @Test("what ends reaches an open History as a row; progress and library titles do not")
    func patches() async throws {
        try await TestAPI.with { api in
            try await insert(1, .available, created: 1, changed: 2, api)
            try await insert(2, .available, created: 1, changed: 2, origin: .librarySync, api)
            let listener = EventListener(
                topics: nil, after: nil, visibility: .all, view: "history", page: PageContext())
            func rows(_ id: Int64, _ change: Change) async throws -> [String] {
                let row = try #require(try await api.store.read { try $0.request(id) })
                return try await api.html(ofRequest: row, change, listener)?.elements.map(\.id) ?? []
            }
            let change = Change(id: 7, topic: .request, object: 1, data: "{}")
            #expect(try await rows(1, change).contains("history-1"))
            #expect(try await rows(1, Change(id: nil, topic: .request, object: 1, data: "{}")).isEmpty)
            #expect(try await rows(2, change).contains("history-2") == false)
        }
    }
}
