import Foundation
import Testing

/// Group A of the acceptance scenarios: how requests come into being.
@Suite struct TrackingCreationTests {
    let film = Film.violet
    let show = Show.salt

    @Test("A1: an approved film is one request with everything the webhook tells")
    func approvedFilm() async throws {
        try await FakeStack.run { stack in
            let id = try await stack.hook("jellyseerr", film.seerr("MEDIA_AUTO_APPROVED"))
            let detail = try await stack.expect(id, state: "approved")
            #expect(try await stack.all().count == 1)
            #expect(detail.mediaType == "movie")
            #expect(detail.ids.tmdb == 533514)
            #expect(detail.title == "The Long Voyage")
            #expect(detail.year == 2020)
            #expect(detail.requestedBy == "ada")
            #expect(detail.overview == "A letter carrier learns what the letters say.")
            #expect(detail.posterUrl == "/images/poster/\(detail.id)")
            #expect(detail.ids.jellyseerr == ["default": 69])
            #expect(detail.timeline.map(\.service) == ["jellyseerr"])
        }
    }

    @Test("A2: an approved season is one request with both ids and its scope, whether or not Seerr answers")
    func approvedSeason() async throws {
        try await FakeStack.run(prepare: { $0.faults["jellyseerr"] = .status(500) }) { stack in
            let id = try await stack.hook("jellyseerr", show.seerr("MEDIA_AUTO_APPROVED"))
            let detail = try await stack.expect(id, state: "approved")
            #expect(detail.mediaType == "tv")
            #expect(detail.ids.tvdb == 414057)
            #expect(detail.ids.tmdb == 154494)
            #expect(detail.requestedSeasons == [1])
            #expect(detail.episodesTotal == nil)
        }
    }

    @Test("A3: pending, then approved, is one request that moves on; approved alone makes one")
    func pendingThenApproved() async throws {
        try await FakeStack.run { stack in
            let first = try await stack.hook("jellyseerr", film.seerr("MEDIA_PENDING"))
            try await stack.expect(first, state: "requested")
            let second = try await stack.hook("jellyseerr", film.seerr("MEDIA_APPROVED"))
            #expect(first == second)
            let detail = try await stack.expect(first, state: "approved")
            #expect(detail.stages == ["requested", "approved"])
            try await stack.hook("jellyseerr", Film.second.seerr("MEDIA_APPROVED"))
            #expect(try await stack.all().map(\.state) == ["approved", "approved"])
        }
    }

    @Test("A4: approved before pending is one approved request")
    func approvedBeforePending() async throws {
        try await FakeStack.run { stack in
            let first = try await stack.hook("jellyseerr", film.seerr("MEDIA_APPROVED"))
            let second = try await stack.hook("jellyseerr", film.seerr("MEDIA_PENDING"))
            #expect(first == second)
            #expect(try await stack.all().map(\.state) == ["approved"])
        }
    }

    @Test("A5: test messages create nothing and are not listed as unmatched")
    func testMessages() async throws {
        try await FakeStack.run { stack in
            let seerr: JSON = [
                "notification_type": "TEST_NOTIFICATION", "event": "", "subject": "Test Notification",
                "message": "Check check, 1, 2, 3. Are we coming in clear?", "image": "", "media": nil, "request": nil,
                "issue": nil, "comment": nil, "extra": [],
            ]
            let radarr: JSON = [
                "eventType": "Test", "instanceName": "Radarr", "applicationUrl": "",
                "movie": [
                    "id": 1, "title": "Test Title", "year": 1970, "releaseDate": "1970-01-01",
                    "folderPath": "C:\\testpath", "tmdbId": 0,
                ], "remoteMovie": ["tmdbId": 1234, "imdbId": "5678", "title": "Test title", "year": 1970],
                "release": ["quality": "Test Quality", "releaseTitle": "Test Title", "size": 9_999_999],
            ]
            let sonarr: JSON = [
                "eventType": "Test", "instanceName": "Sonarr", "applicationUrl": "",
                "series": ["id": 1, "title": "Test Title", "path": "C:\\testpath", "tvdbId": 1234],
                "episodes": [["id": 123, "episodeNumber": 1, "seasonNumber": 1, "title": "Test title"]],
            ]
            for (service, body) in [("jellyseerr", seerr), ("radarr", radarr), ("sonarr", sonarr)] {
                #expect(try await stack.hook(service, body) == nil)
            }
            #expect(try await stack.all().isEmpty)
            let unmatched = try await stack.server.get("/api/inbox?outcome=unmatched")
            #expect((unmatched["inbox"] as? [Any])?.count == 0, "\(unmatched.text)")
            let recorded = try await stack.server.get("/api/inbox?outcome=recorded")
            #expect((recorded["inbox"] as? [Any])?.count == 3)
        }
    }

