import Accounts
import Dashboard
import Database
import Foundation
import HTTPServer
import Lifecycle
import Media
import Shapes
import Store
import Synchronization
import Testing

@testable import API

@Suite("What the list offers beside its rows")
struct ListRouteTests {
    /// Keeps what a streamed answer writes.
    private final class Paper: BodyWriter {
        let draining = ShutdownSignal()
        private let written = Mutex<[[UInt8]]>([])
        func write(_ bytes: [UInt8]) { written.withLock { $0.append(bytes) } }
        var text: String { String(decoding: written.withLock { $0.flatMap(\.self) }, as: UTF8.self) }
        var pieces: Int { written.withLock(\.count) }
    }

    private func request(
        _ method: String = "GET", _ query: String = "", form: String? = nil, id: Int64? = nil,
        by caller: Caller = Caller(name: "me", role: .admin, proof: .machine)
    ) throws -> Request {
        var request = Request(
            method, path: "/requests", parameters: id.map { ["id": String($0)] } ?? [:],
            query: try #require(Query(Substring(query))),
            headers: Headers(form == nil ? [] : [("Content-Type", "application/x-www-form-urlencoded")]),
            body: Array((form ?? "").utf8))
        request.identity = caller
        return request
    }

    private static func caller(_ visibility: Visibility) -> Caller {
        guard case .owner(let user) = visibility else { return Caller(name: "me", role: .admin, proof: .machine) }
        return Caller(name: user, role: .user, user: user, proof: .jellyfinToken)
    }

    private func exported(_ api: API, _ query: String, by caller: Caller) async throws -> (Response, String) {
        let response = try await api.export(request("GET", query, by: caller))
        guard case .stream(let body) = response.body else { return (response, "") }
        let paper = Paper()
        try await body(paper)
        return (response, paper.text)
    }

