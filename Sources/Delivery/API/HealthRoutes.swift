import Accounts
import Database
import HTTPServer
import JSONStream
import Media
import Observability
import OpenAPI
import Shapes
import SignalR
import Store
import Tracking

extension API {
    func addHealth(to routes: inout RouteTable) {
        routes.get("healthz", permission: .open, doc: .healthz) { _ in
            let age = ContinuousClock.now - store.database.writerBeat
            return age < .seconds(10) ? Response.text("ok").secured : Response.text("stuck", status: 503).secured
        }
        routes.get("readyz", permission: .open, doc: .readyz) { _ in
            guard let word = board.unreadiness else { return Response.text("ready").secured }
            return Response.text(word, status: 503).secured
        }
        routes.get("api", "health", permission: .open, doc: .getHealth) { request in
            let isAdmin = request.caller?.role == .admin
            // When each was heard is in the database, which may be what is wrong.
            // Users learn which services answer, which the board knows without the database.
            let services = isAdmin ? (try? await serviceStates()) ?? serviceStates([]) : serviceStates([])
            let shape = HealthShape(
                status: board.status, services: request.caller == nil ? nil : services, isDetailed: isAdmin,
                links: tracking.shokoLinks)
            return Response.json(shape.jsonBytes).secured
        }
        routes.get("metrics", permission: .metrics, doc: .getMetrics) { _ in
            try await measureStore()
            return Response(
                200, headers: [("Content-Type", "text/plain; version=0.0.4; charset=utf-8")],
                body: .bytes(Array(metrics.render().utf8))
            ).secured
        }
    }
}

extension API {
    /// Sets the figures that only the store knows.
    private func measureStore() async throws {
        let requests = metrics.gauge(
            "marquee_requests", help: "Tracked titles.", labels: ["stage", "media_type"])
        let running = metrics.gauge("marquee_jobs", help: "Jobs by state.", labels: ["state"])
        let (counts, jobs) = try await store.read { reader in
            (try reader.requestCounts(), try JobState.allCases.map { ($0, try reader.jobCount(state: $0)) })
        }
        requests.reset()
        for (what, count) in counts { requests.add(Double(count), what.state.rawValue, what.mediaType.rawValue) }
        for (state, count) in jobs { running.set(Double(count), state.rawValue) }
    }
}

/// The health of Marquee and of the services it knows.
struct HealthShape: Shape {
    static let schema = Schema.named(
        "Health",
        [
            "status": .choice(["healthy", "degraded", "unhealthy"]),
            "services": .array(service).sometimes.note("For those who are signed in."),
        ])

    private static let service = Schema.named(
        "ServiceHealth",
        [
            "service": .string, "instance": .string, "reachable": .boolean.orNull.note("Null before the first check."),
            "version": .string.orNull.sometimes.note("This and what follows: for admins."),
            "latency_ms": .count.orNull.sometimes, "last_heard": .time.orNull.sometimes,
            "last_polled": .time.orNull.sometimes, "last_success": .time.orNull.sometimes,
            "error": .string.orNull.sometimes,
            "stream": .object([
                "state": .choice(["idle", "connecting", "connected", "waiting"]), "for_ms": .count.sometimes,
                "retry_in_ms": .count.sometimes, "error": .string.orNull, "last_record_ms": .count.orNull,
            ]).sometimes.note("Shoko's event stream."),
        ])

    let status: String
    /// nil for callers who may not know.
    let services: [ServiceState]?
    /// Whether the caller may know more of each than whether it answers.
    let isDetailed: Bool
    /// The event stream of each Shoko.
    var links: [String: SignalRState] = [:]

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("status", status)
            guard let services else { return }
            json.array("services") { json in
                for state in services {
                    let entry = state.entry
                    json.object { json in
                        json.field("service", entry.service)
                        json.field("instance", entry.instance)
                        json.field("reachable", state.isReachable)
                        guard isDetailed else { return }
                        json.field("version", entry.version)
                        json.field("latency_ms", entry.latencyMillis)
                        json.field("last_heard", state.lastHeard?.rfc3339)
                        json.field("last_polled", state.lastPolled?.rfc3339)
                        json.field("last_success", state.lastSuccess?.rfc3339)
                        json.field("error", state.error)
                        if let link = entry.service == "shoko" ? links[entry.instance] : nil {
                            json.object("stream") { LinkShape.write(link, to: &$0) }
                        }
                    }
                }
            }
        }
    }
}

/// How an event stream stands: a dropped one says when it tries again.
private enum LinkShape {
    static func write(_ link: SignalRState, to json: inout JSONWriter) {
        switch link.phase {
        case .idle: json.field("state", "idle")
        case .connecting: json.field("state", "connecting")
        case .connected(let time):
            json.field("state", "connected")
            json.field("for_ms", Int64(time / .milliseconds(1)))
        case .waiting(let time):
            json.field("state", "waiting")
            json.field("retry_in_ms", Int64(time / .milliseconds(1)))
        }
        json.field("error", link.lastError.map { "\($0)" })
        json.field("last_record_ms", link.lastRecord.map { Int64($0 / .milliseconds(1)) })
    }
}
