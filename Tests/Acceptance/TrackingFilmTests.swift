import Foundation
import Testing

/// Group B of the acceptance scenarios: one film on its way.
@Suite struct TrackingFilmTests {
    let film = Film.violet

    func approved(_ stack: FakeStack) async throws -> Int {
        try #require(try await stack.hook("jellyseerr", film.seerr("MEDIA_AUTO_APPROVED")))
    }

    func grabbed(_ stack: FakeStack) async throws -> Int {
        let id = try await approved(stack)
        #expect(try await stack.hook("radarr", film.grab()) == id)
        return id
    }

    @Test("B1: a grab names its download, quality, indexer, group and ids")
    func grab() async throws {
        try await FakeStack.run { stack in
            let id = try await grabbed(stack)
            let detail = try await stack.expect(id, state: "indexed")
            #expect(detail.quality == "Bluray-1080p")
            #expect(detail.indexer == "Nebula")
            #expect(detail.releaseGroup == "GROUP")
            #expect(detail.ids.radarr == ["default": 52])
            #expect(detail.ids.imdb == "tt8652818")
            #expect(detail.timeline.last?.text == "Grabbed Bluray-1080p from Nebula, 1.1 GiB")
        }
    }

    @Test("B1: the tag anime makes a film anime, other tags do not", arguments: [true, false])
    func animeTag(_ isTagged: Bool) async throws {
        try await FakeStack.run { stack in
            let id = try await approved(stack)
            try await stack.hook("radarr", film.grab(tags: isTagged ? ["anime"] : ["action", "thriller"]))
            let detail = try await stack.expect(id, state: "indexed")
            #expect((detail.isAnime ?? false) == isTagged)
        }
    }

    @Test("B2: a download's progress moves with every read and makes one entry")
    func progress() async throws {
        let film = film
        try await FakeStack.run { stack in
            let id = try await grabbed(stack)
            stack.fake.world { $0.torrents[film.hash.lowercased()] = film.torrent(progress: 0.3, state: "downloading") }
            let detail = try await stack.expect(id) { $0.state == "downloading" && $0.progress?.percent == 30 }
            #expect(detail.progress?.speed == 5_452_595)
            #expect(detail.progress?.etaSeconds == 126)
            #expect(detail.progress?.bytesTotal == film.size)
            let entries = detail.timeline.count
            stack.fake.world { $0.torrents[film.hash.lowercased()] = film.torrent(progress: 0.5, state: "stalledDL") }
            let later = try await stack.expect(id) { $0.progress?.percent == 50 }
            #expect(later.state == "downloading")
            #expect(later.timeline.count == entries)
        }
    }

    @Test("B3: a torrent that uploads is downloaded; speed and time left are unknown")
    func downloaded() async throws {
        let film = film
        try await FakeStack.run { stack in
            let id = try await grabbed(stack)
            stack.fake.world { $0.torrents[film.hash.lowercased()] = film.torrent(progress: 0.4, state: "downloading") }
            try await stack.expect(id, state: "downloading")
            stack.fake.world { $0.torrents[film.hash.lowercased()] = film.torrent(progress: 1, state: "uploading") }
            let detail = try await stack.expect(id, state: "download_done")
            #expect(detail.progress?.speed == nil)
            #expect(detail.progress?.etaSeconds == nil)
            #expect(detail.stages == ["approved", "indexed", "downloading", "download_done"])
            #expect(detail.timeline.last?.text == "Downloaded 1.1 GiB")
        }
    }

    @Test("B4 and B5: an import is importing, then waits for Jellyfin, never available by itself")
    func imported() async throws {
        let film = film
        try await FakeStack.run { stack in
            let id = try await grabbed(stack)
            stack.fake.world { world in
                world.faults["jellyfin"] = .status(503)
                world.torrents[film.hash.lowercased()] = film.torrent(progress: 1, state: "uploading")
            }
            try await stack.expect(id, state: "download_done")
            #expect(try await stack.hook("radarr", film.imported()) == id)
            let detail = try await stack.expect(id, state: "importing")
            #expect(detail.timeline.last?.text == "Imported The Long Voyage (2020) Bluray-1080p.mkv")
            stack.fake.world { $0.faults = [:] }
            let waiting = try await stack.expect(id, state: "syncing_library")
            #expect(waiting.jellyfinId == nil)
            await stack.afterReads(3, of: "jellyfin", path: "Items")
            try await stack.expect(id, state: "syncing_library")
        }
    }

