import Changes
import Database
import Media
import Store
import TestSupport
import Testing

@Suite("Who may know of a request", .timeLimit(.minutes(10)))
struct VisibilityTests {
    /// A row as the model knows it.
    private struct Row: Sendable {
        var id: Int64
        var type: MediaType
        var origin: Origin
        var state: Stage
        var title: String
        var user: String?
        var owner: String?
        var updated: Int64
        var attention: Attention.Code?
        var available: Int64?
        /// How long it was requested before it was available; in the timeline of arrivals.
        var took: Int64

        func isVisible(to visibility: Visibility) -> Bool {
            switch visibility {
            case .all: true
            case .owner(let id): owner == id
            }
        }
    }

    /// What is asked of the rows, told by a caller's name of itself.
    private static let callers: [Visibility] = [
        .all, Visibility(owner: "ADA-1"), .owner("bob2"), .owner("nobody"), Visibility(owner: "--"),
        .owner("' OR owner IS NULL --"), .owner("ada1\u{0}"),
    ]

    private func rows(_ random: inout SeededRandom, _ count: Int) -> [Row] {
        (1...count).map { id in
            let state = random.pick(Stage.allCases)
            let isTroubled = state != .available && random.chance(30)
            // Names are alike where owners are not: a name grants nothing.
            return Row(
                id: Int64(id), type: random.pick(MediaType.allCases), origin: random.pick([.request, .librarySync]),
                state: state, title: random.pick(["Alien", "Aliens", "The Thing"]),
                user: random.pick([nil, "ada1", "bob2"]), owner: random.pick([nil, "ada1", "bob2", "ada12"]),
                updated: Int64(random.below(8)),
                attention: isTroubled ? random.pick(Attention.Code.allCases) : nil,
                available: state == .available ? Int64(random.below(20)) : nil, took: Int64(random.below(100)))
        }
    }

    private func insert(_ rows: [Row], _ bench: StoreBench) async throws {
        try await bench.store.write { tx in
            for row in rows {
                let key = TitleKey.fold(row.title)
                _ = try tx.raw.execute(
                    """
                    INSERT INTO requests(id, media_type, origin, title, title_key, state, uncertain, requested_by,
                        owner, created_at, updated_at, state_changed_at, available_at, version, attention_code,
                        attention_reason, attention_since, attention_source)
                    VALUES($1, $2, $3, $4, $5, $6, 0, $7, $8, 0, $9, 0, $10, 1, $11, 'why', 0, 'radarr')
                    """,
                    [
                        .integer(row.id), .text(row.type.rawValue), .text(row.origin.rawValue), .text(row.title),
                        .text(key), .text(row.state.rawValue), Value(row.user), Value(row.owner),
                        .integer(row.updated), Value(row.available), Value(row.attention?.rawValue),
                    ])
                if tx.raw.backend == .sqlite {
                    try tx.raw.execute(
                        "INSERT INTO requests_search(rowid, title_key) VALUES($1, $2)", [.integer(row.id), .text(key)])
                }
                tx.count(RequestCount(mediaType: row.type, state: row.state, origin: row.origin), 1)
                guard row.available != nil else { continue }
                for (stage, at) in [(Stage.requested, 0), (.available, row.took)] {
                    try tx.appendTimeline(
                        row.id, key: stage.rawValue, at: Timestamp(milliseconds: at), service: "jellyseerr",
                        event: "e", state: stage)
                }
            }
        }
    }

    @Test("pages, totals and single reads hold what a model shows each caller", arguments: TestDatabase.backends, 1...3)
    func lists(backend: Backend, seed: Int) async throws {
        try await StoreBench.with(backend) { bench in
            var random = SeededRandom(seed: UInt64(seed))
            let rows = rows(&random, 90)
            try await insert(rows, bench)
            for visibility in Self.callers {
                for _ in 0..<12 {
                    var query = RequestQuery()
                    query.visibility = visibility
                    if random.chance(40) { query.states = [random.pick(Stage.allCases), .available] }
                    if random.chance(30) { query.mediaType = random.pick(MediaType.allCases) }
                    if random.chance(20) { query.requestedBy = random.pick(["ada1", "bob2"]) }
                    if random.chance(20) { query.attention = .any }
                    if random.chance(50) { query.search = random.pick(["alien", "th", "ing", "%", "aliens"]) }
                    query.sort = random.pick(RequestQuery.Sort.allCases)
                    query.limit = random.pick([1, 7, 200])
                    let wanted = rows.filter { $0.isVisible(to: visibility) && matches($0, query) }.map(\.id)
                    var found: [Int64] = []
                    repeat {
                        let asked = query
                        let page = try await bench.store.read { try $0.requests(asked) }
                        #expect(page.total == Int64(wanted.count) && !page.totalIsMinimum, "\(query)")
                        found += page.requests.map(\.id)
                        query.after = page.next
                    } while query.after != nil && found.count < 1_000
                    #expect(found.sorted() == wanted, "\(query)")
                }
                let seen = try await bench.store.read { reader in
                    try rows.filter { try reader.request($0.id, visibleTo: visibility)?.id == $0.id }.map(\.id)
                }
                #expect(seen == rows.filter { $0.isVisible(to: visibility) }.map(\.id))
                #expect(try await bench.store.read { try $0.request(999, visibleTo: visibility) } == nil)
            }
        }
    }