    @Test("A6: two seasons asked for apart are two requests, and a grab reaches the one in scope")
    func twoSeasonRequests() async throws {
        try await FakeStack.run { stack in
            let first = try await stack.hook("jellyseerr", show.seerr("MEDIA_APPROVED"))
            var second = show
            second.seerr = 81
            let other = try await stack.hook("jellyseerr", second.seerr("MEDIA_APPROVED", seasons: "2"))
            #expect(first != other)
            let owner = try await stack.hook("sonarr", show.grab([1], season: 2))
            #expect(owner == other)
            let detail = try await stack.expect(other, state: "indexed")
            #expect(detail.requestedSeasons == [2])
            let untouched = try await stack.expect(first, state: "approved")
            #expect(untouched.requestedSeasons == [1])
            #expect(untouched.timeline.count == 1)
        }
    }

    @Test("A7: two seasons of one request are one scope")
    func twoSeasonsOfOneRequest() async throws {
        try await FakeStack.run { stack in
            let id = try await stack.hook("jellyseerr", show.seerr("MEDIA_APPROVED", seasons: "1, 2"))
            #expect(try await stack.detail(try #require(id)).requestedSeasons == [1, 2])
            #expect(try await stack.all().count == 1)
        }
    }

    @Test("A8: a film and a series of the same tmdb number are never confused")
    func namespaces() async throws {
        try await FakeStack.run { stack in
            let filmID = try await stack.hook("jellyseerr", film.seerr("MEDIA_APPROVED"))
            var show = show
            show.tmdb = film.tmdb
            let showID = try await stack.hook("jellyseerr", show.seerr("MEDIA_APPROVED"))
            #expect(filmID != showID)
            #expect(try await stack.hook("radarr", film.grab()) == filmID)
            #expect(try await stack.hook("sonarr", show.grab()) == showID)
            let movie = try await stack.expect(filmID, state: "indexed")
            #expect(movie.episodes.isEmpty)
            let series = try await stack.expect(showID, state: "indexed")
            #expect(series.episodes.count == 13)
        }
    }

    @Test("A9: a declined request is declined, and not among the active ones")
    func declined() async throws {
        try await FakeStack.run { stack in
            let id = try await stack.hook("jellyseerr", film.seerr("MEDIA_PENDING"))
            try await stack.hook("jellyseerr", film.seerr("MEDIA_DECLINED"))
            try await stack.expect(id, state: "declined")
            let list = try await stack.server.get("/api/requests?state=requested&state=approved")
            #expect((list["requests"] as? [Any])?.count == 0)
        }
    }

    @Test("A10: what Jellyfin can play already is available soon after it is requested")
    func alreadyPlayable() async throws {
        try await FakeStack.run(prepare: { $0.items = [Film.violet.inJellyfin()] }) { stack in
            let id = try await stack.hook("jellyseerr", film.seerr("MEDIA_AUTO_APPROVED"))
            let detail = try await stack.expect(id, within: .seconds(30)) { $0.state == "available" }
            #expect(detail.jellyfinId == film.item)
        }
    }

