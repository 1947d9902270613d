import Database
import Media
import Store
import TestSupport
import Testing

@Suite("What has ended", .timeLimit(.minutes(10)))
struct HistoryTests {
    private static let words = ["Alien", "Aliens", "The Thing", "Amélie", "100% Wolf"]

    private func matches(_ row: EndedRow, _ query: HistoryQuery) -> Bool {
        row.origin == .request && row.state.isClosed && row.isVisible(to: query.visibility)
            && contains(query.period, row.changed)
            && (query.states.isEmpty || query.states.contains(row.state))
            && (query.mediaType == nil || query.mediaType == row.type)
            && (query.requestedBy == nil || query.requestedBy == row.user)
            && (query.search.map { TitleKey.fold(row.title).contains(TitleKey.fold($0)) } ?? true)
    }

    private func contains(_ period: Period, _ moment: Int64) -> Bool {
        moment >= period.since?.milliseconds ?? .min && moment < period.until?.milliseconds ?? .max
    }

    private func query(_ random: inout SeededRandom) -> HistoryQuery {
        var query = HistoryQuery()
        query.visibility = random.pick([.all, .all, .owner("ada1"), .owner("nobody")])
        if random.chance(40) {
            query.states = Array(Stage.finished.shuffled(using: &random).prefix(1 + random.below(3)))
        }
        // However often a stage is asked for, it is one.
        if random.chance(10) { query.states = Array(repeating: .failed, count: 40) + query.states }
        if random.chance(30) { query.mediaType = random.pick(MediaType.allCases) }
        if random.chance(30) { query.requestedBy = random.pick(["ada", "bob", "nobody", "a' OR 1=1 --"]) }
        if random.chance(30) { query.search = random.pick(["alien", "amel", "0% w", "zzz", "%%%"]) }
        query.period = period(&random)
        query.limit = random.pick([1, 3, 50])
        return query
    }

    private func period(_ random: inout SeededRandom) -> Period {
        Period(
            since: random.chance(50) ? Timestamp(milliseconds: Int64(random.below(20))) : nil,
            until: random.chance(50) ? Timestamp(milliseconds: Int64(random.below(25))) : nil)
    }

    @Test("pages hold exactly the rows of a model, the newest end first", arguments: TestDatabase.backends, 1...4)
    func model(backend: Backend, seed: Int) async throws {
        try await StoreBench.with(backend) { bench in
            var random = SeededRandom(seed: UInt64(seed))
            let rows = EndedRow.some(&random, 150, titles: Self.words)
            try await bench.insert(rows)
            for _ in 0..<60 {
                var query = query(&random)
                let wanted = rows.filter { matches($0, query) }.sorted { ($0.changed, $0.id) > ($1.changed, $1.id) }
                var found: [Int64] = []
                repeat {
                    let asked = query
                    let page = try await bench.store.read { try $0.history(asked) }
                    #expect(page.requests.count <= query.limit)
                    #expect(page.total == Int64(wanted.count) && !page.totalIsMinimum, "\(query)")
                    found += page.requests.map(\.id)
                    query.after = page.next.flatMap { RequestQuery.Cursor(text: $0.text) }
                } while query.after != nil && found.count < 1_000
                #expect(found == wanted.map(\.id), "\(query)")
            }
        }
    }

    @Test("outcomes are those of the list, for every caller", arguments: TestDatabase.backends, 1...3)
    func outcomes(backend: Backend, seed: Int) async throws {
        try await StoreBench.with(backend) { bench in
            var random = SeededRandom(seed: UInt64(seed) + 50)
            let rows = EndedRow.some(&random, 200, titles: Self.words)
            try await bench.insert(rows)
            for visibility in [Visibility.all, .owner("ada1"), .owner("nobody")] {
                for _ in 0..<6 {
                    var query = HistoryQuery()
                    query.visibility = visibility
                    query.period = period(&random)
                    let asked = query
                    let (found, list) = try await bench.store.read {
                        (try $0.outcomes(in: asked.period, visibleTo: visibility), try $0.history(asked))
                    }
                    for stage in Stage.finished {
                        let wanted = rows.count { matches($0, query) && $0.state == stage }
                        #expect(found[stage] == Int64(wanted), "\(stage) in \(query.period)")
                    }
                    #expect(found.values.reduce(0, +) == list.total)
                }
            }
        }
    }

    @Test("requesters are the names of those who asked, each once", arguments: TestDatabase.backends)
    func requesters(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            #expect(try await bench.store.read { try $0.requesters(limit: 9) } == [])
            var random = SeededRandom(seed: 9)
            var rows = EndedRow.some(&random, 60, titles: Self.words)
            rows[0].origin = .librarySync
            rows[0].user = "Library Sync"
            rows[1].origin = .request
            rows[1].user = "Zoë \"O'Neil\""
            try await bench.insert(rows)
            let wanted = Set(rows.filter { $0.origin == .request }.compactMap(\.user)).sorted()
            #expect(try await bench.store.read { try $0.requesters(limit: 9) } == wanted)
            #expect(try await bench.store.read { try $0.requesters(limit: 1) } == [wanted[0]])
        }
    }

    @Test("beyond ten thousand the total is a minimum", arguments: TestDatabase.backends)
    func bounded(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            try await bench.insert(
                (1...10_001).map { EndedRow(id: $0, state: .available, title: "T", changed: $0) })
            let page = try await bench.store.read { try $0.history(HistoryQuery()) }
            #expect(page.total == 10_000 && page.totalIsMinimum && page.requests.count == 50)
            var narrower = HistoryQuery()
            narrower.period.since = Timestamp(milliseconds: 2)
            let asked = narrower
            let exact = try await bench.store.read { try $0.history(asked) }
            #expect(exact.total == 10_000 && !exact.totalIsMinimum)
        }
    }

    @Test("lists and figures come from indexes in order, not from a walk through the table")
    func indexes() async throws {
        try await StoreBench.with(.sqlite) { bench in
            let ended: SQL = """
                 FROM requests WHERE origin = 'request' AND state NOT IN ('requested', 'approved', 'indexed', \
                'downloading', 'download_done', 'importing', 'anime_matching', 'syncing_library') \
                AND state_changed_at >= 5
                """
            let plans: [(SQL, String)] = [
                (
                    "EXPLAIN QUERY PLAN SELECT title" + ended + " ORDER BY state_changed_at DESC, id DESC LIMIT 51",
                    "USING INDEX requests_history"
                ),
                (
                    "EXPLAIN QUERY PLAN SELECT 1" + ended + " AND state || '' IN ('failed')",
                    "USING COVERING INDEX requests_history"
                ),
                (
                    "EXPLAIN QUERY PLAN SELECT sum(CASE WHEN state = 'failed' THEN 1 ELSE 0 END)" + ended,
                    "USING COVERING INDEX requests_history"
                ),
                (
                    "EXPLAIN QUERY PLAN SELECT created_at FROM requests WHERE origin = 'request' AND created_at >= 5",
                    "USING COVERING INDEX requests_asked"
                ),
            ]
            for (sql, index) in plans {
                let plan = try await bench.store.read { try $0.rows(sql) { $0.text(3) } }.joined(separator: "; ")
                #expect(plan.contains(index) && !plan.contains("TEMP B-TREE"), "\(plan)")
            }
        }
    }
}
