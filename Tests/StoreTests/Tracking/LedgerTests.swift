import Database
import Media
import Store
import TestSupport
import Testing

@Suite("The ledger of observations", .timeLimit(.minutes(10)))
struct LedgerTests {
    @Test("the same request told eight times at once is one row", arguments: TestDatabase.backends)
    func duplicates(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            let told = bench.seerr(.approved, id: 69, tmdb: 533_514)
            let owners = try await withThrowingTaskGroup(of: Int64?.self) { group in
                for _ in 0..<8 { group.addTask { try await bench.book(told) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(owners) == [1])
            let timeline = try await bench.store.read { try $0.timeline(of: 1) }
            #expect(timeline.map(\.event) == ["approved"])
            try await bench.expectCounts([.approved: 1])
        }
    }

    @Test(
        "a fact that nobody has asked for waits, and finds the request that comes later",
        arguments: TestDatabase.backends)
    func waiting(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            let grab = bench.radarr(.grabbed, key: "abc", tmdb: 7, download: "abc")
            #expect(try await bench.book(grab) == nil)
            #expect(try await bench.book(grab) == nil)
            bench.clock.advance(.seconds(5))
            #expect(try await bench.book(bench.seerr(.approved, id: 1, tmdb: 7)) == 1)
            let row = try #require(try await bench.store.read { try $0.request(1) })
            #expect(row.state == .indexed)
            #expect(row.radarr == InstanceID(instance: "default", id: 52))
            #expect(try await bench.store.read { try $0.downloads(of: 1) }.map(\.downloadID) == ["abc"])
            #expect(try await bench.waitingFacts() == 0)
        }
    }