    @Test("B6: the whole way of a film, by webhooks and reads, with one entry for each hop")
    func wholeWay() async throws {
        let film = film
        try await FakeStack.run { stack in
            let id = try await grabbed(stack)
            for (progress, state) in [(0.3, "downloading"), (0.9, "downloading"), (1, "uploading")] {
                stack.fake.world {
                    $0.torrents[film.hash.lowercased()] = film.torrent(progress: progress, state: state)
                }
                try await stack.expect(id, state: progress < 1 ? "downloading" : "download_done")
            }
            try await stack.hook("radarr", film.imported())
            try await stack.expect(id, state: "syncing_library")
            stack.fake.world { $0.items = [Film.second.inJellyfin(), film.inJellyfin()] }
            let detail = try await stack.expect(id, state: "available")
            #expect(detail.jellyfinId == film.item)
            #expect(detail.ids.jellyfin == ["default": film.item])
            #expect((detail.links["jellyfin"] ?? nil)?.hasPrefix("https://media.example/web/") == true)
            #expect(detail.availableAt != nil)
            #expect(detail.attention == nil)
            #expect(
                detail.stages == [
                    "approved", "indexed", "downloading", "download_done", "importing", "syncing_library", "available",
                ])
            #expect(
                detail.timeline.filter { $0.state != nil }.map(\.service) == [
                    "jellyseerr", "radarr", "qbittorrent", "qbittorrent", "radarr", "jellyfin", "jellyfin",
                ] || detail.timeline.filter { $0.state != nil }.map(\.service).last == "jellyfin")
            #expect(Set(detail.events).count == detail.events.count, "\(detail.events)")
        }
    }

    @Test(
        "B7: an item with nothing to play is no proof, and says so",
        arguments: ["none", "empty", "virtual"])
    func stub(_ kind: String) async throws {
        let film = film
        try await FakeStack.run { stack in
            let id = try await grabbed(stack)
            try await stack.hook("radarr", film.imported())
            let item: JSON =
                switch kind {
                case "none": film.inJellyfin().without("MediaSources", "Path")
                case "empty": film.inJellyfin(["MediaSources": []]).without("Path")
                default: film.inJellyfin(["LocationType": "Virtual"])
                }
            stack.fake.world { $0.items = [item] }
            let detail = try await stack.expect(id, within: .seconds(60)) {
                $0.state == "syncing_library" && $0.attention?.code == "metadata_only"
            }
            #expect(detail.attention?.actions.contains("retry") == false)
            #expect(detail.attention?.actions.contains("override") == true)
        }
    }

    @Test("B8: among two thousand other films only the right one is proof")
    func manyFilms() async throws {
        let film = film
        let others = (1...2_000).map { number -> JSON in
            var other = Film.second
            other.tmdb = 700_000 + number
            other.imdb = "tt\(9_000_000 + number)"
            other.title = "Other \(number)"
            other.item = String(repeating: "0", count: 24) + String(number + 10_000_000)
            return other.inJellyfin()
        }
        try await FakeStack.run(prepare: { $0.items = others }) { stack in
            let id = try await grabbed(stack)
            try await stack.hook("radarr", film.imported())
            try await stack.expect(id, state: "syncing_library", within: .seconds(20))
            stack.fake.world { $0.items.append(film.inJellyfin()) }
            let detail = try await stack.expect(id, state: "available", within: .seconds(20))
            #expect(detail.jellyfinId == film.item)
        }
    }

    @Test("B9: an import stands although qBittorrent still downloads, and a late finish does not lower it")
    func importWhileDownloading() async throws {
        let film = film
        try await FakeStack.run { stack in
            let id = try await grabbed(stack)
            stack.fake.world { $0.torrents[film.hash.lowercased()] = film.torrent(progress: 0.6, state: "downloading") }
            try await stack.expect(id, state: "downloading")
            try await stack.hook("radarr", film.imported())
            let isLater: (TrackedDetail) -> Bool = { ["importing", "syncing_library"].contains($0.state) }
            try await stack.expect(id) { isLater($0) }
            stack.fake.world { $0.torrents[film.hash.lowercased()] = film.torrent(progress: 0.8, state: "downloading") }
            await stack.afterReads(3, of: "qbittorrent", path: "api/v2/sync/maindata")
            try await stack.hook("qbittorrent", ["event": "finished", "hash": .string(film.hash)])
            await stack.afterReads(2, of: "qbittorrent", path: "api/v2/sync/maindata")
            let detail = try await stack.detail(id)
            #expect(isLater(detail), "\(FakeStack.summary(detail))")
        }
    }

    @Test("B10: a torrent complete at the first read is downloaded")
    func completeAtOnce() async throws {
        let film = film
        try await FakeStack.run(prepare: {
            $0.torrents[film.hash.lowercased()] = film.torrent(progress: 1, state: "stalledUP")
        }) { stack in
            let id = try await grabbed(stack)
            try await stack.expect(id, state: "download_done")
        }
    }

    @Test("B11: a grab while merely requested implies the approval")
    func grabWhileRequested() async throws {
        try await FakeStack.run { stack in
            let id = try await stack.hook("jellyseerr", film.seerr("MEDIA_PENDING"))
            try await stack.hook("radarr", film.grab())
            try await stack.expect(id, state: "indexed")
        }
    }

    @Test(
        "B12 and B13: a hint makes Marquee look at once, and changes nothing by itself",
        arguments: ["jellyfin", "jellyseerr"])
    func hints(_ service: String) async throws {
        let film = film
        let slow = [
            "MARQUEE_POLL_JELLYFIN": "10m", "MARQUEE_POLL_JELLYFIN_ACTIVE": "10m",
            "MARQUEE_POLL_JELLYFIN_FULL": "1h", "MARQUEE_POLL_JELLYFIN_FULL_ACTIVE": "1h",
        ]
        try await FakeStack.run(slow) { stack in
            let id = try await approved(stack)
            let hint = service == "jellyfin" ? film.itemAdded() : film.seerr("MEDIA_AVAILABLE")
            #expect(try await stack.hook(service, hint) == id)
            await stack.afterReads(1, of: "jellyfin", path: "Items")
            try await stack.expect(id, state: "approved")
            stack.fake.world { $0.items = [film.inJellyfin()] }
            try await stack.hook(service, hint)
            let detail = try await stack.expect(id, state: "available", within: .seconds(30))
            #expect(detail.jellyfinId == film.item)
        }
    }

    @Test("B14: qBittorrent's finish hook is believed, its hash in either case", arguments: [true, false])
    func finishHook(_ isUpper: Bool) async throws {
        try await FakeStack.run { stack in
            let id = try await grabbed(stack)
            let hash = isUpper ? film.hash : film.hash.lowercased()
            #expect(
                try await stack.hook(
                    "qbittorrent",
                    [
                        "event": "finished", "hash": .string(hash), "name": .string(film.release),
                        "content_path": "/downloads/x", "size": .int(film.size),
                    ]) == id)
            try await stack.expect(id, state: "download_done")
        }
    }

    @Test("B15: an upgrade of an available film never lowers it")
    func upgrade() async throws {
        let film = film
        try await FakeStack.run { stack in
            let id = try await grabbed(stack)
            stack.fake.world { $0.items = [film.inJellyfin()] }
            try await stack.hook("radarr", film.imported())
            try await stack.expect(id, state: "available")
            var better = film
            better.hash = "7777222233334444555566667777888899990000"
            better.file = 399
            better.item = "f00000000000000000000000000000aa"
            let next = better
            var seen: Set<String> = []
            let steps: [JSON] = [
                next.grab(), film.fileDeleted(reason: "upgrade"),
                next.imported(isUpgrade: true, quality: "Bluray-2160p"),
            ]
            for step in steps {
                #expect(try await stack.hook("radarr", step) == id)
                seen.insert(try await stack.detail(id).state)
            }
            stack.fake.world { $0.items = [next.inJellyfin()] }
            let detail = try await stack.expect(id) { detail in
                seen.insert(detail.state)
                return detail.jellyfinId == next.item
            }
            #expect(seen == ["available"])
            #expect(detail.quality == "Bluray-2160p")
            let logs = try await stack.server.get("/api/deletion-logs")
            #expect(logs.status == 404 || (logs["logs"] as? [Any])?.isEmpty == true)
        }
    }

    static func time(_ date: Date) -> String {
        date.formatted(
            .iso8601.year().month().day().time(includingFractionalSeconds: false).timeZone(separator: .omitted))
    }
}
