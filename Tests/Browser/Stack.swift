import Foundation

/// Marquee and the simulated services, each on a free port of loopback.
struct Stack: Sendable {
    /// Where Marquee answers, without a slash at the end.
    let url: String
    /// The port of the simulator's control API; nil for a server that somebody else started.
    private let control: UInt16?
    private let programs: [Program]
    private let folder: String
    /// What webhooks show.
    private static let secret = "browser-tests-browser-tests-browser-tests"

    /// The folder of the built programs: the one this test was built into.
    private static let programs = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()

    /// Whether `marquee` and `marquee-simulator` are built and say who they are.
    static let isBuilt: Bool = {
        let names = ["marquee", "marquee-simulator"]
        return names.allSatisfy { name in
            let process = Process()
            process.executableURL = programs.appendingPathComponent(name)
            process.arguments = ["--help"]
            let pipe = Pipe()
            process.standardOutput = pipe
            process.standardError = FileHandle.nullDevice
            guard (try? process.run()) != nil else { return false }
            let said = pipe.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            return !said.isEmpty
        }
    }()

    /// Starts both, or takes the server that `MARQUEE_BROWSER_URL` names.
    static func start() async throws -> Stack {
        if let url = ProcessInfo.processInfo.environment["MARQUEE_BROWSER_URL"], !url.isEmpty {
            return Stack(url: url, control: nil, programs: [], folder: "")
        }
        let folder = NSTemporaryDirectory() + "marquee-browser-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let simulator = try Program(
            programs.appendingPathComponent("marquee-simulator").path,
            ["serve", "--library", "medium", "--seed", "7", "--port", "0"])
        do {
            var environment = try await simulator.wait("the addresses of the services", services)
            let control = environment["JELLYFIN_URL"].flatMap { URL(string: $0)?.port }.flatMap { UInt16(exactly: $0) }
            environment["MARQUEE_BIND"] = "127.0.0.1:0"
            environment["MARQUEE_DATA_DIR"] = folder
            environment["MARQUEE_LOG_FORMAT"] = "json"
            environment["MARQUEE_WEBHOOK_TOKEN"] = secret
            let path = programs.appendingPathComponent("marquee").path
            let marquee = try Program(path, ["serve"], environment: environment)
            do {
                let url = try await marquee.wait("its address") { lines in
                    lines.compactMap { $0.firstMatch(of: #/http:\/\/127\.0\.0\.1:\d+/#).map { String($0.0) } }.first
                }
                return Stack(url: url, control: control, programs: [marquee, simulator], folder: folder)
            } catch {
                await marquee.stop()
                throw error
            }
        } catch {
            await simulator.stop()
            throw error
        }
    }

    /// The environment the simulator prints, once it is complete.
    private static func services(_ lines: [String]) -> [String: String]? {
        var found: [String: String] = [:]
        for line in lines {
            guard let match = line.firstMatch(of: #/^([A-Z][A-Z0-9_]*)=(\S+)/#) else { continue }
            found[String(match.1)] = String(match.2)
        }
        return lines.contains { $0.hasPrefix("# control") } ? found : nil
    }

    /// Lets Jellyfin keep a page of its listing to itself until `release()`: a job stands still half way.
    func holdListing() async throws {
        guard let control else { return }
        try await untilJellyfinRests()
        let fault: JSON = ["service": "jellyfin", "path": "/Items", "kind": "hold", "from": 3, "count": 1]
        let body = try JSONEncoder().encode(fault)
        _ = try await LoopbackCall.send("POST", "/simulator/fault", port: control, body: [UInt8](body))
    }

    /// Marquee reads the whole library once when it starts; those calls must not be taken for the job's.
    private func untilJellyfinRests() async throws {
        guard let control else { return }
        var last: [UInt8] = []
        var quiet = 0
        for _ in 0..<100 {
            let calls = try await LoopbackCall.send("GET", "/simulator/calls?service=jellyfin", port: control, body: [])
            let hasRead = String(decoding: calls, as: UTF8.self).contains("/Items")
            quiet = hasRead && calls == last ? quiet + 1 : 0
            // On a loaded machine a pause of one look may be a pause between two pages.
            if quiet == 5 { return }
            last = calls
            try await Task.sleep(for: .milliseconds(400))
        }
    }

    /// Has every service send its webhooks to Marquee.
    func sendWebhooks() async throws {
        _ = try await simulator("webhooks", ["to": .string(url), "secret": .string(Self.secret)])
    }

    /// Lets the simulator do one step of a scenario now.
    func step(_ step: JSON) async throws { _ = try await simulator("step", step) }

    /// Lets the simulator's time go on; what is due has happened when it returns.
    func advance(_ time: String) async throws { _ = try await simulator("clock", ["advance": .string(time)]) }

    private func simulator(_ what: String, _ body: JSON) async throws -> [UInt8] {
        guard let control else { return [] }
        let bytes = [UInt8](try JSONEncoder().encode(body))
        return try await LoopbackCall.send("POST", "/simulator/" + what, port: control, body: bytes)
    }

    func release() async throws {
        guard let control else { return }
        _ = try await LoopbackCall.send("DELETE", "/simulator/fault", port: control, body: [])
    }

    func stop() async {
        for program in programs { await program.stop() }
        if !folder.isEmpty { try? FileManager.default.removeItem(atPath: folder) }
    }
}