    @Test(
        "what a service calls a title besides is found by a search, and the original kept",
        arguments: TestDatabase.backends)
    func otherTitles(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            try await bench.book(bench.seerr(.approved, id: 1, tmdb: 7))
            var told = bench.radarr(.inArr, key: "title", tmdb: 7, download: "")
            told.keys.downloads = []
            told.otherTitles = ["千と千尋の神隠し", "Le Voyage de Chihiro"]
            #expect(try await bench.book(told) == 1)
            for search in ["千尋の", "voyage de"] {
                var query = RequestQuery()
                query.search = search
                let asked = query
                #expect(try await bench.store.read { try $0.requests(asked) }.requests.map(\.id) == [1], "\(search)")
            }
            let row = try #require(try await bench.store.read { try $0.request(1) })
            #expect(row.originalTitle == "千と千尋の神隠し")
            told.otherTitles = ["Another", ""]
            try await bench.book(told)
            #expect(try await bench.store.read { try $0.request(1) }?.originalTitle == "千と千尋の神隠し")
        }
    }

    @Test("films and series never share a number", arguments: TestDatabase.backends)
    func namespaces(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            try await bench.book(bench.seerr(.approved, id: 1, tmdb: 9))
            #expect(try await bench.book(bench.seerr(.approved, id: 2, tmdb: 9, type: .tv, seasons: "1")) == 2)
            #expect(try await bench.book(bench.radarr(.grabbed, key: "a", tmdb: 9, download: "a")) == 1)
            #expect(try await bench.stage(1) == .indexed)
            #expect(try await bench.stage(2) == .approved)
        }
    }

    @Test(
        "an episode goes to the request whose seasons hold it; a pack's others go along",
        arguments: TestDatabase.backends)
    func scopes(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            try await bench.book(bench.seerr(.approved, id: 1, tmdb: 9, type: .tv, seasons: "1"))
            try await bench.book(bench.seerr(.approved, id: 2, tmdb: 9, type: .tv, seasons: "2"))
            let grab = bench.sonarr(.grabbed, key: "x", tmdb: 9, units: [UnitNumber(2, 1)], download: "x")
            #expect(try await bench.book(grab) == 2)
            #expect(try await bench.stage(1) == .approved)
            let pack = bench.sonarr(
                .grabbed, key: "y", tmdb: 9, units: [UnitNumber(1, 1), UnitNumber(0, 1)], download: "y")
            #expect(try await bench.book(pack) == 1)
            let episodes = try await bench.store.read { try $0.episodes(of: 1) }
            #expect(episodes.map(\.number) == [UnitNumber(0, 1), UnitNumber(1, 1)])
            #expect(episodes.map(\.class) == [.notRequested, .counted])
        }
    }

    @Test("a re-request is a row of its own, and later grabs reach it alone", arguments: TestDatabase.backends)
    func again(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            try await bench.book(bench.seerr(.approved, id: 69, tmdb: 9))
            try await bench.store.write { tx in
                let ledger = TrackingLedger(tx, TrackingContext(rules: TrackingRules()))
                let item = JellyfinItemID("0123456789abcdef0123456789abcdef")
                try ledger.request(1)?.setProof(nil) { proof in
                    proof.isPlayable = true
                    proof.item = item
                    proof.since = tx.now
                }
                try ledger.finish()
            }
            #expect(try await bench.stage(1) == .available)
            bench.clock.advance(.seconds(60))
            #expect(try await bench.book(bench.seerr(.approved, id: 70, tmdb: 9)) == 2)
            #expect(try await bench.book(bench.radarr(.grabbed, key: "n", tmdb: 9, download: "n")) == 2)
            #expect(try await bench.stage(1) == .available)
            #expect(try await bench.stage(2) == .indexed)
        }
    }

    @Test(
        "two reads without a download and a history without its end take it away, and only those",
        arguments: TestDatabase.backends)
    func gone(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            try await bench.book(bench.seerr(.approved, id: 1, tmdb: 9))
            try await bench.book(bench.radarr(.grabbed, key: "h", tmdb: 9, download: "h"))
            try await bench.inLedger { ledger in
                var torrent = TorrentReading(hash: "h", state: "downloading")
                torrent.progress = 0.3
                try ledger.record(torrent, readAt: ledger.tx.now)
            }
            #expect(try await bench.stage(1) == .downloading)
            try await bench.inLedger { try $0.settleGone(service: "radarr", instance: "default", readAt: $0.tx.now) }
            #expect(try await bench.stage(1) == .downloading)
            bench.clock.advance(.seconds(3))
            try await bench.inLedger { try $0.torrentGone("h") }
            #expect(try await bench.stage(1) == .indexed)
            try await bench.inLedger { try $0.settleGone(service: "radarr", instance: "default", readAt: $0.tx.now) }
            #expect(try await bench.stage(1) == .approved)
        }
    }

    @Test(
        "a grab heard of while the client's answer was under way stands before the download in the story",
        arguments: TestDatabase.backends)
    func underWay(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            try await bench.book(bench.seerr(.approved, id: 1, tmdb: 9))
            let readAt = bench.clock.now
            bench.clock.advance(.seconds(2))
            try await bench.book(bench.radarr(.grabbed, key: "h", tmdb: 9, download: "h"))
            bench.clock.advance(.seconds(1))
            try await bench.inLedger { ledger in
                var torrent = TorrentReading(hash: "h", state: "downloading")
                torrent.progress = 0.3
                try ledger.record(torrent, readAt: readAt)
            }
            #expect(try await bench.stage(1) == .downloading)
            let stages = try await bench.store.read { try $0.timeline(of: 1).compactMap(\.state) }
            #expect(stages == [.approved, .indexed, .downloading])
        }
    }

    @Test("each match of Shoko finds its episode by the path of its import", arguments: TestDatabase.backends)
    func matches(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            try await bench.book(bench.seerr(.approved, id: 1, tmdb: 9, type: .tv, seasons: "1"))
            for number in 1...13 {
                var told = bench.sonarr(
                    .imported, key: "file|\(number)", tmdb: 9, units: [UnitNumber(1, number)], download: "d")
                told.details[.path] = "/media/anime/Quiet Stars/\(number).mkv"
                told.keys.path = told.details[.path]
                try await bench.book(told)
            }
            try await bench.inLedger { ledger in
                for number in 1...13 {
                    var reading = EpisodeReading(UnitNumber(1, number))
                    reading.path = "/media/tv/Quiet Stars/Season 1/E\(number).mkv"
                    reading.hasFile = true
                    try ledger.request(1)?.update(reading, readAt: ledger.tx.now)
                }
            }
            for number in 1...13 {
                for fact in [Observation.Fact.fileSeen, .fileMatched] {
                    var keys = MediaKeys()
                    keys.shokoFile = Int64(1_000 + number)
                    keys.path = "/anime/Quiet Stars/\(number).mkv"
                    try await bench.book(
                        Observation(
                            service: "shoko", instance: "default", channel: .stream, fact: fact,
                            naturalKey: "\(1_000 + number)", observedAt: bench.clock.now, receivedAt: bench.clock.now,
                            keys: keys, details: Details([.references: "1"])))
                }
            }
            let facts = try await bench.store.read { try $0.observations(of: 1) }
            let matched = facts.filter { $0.fact == .fileMatched }.map(\.units)
            #expect(matched == (1...13).map { [UnitNumber(1, $0)] })
        }
    }

    @Test(
        "what happened before the request went on, and is learned of after, is marked late for good",
        arguments: TestDatabase.backends)
    func late(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            try await bench.book(bench.seerr(.approved, id: 1, tmdb: 9))
            bench.clock.advance(.seconds(5))
            let grab = bench.radarr(.grabbed, key: "h", tmdb: 9, download: "h")
            bench.clock.advance(.seconds(60))
            try await bench.book(bench.radarr(.imported, key: "file|1", tmdb: 9, download: "h"))
            func late() async throws -> [String] {
                try await bench.store.read { try $0.timeline(of: 1) }.filter(\.isLate).map(\.event)
            }
            #expect(try await late() == [])
            try await bench.book(grab)
            let timeline = try await bench.store.read { try $0.timeline(of: 1) }
            #expect(timeline.map(\.event) == ["approved", "grabbed", "imported"])
            #expect(try await late() == ["grabbed"])
            // More is learned of it, and it is told again: it came late all the same.
            var more = grab
            more.details[.quality] = "Bluray-1080p"
            try await bench.book(more)
            #expect(try await late() == ["grabbed"])
            #expect(try await bench.stage(1) == .importing)
        }
    }

    @Test("retention changes neither stage nor timeline", arguments: TestDatabase.backends)
    func retention(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            try await bench.book(bench.seerr(.requested, id: 1, tmdb: 9))
            try await bench.book(bench.seerr(.declined, id: 1, tmdb: 9))
            let before = try await bench.store.read { try $0.timeline(of: 1) }.map(\.event)
            bench.clock.advance(.seconds(100 * 86_400))
            let hasMore = try await bench.store.write { try $0.pruneFacts(olderThan: .seconds(90 * 86_400)) }
            #expect(!hasMore)
            try await bench.inLedger { try $0.request(1)?.touch() }
            #expect(try await bench.stage(1) == .declined)
            #expect(try await bench.store.read { try $0.timeline(of: 1) }.map(\.event) == before)
        }
    }
}

