import Foundation
import Glibc
import HTTPClient
import TestSupport

/// A simulator and a Marquee with an empty data directory, as processes, spoken to over HTTP.
final class Stack: Sendable {
    let folder: String
    let services: [String: String]
    private let simulator: Program
    private let place: Turnstile.Place

    /// Only so many stacks at a time: each is processes that poll, and on two cores more of them starve each other.
    static let turnstile = Turnstile(width: 6)

    static func start(_ library: String = "films=80,series=20", _ more: [String] = []) async throws -> Stack {
        let place = await turnstile.place()
        let simulator = try Program(
            "marquee-simulator", ["serve", "--port", "0", "--library", library] + more, environment: [:])
        guard await eventually(.seconds(20), { simulator.log.contains("# control") }) else {
            throw NotStarted(log: simulator.log)
        }
        var services: [String: String] = [:]
        for line in simulator.log.split(separator: "\n") where !line.hasPrefix("#") {
            let sides = line.split(separator: "=", maxSplits: 1).map(String.init)
            if sides.count == 2 { services[sides[0]] = sides[1] }
        }
        return try Stack(simulator, services, place)
    }

    private init(_ simulator: Program, _ services: [String: String], _ place: Turnstile.Place) throws {
        self.simulator = simulator
        self.place = place
        self.services = services
        folder = FileManager.default.temporaryDirectory.appending(path: "marquee-acceptance-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit {
        simulator.kill(SIGTERM)
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// What every Marquee of this stack is configured with.
    var environment: [String: String] {
        services.merging(["MARQUEE_DATA_DIR": folder + "/data", "MARQUEE_BIND": "127.0.0.1:0"]) { given, _ in given }
    }

    func serve(_ more: [String: String] = [:]) async throws -> Server {
        try await Server.start(environment.merging(more) { _, new in new })
    }

    func marquee(_ arguments: [String], _ more: [String: String] = [:]) async throws -> (code: Int32, output: String) {
        try await Program.run("marquee", arguments, environment: environment.merging(more) { _, new in new })
    }

    /// Plays a fault until `heal`.
    func fault(_ service: String, _ path: String, _ kind: String, _ more: String = "") async throws {
        let body = "{\"service\":\"\(service)\",\"path\":\"\(path)\",\"kind\":\"\(kind)\"\(more)}"
        let answer = try await control("POST", "fault", body)
        guard answer.status == 201 else { throw NotStarted(log: answer.text) }
    }

    func heal() async throws { _ = try await control("DELETE", "fault") }

    func control(_ method: String, _ path: String, _ body: String? = nil) async throws -> Answer {
        let base = services["JELLYFIN_URL"]?.replacing("/jellyfin", with: "") ?? ""
        return try await Answer.of(method, "\(base)/simulator/\(path)", body: body, headers: [])
    }
}

/// A running `marquee serve`.
final class Server: Sendable {
    let program: Program
    let url: String

    static func start(_ environment: [String: String]) async throws -> Server {
        let program = try Program("marquee", ["serve"], environment: environment)
        let didListen = await eventually(.seconds(30)) { program.log.contains("\"listening\"") || !program.isRunning }
        guard didListen, let match = program.log.firstMatch(of: /"url":"([^"]+)"/) else {
            throw NotStarted(log: program.log)
        }
        return Server(program, String(match.1))
    }

    private init(_ program: Program, _ url: String) {
        self.program = program
        self.url = url
    }

    deinit { program.kill(SIGKILL) }

    func call(
        _ method: String, _ path: String, body: String? = nil, headers: [(String, String)] = []
    ) async throws -> Answer {
        let answer = try await Answer.of(method, url + path, body: body, headers: headers)
        // Forms are our own pages' way, and answered with pages.
        if !headers.contains(where: { $0.1.contains("form-urlencoded") }) {
            try await Contract.expect(method, path, answer)
        }
        return answer
    }

    func get(_ path: String) async throws -> Answer { try await call("GET", path) }

    func stop() async -> Int32? {
        program.kill(SIGTERM)
        return await program.end(within: .seconds(20))
    }

    /// How many requests the tracker holds.
    func requestCount() async throws -> Int { try await get("/api/requests?limit=1")["total"] as? Int ?? -1 }
}

struct NotStarted: Error, CustomStringConvertible {
    var log: String
    var description: String { "a program did not start: \(log)" }
}

/// An HTTP answer with its JSON.
struct Answer: Sendable {
    let status: Int
    let headers: HTTPHeaders
    let text: String

    private static let transport = CurlTransport(perHost: 64)

    static func of(
        _ method: String, _ url: String, body: String?, headers: [(String, String)]
    ) async throws -> Answer {
        var all = headers
        if body != nil && !headers.contains(where: { $0.0 == "Content-Type" }) {
            all.append(("Content-Type", "application/json"))
        }
        let request = HTTPRequest(
            method, url, headers: all, body: body.map { Array($0.utf8) }, timeout: .seconds(120), maxBody: 64 << 20)
        let response = try await transport.send(request)
        return Answer(
            status: response.status, headers: response.headers, text: String(decoding: response.body, as: UTF8.self))
    }

    var json: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any] ?? [:]
    }

    subscript(_ key: String) -> Any? { json[key] }
    func int(_ key: String) -> Int { json[key] as? Int ?? -1 }
}
