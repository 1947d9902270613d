import Database
import Media
import Store
import TestSupport
import Testing

@Suite("Sizes of complete listings", .timeLimit(.minutes(5)))
struct ListingSizeTests {
    private static let gap = Duration.seconds(3_600)

    /// Sees a listing of this size; whether it proves absences.
    private func see(_ total: Int, _ bench: StoreBench) async throws -> Bool {
        let name = ListingSize.name("radarr", "default")
        let now = bench.clock.now
        return try await bench.store.write { tx in
            let isBelieved = try ListingSize(tx.raw, name).isBelieved(total, at: now, gap: Self.gap)
            try ListingSize.remember(total, believed: isBelieved, name, in: tx)
            return isBelieved
        }
    }

    @Test(
        "one that is a fifth and ten titles smaller proves nothing",
        arguments: [
            (100, 81, true), (100, 80, false), (100, 0, false), (40, 31, true), (40, 30, false), (11, 2, true),
            (11, 1, false), (10, 1, true), (9, 0, true), (1_000, 990, true), (1_000, 801, true), (50, 90, true),
        ])
    func shrunken(before: Int, now: Int, isBelieved: Bool) async throws {
        try await StoreBench.with(.sqlite) { bench in
            _ = try await see(before, bench)
            #expect(try await see(now, bench) == isBelieved)
        }
    }

    @Test("it is believed when another, long enough after, agrees", arguments: TestDatabase.backends)
    func confirmed(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            _ = try await see(100, bench)
            #expect(try await !see(50, bench))
            bench.clock.advance(.seconds(3_599))
            #expect(try await !see(52, bench))
            bench.clock.advance(.seconds(1))
            #expect(try await see(51, bench))
            // It is the last good one now.
            #expect(try await see(45, bench))
        }
    }

    @Test(
        "one that is smaller still begins anew, and a whole one in between ends the doubt",
        arguments: TestDatabase.backends)
    func disagreeing(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            _ = try await see(100, bench)
            #expect(try await !see(70, bench))
            bench.clock.advance(Self.gap)
            #expect(try await !see(20, bench))
            bench.clock.advance(.seconds(1_800))
            _ = try await see(100, bench)
            bench.clock.advance(Self.gap)
            #expect(try await !see(20, bench))
        }
    }

    @Test("services and instances are doubted each for itself", arguments: TestDatabase.backends)
    func apart(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            _ = try await see(100, bench)
            let other = ListingSize.name("radarr", "4k")
            let now = bench.clock.now
            #expect(
                try await bench.store.read { try ListingSize($0, other).isBelieved(3, at: now, gap: Self.gap) })
        }
    }
}
