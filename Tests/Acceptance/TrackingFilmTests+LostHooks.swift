import Foundation
import Testing

/// Films whose webhooks are lost, late or without an id (scenarios.md B17 to B22).
extension TrackingFilmTests {
    @Test("B17: a grab without download id is followed through Radarr's queue")
    func grabWithoutID() async throws {
        let film = film
        try await FakeStack.run { stack in
            let id = try await approved(stack)
            try await stack.hook("radarr", film.grab().without("downloadId"))
            try await stack.expect(id, state: "indexed")
            stack.fake.world { world in
                world.radarr.queue = [film.queued()]
                world.torrents[film.hash.lowercased()] = film.torrent(progress: 0.25, state: "downloading")
            }
            let detail = try await stack.expect(id) { $0.state == "downloading" && $0.progress?.percent == 25 }
            #expect(detail.events.filter { $0 == "grabbed" }.count == 1)
        }
    }

    @Test("B18: without any webhook of Radarr the queue and the torrent lead")
    func noWebhooks() async throws {
        let film = film
        try await FakeStack.run(prepare: {
            $0.torrents[film.hash.lowercased()] = film.torrent(progress: 0.25, state: "downloading")
            $0.radarr.titles = [film.listed()]
            $0.radarr.queue = [film.queued()]
        }) { stack in
            let id = try await approved(stack)
            try await stack.expect(id) { $0.state == "downloading" && $0.progress?.percent == 25 }
            stack.fake.world { $0.torrents[film.hash.lowercased()] = film.torrent(progress: 1, state: "uploading") }
            try await stack.expect(id, state: "download_done")
        }
    }

    @Test("B19: with all webhooks of Radarr lost its history tells the same story, at its times")
    func history() async throws {
        let film = film
        try await FakeStack.run { stack in
            // Counted from here: what is older than the request by minutes is not its story.
            let now = Date.now
            let grabTime = Self.time(now.addingTimeInterval(-60))
            let importTime = Self.time(now.addingTimeInterval(-20))
            let id = try await approved(stack)
            stack.fake.world { world in
                world.radarr.titles = [film.listed(hasFile: true)]
                world.radarr.history = [
                    film.history("grabbed", at: grabTime), film.history("downloadFolderImported", at: importTime),
                ]
            }
            // The list may be read before the history.
            let detail = try await stack.expect(id) {
                $0.state == "syncing_library" && $0.events.contains("grabbed") && $0.events.contains("imported")
            }
            let grab = try #require(detail.timeline.first { $0.event == "grabbed" })
            #expect(grab.at.hasPrefix(grabTime.prefix(19)))
            #expect(grab.text == "Grabbed Bluray-1080p from Nebula, 1.1 GiB")
            let imported = try #require(detail.timeline.first { $0.event == "imported" })
            #expect(imported.at.hasPrefix(importTime.prefix(19)))
            #expect(imported.text == "Imported The Long Voyage (2020) Bluray-1080p.mkv")
        }
    }

    @Test("B20: an import told by webhook, history and list is one fact and one entry")
    func oneImport() async throws {
        let film = film
        try await FakeStack.run { stack in
            let id = try await grabbed(stack)
            try await stack.hook("radarr", film.imported())
            let now = Self.time(Date.now)
            stack.fake.world { world in
                world.radarr.titles = [film.listed(hasFile: true)]
                world.radarr.queue = [film.queued(status: "completed", tracked: "imported", left: 0)]
                world.radarr.history = [
                    film.history("grabbed", at: now), film.history("downloadFolderImported", at: now),
                ]
            }
            await stack.afterReads(3, of: "radarr", path: "api/v3/history/since")
            let detail = try await stack.expect(id, state: "syncing_library")
            #expect(detail.events.filter { $0 == "grabbed" }.count == 1)
            #expect(detail.events.filter { $0 == "imported" }.count == 1)
        }
    }

    @Test("B21: a size that is learned later makes no second entry")
    func sizeLearned() async throws {
        let film = film
        try await FakeStack.run { stack in
            let id = try await approved(stack)
            var grab = film.grab()
            grab["release"]["size"] = 0
            try await stack.hook("radarr", grab)
            stack.fake.world {
                $0.torrents[film.hash.lowercased()] = film.torrent(
                    progress: 0, state: "metaDL", ["size": 0, "total_size": -1, "amount_left": 0, "completed": 0])
            }
            let first = try await stack.expect(id, state: "downloading")
            #expect(first.timeline.last?.text == "Downloading")
            stack.fake.world { $0.torrents[film.hash.lowercased()] = film.torrent(progress: 0.1, state: "downloading") }
            let detail = try await stack.expect(id) { $0.progress?.percent == 10 }
            #expect(detail.events.filter { $0 == "downloading" }.count == 1)
        }
    }

    @Test("B22: a torrent removed by hand leads back to approved")
    func removedByHand() async throws {
        let film = film
        try await FakeStack.run(prepare: {
            $0.radarr.titles = [film.listed()]
            $0.radarr.queue = [film.queued()]
            $0.torrents[film.hash.lowercased()] = film.torrent(progress: 0.4, state: "downloading")
        }) { stack in
            let id = try await grabbed(stack)
            try await stack.expect(id, state: "downloading")
            stack.fake.world { world in
                world.torrents = [:]
                world.radarr.queue = []
            }
            let detail = try await stack.expect(id, state: "approved", within: .seconds(20))
            #expect(!detail.stages.contains("deleted"))
        }
    }
}
