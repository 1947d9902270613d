import Database
import Media
import Store
import TestSupport
import Testing

@Suite("Figures of a period", .timeLimit(.minutes(10)))
struct FigureTests {
    private static let week: Int64 = 7 * 86_400_000
    /// Monday 2023-01-02, 00:00 UTC.
    private static let monday: Int64 = 1_672_617_600_000

    @Test("a week begins on Monday, at midnight of its zone")
    func weeks() {
        let first = WeekNumber(of: Timestamp(milliseconds: Self.monday), offset: 0)
        #expect(first.monday.rfc3339 == "2023-01-02T00:00:00.000Z")
        #expect(WeekNumber(of: Timestamp(milliseconds: Self.monday - 1), offset: 0).number == first.number - 1)
        #expect(WeekNumber(of: Timestamp(milliseconds: Self.monday - 1), offset: 20_700_000) == first)
        #expect(WeekNumber(of: Timestamp(milliseconds: Self.monday), offset: -1).number == first.number - 1)
        #expect(WeekNumber(of: Timestamp(milliseconds: 0), offset: 0).number == 0)
        #expect(WeekNumber(of: Timestamp(milliseconds: -4 * 86_400_000), offset: 0).number == -1)
        #expect(WeekNumber(0).monday.rfc3339 == "1969-12-29T00:00:00.000Z")
    }

    @Test(
        "requests are counted in the weeks of a zone whose clocks change, as a model counts them",
        arguments: TestDatabase.backends, 1...3)
    func weekly(backend: Backend, seed: Int) async throws {
        try await StoreBench.with(backend) { bench in
            var random = SeededRandom(seed: UInt64(seed))
            let span = Int(8 * Self.week)
            let rows = (Int64(1)...200).map { id -> EndedRow in
                // Many fall within the hours in which the zone decides.
                let edge = Int64(random.below(9)) * Self.week + Int64(random.below(80_000_000)) - 40_000_000
                let at = Self.monday + (random.chance(60) ? edge : Int64(random.below(span)))
                return EndedRow(
                    id: id, origin: random.chance(80) ? .request : .librarySync, state: random.pick(Stage.allCases),
                    title: "T", owner: random.pick([nil, "ada1", "bob2"]), created: at, changed: at)
            }
            try await bench.insert(rows)
            let start = Timestamp(milliseconds: Self.monday)
            let change = Timestamp(milliseconds: Self.monday + 3 * Self.week + 5_000_000)
            let end = Timestamp(milliseconds: Self.monday + 6 * Self.week)
            let stretches = [
                ZoneStretch(Period(since: start, until: change), offset: 20_700_000),
                ZoneStretch(Period(since: change, until: end), offset: -28_800_000),
            ]
            for visibility in [Visibility.all, .owner("ada1"), .owner("nobody")] {
                var wanted: [WeekNumber: Int64] = [:]
                for row in rows where row.origin == .request && row.isVisible(to: visibility) {
                    let at = Timestamp(milliseconds: row.created)
                    guard at >= start, at < end else { continue }
                    wanted[WeekNumber(of: at, offset: at < change ? 20_700_000 : -28_800_000), default: 0] += 1
                }
                let found = try await bench.store.read {
                    try $0.weeklyRequests(in: stretches, visibleTo: visibility)
                }
                #expect(found == wanted)
            }
        }
    }

    @Test("median and 95th percentile are stays that happened, at their rank", arguments: [1, 2, 19, 20, 21, 100, 777])
    func percentiles(count: Int) throws {
        var random = SeededRandom(seed: UInt64(count))
        let stays = (0..<count).map { _ in Int64(random.below(1_000)) }
        let time = try #require(StageTime(stays))
        #expect(time.count == Int64(count))
        #expect(stays.contains(time.median) && stays.contains(time.percentile95))
        #expect(stays.count { $0 <= time.percentile95 } * 100 >= count * 95)
        #expect(stays.count { $0 < time.percentile95 } * 100 < count * 95)
        #expect(stays.count { $0 < time.median } <= count / 2 && stays.count { $0 > time.median } <= count / 2)
        #expect(StageTime([]) == nil)
    }

    @Test("stays are of what arrived within the period, the newest first", arguments: TestDatabase.backends)
    func stays(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            let rows = (Int64(1)...9).map { id in
                EndedRow(
                    id: id, state: .available, title: "T", owner: id % 2 == 0 ? "ada1" : nil, changed: id * 100,
                    available: id * 100)
            }
            try await bench.insert(rows)
            try await bench.store.write { tx in
                for row in rows {
                    // A stage told twice is one stay.
                    let steps: [(Stage, Int64)] = [
                        (.requested, 0), (.downloading, row.id), (.downloading, row.id + 1), (.available, 100),
                    ]
                    for (index, (stage, at)) in steps.enumerated() {
                        try tx.appendTimeline(
                            row.id, key: "\(index)", at: Timestamp(milliseconds: at), service: "sonarr", event: "e",
                            state: stage)
                    }
                }
            }
            func times(_ count: Int, _ period: Period, _ visibility: Visibility = .all) async throws -> [Stage:
                StageTime]
            {
                try await bench.store.read { try $0.stageTimes(ofNewest: count, in: period, visibleTo: visibility) }
            }
            let all = try await times(500, Period())
            #expect(all == [.requested: StageTime(Array(1...9)), .downloading: StageTime((1...9).map { 100 - $0 })])
            let since = Timestamp(milliseconds: 700)
            #expect(try await times(500, Period(since: since))[.requested] == StageTime([7, 8, 9]))
            #expect(try await times(500, Period(until: since))[.requested] == StageTime(Array(1...6)))
            #expect(try await times(2, Period(until: since))[.requested] == StageTime([5, 6]))
            #expect(try await times(2, Period(), .owner("ada1"))[.requested] == StageTime([6, 8]))
            #expect(try await times(2, Period(), .owner("nobody")).isEmpty)
        }
    }
}
