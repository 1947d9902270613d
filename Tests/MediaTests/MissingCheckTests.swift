import Media
import TestSupport
import Testing

@Suite("The check for missing media")
struct MissingCheckTests {
    private static let gap = Duration.seconds(3_600)
    private let check = MissingCheck(gap: Self.gap)

    private func at(_ seconds: Int64) -> Timestamp { Timestamp(milliseconds: 1_000_000_000 + seconds * 1_000) }

    private func listing(_ seconds: Int64, total: Int = 100) -> MissingCheck.Listing {
        MissingCheck.Listing(begunAt: at(seconds), isComplete: true, total: total, isBelieved: true)
    }

    private func row(_ id: Int64, missed: Int64? = nil, isListed: Bool = false, _ file: Presence = .absent)
        -> MissingCheck.Row
    {
        MissingCheck.Row(id: id, missedAt: missed.map(at), isListed: isListed, arrFile: file)
    }

    @Test("one sighting is remembered, a second one far enough away concludes")
    func twoSightings() {
        #expect(check.outcome(of: [row(1)], in: listing(0)).missed == [1])
        #expect(check.outcome(of: [row(1, missed: 0)], in: listing(3_599)) == MissingCheck.Outcome())
        #expect(check.outcome(of: [row(1, missed: 0)], in: listing(3_600)).gone == [1])
    }

    @Test("a listed row is forgotten about, one with a file only does not appear, an unread *arr waits")
    func others() {
        let outcome = check.outcome(
            of: [
                row(1, missed: 0, isListed: true), row(2, missed: 0, .present), row(3, missed: 0, .unknown),
                row(4, isListed: true),
            ], in: listing(7_200))
        #expect(outcome.returned == [1] && outcome.notAppearing == [2] && outcome.gone.isEmpty)
        #expect(outcome.missed.isEmpty && outcome.tooMany == nil)
    }

    @Test("a listing that is broken off, empty or shrunken changes nothing")
    func noProof() {
        let rows = [row(1, missed: 0), row(2), row(3, missed: 0, isListed: true)]
        for odd in [
            MissingCheck.Listing(begunAt: at(9_999), isComplete: false, total: 100, isBelieved: true),
            MissingCheck.Listing(begunAt: at(9_999), isComplete: true, total: 0, isBelieved: true),
            MissingCheck.Listing(begunAt: at(9_999), isComplete: true, total: 100, isBelieved: false),
        ] {
            #expect(check.outcome(of: rows, in: odd, isConfirmed: true) == MissingCheck.Outcome())
        }
    }

    @Test("over ten and over five in a hundred need an administrator's word")
    func cap() {
        func outcome(_ gone: Int, of all: Int, isConfirmed: Bool = false) -> MissingCheck.Outcome {
            let rows = (0..<all).map { row(Int64($0), missed: $0 < gone ? 0 : nil, isListed: $0 >= gone) }
            return check.outcome(of: rows, in: listing(9_999), isConfirmed: isConfirmed)
        }
        #expect(outcome(10, of: 20).gone.count == 10, "ten of twenty: not over ten")
        #expect(outcome(11, of: 220).gone.count == 11, "five in a hundred exactly")
        #expect(outcome(11, of: 219).tooMany == 11 && outcome(11, of: 219).gone.isEmpty)
        #expect(outcome(11, of: 219, isConfirmed: true).gone.count == 11)
    }

    /// A library whose rows go and come back, read by listings of every quality, now and then from a disk that is away.
    private struct World {
        var random: SeededRandom
        var isThere: [Bool]
        var missed: [Int64?]
        var time: Int64 = 0

        init(seed: UInt64, count: Int) {
            random = SeededRandom(seed: seed)
            isThere = Array(repeating: true, count: count)
            missed = Array(repeating: nil, count: count)
        }

        mutating func live() {
            time += Int64(random.below(4_000))
            for index in isThere.indices where random.chance(2) { isThere[index].toggle() }
        }
    }

    @Test("whatever the listings are like, nothing that is there is ever concluded gone", arguments: 0..<60)
    func property(seed: Int) {
        var world = World(seed: UInt64(seed), count: 40 + seed * 5)
        for _ in 0..<80 {
            world.live()
            let isDiskAway = world.random.chance(10)
            let isWhole = !isDiskAway && world.random.chance(70)
            let total = isDiskAway ? 0 : world.isThere.count { $0 }
            let listing = MissingCheck.Listing(
                begunAt: at(world.time), isComplete: isWhole || isDiskAway, total: total, isBelieved: !isDiskAway)
            let rows = world.isThere.indices.map { index in
                let isListed = isWhole ? world.isThere[index] : world.random.chance(50) && world.isThere[index]
                return MissingCheck.Row(
                    id: Int64(index), missedAt: world.missed[index].map(at), isListed: isListed,
                    arrFile: world.random.pick(Presence.allCases))
            }
            let outcome = check.outcome(of: rows, in: listing)
            for id in outcome.gone {
                let index = Int(id)
                #expect(!world.isThere[index] && rows[index].arrFile == .absent && isWhole)
                #expect((world.missed[index] ?? .max) <= world.time - 3_600)
            }
            #expect(!MissingCheck.isTooMany(outcome.gone.count, of: rows.count))
            #expect(Set(outcome.gone).isDisjoint(with: outcome.missed + outcome.returned + outcome.notAppearing))
            if !isWhole { #expect(outcome == MissingCheck.Outcome()) }
            #expect(outcome.missed.allSatisfy { !world.isThere[Int($0)] })
            for id in outcome.missed { world.missed[Int(id)] = world.time }
            for id in outcome.returned { world.missed[Int(id)] = nil }
        }
    }
}
