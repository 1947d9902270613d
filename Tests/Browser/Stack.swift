import Foundation
import Synchronization

/// Marquee and the simulated services, each on a free port of loopback.
final class Stack: Sendable {
    /// Where Marquee answers, with its base path and without a slash at the end.
    let url: String
    /// The addresses and credentials of the simulated services, as Marquee's environment names them.
    let services: [String: String]
    /// The port of the simulator's control API; nil for a server that somebody else started.
    private let control: UInt16?
    /// Marquee, while it runs.
    private let marquee: Mutex<Program?>
    private let simulator: Program?
    /// What Marquee was started with; the port is the one it got.
    private let environment: [String: String]
    /// What webhooks show.
    static let secret = "browser-tests-browser-tests-browser-tests"

    /// The folder of the built programs: the one this test was built into.
    private static let programs = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()

    /// Whether `marquee` and `marquee-simulator` are built.
    static let isBuilt: Bool = {
        let names = ["marquee", "marquee-simulator"]
        return names.allSatisfy {
            FileManager.default.isExecutableFile(atPath: programs.appendingPathComponent($0).path)
        }
    }()

    private init(
        url: String, services: [String: String] = [:], control: UInt16? = nil, marquee: Program? = nil,
        simulator: Program? = nil, environment: [String: String] = [:]
    ) {
        self.url = url
        self.services = services
        self.control = control
        self.marquee = Mutex(marquee)
        self.simulator = simulator
        self.environment = environment
    }

    /// Starts both, or takes the server that `MARQUEE_BROWSER_URL` names.
    ///
    /// Marquee gets the simulator's environment without the variables that begin with `prefix`, and with `more`.
    static func start(_ more: [String: String] = [:], without prefix: String? = nil) async throws -> Stack {
        if let url = ProcessInfo.processInfo.environment["MARQUEE_BROWSER_URL"], !url.isEmpty {
            return Stack(url: url)
        }
        let folder = NSTemporaryDirectory() + "marquee-browser-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let simulator = try Program(
            programs.appendingPathComponent("marquee-simulator").path,
            ["serve", "--library", "medium", "--seed", "7", "--port", "0"])
        do {
            let found = try await simulator.wait("the addresses of the services", services)
            let control = found["JELLYFIN_URL"].flatMap { URL(string: $0)?.port }.flatMap { UInt16(exactly: $0) }
            var environment = found.filter { name, _ in prefix.map { !name.hasPrefix($0) } ?? true }
            environment["MARQUEE_BIND"] = "127.0.0.1:0"
            environment["MARQUEE_DATA_DIR"] = folder
            environment["MARQUEE_LOG_FORMAT"] = "json"
            environment["MARQUEE_WEBHOOK_TOKEN"] = secret
            environment.merge(more) { $1 }
            let (marquee, address) = try await serve(environment)
            environment["MARQUEE_BIND"] = address
            return Stack(
                url: "http://" + address + (environment["MARQUEE_BASE_PATH"] ?? ""), services: found, control: control,
                marquee: marquee, simulator: simulator, environment: environment)
        } catch {
            await simulator.stop()
            throw error
        }
    }

    /// A running Marquee, and host and port of its address.
    private static func serve(_ environment: [String: String]) async throws -> (Program, String) {
        let marquee = try Program(
            programs.appendingPathComponent("marquee").path, ["serve"], environment: environment)
        do {
            let address = try await marquee.wait("its address") { lines in
                lines.compactMap { $0.firstMatch(of: #/http:\/\/(127\.0\.0\.1:\d+)/#).map { String($0.1) } }.first
            }
            return (marquee, address)
        } catch {
            await marquee.stop()
            throw error
        }
    }

    /// Ends Marquee and nothing else; its data and its port are kept for `resume()`.
    func halt() async {
        let program = marquee.withLock { program in
            defer { program = nil }
            return program
        }
        await program?.stop()
    }

    /// Starts Marquee again after `halt()`, at the same address.
    func resume() async throws {
        let (program, _) = try await Self.serve(environment)
        marquee.withLock { $0 = program }
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
        try await untilJellyfinRests()
        try await fault(["service": "jellyfin", "path": "/Items", "kind": "hold", "from": 3, "count": 1])
    }

    /// Lets a service misbehave until `release()`.
    func fault(_ fault: JSON) async throws { _ = try await simulate("fault", fault) }

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
        _ = try await simulate("webhooks", ["to": .string(url), "secret": .string(Self.secret)])
    }

    /// Lets the simulator do one step of a scenario now.
    func step(_ step: JSON) async throws { _ = try await simulate("step", step) }

    /// Lets the simulator's time go on; what is due has happened when it returns.
    func advance(_ time: String) async throws { _ = try await simulate("clock", ["advance": .string(time)]) }

    private func simulate(_ what: String, _ body: JSON) async throws -> [UInt8] {
        guard let control else { return [] }
        let bytes = [UInt8](try JSONEncoder().encode(body))
        return try await LoopbackCall.send("POST", "/simulator/" + what, port: control, body: bytes)
    }

    func release() async throws {
        guard let control else { return }
        _ = try await LoopbackCall.send("DELETE", "/simulator/fault", port: control, body: [])
    }

    /// Calls Marquee itself, with JSON, as somebody on this machine.
    @discardableResult
    func call(_ path: String, _ body: JSON = [:]) async throws -> String {
        guard let address = URL(string: url), let port = address.port.flatMap({ UInt16(exactly: $0) }) else {
            return ""
        }
        let bytes = [UInt8](try JSONEncoder().encode(body))
        return String(
            decoding: try await LoopbackCall.send("POST", address.path + path, port: port, body: bytes), as: UTF8.self)
    }

    func stop() async {
        await halt()
        await simulator?.stop()
        if let folder = environment["MARQUEE_DATA_DIR"] { try? FileManager.default.removeItem(atPath: folder) }
    }
}
