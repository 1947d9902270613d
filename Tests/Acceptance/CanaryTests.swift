import Database
import Foundation
import HTTPClient
import HTTPServer
import Synchronization
import Testing

/// Every secret there is, every way to make a mistake with it, and then a search everywhere (security.md §10).
@Suite(.timeLimit(.minutes(20)))
struct CanaryTests {
    /// A text that stands nowhere by chance.
    private static func canary(_ name: String) -> String { "canary-\(name)-7d1f3c9be2" }

    /// Fails for each secret that a text holds, as it is, as a URL writes it, or in base 64.
    private static func search(_ bytes: Data, _ place: String, for secrets: [String]) {
        for secret in secrets {
            for form in [secret, secret.uppercased(), Data(secret.utf8).base64EncodedString()] {
                if bytes.range(of: Data(form.utf8)) != nil { Issue.record("\(place) holds \(secret)") }
            }
        }
    }

    private static func search(_ text: String, _ place: String, for secrets: [String]) {
        search(Data(text.utf8), place, for: secrets)
    }

    /// Every file below a folder, apart from the two that hold a token on purpose, readable by their owner only.
    private static func searchFiles(_ folder: String, for secrets: [String]) throws {
        var count = 0
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
            let path = folder + "/" + name
            if ["marquee.token", "marquee.hook-token"].contains(name) {
                let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
                #expect(mode == 0o600, "\(name)")
                continue
            }
            guard let bytes = FileManager.default.contents(atPath: path) else { continue }
            count += 1
            search(bytes, name, for: secrets)
        }
        #expect(count >= 2, "the database and a backup were searched")
    }

    private static let pages = [
        "/", "/requests", "/status", "/library", "/request/1", "/request/1?dialog=override", "/nowhere", "/hooks",
        "/metrics",
        "/api/requests", "/api/requests/1", "/api/requests/1/timeline", "/api/stats", "/api/jobs",
        "/api/admin/findings",
        "/api/inbox", "/api/health", "/api/admin/backups", "/api/auth/keys", "/api/users", "/api/audit",
        "/api/auth/session", "/images/poster/1", "/login",
    ]

    @Test("keys and passwords of services, the admin token and the webhook secret are nowhere to be found")
    func services() async throws {
        let fake = try await FakeServer.start()
        let names = [
            "JELLYFIN_API_KEY", "RADARR_API_KEY", "SONARR_API_KEY", "JELLYSEERR_API_KEY", "QBITTORRENT_PASSWORD",
            "SHOKO_API_KEY", "MARQUEE_ADMIN_TOKEN", "MARQUEE_WEBHOOK_TOKEN", "RADARR__ECHO__API_KEY",
            "SONARR__AWAY__API_KEY", "RADARR__MUTE__API_KEY",
        ]
        var settings = fake.settings.filter { $0.key.hasSuffix("_URL") }
        for name in names { settings[name] = Self.canary(name.lowercased().replacing("_", with: "-")) }
        let secrets = names.compactMap { settings[$0] }
        settings["RADARR__MUTE__API_KEY"] = nil  // only `doctor` has the patience
        settings["QBITTORRENT_USERNAME"] = "admin"
        settings["SHOKO_URL"] = fake.shokoURL
        // One that repeats the key in its answer, one that never answers, one that leads away with it.
        let echo = try await PlainListener.start(
            .text("bad key \(settings["RADARR__ECHO__API_KEY"] ?? "")", status: 500))
        let away = try await PlainListener.start(
            Response(
                302, headers: [("Location", "http://evil.example/?apikey=\(settings["SONARR__AWAY__API_KEY"] ?? "")")]))
        let mute = try MuteListener()
        let patient = [
            "RADARR__MUTE__URL": "http://127.0.0.1:\(mute.port)", "RADARR__MUTE__API_KEY": secrets.last ?? "",
        ]
        settings["RADARR__ECHO__URL"] = echo.url
        settings["SONARR__AWAY__URL"] = away.url
        for source in [
            "SEERR", "ARR_QUEUE", "ARR_HISTORY", "ARR_MISSING", "ARR_LIST", "QBITTORRENT", "SHOKO", "JELLYFIN",
        ] {
            settings["MARQUEE_POLL_\(source)"] = "400ms"
            settings["MARQUEE_POLL_\(source)_ACTIVE"] = "300ms"
        }
        let folder = FileManager.default.temporaryDirectory.appending(path: "marquee-canary-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        settings["MARQUEE_DATA_DIR"] = folder + "/data"
        settings["MARQUEE_BIND"] = "127.0.0.1:0"
        settings["MARQUEE_LOG_LEVEL"] = "trace"
        let server = try await Server.start(settings)
        let seen = Seen()
        func call(_ method: String, _ path: String, _ body: String? = nil, _ headers: [(String, String)] = [])
            async throws
        {
            let answer = try await server.call(method, path, body: body, headers: headers)
            let fields =
                answer.headers.all("Location") + answer.headers.all("Set-Cookie")
                + answer.headers.all("WWW-Authenticate")
            seen.add(answer.text + fields.joined(separator: "\n"))
        }
        let bearer = [("Authorization", "Bearer \(settings["MARQUEE_ADMIN_TOKEN"] ?? "")")]
        let hook = [("X-Marquee-Token", settings["MARQUEE_WEBHOOK_TOKEN"] ?? "")]

        // A request, so that pages have something to show; its webhooks quote secrets, as careless templates do.
        let film = Film.violet
        let careless = secrets.dropLast().joined(separator: " ")
        try await call(
            "POST", "/hooks/jellyseerr", film.seerr("MEDIA_AUTO_APPROVED", ["message": .string(careless)]).text, hook)
        for (service, body) in [
            (
                "radarr",
                film.grab().with([
                    "apiKey": "canary-unregistered-55aa", "applicationUrl": .string("http://r/?apikey=\(careless)"),
                ]).text
            ),
            ("radarr", "{\"eventType\": \"\(careless)\""), ("sonarr", "no json \(careless)"), ("shoko", "[]"),
            ("plex", careless), ("nothing", careless),
        ] {
            try await call("POST", "/hooks/\(service)", body, hook)
            try await call("POST", "/hooks/\(service)?token=\(settings["MARQUEE_WEBHOOK_TOKEN"] ?? "")", body)
            try await call("POST", "/hooks/\(service)", body, bearer)
        }
        // Every service fails in every way while it is polled, synced and looked at.
        for fault in [nil, FakeWorld.Fault.status(401), .status(500), .webPage] {
            fake.world { world in
                for service in ["jellyfin", "radarr", "sonarr", "jellyseerr", "qbittorrent", "shoko"] {
                    world.faults[service] = fault
                }
            }
            let before = fake.world { $0.calls.count }
            _ = await eventually { fake.world { $0.calls.count } > before + 20 }
            for path in ["/api/admin/sync/library", "/api/admin/sync/update-metadata", "/api/admin/sync/pending"] {
                try await call("POST", path, nil, bearer + [("Prefer", "wait=1")])
            }
            for path in ["/api/requests/1/retry", "/api/requests/1/verify"] {
                try await call("POST", path, nil, bearer)
            }
            for path in Self.pages {
                try await call("GET", path, nil, bearer + [("Accept", "text/html")])
                try await call("GET", path, nil, bearer)
                try await call("GET", path)
            }
        }
        let checked = try await Program.run(
            "marquee", ["doctor"], environment: settings.merging(patient) { given, _ in given })
        #expect(checked.output.contains("no answer within"), "\(checked.output)")
        seen.add(checked.output)
        // What the jobs came to, in the end.
        func isIdle() async -> Bool {
            let jobs = try? await server.call("GET", "/api/jobs?state=running", headers: bearer)
            return jobs.map { ($0["jobs"] as? [Any])?.isEmpty ?? false } ?? false
        }
        #expect(await eventually(.seconds(120), isIdle))
        for path in ["/api/jobs", "/api/jobs/1", "/api/jobs/2", "/library", "/library?job=1"] {
            try await call("GET", path, nil, bearer)
        }
        // Bad logins, bad keys, bad parameters, malformed requests.
        let secret = settings["MARQUEE_ADMIN_TOKEN"] ?? ""
        try await call("POST", "/api/auth/login", "{\"username\":\"admin\",\"password\":\"\(secret)\"}")
        try await call("POST", "/api/auth/login?password=\(secret)", "{}")
        try await call("POST", "/api/auth/login", "{\"password\": \(secret)")
        try await call("GET", "/api/requests?sort=x&after=y&limit=z", nil, bearer)
        try await call("POST", "/api/requests/1/override", "{\"state\":\"none\"}", bearer)
        try await call("POST", "/api/auth/keys", "{\"scopes\":\"none\"}", bearer)
        try await call("GET", "/%zz", nil, bearer)
        try await call("POST", "/api/admin/backups", nil, bearer)
        let token = try String(contentsOfFile: folder + "/data/marquee.token", encoding: .utf8).firstMatch(
            of: /[0-9a-f]{64}/)
        let all = secrets + [String(try #require(token).0), "canary-unregistered-55aa"]

        Self.search(seen.value, "an answer", for: all)
        Self.search(server.program.log, "the log", for: all)
        try Self.searchFiles(folder + "/data", for: all)
        #expect(seen.value.contains("‹redacted›") || server.program.log.contains("‹redacted›"))
        _ = await server.stop()
        try Self.searchFiles(folder + "/data", for: all)
        await fake.stop()
        await echo.stop()
        await away.stop()
    }

    @Test("passwords, session tokens, keys and webhook secrets that Marquee makes are told once and kept as digests")
    func accounts() async throws {
        let stack = try await Stack.start()
        let server = try await stack.serve(["MARQUEE_LOG_LEVEL": "trace"])
        var secrets: [String] = []
        let admin = try await SignedIn.of(server, "admin")
        let user = try await SignedIn.of(server, "user1")
        for signedIn in [admin, user] {
            secrets.append(String(signedIn.cookie.1.drop { $0 != "=" }.dropFirst()))
        }
        for scope in ["read", "admin", "metrics"] {
            let made = try await server.call(
                "POST", "/api/auth/keys", body: "{\"name\":\"\(scope)\",\"scopes\":[\"\(scope)\"]}", headers: admin.all)
            secrets.append(try #require(made["key"] as? String))
        }
        for sender in ["radarr/default", "sonarr/anime", "jellyfin/default"] {
            let made = try await server.call("POST", "/hooks/\(sender)/secret", headers: admin.all)
            secrets.append(try #require((made["header"] as? [String: String])?["value"]))
        }
        #expect(secrets.allSatisfy { $0.utf8.count >= 40 })
        // What was told once is told no more, whoever asks and whatever goes wrong.
        var seen = ""
        for (name, password) in [("admin", Self.canary("password")), (Self.canary("user"), "x"), ("door", secrets[3])] {
            seen += try await server.logIn(name, password).text
        }
        let form = [("Content-Type", "application/x-www-form-urlencoded")]
        seen += try await server.call(
            "POST", "/api/auth/login", body: "username=admin&password=\(Self.canary("password"))", headers: form
        ).text
        for secret in secrets {
            for headers in [
                [("Authorization", "Bearer \(secret)")], [("Authorization", "Basic \(secret)")],
                [("X-Jellyfin-Token", secret)],
                [("Cookie", "marquee=\(secret)")], [("X-Marquee-Token", secret)],
            ] {
                seen += try await server.call(
                    "GET", "/api/requests?token=\(secret)&api_key=\(secret)", headers: headers
                ).text
                seen += try await server.call("POST", "/hooks/radarr?token=\(secret)", body: "{", headers: headers).text
            }
        }
        for path in Self.pages {
            seen += try await server.call("GET", path, headers: [admin.cookie, ("Accept", "text/html")]).text
            seen += try await server.call("GET", path, headers: [user.cookie]).text
        }
        seen += try await stack.marquee(["api-key", "list"]).output
        #expect((200...299).contains(try await server.call("POST", "/api/admin/backups", headers: admin.all).status))
        let all = secrets + [Self.canary("password")]
        Self.search(seen, "an answer", for: all)
        Self.search(server.program.log, "the log", for: all)
        #expect(await server.stop() == 0)
        try Self.searchFiles(stack.folder + "/data", for: all)
    }

    @Test("a configuration that cannot be used is refused without a word of its secrets")
    func configuration() async throws {
        let stack = try await Stack.start()
        let secret = Self.canary("config")
        for settings in [
            ["JELLYFIN_URL": "http://user:\(secret)@127.0.0.1:1"],
            ["RADARR_URL": "http://127.0.0.1:1/?apikey=\(secret)"],
            ["MARQUEE_DATABASE_URL": "postgresql://marquee:\(secret)@127.0.0.1:1/marquee"],
            ["MARQUEE_DATABASE_URL": "mysql://marquee:\(secret)@127.0.0.1/marquee"],
            ["MARQUEE_ADMIN_TOKEN": "\(secret) with spaces and more than enough characters"],
            ["JELLYFIN_API_KEY": "\(secret)\nX-Injected: 1"], ["MARQUEE_ADMIN_TOKEN": secret.prefix(20).description],
            ["JELLYFIN_API_KEY": secret, "JELLYFIN_API_KEY_FILE": "/nowhere/\(secret)"],
        ] {
            for verb in ["serve", "doctor"] {
                let ended = try await stack.marquee([verb], settings)
                #expect(ended.code != 0, "\(settings.keys): \(ended.output)")
                let shown = ended.output.replacing("/nowhere/\(secret)", with: "")
                Self.search(shown, "\(verb) with \(settings.keys.sorted())", for: [secret, String(secret.prefix(20))])
            }
        }
    }
}

/// All that was shown, by several calls at once.
private final class Seen: Sendable {
    private let text = Mutex("")

    var value: String { text.withLock(\.self) }
    func add(_ more: String) { text.withLock { $0 += more } }
}
