import HTTPClient
import Lifecycle
import Simulator
import Testing

/// The stack over real HTTP on the loopback.
@Suite("The simulator on the network", .timeLimit(.minutes(2)))
struct ServerTests {
    /// A running simulator, what it printed, and a client; stopped when the work is done.
    struct Running {
        let lines: [String]
        let transport = CurlTransport()

        func value(_ name: String) -> String {
            lines.first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) } ?? ""
        }

        var control: String { lines.first { $0.hasPrefix("# control ") }.map { String($0.dropFirst(10)) } ?? "" }

        func get(_ url: String, key: String = "") async throws -> HTTPResponse {
            try await transport.send(
                HTTPRequest(
                    "GET", url, headers: [("Authorization", "MediaBrowser Token=\"\(key)\""), ("X-Api-Key", key)],
                    maxBody: 64 << 20))
        }

        func jellyfin(_ path: String) async throws -> HTTPResponse {
            try await get(value("JELLYFIN_URL") + path, key: value("JELLYFIN_API_KEY"))
        }

        func fault(_ body: String) async throws {
            let request = HTTPRequest("POST", control + "/fault", body: Array(body.utf8))
            #expect(try await transport.send(request).status == 201)
        }

        /// Ends every fault.
        func release() async throws {
            #expect(try await transport.send(HTTPRequest("DELETE", control + "/fault")).status == 200)
        }
    }

    private func withServer(
        _ arguments: [String] = [], _ work: (Running) async throws -> Void
    ) async throws {
        let options = try ServeOptions(["--port", "0", "--library", "films=60,series=20,episodes=400"] + arguments)
        let server = SimulatorServer(options)
        let shutdown = ShutdownSignal()
        let lines = try await server.start()
        async let end: Void = server.run(until: shutdown)
        do {
            try await work(Running(lines: lines))
        } catch {
            shutdown.trigger()
            try await end
            throw error
        }
        shutdown.trigger()
        try await end
    }

    @Test("prints where it listens first, then Marquee's environment")
    func environment() async throws {
        try await withServer(["--radarr-instances", "default,4k"]) { running in
            #expect(running.lines[0].hasPrefix("# listening http://127.0.0.1:"))
            for name in ["JELLYFIN", "RADARR", "RADARR__4K_", "SONARR"] {
                #expect(running.value(name + "_URL").hasPrefix("http://127.0.0.1:"))
                #expect(running.value(name + "_API_KEY").utf8.count == 32)
            }
            #expect(running.value("RADARR__4K__URL").hasSuffix("/radarr/4k"))
        }
    }

    @Test("answers every service under its path, with the same bytes as without a network")
    func services() async throws {
        let stack = Stack(seed: 1, radarrs: ["default"])
        try await withServer { running in
            let listing = "/Items?recursive=true&fields=Overview,MediaSources,ProviderIds"
            #expect(try await running.jellyfin(listing).body == stack.jellyfin(listing).bytes)
            let films = try await running.get(
                running.value("RADARR_URL") + "/api/v3/movie", key: running.value("RADARR_API_KEY"))
            #expect(films.body == (await stack.arr("radarr", "/movie").bytes))
            #expect(try await running.get(running.value("RADARR_URL") + "/api/v3/movie").status == 401)
            let elsewhere = running.control.replacing("/simulator", with: "/nothing/at/all")
            #expect(try await running.get(elsewhere).status == 404)
            #expect(try await running.get(running.control + "/healthz").status == 200)
        }
    }

    @Test("gives each service a port of its own, and redirects to a URL base")
    func separatePorts() async throws {
        try await withServer(["--separate-ports"]) { running in
            #expect(running.lines[0].split(separator: " ").count == 2 + 7)
            let ping = try await running.jellyfin("/System/Ping")
            #expect(ping.status == 200)
            #expect(running.value("SONARR_URL").split(separator: "/").count == 2)
        }
        try await withServer(["--separate-ports", "--url-base"]) { running in
            let (url, key) = (running.value("SONARR_URL"), running.value("SONARR_API_KEY"))
            #expect(url.hasSuffix("/sonarr"))
            let bare = String(url.dropLast("/sonarr".utf8.count)) + "/api/v3/system/status"
            let redirect = try await running.transport.send(HTTPRequest("POST", bare, body: []))
            #expect(redirect.status == 307 && redirect.headers["Location"] == "/sonarr/api/v3/system/status")
            #expect(try await running.get(bare, key: key).status == 200)
            #expect(try await running.jellyfin("/System/Ping").status == 200)
        }
    }

    @Test("breaks connections where a fault says so")
    func brokenConnections() async throws {
        try await withServer { running in
            // Not just once: libcurl itself repeats a call whose kept connection closes without an answer.
            try await running.fault(#"{"kind":"refuse","service":"jellyfin"}"#)
            let refused = await #expect(throws: UpstreamError.self) { try await running.jellyfin("/System/Ping") }
            #expect(refused?.isTransient == true)
            try await running.release()
            try await running.fault(#"{"kind":"truncate","service":"jellyfin","count":1}"#)
            let cut = await #expect(throws: UpstreamError.self) { try await running.jellyfin("/Items?recursive=true") }
            #expect(cut?.reason == .truncated)
            #expect(try await running.jellyfin("/System/Ping").status == 200)
        }
    }

    @Test("sends the part of a cut body that comes before the cut")
    func cutBody() async throws {
        try await withServer { running in
            try await running.fault(#"{"kind":"truncate","service":"jellyfin","params":{"bytes":5000}}"#)
            let request = HTTPRequest(
                "GET",
                running.value("JELLYFIN_URL") + "/Items?recursive=true&ApiKey=" + running.value("JELLYFIN_API_KEY"))
            let stream = try await running.transport.stream(request)
            var seen = 0
            let error = await #expect(throws: UpstreamError.self) {
                while let piece = try await stream.next() { seen += piece.count }
            }
            #expect(error?.reason == .truncated && seen == 5_000)
        }
    }

    @Test("holds a call and lets it go on")
    func hold() async throws {
        try await withServer { running in
            try await running.fault(#"{"kind":"hold","service":"jellyfin"}"#)
            let held = Task { try await running.jellyfin("/System/Ping").status }
            while try await !String(decoding: running.get(running.control + "/state").body, as: UTF8.self)
                .contains(#""held":1"#)
            {
                await Task.yield()
            }
            try await running.release()
            #expect(try await held.value == 200)
        }
    }

    @Test("says which address is taken")
    func portTaken() async throws {
        try await withServer { running in
            let port = running.control.split(separator: ":")[2].prefix { $0.isNumber }
            let second = SimulatorServer(try ServeOptions(["--port", String(port)]))
            let error = await #expect(throws: (any Error).self) { try await second.start() }
            #expect(error.map { "\($0)".contains(port) } == true)
        }
    }
}
