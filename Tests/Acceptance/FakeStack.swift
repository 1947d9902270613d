import Foundation
import Synchronization
import TestSupport
import Testing

/// A Marquee process with an empty data directory that reads from played services.
final class FakeStack: Sendable {
    static let hookToken = "acceptance-hooks-0123456789-abcdefghijkl"

    let fake: FakeServer
    private let settings: [String: String]
    private let folder: String
    /// Where Marquee keeps its data, unless a setting said otherwise.
    var data: String { folder + "/data" }
    private let running: Mutex<Server?>
    private let sent = Mutex<[(service: String, body: String)]>([])

    /// Starts a Marquee, runs a scenario, and asserts what every scenario promises besides.
    ///
    /// The settings come beside fast paces; `prepare` sets up the services before Marquee first reads them. Every webhook
    /// is delivered once more at the end, which must change nothing, unless `repeats` says otherwise. No answer may be
    /// 500 or more unless `mayFail` says so.
    static func run(
        _ settings: [String: String] = [:], repeats: Bool = true, mayFail: Bool = false,
        prepare: @Sendable (inout FakeWorld) -> Void = { _ in },
        _ scenario: (FakeStack) async throws -> Void
    ) async throws {
        try await Stack.turnstile.pass { try await alone(settings, repeats, mayFail, prepare, scenario) }
    }

    private static func alone(
        _ settings: [String: String], _ repeats: Bool, _ mayFail: Bool, _ prepare: @Sendable (inout FakeWorld) -> Void,
        _ scenario: (FakeStack) async throws -> Void
    ) async throws {
        let fake = try await FakeServer.start()
        fake.world { prepare(&$0) }
        do {
            let stack = try await FakeStack(fake, settings)
            do {
                try await scenario(stack)
                try await stack.conclude(repeats: repeats, mayFail: mayFail)
            } catch {
                Issue.record("\(error)\n\(stack.server.program.log.suffix(1_500))")
            }
            await stack.end()
        }
        await fake.stop()
    }

