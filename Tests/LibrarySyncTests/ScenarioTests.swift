import Database
import HTTPClient
import Jobs
import LibrarySync
import Media
import Store
import TestSupport
import Testing

/// Scenarios G1–G10, G14 and G17 of scenarios.md.
@Suite("Library sync", .timeLimit(.minutes(10)))
struct ScenarioTests {
    private func fill(_ bench: Bench, films: Int = 7, series: Int = 3) {
        bench.stack.change { content in
            content.items =
                (1...films).map { FakeItem.movie($0, imdb: "tt00\($0)") }
                + (1...series).map { FakeItem.series($0, tmdb: $0) }
            content.entries["radarr.test"] = (1...films).map { .movie(Int64($0 + 100), tmdb: Int64($0)) }
            content.entries["sonarr.test"] = (1...series).map { .series(Int64($0 + 200), tvdb: Int64($0)) }
        }
    }

    @Test(
        "G1, G2: adds everything once, available and complete; a repeat changes nothing",
        arguments: TestDatabase.backends)
    func addsOnce(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            fill(bench)
            let first = try await bench.run()
            #expect(first.job.state == .succeeded)
            #expect(first.report?.added == 10)
            #expect(first.report?.totalScanned == 10)
            let rows = try await bench.rows()
            #expect(rows.count == 10)
            for row in rows {
                #expect(row.state == .available && row.origin == .librarySync)
                #expect(row.requestedBy == "Library Sync")
                #expect(row.jellyfin != nil && row.year == 2_020 && row.overview != nil)
                #expect(
                    row.posterURL?.contains("/Items/\(row.jellyfin?.id.text ?? "")/Images/Primary?tag=tag1") == true)
                #expect((row.mediaType == .movie ? row.radarr?.id : row.sonarr?.id) != nil)
                let timeline = try await bench.timeline(row.id)
                #expect(timeline.map(\.event) == ["synced_from_library"])
            }
            #expect(rows[0].availableAt == Timestamp(rfc3339: "2023-05-06T07:08:09Z"))
            #expect(rows[9].availableAt?.rfc3339 == "2024-01-02T03:04:05.123Z")

