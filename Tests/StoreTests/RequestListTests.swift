import Database
import Media
import Store
import TestSupport
import Testing

@Suite("Request list", .timeLimit(.minutes(10)))
struct RequestListTests {
    /// A row as the model knows it.
    private struct Row: Sendable {
        var id: Int64
        var type: MediaType
        var origin: Origin
        var state: Stage
        var title: String
        var user: String?
        var created: Int64
        var updated: Int64

        var key: String { TitleKey.fold(title) }
    }

    private static let words = [
        "Alien", "the Thing", "Amélie", "100% Wolf", "C:\\Films", "\"Quoted\"", "under_score", "it's", "進撃の巨人",
        "Ænima", "ab", "a", "Straße", "O'Brother AND NOT", "NEAR(x)", "*star*", "カ\u{3099}", "%\u{20d0}x",
    ]

    private func rows(_ random: inout SeededRandom, _ count: Int) -> [Row] {
        (1...count).map { number in
            let title = (0...random.below(3)).map { _ in random.pick(Self.words) }.joined(separator: " ")
            // Few distinct times and titles, so that ids decide.
            return Row(
                id: Int64(number), type: random.pick(MediaType.allCases),
                origin: random.pick([.request, .librarySync]),
                state: random.pick(Stage.allCases), title: title, user: random.pick([nil, "anna", "bert"]),
                created: Int64(random.below(8)), updated: Int64(random.below(8)))
        }
    }

    private func insert(_ rows: [Row], _ bench: StoreBench) async throws {
        try await bench.store.write { tx in
            for row in rows {
                _ = try tx.raw.execute(
                    """
                    INSERT INTO requests(id, media_type, origin, title, title_key, state, uncertain, requested_by,
                        created_at, updated_at, state_changed_at, version)
                    VALUES($1, $2, $3, $4, $5, $6, 0, $7, $8, $9, 0, 1)
                    """,
                    [
                        .integer(row.id), .text(row.type.rawValue), .text(row.origin.rawValue), .text(row.title),
                        .text(row.key), .text(row.state.rawValue), Value(row.user), .integer(row.created),
                        .integer(row.updated),
                    ])
                if tx.raw.backend == .sqlite {
                    try tx.raw.execute(
                        "INSERT INTO requests_search(rowid, title_key) VALUES($1, $2)",
                        [.integer(row.id), .text(row.key)])
                }
                tx.count(RequestCount(mediaType: row.type, state: row.state, origin: row.origin), 1)
            }
        }
    }

    private func expected(_ rows: [Row], _ query: RequestQuery) -> [Int64] {
        let found = rows.filter { row in
            (query.states.isEmpty ? row.state != .deleted : query.states.contains(row.state))
                && (query.mediaType == nil || row.type == query.mediaType)
                && (query.origin == nil || row.origin == query.origin)
                && (query.requestedBy == nil || row.user == query.requestedBy)
                && matches(row, query.search)
        }
        func precedes(_ a: Row, _ b: Row) -> Bool {
            switch query.sort {
            case .updated: (a.updated, a.id) > (b.updated, b.id)
            case .created: (a.created, a.id) > (b.created, b.id)
            case .title: Self.isBefore(a.key, b.key) || (a.key.utf8.elementsEqual(b.key.utf8) && a.id < b.id)
            case .state: (a.state.rawValue, a.id) < (b.state.rawValue, b.id)
            }
        }
        return found.sorted(by: precedes).map(\.id)
    }

    /// By bytes, as both databases compare.
    private static func isBefore(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }

    private func matches(_ row: Row, _ search: String?) -> Bool {
        guard let search else { return true }
        let (key, wanted) = (Array(row.key.utf8), Array(TitleKey.fold(search).utf8))
        if TitleKey.fold(search).unicodeScalars.count < 3 { return key.starts(with: wanted) }
        return (0...max(0, key.count - wanted.count)).contains { key[$0...].starts(with: wanted) }
    }