    @Test("an export holds the rows its reader may know of, and no others", arguments: OwnerTests.callers)
    func owners(visibility: Visibility) async throws {
        try await TestAPI.with { api in
            try await OwnerTests.fill(api.store)
            // What is kept for an owner is an id in Jellyfin's form; the samples use names as ids.
            var caller = Self.caller(visibility)
            caller.visibility = visibility
            let own = OwnerTests.own(visibility)
            let (response, csv) = try await exported(api, "format=csv&sort=title", by: caller)
            let lines = csv.split(separator: "\r\n")
            #expect(lines.first?.hasPrefix("id,title,original_title,year,") == true)
            #expect(Set(lines.dropFirst().compactMap { Int64($0.prefix { $0 != "," }) }) == Set(own))
            #expect(
                response.header("Content-Disposition") == "attachment; filename=\"marquee-requests-2023-11-14.csv\"")
            #expect(response.header("Content-Type") == "text/csv; charset=utf-8; header=present")
            #expect(response.header("Cache-Control") == "no-store")
            let (_, json) = try await exported(api, "format=json&attention=true", by: caller)
            let tree = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
            let rows = try #require(tree["requests"] as? [[String: Any]])
            #expect(Set(rows.compactMap { $0["id"] as? Int64 }) == Set(own.filter { $0 % 2 == 1 }))
        }
    }

    @Test("whose=mine narrows to a signed-in viewer's own, and widens nothing")
    func mine() async throws {
        let ada = String(repeating: "a", count: 32)
        try await TestAPI.with { api in
            try await OwnerTests.fill(api.store)
            try await api.store.write { tx in
                _ = try tx.raw.execute("UPDATE requests SET owner = $1 WHERE owner = 'ada'", [.text(ada)])
            }
            func count(_ query: String, _ caller: Caller) async throws -> Int {
                try await exported(api, query, by: caller).1.split(separator: "\r\n").count - 1
            }
            let admin = Caller(name: "ada", role: .admin, user: ada, proof: .jellyfinToken)
            #expect(try await count("", admin) == 6)
            #expect(try await count("whose=mine", admin) == 2)
            let user = Caller(name: "ada", role: .user, user: ada, proof: .jellyfinToken)
            #expect(try await count("whose=all", user) == 2)
            await #expect(throws: Problem.self) { try await count("whose=theirs", admin) }
            await #expect(throws: Problem.self) { try await count("format=xml", admin) }
            await #expect(throws: Problem.self) { try await count("state=nonsense", admin) }
            // The page: an admin begins with all, a user who may see all with their own.
            #expect(try await api.requestsModel(request(by: admin), visibleTo: .all).filters.whose == .all)
            var free = user
            free.visibility = .all
            let page = try await api.requestsModel(request(by: free), visibleTo: .all)
            #expect(page.filters.whose == .mine && page.rows.count == 2)
            #expect(try await api.requestsModel(request("GET", "whose=all", by: free), visibleTo: .all).rows.count == 6)
            let owner = try await api.requestsModel(request(by: user), visibleTo: user.visibility)
            #expect(owner.filters.whose == nil && owner.requesters.isEmpty && owner.rows.count == 2)
        }
    }

    @Test("a large export comes in pieces, each row once")
    func pieces() async throws {
        try await TestAPI.with { api in
            try await api.store.write { tx in
                for id in 1...450 as ClosedRange<Int64> {
                    var row = RequestRecord(
                        id: id, mediaType: .movie, origin: .request, title: "T\(id)", state: .available, at: tx.now)
                    row.requestedBy = "me"
                    try tx.insert(row, keys: [])
                }
            }
            let response = try await api.export(request())
            guard case .stream(let body) = response.body else {
                Issue.record("not streamed")
                return
            }
            let paper = Paper()
            try await body(paper)
            #expect(paper.pieces >= 4)
            let ids = paper.text.split(separator: "\r\n").dropFirst().compactMap { Int64($0.prefix { $0 != "," }) }
            #expect(ids.count == 450 && Set(ids).count == 450)
        }
    }

    @Test(
        "no cell of a CSV is a formula, and none breaks its line",
        arguments: [
            ("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""), ("+1", "'+1"),
            ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "' =1"), ("\r=1", "' =1"), ("a\r\nb", "a  b"),
            ("a\u{0}\u{1B}[31m\u{7F}b", "a  [31m b"), ("one, two", "\"one, two\""),
            ("say \"hi\"", "\"say \"\"hi\"\"\""),
            ("plain", "plain"), ("", ""), ("=\u{301}1", "'=\u{301}1"), ("\n=1", " =1"),
        ])
    func cells(text: String, wanted: String) {
        var line = CSVLine()
        line.add(text)
        line.add(Int64(7))
        #expect(Array(line.bytes) == Array((wanted + ",7\r\n").utf8))
    }

    @Test("a saved filter is kept as the page writes it, for its keeper alone")
    func saved() async throws {
        try await TestAPI.with { api in
            let ada = Caller(name: "Ada", role: .user, user: "ada", proof: .jellyfinToken)
            let bob = Caller(name: "Bob", role: .user, user: "bob", proof: .jellyfinToken)
            let form =
                "name=%20Stuck%0Aones%20&query=" + "state=failed&after=1.61&evil=<x>&q=a b".addingPercentEncoding(
                    withAllowedCharacters: .alphanumerics)!
            let done = try await api.saveFilter(request("POST", form: form, by: ada))
            #expect(done.status == 303 && done.header("Location") == "/requests?q=a%20b&state=failed")
            let kept = try await api.store.read { try $0.savedFilters(of: ada.keeper) }
            #expect(kept.map(\.name) == ["Stuck ones"] && kept.map(\.query) == ["q=a%20b&state=failed"])
            let page = try await api.requestsModel(request(by: ada), visibleTo: .all)
            #expect(page.saved.map(\.name) == ["Stuck ones"])
            #expect(try await api.requestsModel(request(by: bob), visibleTo: .all).saved.isEmpty)
            let id = try #require(kept.first?.id)
            await #expect(throws: Problem.self) { try await api.removeFilter(request("POST", id: id, by: bob)) }
            try await api.removeFilter(request("POST", id: id, by: ada))
            #expect(try await api.store.read { try $0.savedFilters(of: ada.keeper) }.isEmpty)
        }
    }

    @Test(
        "what cannot be a filter is refused by its field",
        arguments: [
            ("name=&query=q%3Dx", "name"), ("name=%01&query=", "name"), ("name=x&query=state%3Dnope", "state"),
            ("name=x&query=q%3D%25zz", "query"), ("name=x&query=sort%3Dsize", "sort"),
            ("name=x&query=instance%3Dplex", "instance"),
        ])
    func refused(form: String, field: String) async throws {
        try await TestAPI.with { api in
            let problem = await #expect(throws: Problem.self) {
                try await api.saveFilter(request("POST", form: form))
            }
            #expect(problem?.status == 422 && problem?.fields.map(\.name) == [field])
        }
    }

    @Test("who keeps a filter: a user, a key, or this machine")
    func keepers() {
        let callers = [
            Caller(name: "x", role: .user, user: "ada", proof: .jellyfinToken),
            Caller(name: "ada", role: .admin, proof: .key(scopes: ["admin"])),
            Caller(name: "Admin token", role: .admin, proof: .machine),
        ]
        #expect(callers.map(\.keeper) == ["user:ada", "key:ada", "machine"])
    }

    @Test("the columns left out are remembered by the browser")
    func columns() async throws {
        try await TestAPI.with { api in
            let done = try api.chooseColumns(request("POST", form: "query=q%3Dx&show=stage&show=age&show=attention"))
            #expect(done.status == 303 && done.header("Location") == "/requests?q=x")
            let cookie = try #require(done.header("Set-Cookie"))
            #expect(cookie.hasPrefix("marquee_columns=episodes.requester.quality;") && cookie.contains("HttpOnly"))
            var again = try request()
            again.headers = Headers([("Cookie", String(cookie.prefix { $0 != ";" }))])
            #expect(api.hiddenColumns(again) == [.episodes, .requester, .quality])
            again.headers = Headers([("Cookie", "marquee_columns=<script>.stage")])
            #expect(api.hiddenColumns(again) == [.stage])
            let wrong = try request("POST", form: "show=title")
            #expect(throws: Problem.self) { try api.chooseColumns(wrong) }
        }
    }
}
