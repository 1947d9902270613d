import Database
import Media
import Store
import TestSupport
import Testing

/// What the list of requests needs of the store beside its pages.
@Suite("List in the store", .timeLimit(.minutes(5)))
struct ListStoreTests {
    private func find(_ bench: StoreBench, _ change: (inout RequestQuery) -> Void) async throws -> [Int64] {
        var query = RequestQuery()
        query.sort = .title
        change(&query)
        let asked = query
        let page = try await bench.store.read { try $0.requests(asked) }
        #expect(page.total == Int64(page.requests.count))
        #expect(try await bench.store.read { try $0.requestIDs(asked) } == page.requests.map(\.id))
        return page.requests.map(\.id)
    }

    @Test("saved filters belong to who keeps them; a name is kept once", arguments: TestDatabase.backends)
    func saved(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            let first = try await bench.store.write { try $0.saveFilter("Stuck", "state=failed", for: "user:ada") }
            _ = try await bench.store.write { try $0.saveFilter("Stuck", "q=x", for: "user:bob") }
            bench.clock.advance(.seconds(5))
            let again = try await bench.store.write { try $0.saveFilter("Stuck", "state=declined", for: "user:ada") }
            #expect(again.id == first.id && again.savedAt > first.savedAt)
            _ = try await bench.store.write { try $0.saveFilter("Anime", "anime=true", for: "user:ada") }
            let ada = try await bench.store.read { try $0.savedFilters(of: "user:ada") }
            #expect(ada.map(\.name) == ["Anime", "Stuck"] && ada.map(\.query) == ["anime=true", "state=declined"])
            #expect(try await bench.store.write { try $0.removeFilter(first.id, of: "user:bob") } == false)
            #expect(try await bench.store.write { try $0.removeFilter(first.id, of: "user:ada") })
            #expect(try await bench.store.read { try $0.savedFilters(of: "user:ada") }.map(\.name) == ["Anime"])
            #expect(try await bench.store.read { try $0.savedFilters(of: "user:bob") }.map(\.query) == ["q=x"])
        }
    }

    @Test("nobody keeps more filters than one may, but may still replace one", arguments: TestDatabase.backends)
    func tooMany(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            try await bench.store.write { tx in
                for number in 1...TooManyFilters.limit { _ = try tx.saveFilter("\(number)", "", for: "machine") }
            }
            await #expect(throws: TooManyFilters.self) {
                try await bench.store.write { try $0.saveFilter("more", "", for: "machine") }
            }
            _ = try await bench.store.write { try $0.saveFilter("7", "q=x", for: "machine") }
            _ = try await bench.store.write { try $0.saveFilter("more", "", for: "key:other") }
            let kept = try await bench.store.read { try $0.savedFilters(of: "machine") }
            #expect(kept.count == TooManyFilters.limit && kept.first { $0.name == "7" }?.query == "q=x")
        }
    }

    @Test("a request is found by its other titles, until they change or it goes", arguments: TestDatabase.backends)
    func otherTitles(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            let ids = try await bench.add([NewTitle(title: "Attack on Titan"), NewTitle(title: "Spirited Away")])
            try await bench.store.write { tx in
                try tx.setOtherTitles(["進撃の巨人", "Shingeki no Kyojin", "L'Attaque des Titans"], of: ids[0])
                try tx.setOtherTitles(["千と千尋の神隠し", ""], of: ids[1])
            }
            func search(_ text: String) async throws -> [Int64] { try await find(bench) { $0.search = text } }
            #expect(try await search("撃の巨") == [ids[0]])
            #expect(try await search("KYOJIN") == [ids[0]])
            #expect(try await search("attaque des") == [ids[0]])
            #expect(try await search("titan") == [ids[0]], "found once, by two of its titles")
            #expect(try await search("神隠し") == [ids[1]])
            #expect(try await search("kyojin l'att").isEmpty, "a match does not reach over the end of a title")
            try await bench.store.write { try $0.setOtherTitles(["進撃の巨人"], of: ids[0]) }
            #expect(try await search("kyojin").isEmpty)
            #expect(try await search("撃の巨") == [ids[0]])
            try await bench.store.write { try $0.setOtherTitles([], of: ids[0]) }
            #expect(try await search("撃の巨").isEmpty)
            #expect(try await search("attack") == [ids[0]])
        }
    }

    @Test("requests are narrowed to an instance of a service", arguments: TestDatabase.backends)
    func places(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            let ids = try await bench.add((1...4).map { NewTitle(title: "Title \($0)") })
            try await bench.store.write { tx in
                for (id, column) in zip(ids, ["default", "4k", "4k", "default"]) {
                    try tx.raw.execute(
                        "UPDATE requests SET radarr_instance = $1, radarr_id = 1 WHERE id = $2",
                        [.text(column), .integer(id)])
                }
                try tx.raw.execute("UPDATE requests SET sonarr_instance = '4k' WHERE id = $1", [.integer(ids[3])])
                try tx.raw.execute(
                    "INSERT INTO request_keys(request_id, kind, instance, value) VALUES($1, 'jellyseerr', 'home', '7')",
                    [.integer(ids[0])])
            }
            func found(_ text: String) async throws -> [Int64] {
                let place = try #require(RequestQuery.Place(text: text))
                #expect(place.text == text)
                return try await find(bench) { $0.place = place }
            }
            #expect(try await found("radarr") == [ids[0], ids[3]])
            #expect(try await found("radarr/4k") == [ids[1], ids[2]])
            #expect(try await found("sonarr/4k") == [ids[3]])
            #expect(try await found("jellyseerr/home") == [ids[0]])
            #expect(try await found("jellyseerr").isEmpty)
            #expect(try await found("radarr/' OR 1=1 --").isEmpty)
        }
        for text in ["", "plex", "Radarr", "/4k"] { #expect(RequestQuery.Place(text: text) == nil, "\(text)") }
    }

    @Test("rows come back in the order asked for, without those that are gone", arguments: TestDatabase.backends)
    func rows(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            let ids = try await bench.add((1...55).map { NewTitle(title: "Title \($0)") })
            let wanted = Array(ids.reversed()) + [9_999]
            let rows = try await bench.store.read { try $0.requests(wanted, visibleTo: .all) }
            #expect(rows.map(\.id) == Array(ids.reversed()))
            #expect(try await bench.store.read { try $0.requests(wanted, visibleTo: .owner("ada")) }.isEmpty)
            #expect(try await bench.store.read { try $0.requests([], visibleTo: .all) }.isEmpty)
        }
    }

    @Test("a stage that is asked for a hundred times is asked for once", arguments: TestDatabase.backends)
    func manyStages(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            let ids = try await bench.add([NewTitle(title: "One")])
            let found = try await find(bench) { query in
                query.states = Array(repeating: .available, count: 100) + Stage.allCases
                query.mediaType = .movie
                query.origin = .librarySync
                query.requestedBy = "Library Sync"
                query.search = "one"
                query.visibility = .all
            }
            #expect(found == ids)
        }
    }
}