    private func query(_ random: inout SeededRandom, _ rows: [Row]) -> RequestQuery {
        var query = RequestQuery()
        if random.chance(40) {
            query.states = Array(Stage.allCases.shuffled(using: &random).prefix(1 + random.below(4)))
        }
        if random.chance(40) { query.mediaType = random.pick(MediaType.allCases) }
        if random.chance(30) { query.origin = random.pick([.request, .librarySync]) }
        if random.chance(20) { query.requestedBy = random.pick(["anna", "bert", "nobody", "a' OR 1=1 --"]) }
        if random.chance(50) {
            let scalars = Array(random.pick(rows).title.unicodeScalars)
            let start = random.below(scalars.count)
            let part = scalars[start..<min(scalars.count, start + 1 + random.below(6))]
            query.search = String(String.UnicodeScalarView(part))
            if random.chance(20) { query.search = query.search?.uppercased() }
        }
        query.sort = random.pick(RequestQuery.Sort.allCases)
        query.limit = random.pick([1, 3, 7, 50])
        return query
    }

    @Test("pages hold exactly the rows of a model, in order, each once", arguments: TestDatabase.backends, 1...6)
    func model(backend: Backend, seed: Int) async throws {
        try await StoreBench.with(backend) { bench in
            var random = SeededRandom(seed: UInt64(seed))
            let rows = rows(&random, 80)
            try await insert(rows, bench)
            for _ in 0..<120 {
                var query = query(&random, rows)
                let wanted = expected(rows, query)
                var found: [Int64] = []
                repeat {
                    let asked = query
                    let page = try await bench.store.read { try $0.requests(asked) }
                    #expect(page.requests.count <= query.limit)
                    #expect(page.total == Int64(wanted.count) && !page.totalIsMinimum, "\(query)")
                    found += page.requests.map(\.id)
                    // The cursor survives its way through a URL.
                    query.after = page.next.flatMap { RequestQuery.Cursor(text: $0.text) }
                } while query.after != nil && found.count < 1_000
                #expect(found == wanted, "\(query)")
            }
        }
    }

    @Test(
        "search text is never a pattern, a query or a quote", arguments: TestDatabase.backends,
        [
            "%%%", "___", "\"\"\"", "' OR '1'='1", "abc\"", "\\\\\\", "a AND b", "NEAR(", "*", "^abc", "-abc", "{abc}",
            "col:abc", "\u{0}\u{0}\u{0}", "abc\u{0}def", "\u{10ffff}\u{10ffff}\u{10ffff}", "   ", "",
            "\"\u{20d0}\"\u{20d0}x",
        ])
    func hostileSearch(backend: Backend, text: String) async throws {
        try await StoreBench.with(backend) { bench in
            try await bench.add([NewTitle(title: "Some title"), NewTitle(title: "abcdef")])
            var query = RequestQuery()
            query.search = text
            let asked = query
            let found = try await bench.store.read { try $0.requests(asked) }.requests.map(\.title)
            #expect(found.isEmpty || TitleKey.fold(text).isEmpty || found == ["abcdef"] && text == "*", "\(found)")
        }
    }

    @Test("finds titles by parts, in any case and without accents", arguments: TestDatabase.backends)
    func search(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            try await bench.add([
                NewTitle(title: "Amélie"), NewTitle(title: "The Amelia Story"), NewTitle(title: "100% Wolf"),
                NewTitle(title: "進撃の巨人"), NewTitle(title: "Say \"Hi\""),
            ])
            func find(_ text: String) async throws -> [String] {
                var query = RequestQuery()
                query.search = text
                query.sort = .title
                let asked = query
                return try await bench.store.read { try $0.requests(asked) }.requests.map(\.title)
            }
            #expect(try await find("amel") == ["Amélie", "The Amelia Story"])
            #expect(try await find("AMÉL") == ["Amélie", "The Amelia Story"])
            #expect(try await find("am") == ["Amélie"])
            #expect(try await find("0% w") == ["100% Wolf"])
            #expect(try await find("撃の巨") == ["進撃の巨人"])
            #expect(try await find("進") == ["進撃の巨人"])
            #expect(try await find("\"hi\"") == ["Say \"Hi\""])
            #expect(try await find("zzz").isEmpty)
        }
    }

    @Test("cursors from elsewhere are refused", arguments: ["", ".", "1", "x.61", "1.6", "1.zz", "1.ff", "1.61.61"])
    func cursors(text: String) {
        #expect(RequestQuery.Cursor(text: text) == nil)
    }

    @Test("cursors keep any key", arguments: ["", "a.b", "é\u{0}", "進撃", "-5"])
    func cursorRoundTrip(key: String) {
        let cursor = RequestQuery.Cursor(key: key, id: .max)
        #expect(RequestQuery.Cursor(text: cursor.text) == cursor)
    }
}
