import Foundation
import Testing

/// Services that refuse, break or flood (scenarios.md F11 to F21).
extension TrackingAttentionTests {
    @Test("F11: an expired session is one login, a wrong password one attempt", arguments: [false, true])
    func session(_ hasNewLogin: Bool) async throws {
        let film = film
        let login = ["QBITTORRENT_USERNAME": "admin", "QBITTORRENT_PASSWORD": "adminadmin"]
        try await FakeStack.run(
            login,
            prepare: { world in
                world.sessions = []
                world.hasNewLogin = hasNewLogin
                world.torrents[film.hash.lowercased()] = film.torrent(progress: 0.2, state: "downloading")
            }
        ) { stack in
            let id = try await grabbed(stack)
            try await stack.expect(id) { $0.progress?.percent == 20 }
            let logins = { stack.fake.world { $0.calls(to: "qbittorrent").filter { $0.hasSuffix("login") }.count } }
            #expect(logins() == 1)
            stack.fake.world { world in
                world.sessions = []
                world.torrents[film.hash.lowercased()] = film.torrent(progress: 0.3, state: "downloading")
            }
            try await stack.expect(id) { $0.progress?.percent == 30 }
            #expect(logins() == 2)
        }
    }

    @Test("F11 and F12: a wrong password is tried once and told", arguments: [false, true])
    func wrongPassword(_ hasNewLogin: Bool) async throws {
        let login = [
            "QBITTORRENT_USERNAME": "admin", "QBITTORRENT_PASSWORD": "wrong",
            "MARQUEE_LIMIT_UPSTREAM_UNREACHABLE": "1s",
        ]
        try await FakeStack.run(
            login,
            prepare: { world in
                world.sessions = []
                world.hasNewLogin = hasNewLogin
            }
        ) { stack in
            let id = try await grabbed(stack)
            let detail = try await stack.expect(id, within: .seconds(20)) {
                $0.attention?.code == "upstream_unreachable"
            }
            #expect(detail.attention?.reason.contains("password") == true, "\(detail.attention?.reason ?? "")")
            let logins = stack.fake.world { $0.calls(to: "qbittorrent").filter { $0.hasSuffix("login") }.count }
            #expect(logins <= 2, "\(logins) attempts")
        }
    }

    @Test("F14: while every service is broken nothing changes, and hooks and pages go on", arguments: ["500", "html"])
    func allBroken(_ kind: String) async throws {
        let film = film
        let fault: FakeWorld.Fault = kind == "html" ? .webPage : .status(500)
        try await FakeStack.run(
            ["MARQUEE_LIMIT_UPSTREAM_UNREACHABLE": "1s"],
            prepare: {
                $0.torrents[film.hash.lowercased()] = film.torrent(progress: 0.4, state: "downloading")
                $0.radarr.titles = [film.listed()]
                $0.radarr.queue = [film.queued()]
            }
        ) { stack in
            let id = try await grabbed(stack)
            try await stack.expect(id, state: "downloading")
            stack.fake.world { world in
                for service in ["jellyfin", "jellyseerr", "radarr", "sonarr", "qbittorrent"] {
                    world.faults[service] = fault
                }
            }
            let detail = try await stack.expect(id, within: .seconds(20)) {
                $0.attention?.code == "upstream_unreachable"
            }
            #expect(detail.state == "downloading")
            let start = ContinuousClock.now
            try await stack.hook("jellyseerr", Film.second.seerr("MEDIA_APPROVED"))
            #expect(try await stack.server.get("/api/requests").status == 200)
            #expect(try await stack.server.get("/").status == 200)
            #expect(ContinuousClock.now - start < .seconds(4))
            stack.fake.world { $0.faults = [:] }
            try await stack.expect(id, within: .seconds(30)) { $0.attention == nil }
        }
    }

    @Test("F19: verify while Jellyfin is down knows nothing and changes nothing")
    func verifyWhileDown() async throws {
        try await FakeStack.run { stack in
            let id = try await grabbed(stack)
            stack.fake.world { $0.faults["jellyfin"] = .status(503) }
            let before = try await stack.expect(id, state: "indexed").settled
            let answer = try await stack.server.call("POST", "/api/requests/\(id)/verify")
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer["result"] as? String == "unknown")
            #expect(try await stack.detail(id).settled == before)
        }
    }

    @Test("F21: a flood of one *arr's webhooks is a handful of queue reads")
    func flood() async throws {
        let slow = ["MARQUEE_POLL_ARR_QUEUE": "10m", "MARQUEE_POLL_ARR_QUEUE_ACTIVE": "10m"]
        try await FakeStack.run(slow, repeats: false) { stack in
            _ = try await grabbed(stack)
            let reads = { stack.fake.world { $0.calls(to: "radarr").filter { $0 == "GET api/v3/queue" }.count } }
            let before = reads()
            await withTaskGroup(of: Void.self) { group in
                for lane in 0..<10 {
                    group.addTask {
                        for number in 0..<50 {
                            var film = Film.second
                            film.tmdb = 900_000 + lane * 100 + number
                            film.hash = String(repeating: "C", count: 34) + String(100_000 + lane * 100 + number)
                            _ = try? await stack.post("radarr", film.grab().text)
                        }
                    }
                }
            }
            let didRead = await eventually(.seconds(30)) { reads() > before }
            #expect(didRead)
            #expect(reads() - before <= 8, "\(reads() - before) reads")
        }
    }
}
