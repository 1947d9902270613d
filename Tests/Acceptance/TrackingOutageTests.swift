import Foundation
import Testing

/// J2, J4 and J5: all services away, addresses below a path, and secrets that stay secret.
@Suite(.serialized) struct TrackingOutageTests {
    let film = Film.violet

    private static let services = ["jellyfin", "jellyseerr", "radarr", "sonarr", "qbittorrent", "shoko"]
    private static let shokoKey = "00000000-aaaa-bbbb-cccc-444444444444"
    private static let everything = [
        "SHOKO_URL": "later", "SHOKO_API_KEY": shokoKey, "QBITTORRENT_USERNAME": "admin",
        "QBITTORRENT_PASSWORD": "adminadmin", "MARQUEE_LIMIT_UPSTREAM_UNREACHABLE": "1s",
    ]

    /// Waits until so many services are seen to answer, or not to.
    private func states(
        _ server: Server, _ count: Int, reachable: Bool, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> [[String: Any]] {
        var states: [[String: Any]] = []
        let isSo = await eventually(.seconds(120)) {
            states = (try? await server.get("/api/health"))?["services"] as? [[String: Any]] ?? []
            return states.count == count && states.allSatisfy { $0["reachable"] as? Bool == reachable }
        }
        #expect(isSo, "\(states)", sourceLocation: sourceLocation)
        return states
    }

    @Test("J2: with every service down Marquee is alive and ready, and says of each what is wrong and since when")
    func allDown() async throws {
        try await FakeStack.run(Self.everything) { stack in
            let id = try await stack.hook("jellyseerr", film.seerr("MEDIA_AUTO_APPROVED"))
            _ = try await states(stack.server, Self.services.count, reachable: true)
            #expect(try await stack.server.get("/api/health")["status"] as? String == "healthy")
            stack.fake.world { world in for service in Self.services { world.faults[service] = .status(503) } }
            let states = try await states(stack.server, Self.services.count, reachable: false)
            #expect(try await stack.server.get("/healthz").status == 200)
            #expect(try await stack.server.get("/readyz").status == 200)
            #expect(try await stack.server.get("/api/health")["status"] as? String == "degraded")
            for state in states {
                let name = state["service"] as? String ?? ""
                #expect(Self.services.contains(name))
                #expect((state["error"] as? String)?.isEmpty == false, "\(name) names no error")
                #expect(state["last_success"] as? String != nil, "\(name) was reached before")
            }
            let page = try await stack.server.get("/status")
            #expect(page.status == 200)
            try await stack.hook("radarr", film.grab())
            try await stack.expect(id, state: "indexed")
            // Who may not look is told one word.
            let guarded = try await stack.replica(["MARQUEE_ADMIN_TOKEN": String(repeating: "k3", count: 20)])
            let hasSeen = await eventually(.seconds(60)) {
                (try? await guarded.get("/api/health"))?.text == "{\"status\":\"degraded\"}"
            }
            #expect(hasSeen)
            _ = await guarded.stop()
        }
    }

    @Test("J2: services that were never reached have no last success, and the start waits for none")
    func neverReached() async throws {
        var nowhere: [String: String] = [:]
        for name in ["JELLYFIN", "JELLYSEERR", "RADARR", "SONARR", "QBITTORRENT"] {
            nowhere[name + "_URL"] = "http://127.0.0.1:9/\(name.lowercased())"
        }
        try await FakeStack.run(nowhere) { stack in
            #expect(try await stack.server.get("/healthz").status == 200)
            #expect(try await stack.server.get("/readyz").status == 200)
            try await stack.hook("jellyseerr", film.seerr("MEDIA_AUTO_APPROVED"))
            for state in try await states(stack.server, 5, reachable: false) {
                #expect(state["last_success"] is NSNull)
                #expect((state["error"] as? String)?.isEmpty == false)
            }
        }
    }

    @Test("F14: services that take a connection and never answer hold up no hook and no page, and change nothing")
    func neverAnswering() async throws {
        let listener = try MuteListener()
        var settings: [String: String] = [:]
        for name in ["JELLYFIN", "JELLYSEERR", "RADARR", "SONARR", "QBITTORRENT"] {
            settings[name + "_URL"] = "http://127.0.0.1:\(listener.port)/\(name.lowercased())"
        }
        try await FakeStack.run(settings) { stack in
            let start = ContinuousClock.now
            let id = try await stack.hook("jellyseerr", film.seerr("MEDIA_AUTO_APPROVED"))
            try await stack.hook("radarr", film.grab())
            for path in ["/", "/requests", "/request/\(id ?? 0)", "/status", "/api/requests", "/api/health", "/readyz"]
            {
                #expect(try await stack.server.get(path).status == 200, "\(path)")
            }
            // Less than any call to a service may take.
            #expect(ContinuousClock.now - start < .seconds(9))
            // The calls that hang end by their own limits, and change nothing.
            _ = await eventually(.seconds(15)) { false }
            try await stack.hook("radarr", film.imported())
            let detail = try await stack.expect(id, state: "importing")
            #expect(detail.stages == ["approved", "indexed", "importing"])
        }
    }

    @Test("J5: no key, password or hook secret is ever shown, whatever the services answer")
    func secrets() async throws {
        let adminToken = String(repeating: "t7", count: 20)
        let password = "pass-word-of-the-client-0123"
        var settings = Self.everything
        settings["QBITTORRENT_PASSWORD"] = password
        settings["MARQUEE_LOG_LEVEL"] = "trace"
        try await FakeStack.run(
            settings, mayFail: true,
            prepare: { world in
                world.sessions = []
                world.password = password
            }
        ) { stack in
            let id = try #require(try await stack.hook("jellyseerr", film.seerr("MEDIA_AUTO_APPROVED")))
            let stream = try await EventStream.open(stack.server, after: "0", "?html=1&view=status")
            var seen = ""
            for fault in [FakeWorld.Fault.status(401), .status(403), .status(500), .webPage] {
                stack.fake.world { world in for service in Self.services { world.faults[service] = fault } }
                await stack.afterReads(2, of: "radarr", path: "api/v3/queue")
                try await stack.hook("radarr", film.grab())
                for (method, path) in [
                    ("POST", "/api/requests/\(id)/verify"), ("POST", "/api/requests/\(id)/retry"),
                    ("POST", "/api/admin/sync/library"), ("POST", "/api/admin/sync/pending"),
                ] { seen += try await stack.server.call(method, path).text }
                for path in [
                    "/", "/requests", "/request/\(id)", "/status", "/library", "/hooks", "/metrics", "/api/health",
                    "/api/requests/\(id)", "/api/inbox", "/api/jobs", "/api/stats", "/api/admin/findings", "/nowhere",
                ] { seen += try await stack.server.get(path).text }
            }
            let refused = try await stack.post("radarr", film.grab().text, headers: [("X-Marquee-Token", "wrong")])
            seen += refused.text + "\(refused.headers)"
            let doctor = try await Program.run(
                "marquee", ["doctor"],
                environment: stack.fake.settings.merging(settings) { _, new in new }.merging([
                    "MARQUEE_DATA_DIR": stack.data, "MARQUEE_WEBHOOK_TOKEN": FakeStack.hookToken,
                    "MARQUEE_ADMIN_TOKEN": adminToken, "SHOKO_URL": stack.fake.shokoURL,
                ]) { _, new in new })
            seen += doctor.output
            seen += stream.events.map(\.data).joined()
            seen += stack.server.program.log
            #expect(seen.contains("radarr"))
            for secret in [
                "key-of-", password, Self.shokoKey, FakeStack.hookToken, adminToken,
                try String(contentsOfFile: stack.data + "/marquee.token", encoding: .utf8),
            ] {
                let at = seen.range(of: secret).map { String(seen[..<$0.lowerBound].suffix(200)) }
                #expect(at == nil, "shown after: \(at ?? "")")
            }
        }
    }
}
