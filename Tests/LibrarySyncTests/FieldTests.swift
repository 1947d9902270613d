import Database
import Jobs
import LibrarySync
import Media
import Store
import TestSupport
import Testing

/// Where fields come from (library-sync.md §3).
@Suite("Library sync, fields", .timeLimit(.minutes(10)))
struct FieldTests {
    @Test("what Jellyfin lacks comes from the *arr", arguments: TestDatabase.backends)
    func fallbacks(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { content in
                content.items = [
                    FakeItem.movie(1).with {
                        $0.year = nil; $0.overview = nil; $0.poster = nil; $0.created = nil
                    },
                    FakeItem.movie(2).with {
                        $0.year = nil; $0.overview = ""; $0.created = nil
                    },
                ]
                content.entries["radarr.test"] = [
                    .movie(11, tmdb: 1),
                    .movie(12, tmdb: 2).with {
                        $0.year = 0; $0.overview = nil; $0.hasFile = false
                    },
                ]
            }
            try await bench.run()
            let rows = try await bench.rows()
            #expect(rows[0].year == 2_019 && rows[0].overview == "From the *arr." && rows[0].posterURL == nil)
            #expect(rows[0].availableAt?.rfc3339 == "2023-05-06T07:08:09.000Z")
            #expect(rows[1].year == nil && rows[1].overview == nil && rows[1].availableAt == nil)
        }
    }

    @Test("ids that Jellyfin lacks come from the *arr, each with its source", arguments: TestDatabase.backends)
    func idsFromTheArr(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { content in
                content.items = [FakeItem.movie(1)]
                content.entries["radarr.test"] = [.movie(11, tmdb: 1).with { $0.imdb = "tt0000007" }]
            }
            try await bench.run()
            #expect(try await bench.rows()[0].imdb == "tt0000007")
            let again = try await bench.run()
            #expect(again.report?.updated == 0 && again.report?.added == 0)
        }
    }

    @Test("rows that exist get the *arr's values too, each with its source", arguments: TestDatabase.backends)
    func fallbacksForRows(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { content in
                content.items = [
                    FakeItem.movie(1).with {
                        $0.year = nil; $0.overview = nil; $0.created = nil
                    }
                ]
                content.entries["radarr.test"] = [.movie(11, tmdb: 1)]
            }
            let id = try await bench.seed(.movie(1))[0]
            try await bench.run()
            let sources = try await bench.store.read { try $0.provenance(of: id) }
            for field in ["year", "overview", "radarr_id", "available_at"] {
                #expect(sources.first { $0.field == field }?.source == "radarr", "\(field)")
            }
            #expect(sources.first { $0.field == "jellyfin_id" }?.source == "jellyfin")
        }
    }

    @Test(
        "a date in the future or before 2000 is no date", arguments: TestDatabase.backends,
        ["2031-01-01T00:00:00Z", "1999-12-31T23:59:59Z", "0001-01-01T00:00:00.0000000Z", "soon", ""])
    func oddDates(backend: Backend, date: String) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { content in
                content.items = [FakeItem.movie(1).with { $0.created = date }, FakeItem.movie(2)]
                content.entries["radarr.test"] = [
                    .movie(11, tmdb: 1).with { $0.fileAdded = date }, .movie(12, tmdb: 2).with { $0.fileAdded = date },
                ]
            }
            try await bench.seed(.movie(1))
            try await bench.run()
            let rows = try await bench.rows()
            #expect(rows[0].availableAt == nil)
            #expect(rows[1].availableAt?.rfc3339 == "2024-01-02T03:04:05.123Z")
            #expect(try await bench.run().skipped("unchanged") == 2)
        }
    }

    @Test("evidence for anime makes it true; without any it stays unknown", arguments: TestDatabase.backends)
    func anime(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { content in
                content.items = [
                    FakeItem.series(1), FakeItem.series(2), FakeItem.series(3).with { $0.path = "/media/Anime/3" },
                    FakeItem.series(4).with { $0.providers.append(("AniDB", "44")) },
                    FakeItem.series(5).with { $0.path = "D:\\animes\\5" }, FakeItem.series(6),
                ]
                content.entries["sonarr.test"] = [
                    .series(11, tvdb: 1).with { $0.seriesType = "Anime" }, .series(12, tvdb: 2), .series(16, tvdb: 6),
                ]
                content.tags["sonarr.test"] = [(1, "4k", [12]), (2, "Anime", [16])]
            }
            try await bench.run()
            #expect(try await bench.rows().map(\.isAnime) == [true, nil, true, true, nil, true])
        }
    }

    @Test("a series without any episode file is not there", arguments: TestDatabase.backends)
    func emptySeries(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { content in
                content.items = [FakeItem.series(1), FakeItem.series(2), FakeItem.series(3)]
                content.entries["sonarr.test"] = [
                    .series(11, tvdb: 1).with { $0.hasFile = false }, .series(12, tvdb: 2).with { $0.hasFile = nil },
                ]
            }
            let run = try await bench.run()
            #expect(run.skipped("no_media") == 1 && run.report?.added == 2)
        }
    }

    @Test("of several Radarrs, the row's variant chooses, else the path, else nobody", arguments: TestDatabase.backends)
    func severalInstances(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.setup.change { values in
                values.radarrs = [("default", .hd), ("4k", .uhd)]
                values.commonPath = { path, service, instance in
                    guard service == "radarr" else { return path }
                    return (instance == "4k" ? "/media/uhd/" : "/media/films/")
                        + (path.split(separator: "/").last ?? "")
                }
            }
            bench.stack.change { content in
                content.items = [
                    FakeItem.movie(1), FakeItem.movie(2), FakeItem.movie(3).with { $0.path = "/elsewhere/3.mkv" },
                ]
                content.entries["radarr.test"] = (1...3).map {
                    .movie(10 + Int64($0), tmdb: Int64($0), path: "/hd/\($0)")
                }
                content.entries["radarr-4k.test"] = (1...3).map {
                    .movie(20 + Int64($0), tmdb: Int64($0), path: "/uhd/\($0)")
                }
            }
            try await bench.seed(.movie(1) { $0.variant = .uhd }, .movie(1) { $0.variant = .hd })
            try await bench.run()
            let ids = try await bench.rows().map(\.radarr)
            #expect(ids[0] == InstanceID(instance: "4k", id: 21))
            #expect(ids[1] == InstanceID(instance: "default", id: 11))
            #expect(ids[2] == InstanceID(instance: "default", id: 12))
            #expect(ids[3] == nil)
        }
    }

    @Test("an id of another shape is none, and is not filled again and again", arguments: TestDatabase.backends)
    func oddIDs(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { content in
                content.items = [
                    FakeItem.movie(1).with { $0.providers = [("Tmdb", "12345678901234567890"), ("Imdb", "tt1")] },
                    FakeItem.movie(2).with { $0.providers = [("Tmdb", "abc"), ("Imdb", "tt2")] },
                ]
            }
            let run = try await bench.run()
            #expect(run.report?.added == 2)
            #expect(try await bench.rows().map(\.tmdb) == [nil, nil])
            #expect(try await bench.run().skipped("unchanged") == 2)
        }
    }

    @Test("conflicts are shown with both sides and never overwritten", arguments: TestDatabase.backends)
    func conflicts(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { $0.items = [FakeItem.movie(1, imdb: "tt1"), FakeItem.movie(2)] }
            let ids = try await bench.seed(
                .movie(1) {
                    $0.imdb = "tt9"; $0.year = 1_990
                },
                .movie(2) {
                    $0.year = 1_990; $0.overview = "x"; $0.poster = "x"; $0.jellyfin = FakeItem.itemID(2)
                    $0.availableAt = 1_600_000_000_000
                })
            let run = try await bench.run()
            #expect(run.report?.conflicts == 3 && run.report?.updated == 1 && run.skipped("conflict") == 1)
            let rows = try await bench.rows()
            #expect(rows[0].imdb == "tt9" && rows[0].year == 1_990 && rows[1].year == 1_990)
            let findings = try await bench.findings()
            #expect(findings.map(\.request) == ids.map { $0 } || findings.map(\.request) == ids.reversed().map { $0 })
            let detail = try #require(findings.first { $0.request == ids[1] }?.detail)
            #expect(detail.contains(#"{"field":"year","stored":1990,"found":2020}"#))
        }
    }

    @Test("a value chosen for a conflict is written and the finding settled", arguments: TestDatabase.backends)
    func useFound(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { $0.items = [FakeItem.movie(1, imdb: "tt1")] }
            let id = try await bench.seed(
                .movie(1) {
                    $0.imdb = "tt9"; $0.year = 1_990
                })[0]
            try await bench.run()
            let finding = try #require(try await bench.findings().first)
            _ = try await bench.store.write { try $0.settle(finding: finding.id, .useFound, by: "tester") }
            let row = try #require(try await bench.row(id))
            #expect(row.imdb == "tt1" && row.year == 2_020)
            let run = try await bench.run()
            #expect(run.skipped("unchanged") == 1)
            #expect(try await bench.findings().isEmpty)
        }
    }
}
