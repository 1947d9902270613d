import Changes
import Database
import HTTPClient
import Media
import Observability
import Store
import Synchronization
import TestSupport

@testable import Tracking

/// A tracker with an empty database beside services that answer from a table, and a time that tests set.
struct TrackingBench: Sendable {
    let store: Store
    let tracking: Tracking
    let services: Services
    let clock: Clock

    final class Clock: Sendable {
        private let value = Mutex(Timestamp(milliseconds: 1_767_261_600_000))  // 2026-01-01T10:00:00Z

        var now: Timestamp { value.withLock { $0 } }
        func advance(_ duration: Duration) { value.withLock { $0 = $0.advanced(by: duration) } }
    }

    /// What each path answers; everything else is 404.
    final class Services: Sendable {
        private let answers = Mutex<[String: String]>([:])
        private let asked = Mutex<[String]>([])

        /// By `seerr.test/api/v1/tv/7`, without the query.
        func set(_ path: String, _ body: String?) { answers.withLock { $0[path] = body } }
        var calls: [String] { asked.withLock { $0 } }

        var transport: StubTransport {
            StubTransport { [self] request in
                let path = String((request.url.split(separator: "?").first ?? "").dropFirst("http://".count))
                asked.withLock { $0.append("\(request.method) \(path)") }
                guard let body = answers.withLock({ $0[path] }) else {
                    return .response(HTTPResponse(status: 404, headers: Self.json, body: Array("{}".utf8)))
                }
                return .response(HTTPResponse(status: 200, headers: Self.json, body: Array(body.utf8)))
            }
        }

        private static let json: HTTPHeaders = ["Content-Type": "application/json"]
    }

    static func with(
        _ services: [String] = ["seerr", "radarr", "sonarr", "jellyfin"],
        ownPath: @escaping @Sendable (String, String, String) -> String? = { path, _, _ in path },
        _ body: (TrackingBench) async throws -> Void
    ) async throws {
        try await TestDatabase.with(.sqlite, Schema.migrations) { database in
            let clock = Clock()
            let store = Store(database, changes: Changes()) { clock.now }
            let played = Services()
            let transport = played.transport
            var upstreams = TrackingUpstreams()
            for name in services {
                let base = try BaseURL("http://\(name).test")
                switch name {
                case "seerr": upstreams.addSeerr("default", base, key: "k", transport)
                case "radarr": upstreams.addServarr(.movie, "default", base, key: "k", transport)
                case "sonarr": upstreams.addServarr(.tv, "default", base, key: "k", transport)
                default: upstreams.setJellyfin("default", base, key: "k", transport)
                }
            }
            let options = TrackingOptions(
                rules: TrackingRules(), variants: [:], commonPath: { path, _, _ in path }, ownPath: ownPath)
            let tracking = Tracking(
                store: store, settings: options, upstreams: upstreams,
                log: Logger("test", sink: LogSink(level: .error, write: { _ in })))
            try await body(TrackingBench(store: store, tracking: tracking, services: played, clock: clock))
        }
    }

    /// Has somebody ask for a title in Seerr.
    ///
    /// - Returns: the request.
    func ask(
        _ id: Int64, _ type: MediaType = .movie, tmdb: Int64, seasons: String? = nil
    ) async throws -> Int64 {
        var keys = MediaKeys(mediaType: type)
        keys.seerrRequest = id
        keys.tmdb = tmdb
        if type == .tv { keys.tvdb = tmdb + 1_000 }
        let told = Observation(
            service: "jellyseerr", instance: "default", channel: .webhook, fact: .approved, naturalKey: String(id),
            observedAt: clock.now, receivedAt: clock.now, keys: keys,
            details: Details([.title: "Title \(tmdb)", .seasons: seasons]))
        try await tracking.book([told])
        return try await store.read { try $0.seerrRequest(id, "default") } ?? 0
    }

    func row(_ id: Int64) async throws -> RequestRecord? { try await store.read { try $0.request(id) } }
    func facts(_ id: Int64) async throws -> [Observation] { try await store.read { try $0.observations(of: id) } }
    func episodes(_ id: Int64) async throws -> [Episode] { try await store.read { try $0.episodes(of: id) } }
}
