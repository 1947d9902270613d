import Foundation
import Testing

/// Group E of the acceptance scenarios: many senders at once, and facts that fit nobody yet.
@Suite struct TrackingCorrelationTests {
    let film = Film.violet
    let show = Show.salt

    private func atOnce(_ stack: FakeStack, _ hooks: [(String, JSON)]) async throws -> [Int?] {
        try await withThrowingTaskGroup(of: Int?.self) { group in
            for (service, body) in hooks { group.addTask { try await stack.hook(service, body) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    @Test("E1: eight equal webhooks at once make one request with one entry")
    func sameRequestAtOnce() async throws {
        try await FakeStack.run { stack in
            let ids = try await atOnce(
                stack, Array(repeating: ("jellyseerr", film.seerr("MEDIA_AUTO_APPROVED")), count: 8))
            #expect(Set(ids).count == 1)
            let all = try await stack.all()
            #expect(all.count == 1)
            #expect(all.first?.timeline.count == 1)
            #expect(try await stack.hook("radarr", film.grab()) == ids.first ?? nil)
            try await stack.expect(ids.first ?? nil, state: "indexed")
        }
    }

    @Test("E2: grabs and imports, eight times each at once, are one download and one import")
    func sameFactsAtOnce() async throws {
        try await FakeStack.run { stack in
            let id = try await stack.hook("jellyseerr", film.seerr("MEDIA_AUTO_APPROVED"))
            let hooks = (0..<16).map { ("radarr", $0 % 2 == 0 ? film.grab() : film.imported()) }
            #expect(Set(try await atOnce(stack, hooks)) == [id])
            let detail = try await stack.expect(id) { ["importing", "syncing_library"].contains($0.state) }
            #expect(detail.events.filter { $0 == "grabbed" }.count == 1)
            #expect(detail.events.filter { $0 == "imported" }.count == 1)
        }
    }

    @Test("E3: twelve episodes imported at once are all right")
    func episodesAtOnce() async throws {
        try await FakeStack.run { stack in
            let id = try await stack.hook("jellyseerr", show.seerr("MEDIA_AUTO_APPROVED"))
            let hooks = (1...12).map { ("sonarr", show.imported($0)) }
            #expect(Set(try await atOnce(stack, hooks)) == [id])
            let detail = try await stack.expect(id) { $0.episodes.count == 12 }
            for number in 1...12 { #expect(detail.episode(1, number)?.path == show.path(number)) }
        }
    }

    @Test("E4: of three thousand webhooks at concurrency 16 none is lost")
    func manyHooks() async throws {
        try await FakeStack.run(repeats: false) { stack in
            let films = (0..<1_000).map { number in
                var film = Film.second
                film.tmdb = 800_000 + number
                film.imdb = "tt\(7_000_000 + number)"
                film.seerr = 1_000 + number
                film.radarr = 10_000 + number
                film.title = "Film \(number)"
                let digits = String(number)
                film.hash = String(repeating: "A", count: 40 - digits.count) + digits
                film.file = 20_000 + number
                return film
            }
            await withTaskGroup(of: Void.self) { group in
                for lane in 0..<16 {
                    group.addTask {
                        for film in films where film.tmdb % 16 == lane {
                            let hooks = [
                                ("jellyseerr", film.seerr("MEDIA_APPROVED")), ("radarr", film.grab()),
                                ("radarr", film.imported()),
                            ]
                            for (service, body) in hooks {
                                let answer = try? await stack.post(service, body.text)
                                #expect(answer?.status == 202)
                            }
                        }
                    }
                }
            }
            let list = try await stack.server.get("/api/requests?limit=1&state=importing&state=syncing_library")
            #expect(list.int("total") == 1_000)
            let inbox = try await stack.server.get("/api/inbox?outcome=unmatched")
            #expect((inbox["inbox"] as? [Any])?.count == 0)
        }
    }

    @Test("E5: a grab for unknown media waits, and the request that comes later picks it up")
    func grabBeforeRequest() async throws {
        try await FakeStack.run { stack in
            #expect(try await stack.hook("radarr", film.grab()) == nil)
            let unmatched = try await stack.server.get("/api/inbox?outcome=unmatched")
            #expect((unmatched["inbox"] as? [Any])?.count == 1)
            let id = try await stack.hook("jellyseerr", film.seerr("MEDIA_APPROVED"))
            let detail = try await stack.expect(id, state: "indexed")
            #expect(detail.quality == "Bluray-1080p")
            let after = try await stack.server.get("/api/inbox?outcome=unmatched")
            #expect((after["inbox"] as? [Any])?.count == 0, "\(after.text)")
        }
    }

    @Test("E6: of two open requests of one film the newer one has the grab")
    func twoOpenRequests() async throws {
        try await FakeStack.run { stack in
            let first = try await stack.hook("jellyseerr", film.seerr("MEDIA_APPROVED"))
            var again = film
            again.seerr = 99
            let second = try await stack.hook("jellyseerr", again.seerr("MEDIA_APPROVED"))
            #expect(first != second)
            #expect(try await stack.hook("radarr", film.grab()) == second)
            try await stack.expect(second, state: "indexed")
        }
    }

    @Test("E7: media ids decide where a hash is known of another title")
    func contradiction() async throws {
        try await FakeStack.run { stack in
            let first = try await stack.hook("jellyseerr", film.seerr("MEDIA_APPROVED"))
            let second = try await stack.hook("jellyseerr", Film.second.seerr("MEDIA_APPROVED"))
            try await stack.hook("radarr", film.grab())
            var odd = Film.second
            odd.hash = film.hash
            #expect(try await stack.hook("radarr", odd.grab()) == second)
            try await stack.expect(first, state: "indexed")
            try await stack.expect(second, state: "indexed")
        }
    }

    @Test("E8: what cannot be taken is refused with the right status")
    func refusals() async throws {
        try await FakeStack.run(repeats: false) { stack in
            let big = { (bytes: Int, event: String) -> String in
                let filler = String(repeating: "x", count: bytes)
                return "{\"eventType\":\"\(event)\",\"filler\":\"\(filler)\"}"
            }
            #expect(try await stack.post("radarr", big(2 << 20, "Health")).status == 413)
            #expect(try await stack.post("sonarr", big(3 << 20, "Health")).status == 202)
            #expect(try await stack.post("sonarr", big(5 << 20, "Health")).status == 413)
            #expect(try await stack.post("radarr", "not json").status == 400)
            let array = try await stack.post("radarr", "[1,2]")
            #expect(array.status == 202)
            let unknown = try await stack.post("radarr", "{\"eventType\":\"Celebrate\"}")
            #expect(unknown.status == 202)
            #expect(unknown["request_id"] as? Int == nil)
            #expect(try await stack.post("teapot", "{}").status == 404)
            #expect(try await stack.post("radarr", "{}", headers: []).status == 401)
            let wrong = [("X-Marquee-Token", "wrong-wrong-wrong-wrong-wrong-wrong-wrong")]
            #expect(try await stack.post("radarr", film.grab().text, headers: wrong).status == 401)
            #expect(try await stack.all().isEmpty)
            let inbox = try await stack.server.get("/api/inbox?outcome=recorded")
            #expect((inbox["inbox"] as? [Any])?.count == 3, "\(inbox.text.prefix(500))")
        }
    }

    @Test("E9: JSON sent as plain text is taken")
    func plainText() async throws {
        try await FakeStack.run { stack in
            let answer = try await stack.post(
                "jellyseerr", film.seerr("MEDIA_APPROVED").text,
                headers: [
                    ("X-Marquee-Token", FakeStack.hookToken), ("Content-Type", "text/plain; charset=utf-8"),
                ])
            #expect(answer.status == 202)
            #expect(try await stack.all().count == 1)
        }
    }

    @Test("E10: a queue whose second page fails, or that shrinks once, takes no download away")
    func incompleteQueue() async throws {
        let film = film
        var others: [JSON] = []
        for number in 0..<220 {
            var other = Film.second
            other.radarr = 30_000 + number
            let digits = String(number)
            other.hash = String(repeating: "B", count: 40 - digits.count) + digits
            others.append(other.queued())
        }
        let crowd = others
        // Without a client that lists it, the queue alone keeps the download alive.
        try await FakeStack.run(
            ["QBITTORRENT_URL": ""],
            prepare: {
                $0.radarr.titles = [film.listed()]
                $0.radarr.queue = crowd + [film.queued()]
            }
        ) { stack in
            let id = try await stack.hook("jellyseerr", film.seerr("MEDIA_APPROVED"))
            try await stack.hook("radarr", film.grab())
            try await stack.expect(id, state: "downloading")
            stack.fake.world { $0.faults["radarr/api/v3/queue"] = .status(500) }
            await stack.afterReads(2, of: "radarr", path: "api/v3/queue")
            try await stack.expect(id, state: "downloading")
            stack.fake.world { $0.faults = [:] }
            await stack.afterReads(2, of: "radarr", path: "api/v3/queue")
            try await stack.expect(id, state: "downloading")
        }
    }

    @Test("E12: two Radarrs may use one number for different films")
    func sameNumber() async throws {
        try await FakeStack.run(["RADARR__4K__URL": "later"]) { stack in
            var other = Film.second
            other.radarr = film.radarr
            let first = try await stack.hook("jellyseerr", film.seerr("MEDIA_APPROVED"))
            let second = try await stack.hook("jellyseerr", other.seerr("MEDIA_APPROVED"))
            #expect(try await stack.hook("radarr", film.grab()) == first)
            #expect(try await stack.hook("radarr/4k", other.grab()) == second)
            #expect(try await stack.hook("radarr", film.imported()) == first)
            #expect(try await stack.hook("radarr/4k", other.imported()) == second)
        }
    }
}