extension StoreBench {
    @discardableResult
    func book(_ observation: Observation) async throws -> Int64? {
        try await store.write { tx in
            let ledger = TrackingLedger(tx, TrackingContext(rules: TrackingRules()))
            let owner = try ledger.record(observation)
            try ledger.finish()
            return owner
        }
    }

    func inLedger(_ work: @escaping @Sendable (TrackingLedger) throws -> Void) async throws {
        try await store.write { tx in
            let ledger = TrackingLedger(tx, TrackingContext(rules: TrackingRules()))
            try work(ledger)
            try ledger.finish()
        }
    }

    func stage(_ id: Int64) async throws -> Stage? { try await store.read { try $0.request(id) }?.state }

    func waitingFacts() async throws -> Int64? {
        try await store.read { try $0.first("SELECT count(*) FROM facts WHERE request_id = 0") { $0.integer(0) } }
    }

    func expectCounts(_ wanted: [Stage: Int64]) async throws {
        let counts = try await store.read { try $0.waiting() }
        #expect(counts == wanted)
    }

    func seerr(
        _ fact: Observation.Fact, id: Int64, tmdb: Int64, type: MediaType = .movie, seasons: String? = nil
    ) -> Observation {
        var keys = MediaKeys(mediaType: type)
        keys.seerrRequest = id
        keys.tmdb = tmdb
        if type == .tv { keys.tvdb = tmdb + 1_000 }
        return Observation(
            service: "jellyseerr", instance: "default", channel: .webhook, fact: fact, naturalKey: String(id),
            observedAt: clock.now, receivedAt: clock.now, keys: keys,
            details: Details([.title: "Title \(tmdb)", .seasons: seasons]))
    }

    func radarr(_ fact: Observation.Fact, key: String, tmdb: Int64, download: String) -> Observation {
        arr("radarr", fact, key: key, tmdb: tmdb, download: download)
    }

    func sonarr(
        _ fact: Observation.Fact, key: String, tmdb: Int64, units: [UnitNumber], download: String
    ) -> Observation {
        var told = arr("sonarr", fact, key: key, tmdb: tmdb, download: download)
        told.keys.tvdb = tmdb + 1_000
        told.units = units
        return told
    }

    private func arr(
        _ service: String, _ fact: Observation.Fact, key: String, tmdb: Int64, download: String
    ) -> Observation {
        var keys = MediaKeys(mediaType: service == "radarr" ? .movie : .tv)
        keys.tmdb = tmdb
        keys.arrTitle = 52
        keys.downloads = [download]
        return Observation(
            service: service, instance: "default", channel: .webhook, fact: fact, naturalKey: key,
            observedAt: clock.now, receivedAt: clock.now, keys: keys, details: Details([.download: download]))
    }
}
