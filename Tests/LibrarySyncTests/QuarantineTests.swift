import Database
import Jobs
import LibrarySync
import Media
import Store
import TestSupport
import Testing

/// Ambiguities are shown and never guessed (library-sync.md §2).
@Suite("Library sync, quarantine", .timeLimit(.minutes(10)))
struct QuarantineTests {
    private func expectQuarantine(_ bench: Bench, _ kind: String, items: Int = 1) async throws {
        let before = try await bench.contents()
        let run = try await bench.run()
        #expect(run.skipped("quarantined") == items && run.report?.added == 0 && run.report?.updated == 0)
        #expect(run.job.state == .succeeded)
        #expect(try await bench.contents() == before)
        #expect(try await bench.findings().map(\.kind) == [kind])
    }

    @Test("the ids of one item match two rows of different films", arguments: TestDatabase.backends)
    func twoRows(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { $0.items = [FakeItem.movie(1, imdb: "tt2")] }
            try await bench.seed(.movie(1), .movie(2) { $0.imdb = "tt2" })
            try await expectQuarantine(bench, "duplicate_id")
            let detail = try await bench.findings()[0].detail
            #expect(detail.contains("\"request_id\":1") && detail.contains("\"request_id\":2"))
        }
    }

    @Test(
        "one IMDb number names two rows of different films, and the item has no other id",
        arguments: TestDatabase.backends)
    func twoRowsOneKey(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { $0.items = [FakeItem.movie(0, "X", imdb: "tt2", id: FakeItem.itemID(9))] }
            try await bench.seed(.movie(1) { $0.imdb = "tt2" }, .movie(2) { $0.imdb = "tt2" })
            try await expectQuarantine(bench, "duplicate_id")
        }
    }

    @Test("the only row of an item's IMDb number is another film by its TMDB number", arguments: TestDatabase.backends)
    func otherFilm(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { $0.items = [FakeItem.movie(1, imdb: "tt2")] }
            try await bench.seed(.movie(2) { $0.imdb = "tt2" })
            try await expectQuarantine(bench, "duplicate_id")
        }
    }

    @Test("Radarr gives the film another IMDb number", arguments: TestDatabase.backends, [true, false])
    func contradiction(backend: Backend, isKnown: Bool) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { content in
                content.items = [FakeItem.movie(1, imdb: "tt1")]
                content.entries["radarr.test"] = [.movie(11, tmdb: 1, imdb: "tt9")]
            }
            if isKnown { try await bench.seed(.movie(1)) }
            try await expectQuarantine(bench, "contradiction")
        }
    }

    @Test("Radarr lists the film twice", arguments: TestDatabase.backends)
    func listedTwice(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { content in
                content.items = [FakeItem.movie(1)]
                content.entries["radarr.test"] = [.movie(11, tmdb: 1), .movie(12, tmdb: 1)]
            }
            try await expectQuarantine(bench, "duplicate_id")
        }
    }

    @Test("a series carries the IMDb number of a film", arguments: TestDatabase.backends)
    func foreignID(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { content in
                content.items = [
                    FakeItem.series(1).with { $0.providers.append(("Imdb", "tt7")) }, FakeItem.movie(2, imdb: "tt7"),
                ]
            }
            let run = try await bench.run()
            #expect(run.report?.added == 1 && run.skipped("quarantined") == 1)
            #expect(try await bench.findings().map(\.kind) == ["foreign_id"])
        }
    }

    @Test(
        "kept apart by a person, it is planned like any other; ignored, it is asked again",
        arguments: TestDatabase.backends)
    func choices(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { content in
                content.items = [FakeItem.movie(1, imdb: "tt1")]
                content.entries["radarr.test"] = [.movie(11, tmdb: 1, imdb: "tt9")]
            }
            try await bench.run()
            func settle(_ choice: FindingChoice) async throws {
                let id = try #require(try await bench.findings().first?.id)
                _ = try await bench.store.write { try $0.settle(finding: id, choice, by: "tester") }
                #expect(try await bench.findings().isEmpty)
            }
            try await settle(.ignore)
            try await bench.run()
            let asked = try #require(try await bench.findings().first)
            #expect(asked.choice == nil && asked.resolvedBy == nil)
            try await settle(.keepApart)
            #expect(try await bench.run().report?.added == 1)
            #expect(try await bench.findings().isEmpty)
        }
    }

    @Test("never heard of again when ignored always", arguments: TestDatabase.backends)
    func ignoredAlways(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { content in
                content.items = [FakeItem.movie(1, imdb: "tt1")]
                content.entries["radarr.test"] = [.movie(11, tmdb: 1, imdb: "tt9")]
            }
            try await bench.run()
            let id = try #require(try await bench.findings().first?.id)
            _ = try await bench.store.write { try $0.settle(finding: id, .ignoreAlways, by: "tester") }
            #expect(try await bench.run().skipped("quarantined") == 1)
            #expect(try await bench.findings().isEmpty)
            #expect(try await bench.findings(.ignored).map(\.id) == [id])
        }
    }

    @Test("a metadata update leaves the findings of untracked titles open", arguments: TestDatabase.backends)
    func metadataKeepsFindings(backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            bench.stack.change { content in
                content.items = [FakeItem.movie(1, imdb: "tt1")]
                content.entries["radarr.test"] = [.movie(11, tmdb: 1, imdb: "tt9")]
            }
            try await bench.run()
            try await bench.run(.metadata)
            #expect(try await bench.findings().map(\.kind) == ["contradiction"])
        }
    }
}
