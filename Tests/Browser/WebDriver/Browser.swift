import Foundation

/// A headless Chromium, driven over plain W3C WebDriver.
struct Browser: Sendable {
    /// The first places Debian and others put the driver and the browser.
    static let driver = first([
        "/usr/bin/chromedriver", "/usr/lib/chromium/chromedriver", "/usr/local/bin/chromedriver",
    ])
    static let chromium = first(["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"])

    /// Whether both are there; without them the tests are skipped, visibly.
    static var isInstalled: Bool { driver != nil && chromium != nil }

    private static func first(_ paths: [String]) -> String? {
        paths.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    private let program: Program
    private let session: String

    /// Starts a driver on a free port, and a browser with an empty profile, in `timeZone` or in this machine's.
    static func open(javaScript: Bool = true, timeZone: String? = nil) async throws -> Browser {
        guard let chromium else { throw Waiting(what: "chromium") }
        let (program, port) = try await startDriver(timeZone.map { ["TZ": $0] } ?? [:])
        do {
            let url = "http://127.0.0.1:\(port)/session"
            let answer = try await call("POST", url, capabilities(chromium, javaScript: javaScript))
            guard let id = answer["sessionId"].text else { throw Waiting(what: "a session: \(answer)") }
            return Browser(program: program, session: "\(url)/\(id)")
        } catch {
            await program.stop()
            throw error
        }
    }

    /// A driver and its port.
    ///
    /// It takes a free port for IPv4 and then the same for IPv6, and ends when another driver was quicker there.
    private static func startDriver(
        _ environment: [String: String], attempts: Int = 4
    ) async throws -> (Program, port: String) {
        guard let driver else { throw Waiting(what: "chromedriver") }
        let program = try Program(driver, ["--port=0"], environment: environment)
        do {
            let port = try await program.wait("its port") { lines in
                lines.compactMap { $0.firstMatch(of: #/successfully on port (\d+)/#).map { String($0.1) } }.first
            }
            return (program, port)
        } catch {
            await program.stop()
            guard attempts > 1 else { throw error }
            return try await startDriver(environment, attempts: attempts - 1)
        }
    }

    private static func capabilities(_ chromium: String, javaScript: Bool) -> JSON {
        var arguments: [JSON] = [
            "--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1280,800", "--lang=en-US",
            "--no-first-run", "--disable-background-networking", "--disable-component-update",
        ]
        if geteuid() == 0 { arguments.append("--no-sandbox") }
        var options: [String: JSON] = [
            "binary": .string(chromium), "args": .array(arguments), "perfLoggingPrefs": ["enableNetwork": true],
        ]
        if !javaScript {
            options["prefs"] = ["profile.managed_default_content_settings.javascript": 2]
        }
        return [
            "capabilities": [
                "alwaysMatch": [
                    "browserName": "chrome", "goog:chromeOptions": .object(options),
                    "goog:loggingPrefs": ["browser": "ALL", "performance": "ALL"],
                ]
            ]
        ]
    }

    /// Ends browser and driver.
    func close() async {
        _ = try? await Self.call("DELETE", session, nil)
        let driver = session.components(separatedBy: "/session")[0]
        _ = try? await Self.call("GET", driver + "/shutdown", nil)
        await program.stop()
    }

    /// Sends one command and returns its `value`.
    @discardableResult
    func send(_ method: String, _ path: String, _ body: JSON? = nil) async throws -> JSON {
        try await Self.call(method, session + path, body)
    }

    private static func call(_ method: String, _ url: String, _ body: JSON?) async throws -> JSON {
        guard let address = URL(string: url), let port = address.port.flatMap({ UInt16(exactly: $0) }) else {
            throw Waiting(what: url)
        }
        let content = method == "POST" ? try JSONEncoder().encode(body ?? [:]) : Data()
        let answer = try await LoopbackCall.send(method, address.path, port: port, body: [UInt8](content))
        let value = try JSONDecoder().decode(JSON.self, from: Data(answer))["value"]
        if let error = value["error"].text { throw DriverError(error: error, message: value["message"].text ?? "") }
        return value
    }
}

/// What the driver refused, in its own words.
struct DriverError: Error, CustomStringConvertible {
    let error: String
    let message: String
    var description: String { "\(error): \(message)" }
}
