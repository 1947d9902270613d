import Database
import Jobs
import LibrarySync
import Media
import Store
import TestSupport
import Testing

/// What must hold for any library, any rows and any order; `Bench.run` checks the counters of every run.
@Suite("Library sync, properties", .timeLimit(.minutes(10)))
struct PropertyTests {
    /// A library with few numbers, so that ids meet and contradict each other.
    private func library(_ random: inout SeededRandom) -> [FakeItem] {
        (0..<(5 + random.below(40))).map { number in
            let isMovie = random.chance(65)
            let id = FakeItem.itemID(1_000 + number, series: !isMovie)
            var item = isMovie ? FakeItem.movie(0, id: id) : FakeItem.series(0, id: id)
            item.name = "Title \(number)"
            for (name, prefix) in [("Tmdb", ""), ("Tvdb", ""), ("Imdb", "tt"), ("AniDB", "")] where random.chance(45) {
                item.providers.append((random.chance(10) ? name.uppercased() : name, prefix + "\(random.below(14))"))
            }
            if random.chance(10) { item.year = nil }
            if random.chance(10) { item.overview = nil }
            if random.chance(10) { item.poster = nil }
            if random.chance(10) { item.created = random.pick([nil, "soon", "2040-01-01T00:00:00Z"]) }
            if random.chance(5) { item.type = random.pick(["BoxSet", "Folder", "Video"]) }
            if random.chance(5) { item.location = random.pick(["Virtual", "Offline", nil]) }
            if random.chance(8) { item.path = nil; item.sources = 0 }
            if random.chance(3) { item.brokenYear = "soon" }
            return item
        }
    }

    private func rows(_ random: inout SeededRandom, _ items: [FakeItem]) -> [SeedRow] {
        (0..<random.below(25)).map { number in
            var row = random.chance(65) ? SeedRow.movie(nil) : SeedRow.tv(nil)
            row.title = "Row \(number)"
            row.state = random.pick(Stage.allCases)
            row.origin = random.pick([.request, .librarySync])
            row.variant = random.pick([nil, nil, .hd, .uhd])
            if random.chance(50) { row.tmdb = Int64(1 + random.below(14)) }
            if random.chance(40) { row.tvdb = Int64(1 + random.below(14)) }
            if random.chance(40) { row.imdb = "tt\(random.below(14))" }
            if random.chance(40) { row.jellyfin = random.pick(items).id }
            if random.chance(30) { row.radarr = Int64(random.below(30)) }
            if random.chance(30) { row.sonarr = Int64(random.below(30)) }
            if random.chance(50) { row.year = 1_990 }
            if random.chance(50) { row.overview = "own" }
            if random.chance(50) { row.poster = "own" }
            if random.chance(50) { row.isAnime = random.chance(50) }
            if random.chance(50) { row.availableAt = 1_600_000_000_000 }
            return row
        }
    }

    private func fill(_ bench: Bench, _ random: inout SeededRandom) -> [FakeItem] {
        let items = library(&random)
        let movies = (0..<random.below(20)).map { number -> FakeEntry in
            var entry = FakeEntry.movie(Int64(number) + 1, tmdb: Int64(random.below(14)))
            if random.chance(30) { entry.imdb = "tt\(random.below(14))" }
            if random.chance(20) { entry.hasFile = false }
            return entry
        }
        let series = (0..<random.below(10)).map { FakeEntry.series(Int64($0) + 1, tvdb: Int64(random.below(14))) }
        bench.stack.change { content in
            content.items = items
            content.entries = ["radarr.test": movies, "sonarr.test": series]
        }
        return items
    }

    @Test("no value that is there ever changes, and a repeat does nothing", arguments: TestDatabase.backends, 1...20)
    func nullOnly(backend: Backend, seed: Int) async throws {
        try await Bench.with(backend) { bench in
            var random = SeededRandom(seed: UInt64(seed))
            let items = fill(bench, &random)
            try await bench.seed(rows(&random, items))
            let before = try await values(bench)
            let mode = random.pick([SyncOptions.Mode.library, .metadata])
            let dry = try await bench.run(mode) { $0.isDryRun = true }
            let run = try await bench.run(mode)
            #expect(run.job.errorCode == nil, "\(run.job.error ?? "")")
            #expect(try await bench.plan(of: dry.id) == bench.plan(of: run.id))
            #expect(dry.report?.json == run.report?.json)
            try await expectOnlyNullsFilled(bench, since: before)
            let after = try await bench.contents()
            let again = try await bench.run(mode)
            let lines = try await bench.plan(of: again.id).filter { $0.hasPrefix("add") || $0.hasPrefix("fill") }
            #expect(again.report?.added == 0 && again.report?.updated == 0, "\(lines)")
            #expect(try await bench.contents() == after)
        }
    }

    private static let columns: SQL = """
        id, media_type, origin, variant, title, original_title, year, overview, poster_url, jellyfin_instance, jellyfin_id,
        tmdb_id, tvdb_id, imdb_id, radarr_instance, radarr_id, sonarr_instance, sonarr_id, is_anime, uncertain,
        requested_by, created_at, available_at, available_approximate
        """

    private func values(_ bench: Bench) async throws -> [[Value]] {
        try await bench.store.read { reader in
            try reader.rows("SELECT " + Self.columns + " FROM requests ORDER BY id") { row in
                (0..<row.columnCount).map { row.value($0) }
            }
        }
    }

    private func expectOnlyNullsFilled(_ bench: Bench, since before: [[Value]]) async throws {
        let after = try await values(bench)
        #expect(after.count >= before.count)
        for (old, new) in zip(before, after) {
            for (was, now) in zip(old, new) where was != .null { #expect(was == now, "\(old)\n\(new)") }
        }
    }

    @Test("undo of any run leaves what was before", arguments: TestDatabase.backends, 1...12)
    func undo(backend: Backend, seed: Int) async throws {
        try await Bench.with(backend) { bench in
            var random = SeededRandom(seed: UInt64(seed) + 500)
            let items = fill(bench, &random)
            try await bench.seed(
                rows(&random, items).map { row in
                    var row = row
                    // A stage that was proven stays proven, so rows that can still become available are another test's.
                    if row.state != .declined && row.state != .deleted { row.state = .available }
                    return row
                })
            let before = try await bench.contents()
            let run = try await bench.run()
            let undo = try await bench.syncs.undo(run.id, by: "tester")
            _ = try await bench.jobs.wait(for: undo)
            #expect(try await bench.contents() == before)
            try await bench.checkConsistency()
        }
    }

    @Test("several runs over a library that changes keep every promise", arguments: TestDatabase.backends, 1...12)
    func history(backend: Backend, seed: Int) async throws {
        try await Bench.with(backend) { bench in
            var random = SeededRandom(seed: UInt64(seed) + 900)
            for _ in 0..<5 {
                _ = fill(bench, &random)
                let before = try await values(bench)
                let (adds, updates) = (random.chance(30), random.chance(80))
                let run = try await bench.run {
                    $0.includesDeleted = adds; $0.updatesExisting = updates
                }
                #expect(run.job.errorCode == nil || run.job.errorCode == "listing_incomplete", "\(run.job.error ?? "")")
                try await expectOnlyNullsFilled(bench, since: before)
                bench.setup.change { $0.now = $0.now.advanced(by: .seconds(60)) }
            }
        }
    }
}