    private init(_ fake: FakeServer, _ more: [String: String]) async throws {
        self.fake = fake
        folder = FileManager.default.temporaryDirectory.appending(path: "marquee-tracking-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        settings = fake.settings.merging(Self.paces) { _, new in new }
            .merging([
                "MARQUEE_DATA_DIR": folder + "/data", "MARQUEE_BIND": "127.0.0.1:0",
                "MARQUEE_WEBHOOK_TOKEN": Self.hookToken, "MARQUEE_LIBRARY_SCAN": "off",
            ]) { _, new in new }
            .merging(more) { _, new in new }
            .merging(more["RADARR__4K__URL"] == nil ? [:] : fake.settings(of: "4k", beside: "radarr")) { _, new in new }
            .merging(more["SHOKO_URL"] == nil ? [:] : ["SHOKO_URL": fake.shokoURL]) { _, new in new }
            .filter { $0.value != "" }
        running = Mutex(try await Server.start(settings))
    }

    /// Everything is read several times a second.
    private static let paces: [String: String] = {
        let sources = [
            "SEERR", "ARR_QUEUE", "ARR_HISTORY", "ARR_MISSING", "ARR_LIST", "QBITTORRENT", "SHOKO", "JELLYFIN",
        ]
        var paces = ["MARQUEE_POLL_PACK_FILES_ACTIVE": "300ms"]
        for source in sources + ["JELLYFIN_FULL"] {
            paces["MARQUEE_POLL_\(source)"] = "400ms"
            paces["MARQUEE_POLL_\(source)_ACTIVE"] = "300ms"
        }
        return paces
    }()

    var server: Server {
        guard let server = running.withLock({ $0 }) else { preconditionFailure("Marquee does not run") }
        return server
    }

    // MARK: Processes

    /// Ends Marquee at once, as a power cut does.
    func crash() async {
        let server = server
        server.program.kill(SIGKILL)
        _ = await server.program.end()
    }

    /// Starts Marquee on the data it had, from now on with further settings.
    func restart(_ more: [String: String] = [:]) async throws {
        let next = try await Server.start(settings.merging(more) { _, new in new })
        running.withLock { $0 = next }
    }

    /// Starts another Marquee with the same settings but a data directory of its own.
    func replica(_ more: [String: String] = [:]) async throws -> Server {
        let own = ["MARQUEE_DATA_DIR": "\(folder)/\(UUID().uuidString)"]
        return try await Server.start(settings.merging(own) { _, new in new }.merging(more) { _, new in new })
    }

    private func end() async {
        let server = server
        server.program.kill(SIGTERM)
        if await server.program.end(within: .seconds(8)) == nil { server.program.kill(SIGKILL) }
        running.withLock { $0 = nil }
        try? FileManager.default.removeItem(atPath: folder)
    }

    // MARK: Calls

    /// Sends a webhook and expects it to be taken.
    ///
    /// - Returns: the request it concerns.
    @discardableResult
    func hook(
        _ service: String, _ body: JSON, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Int? {
        let answer = try await post(service, body.text)
        sent.withLock { $0.append((service, body.text)) }
        #expect(answer.status == 202, "\(answer.text)", sourceLocation: sourceLocation)
        #expect(answer["status"] as? String == "accepted", sourceLocation: sourceLocation)
        return answer["request_id"] as? Int
    }

    /// Sends a body as it is, to see what comes back.
    func post(
        _ service: String, _ body: String, headers: [(String, String)] = [("X-Marquee-Token", hookToken)]
    ) async throws -> Answer {
        try await server.call("POST", "/hooks/\(service)", body: body, headers: headers)
    }

    func detail(_ id: Int) async throws -> TrackedDetail {
        let answer = try await server.get("/api/requests/\(id)")
        do {
            return try TrackedDetail.decoded(answer.text)
        } catch {
            throw NotStarted(log: "request \(id): \(answer.status) \(answer.text.prefix(600)) \(error)")
        }
    }

    /// All requests, the oldest first.
    func all() async throws -> [TrackedDetail] {
        let list = try await server.get("/api/requests?limit=200&sort=created")
        let ids = (list["requests"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? Int }
        var details: [TrackedDetail] = []
        for id in ids.sorted() { details.append(try await detail(id)) }
        return details
    }

    /// Waits until a request looks as expected, and returns it as it last was.
    @discardableResult
    func expect(
        _ id: Int?, _ what: Comment? = nil, within limit: Duration = .seconds(30),
        sourceLocation: SourceLocation = #_sourceLocation, _ condition: (TrackedDetail) -> Bool
    ) async throws -> TrackedDetail {
        let id = try #require(id, "no request was named", sourceLocation: sourceLocation)
        var last = try await detail(id)
        let end = ContinuousClock.now + limit
        while !condition(last) && ContinuousClock.now < end {
            try await Task.sleep(for: .milliseconds(40))
            last = try await detail(id)
        }
        #expect(condition(last), what ?? "\(Self.summary(last))", sourceLocation: sourceLocation)
        return last
    }

    @discardableResult
    func expect(
        _ id: Int?, state: String, within limit: Duration = .seconds(30),
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> TrackedDetail {
        try await expect(id, within: limit, sourceLocation: sourceLocation) { $0.state == state }
    }

    /// Waits until some source has been read a few more times, so that what stays as it is was really looked at.
    func afterReads(_ count: Int = 2, of service: String, path: String) async {
        let call = "GET " + path
        let before = fake.world { $0.calls(to: service).filter { $0 == call }.count }
        _ = await eventually(.seconds(30)) {
            self.fake.world { $0.calls(to: service).filter { $0 == call }.count } >= before + count
        }
    }

    static func summary(_ detail: TrackedDetail) -> String {
        "\(detail.mediaType) \(detail.state) attention \(detail.attention?.code ?? "none") progress \(detail.progress?.percent ?? -1) \(detail.episodesAvailable ?? -1)/\(detail.episodesAired ?? -1) jellyfin \(detail.jellyfinId ?? "none"); "
            + detail.timeline.map { "\($0.service):\($0.event)" }.joined(separator: " ")
            + " | " + detail.episodes.map { "S\($0.season)E\($0.episode)=\($0.state)" }.joined(separator: " ")
    }

    // MARK: What every scenario promises

    private func conclude(repeats: Bool, mayFail: Bool) async throws {
        let before = try await still()
        for detail in before { Self.check(detail) }
        let hooks = sent.withLock { $0 }
        if repeats && !hooks.isEmpty {
            for (service, body) in hooks {
                let answer = try await post(service, body)
                #expect(answer.status == 202, "second delivery: \(answer.text)")
            }
            let after = try await still()
            #expect(after.count == before.count, "a second delivery of the webhooks changed the number of requests")
            for (one, other) in zip(before, after) where one.settled != other.settled {
                Issue.record(
                    "a second delivery changed a request\nbefore: \(Self.summary(one))\nafter:  \(Self.summary(other))")
            }
        }
        let isFailing = server.program.log.contains("\"status\":5")
        #expect(mayFail || !isFailing, "an answer of 500 or more")
    }

    /// All requests once they stay the same for a moment.
    private func still() async throws -> [TrackedDetail] {
        var last = try await all()
        for _ in 0..<10 {
            try await Task.sleep(for: .milliseconds(500))
            let next = try await all()
            if next.map(\.settled) == last.map(\.settled) { return next }
            last = next
        }
        return last
    }

    private static func check(_ detail: TrackedDetail) {
        let form = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/
        for time in detail.times { #expect(time.wholeMatch(of: form) != nil, "\(time) is no time in RFC 3339 with Z") }
        let times = detail.timeline.map(\.at)
        #expect(times == times.sorted(), "the timeline goes back: \(times)")
        #expect(!detail.timeline.isEmpty, "request \(detail.id) has no timeline")
        let texts = detail.timeline.map(\.text) + [detail.attention?.reason, detail.note].compactMap(\.self)
        for text in texts {
            #expect(text.firstMatch(of: /\b0 B\b/) == nil, "\(text)")
            #expect(text.firstMatch(of: /[0-9a-fA-F]{40}/) == nil, "\(text) shows a hash")
        }
    }
}