            let before = try await bench.dump()
            let second = try await bench.run()
            #expect(second.report?.added == 0 && second.report?.updated == 0)
            #expect(second.skipped("unchanged") == 10)
            #expect(try await bench.dump() == before)
        }
    }

    @Test("G3, G4: fills only what is NULL, as the dry run said, and logs every fill", arguments: TestDatabase.backends)
    func fills(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            fill(bench, films: 1, series: 1)
            let id = try await bench.seed(.movie(1) { $0.overview = "My own words." })[0]
            let dry = try await bench.run { $0.isDryRun = true }
            #expect(dry.report?.updated == 1 && dry.report?.added == 1)
            let real = try await bench.run()
            #expect(try await bench.plan(of: dry.id) == bench.plan(of: real.id))
            #expect(real.report?.updated == 1 && real.report?.rowsUpdated == 1)
            let row = try #require(try await bench.row(id))
            #expect(row.overview == "My own words." && row.radarr?.id == 101 && row.imdb == "tt001")
            #expect(row.jellyfin?.id.text == FakeItem.itemID(1))
            let changes = try await bench.store.read { try $0.provenance(of: id) }
            #expect(
                Set(changes.map(\.field)).isSuperset(of: ["jellyfin_id", "radarr_id", "imdb_id", "year", "poster_url"]))
            #expect(changes.allSatisfy { $0.before == nil && $0.after != nil && $0.job == real.id })
            #expect(changes.first { $0.field == "radarr_id" }?.source == "radarr")
            for change in changes {
                #expect(bench.log.all.contains { $0.contains("field_filled") && $0.contains("\"\(change.field)\"") })
            }
        }
    }

    @Test("a stored plan is applied exactly, without asking again", arguments: TestDatabase.backends)
    func appliesPlan(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            fill(bench)
            try await bench.seed(.movie(1))
            let dry = try await bench.run { $0.isDryRun = true }
            let calls = bench.stack.requests.count
            let real = try await bench.run { $0.plan = dry.id }
            #expect(bench.stack.requests.count == calls)
            #expect(real.report?.added == dry.report?.added && real.report?.updated == 1)
            #expect(try await bench.rows().count == 10)
            let again = try await bench.run { $0.plan = dry.id }
            #expect(again.report?.added == 0 && again.report?.updated == 0 && again.report?.stale == 10)
        }
    }

    @Test("rows changed since the plan are left alone and counted as stale", arguments: TestDatabase.backends)
    func stale(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            fill(bench, films: 3, series: 1)
            let ids = try await bench.seed(.movie(1), .movie(2, .failed))
            let dry = try await bench.run { $0.isDryRun = true }
            try await bench.edit("UPDATE requests SET year = 1999, version = version + 1")
            try await bench.seed(.movie(3))
            let real = try await bench.run { $0.plan = dry.id }
            #expect(real.report?.stale == 3 && real.report?.added == 1 && real.report?.updated == 0)
            #expect(real.report?.becameAvailable == 0)
            #expect(try await bench.row(ids[1])?.state == .failed)
        }
    }

    @Test("an old plan, another kind of plan and no plan at all are refused", arguments: TestDatabase.backends)
    func refusesPlans(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            fill(bench, films: 1, series: 1)
            let dry = try await bench.run { $0.isDryRun = true }
            func code(_ mode: SyncOptions.Mode, _ plan: Int64) async -> String? {
                var options = SyncOptions(mode)
                options.plan = plan
                do {
                    _ = try await bench.syncs.start(options, by: "tester")
                    return nil
                } catch {
                    return (error as? JobFailure)?.code
                }
            }
            #expect(await code(.metadata, dry.id) == "plan_missing")
            #expect(await code(.library, 999) == "plan_missing")
            bench.setup.change { $0.now = $0.now.advanced(by: .seconds(3_601)) }
            #expect(await code(.library, dry.id) == "plan_expired")
        }
    }

    @Test("G5: without update_existing nothing is filled, and new titles still come", arguments: TestDatabase.backends)
    func withoutUpdates(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            fill(bench, films: 2, series: 1)
            let ids = try await bench.seed(.movie(1), .movie(2, .failed))
            let run = try await bench.run { $0.updatesExisting = false }
            #expect(run.report?.added == 1 && run.report?.updated == 0 && run.skipped("update_disabled") == 2)
            #expect(try await bench.row(ids[0])?.jellyfin == nil)
            #expect(try await bench.row(ids[1])?.state == .failed)
        }
    }

    @Test("G7: films and series may share TMDB numbers", arguments: TestDatabase.backends)
    func sharedNumbers(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { content in
                content.items =
                    (1...700).map { FakeItem.movie($0) } + (1...300).map { FakeItem.series($0 + 5_000, tmdb: $0) }
            }
            let run = try await bench.run()
            #expect(run.report?.added == 1_000)
            let types = try await bench.rows().map(\.mediaType)
            #expect(types.count { $0 == .movie } == 700 && types.count == 1_000)
        }
    }

    @Test("G8: items without ids, stubs, box sets and virtual items", arguments: TestDatabase.backends)
    func oddItems(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { content in
                content.items = [
                    FakeItem.movie(0, "Home", id: FakeItem.itemID(77)),
                    FakeItem.movie(2).with {
                        $0.path = nil; $0.sources = 0
                    },
                    FakeItem.movie(3).with { $0.type = "BoxSet" }, FakeItem.movie(4).with { $0.location = "Virtual" },
                    FakeItem.movie(5).with { $0.location = "Offline" }, FakeItem.series(6).with { $0.path = nil },
                    FakeItem.movie(7).with { $0.providers = [("Tmdb", ""), ("Imdb", " "), ("Tvdb", "0")] },
                ]
            }
            let run = try await bench.run()
            #expect(run.report?.totalScanned == 5 && run.report?.added == 3 && run.skipped("no_media") == 2)
            #expect(run.report?.allWarnings.contains { $0.code == "no_provider_id" } == true)
            #expect(run.job.state == .succeeded)
            let second = try await bench.run()
            #expect(second.report?.added == 0 && second.skipped("unchanged") == 3)
        }
    }

    @Test("G14: a failed or waiting film becomes available when its item is there", arguments: TestDatabase.backends)
    func becomesAvailable(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            fill(bench, films: 4, series: 2)
            let ids = try await bench.seed(
                .movie(1, .failed), .movie(2, .downloading), .movie(3, .requested) { $0.variant = .uhd },
                .tv(1, .failed))
            let run = try await bench.run()
            #expect(run.report?.becameAvailable == 3)
            for id in ids.prefix(3) {
                #expect(try await bench.row(id)?.state == .available)
                let entry = try #require(try await bench.timeline(id).last)
                #expect(entry.event == "found_in_library" && entry.state == .available)
                let facts = try await bench.store.read { try $0.observations(of: id) }
                #expect(facts.contains { $0.fact == .playable && $0.holds })
            }
            // A series folder proves nothing for episodes somebody asked for.
            #expect(try await bench.row(ids[3])?.state == .failed)
            #expect(try await bench.row(ids[3])?.jellyfin != nil)
        }
    }

    @Test("G17: what a complete listing lacks is drift; the row stays as it is", arguments: TestDatabase.backends)
    func drift(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            fill(bench)
            try await bench.run()
            let before = try await bench.contents()
            bench.stack.change { $0.items.remove(at: 3) }
            let run = try await bench.run()
            #expect(run.report?.drift == 1)
            #expect(try await bench.contents() == before)
            #expect(try await bench.findings().map(\.kind) == ["item_missing"])
            fill(bench)
            try await bench.run()
            #expect(try await bench.findings().isEmpty)
            #expect(try await bench.findings(.gone).map(\.kind) == ["item_missing"])
        }
    }
}