    private func matches(_ row: Row, _ query: RequestQuery) -> Bool {
        let key = TitleKey.fold(row.title)
        let finds =
            query.search.map { $0.count < 3 ? key.hasPrefix(TitleKey.fold($0)) : key.contains(TitleKey.fold($0)) }
            ?? true
        return (query.states.isEmpty ? row.state != .deleted : query.states.contains(row.state))
            && (query.mediaType == nil || row.type == query.mediaType)
            && (query.requestedBy == nil || row.user == query.requestedBy)
            && (query.attention == nil || row.attention != nil) && finds
    }

    @Test("bands, counts and medians are of what each caller may see", arguments: TestDatabase.backends, 1...3)
    func figures(backend: Backend, seed: Int) async throws {
        try await StoreBench.with(backend) { bench in
            var random = SeededRandom(seed: UInt64(seed) + 100)
            let rows = rows(&random, 120)
            try await insert(rows, bench)
            for visibility in Self.callers {
                let own = rows.filter { $0.isVisible(to: visibility) }
                try await expectBands(own, visibility, bench)
                try await expectCounts(own, visibility, bench)
            }
        }
    }

    private func expectBands(_ own: [Row], _ visibility: Visibility, _ bench: StoreBench) async throws {
        let troubled = own.filter { $0.attention != nil && $0.state != .deleted }
        let moving = own.filter { $0.attention == nil && !$0.state.isClosed }
        let arrived = own.filter { $0.origin == .request && $0.state == .available }
        let late = arrived.filter { ($0.available ?? 0) > 10 }
        let since = Timestamp(milliseconds: 10)
        for limit in [3, 500] {
            let bands = try await bench.store.read { reader in
                [
                    try reader.requestsWithAttention(limit: limit, visibleTo: visibility),
                    try reader.movingRequests(limit: limit, visibleTo: visibility),
                    try reader.arrivedRequests(since: since, limit: limit, visibleTo: visibility),
                ]
            }
            for (band, wanted) in zip(bands, [troubled, moving, late]) {
                #expect(band.total == Int64(wanted.count))
                #expect(band.rows.count == min(limit, wanted.count))
                #expect(Set(band.rows.map(\.id)).isSubset(of: wanted.map(\.id)))
            }
        }
        let counts = try await bench.store.read { reader in
            [
                try reader.attentionCount(visibleTo: visibility), try reader.movingCount(visibleTo: visibility),
                try reader.arrivedCount(since: since, visibleTo: visibility),
            ]
        }
        #expect(counts == [troubled, moving, late].map { Int64($0.count) })
        let last = try await bench.store.read { try $0.lastArrival(visibleTo: visibility) }
        #expect(last?.id == arrived.max { ($0.available ?? 0, $0.id) < ($1.available ?? 0, $1.id) }?.id)
    }

    private func expectCounts(_ own: [Row], _ visibility: Visibility, _ bench: StoreBench) async throws {
        let (kinds, codes, stays) = try await bench.store.read { reader in
            (
                try reader.requestCounts(visibleTo: visibility), try reader.attentionCounts(visibleTo: visibility),
                try reader.stageDurations(ofNewest: 500, visibleTo: visibility)
            )
        }
        let wanted = Dictionary(
            grouping: own, by: { RequestCount(mediaType: $0.type, state: $0.state, origin: $0.origin) }
        ).mapValues { Int64($0.count) }
        #expect(kinds.filter { $0.value != 0 } == wanted)
        let troubled = own.filter { $0.state != .deleted }.compactMap(\.attention)
        #expect(codes == Dictionary(grouping: troubled, by: \.self).mapValues { Int64($0.count) })
        let took = own.filter { $0.origin == .request && $0.available != nil }.map(\.took)
        #expect((stays[.requested] ?? []).sorted() == took.sorted())
    }

    @Test("events are those of what a caller may see, missed or live", arguments: TestDatabase.backends, 1...3)
    func events(backend: Backend, seed: Int) async throws {
        try await StoreBench.with(backend) { bench in
            var random = SeededRandom(seed: UInt64(seed) + 200)
            let rows = rows(&random, 30)
            try await insert(rows, bench)
            let told = (0..<120).map { _ -> (topic: Change.Topic, object: Int64?) in
                let topic = random.chance(70) ? .request : random.pick(Change.Topic.allCases)
                // Jobs have numbers as requests have; some requests are gone.
                return (topic, random.chance(10) ? nil : Int64(random.below(40)))
            }
            try await bench.store.write { tx in
                for (topic, object) in told { try tx.emit(topic, object: object) }
            }
            let all = try #require(try await bench.store.read { try $0.events(after: 0) })
            for visibility in Self.callers {
                let own = Set(rows.filter { $0.isVisible(to: visibility) }.map(\.id))
                let wanted = all.filter { change in
                    if change.topic == .settings || change.topic == .access { return false }
                    if visibility == .all { return true }
                    switch change.topic {
                    case .access: return false
                    case .health, .requests: return true
                    case .job, .finding, .settings, .deletion: return false
                    case .request, .requestDeleted: return change.object.map(own.contains) ?? false
                    }
                }
                let start = Int64(random.below(100))
                let (missed, live) = try await bench.store.read { reader in
                    (
                        try reader.events(after: start, visibleTo: visibility),
                        try all.filter { try reader.isVisible($0, to: visibility) }
                    )
                }
                #expect(live == wanted)
                #expect(missed == wanted.filter { ($0.id ?? 0) > start })
                let few = try await bench.store.read { try $0.events(after: 0, visibleTo: visibility, limit: 3) }
                #expect(few == Array(wanted.prefix(3)))
                #expect(try await bench.store.read { try $0.events(after: 999, visibleTo: visibility) } == nil)
            }
        }
    }
}