    @Test("A11: asked for again after it was removed, a film is a new request; the old one keeps its story")
    func requestedAgain() async throws {
        let film = film
        try await FakeStack.run(
            ["MARQUEE_SIGHTING_GAP": "300ms", "MARQUEE_VANISH_GRACE": "300ms"],
            prepare: { $0.items = [film.inJellyfin()] }
        ) { stack in
            let first = try await stack.hook("jellyseerr", film.seerr("MEDIA_AUTO_APPROVED"))
            let before = try await stack.expect(first, state: "available")
            stack.fake.world { $0.items = [] }
            var again = film
            again.seerr = 70
            again.hash = "DDDD222233334444555566667777888899990000"
            let second = try await stack.hook("jellyseerr", again.seerr("MEDIA_APPROVED"))
            #expect(first != second)
            #expect(try await stack.hook("radarr", again.grab()) == second)
            try await stack.expect(second, state: "indexed")
            let old = try await stack.detail(try #require(first))
            #expect(old.timeline.prefix(before.timeline.count).map(\.event) == before.events)
            #expect(!old.events.contains("grabbed"))
        }
    }

    @Test(
        "A12: odd webhooks are taken with what there is",
        arguments: [
            Film.violet.seerr("MEDIA_APPROVED", ["subject": "The Long Voyage"]),
            Film.violet.seerr(
                "MEDIA_APPROVED",
                ["media": ["media_type": "movie", "tmdbId": 533514, "tvdbId": nil, "status": "pending"]]),
            Film.violet.seerr("MEDIA_APPROVED", ["request": ["request_id": 69, "requestedBy_username": nil]]),
            Film.violet.seerr("MEDIA_APPROVED", ["media": nil]),
            Film.violet.seerr("MEDIA_APPROVED").without("extra"),
            [
                "notification_type": "MEDIA_APPROVED", "subject": "The Long Voyage (2020)",
                "media": ["media_type": "movie", "tmdb_id": "533514", "tvdb_id": "", "status": "pending"],
                "request": ["request_id": "69", "requested_by_username": "ada"],
            ],
        ] as [JSON])
    func oddWebhook(_ body: JSON) async throws {
        try await FakeStack.run { stack in
            let id = try await stack.hook("jellyseerr", body)
            let all = try await stack.all()
            #expect(all.count <= 1)
            if let detail = all.first {
                #expect(detail.id == id)
                #expect(detail.state == "approved")
            }
            if body["media"]["media_type"].string == "movie" { #expect(all.first?.ids.tmdb == 533514) }
        }
    }

    @Test("A13: requests made while Marquee was down come with the first read of Seerr")
    func requestsFromSeerr() async throws {
        let film = film
        let show = show
        try await FakeStack.run(prepare: { world in
            world.seerrRequests = [
                film.seerrRequest(status: 2),
                [
                    "id": .int(show.seerr), "status": 1, "type": "tv", "is4k": false,
                    "seasons": [["id": 1, "seasonNumber": 1, "status": 1]],
                    "media": [
                        "id": 5, "mediaType": "tv", "tmdbId": .int(show.tmdb), "tvdbId": .int(show.tvdb), "status": 2,
                    ],
                    "requestedBy": ["id": 3, "displayName": "grace"], "createdAt": "2026-11-19T08:00:00.000Z",
                    "updatedAt": "2026-11-19T08:00:00.000Z",
                ],
            ]
            world.seerrTitles = [
                "movie/\(film.tmdb)": film.tmdbTitle,
                "tv/\(show.tmdb)": [
                    "id": .int(show.tmdb), "name": .string(show.title), "firstAirDate": "2022-01-01",
                    "externalIds": ["tvdbId": .int(show.tvdb)],
                ],
            ]
        }) { stack in
            let didCome = await eventually(.seconds(15)) { (try? await stack.all().count) == 2 }
            #expect(didCome)
            let all = try await stack.all()
            let movie = try #require(all.first { $0.mediaType == "movie" })
            #expect(movie.state == "approved")
            #expect(movie.title == film.title)
            #expect(movie.requestedBy == "ada")
            #expect(movie.createdAt == "2026-11-20T08:00:00.000Z")
            let series = try #require(all.first { $0.mediaType == "tv" })
            #expect(series.state == "requested")
            #expect(series.requestedBy == "grace")
            #expect(series.requestedSeasons == [1])
            #expect(series.createdAt == "2026-11-19T08:00:00.000Z")
        }
    }

    @Test("A14: a film in two qualities is two requests, each following its own Radarr")
    func twoQualities() async throws {
        let film = film
        var uhd = film
        uhd.seerr = 70
        uhd.radarr = 7
        uhd.hash = "4444222233334444555566667777888899990000"
        let fourK = uhd
        let second = [
            "RADARR__4K__URL": "later", "RADARR__4K__API_KEY": "key-of-radarr-4k-0123456789",
        ]
        try await FakeStack.run(second) { world in
            world.seerrRequests = [
                film.seerrRequest(status: 2), fourK.seerrRequest(status: 2, is4k: true),
            ]
            world.seerrTitles = ["movie/\(film.tmdb)": film.tmdbTitle]
        } _: { stack in
            _ = await eventually(.seconds(15)) { (try? await stack.all().count) == 2 }
            let all = try await stack.all()
            let hd = try #require(all.first { $0.ids.jellyseerr["default"] == 69 })
            let other = try #require(all.first { $0.ids.jellyseerr["default"] == 70 })
            #expect(hd.variant == "hd")
            #expect(other.variant == "4k")
            #expect(try await stack.hook("radarr/4k", fourK.grab()) == other.id)
            try await stack.expect(other.id, state: "indexed")
            try await stack.expect(hd.id, state: "approved")
            #expect(try await stack.hook("radarr", film.grab()) == hd.id)
            try await stack.expect(hd.id, state: "indexed")
        }
    }
}
