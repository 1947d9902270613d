import Database
import Media
import Store
import TestSupport
import Testing

@Suite("Bands of the Activity page", .timeLimit(.minutes(5)))
struct ActivityRowsTests {
    private struct Row {
        var id: Int64
        var state: Stage
        var origin: Origin
        var changed: Int64
        var attention: Attention.Code?
        var since: Int64
        var available: Int64?
    }

    private func insert(_ rows: [Row], _ bench: StoreBench) async throws {
        try await bench.store.write { tx in
            for row in rows {
                _ = try tx.raw.execute(
                    """
                    INSERT INTO requests(id, media_type, origin, title, title_key, state, uncertain, created_at,
                        updated_at, state_changed_at, available_at, version, attention_code, attention_reason,
                        attention_since, attention_source)
                    VALUES($1, 'movie', $2, 'T', 't', $3, 0, 0, 0, $4, $5, 1, $6, 'why', $7, 'radarr')
                    """,
                    [
                        .integer(row.id), .text(row.origin.rawValue), .text(row.state.rawValue), .integer(row.changed),
                        Value(row.available), Value(row.attention?.rawValue), .integer(row.since),
                    ])
            }
        }
    }

    private func rows(_ random: inout SeededRandom, _ count: Int) -> [Row] {
        (1...count).map { id in
            let state = random.pick(Stage.allCases)
            let isTroubled = state != .available && random.chance(30)
            return Row(
                id: Int64(id), state: state, origin: random.pick([.request, .librarySync]),
                changed: Int64(random.below(9)), attention: isTroubled ? random.pick(Attention.Code.allCases) : nil,
                since: Int64(random.below(9)), available: state == .available ? Int64(random.below(20)) : nil)
        }
    }

    @Test("hold what a model holds, in its order, with its totals", arguments: TestDatabase.backends, 1...4)
    func model(backend: Backend, seed: Int) async throws {
        try await StoreBench.with(backend) { bench in
            var random = SeededRandom(seed: UInt64(seed))
            let rows = rows(&random, 120)
            try await insert(rows, bench)
            let troubled = rows.filter { $0.attention != nil && $0.state != .deleted }
                .sorted { ($0.since, $0.id) < ($1.since, $1.id) }
            let moving = rows.filter { $0.attention == nil && !$0.state.isClosed }
                .sorted { (-$0.state.rank, $0.changed, $0.id) < (-$1.state.rank, $1.changed, $1.id) }
            let arrived = rows.filter { $0.origin == .request && $0.state == .available && ($0.available ?? 0) > 10 }
                .sorted { ($0.available ?? 0, $0.id) > ($1.available ?? 0, $1.id) }
            for limit in [1, 7, 200] {
                let found = try await bench.store.read { reader in
                    [
                        try reader.requestsWithAttention(limit: limit, visibleTo: .all),
                        try reader.movingRequests(limit: limit, visibleTo: .all),
                        try reader.arrivedRequests(since: Timestamp(milliseconds: 10), limit: limit, visibleTo: .all),
                    ]
                }
                for (band, wanted) in zip(found, [troubled, moving, arrived]) {
                    #expect(band.rows.map(\.id) == wanted.prefix(limit).map(\.id))
                    #expect(band.total == Int64(wanted.count))
                }
            }
            let codes = try await bench.store.read { try $0.attentionCounts(visibleTo: .all) }
            #expect(codes.values.reduce(0, +) == Int64(troubled.count))
            for code in Attention.Code.allCases {
                var query = RequestQuery()
                query.attention = .code(code)
                let asked = query
                let list = try await bench.store.read { try $0.requests(asked) }
                #expect(list.total == codes[code] ?? 0)
                #expect(list.requests.allSatisfy { $0.attention?.code == code })
            }
        }
    }

    @Test("come from indexes, not from a search of the whole table")
    func indexes() async throws {
        try await StoreBench.with(.sqlite) { bench in
            let plans: [SQL] = [
                """
                EXPLAIN QUERY PLAN SELECT title FROM requests WHERE attention_code IS NOT NULL AND state <> 'deleted' \
                ORDER BY attention_since, id LIMIT 20
                """,
                """
                EXPLAIN QUERY PLAN SELECT title FROM requests WHERE attention_code IS NULL AND state = 'importing' \
                ORDER BY state_changed_at, id LIMIT 50
                """,
                """
                EXPLAIN QUERY PLAN SELECT title FROM requests WHERE origin = 'request' AND state = 'available' \
                AND available_at > 5 ORDER BY available_at DESC, id DESC LIMIT 12
                """,
            ]
            for (sql, index) in zip(plans, ["requests_attention_since", "requests_moving", "requests_arrived"]) {
                let plan = try await bench.store.read { try $0.rows(sql) { $0.text(3) } }.joined(separator: "; ")
                #expect(plan.contains("USING INDEX \(index)") && !plan.contains("TEMP B-TREE"), "\(plan)")
            }
        }
    }
}
