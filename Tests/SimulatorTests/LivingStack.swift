import Foundation
import Synchronization

@testable import Simulator

/// A simulated stack whose clock stands still until a test steps it, and the webhooks it sent.
struct LivingStack {
    let simulator: Simulator
    let received = Received()

    /// What arrived at the test's own address.
    final class Received: Sendable {
        struct Hook: Sendable {
            let service: String
            let url: String
            let headers: [String: String]
            let body: [UInt8]
            let event: String

            var object: [String: Any] {
                (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] ?? [:]
            }
        }

        private let state = Mutex<(hooks: [Hook], status: Int?)>(([], 202))

        var hooks: [Hook] { state.withLock { $0.hooks } }

        /// What is answered from now on; nil for nobody there.
        func answer(_ status: Int?) { state.withLock { $0.status = status } }

        func take(_ hook: OutgoingHook) -> Int? {
            state.withLock {
                $0.hooks.append(
                    Hook(
                        service: hook.service, url: hook.url,
                        headers: Dictionary(hook.headers, uniquingKeysWith: { $1 }), body: hook.body, event: hook.event)
                )
                return $0.status
            }
        }
    }

    init(seed: UInt64 = 7, radarrs: [String] = ["default", "4k"], jellyfin: JellyfinVersion = .v10_11) {
        let plan = LibraryPlan(
            size: LibrarySize(films: 20, series: 5, episodes: 40), seed: seed, radarrInstances: radarrs)
        let received = received
        simulator = Simulator(
            plan, jellyfin: jellyfin, clock: ContinuousClock(), send: { received.take($0) })
    }

    var flow: FlowEngine { simulator.world.flow }

    func call(_ method: String, _ target: String, _ body: Any? = nil, headers: [String: String] = [:]) async -> Reply {
        let parts = URLComponents(string: target)
        let bytes = body.flatMap { try? JSONSerialization.data(withJSONObject: $0) }.map(Array.init) ?? []
        let call = Call(
            method, (parts?.path ?? "").split(separator: "/").map(String.init),
            query: (parts?.queryItems ?? []).map { (name: $0.name, value: $0.value ?? "") },
            headers: headers.map { (name: $0.key, value: $0.value) }, body: bytes)
        return await Reply(simulator.route(call), simulator)
    }

    func seerr(_ method: String, _ path: String, _ body: Any? = nil) async -> Reply {
        let key = simulator.environment("JELLYSEERR_API_KEY")
        return await call(method, "/seerr/api/v1\(path)", body, headers: ["x-api-key": key])
    }

    func arr(_ service: String, _ path: String) async -> Reply { await arr(service, "GET", path) }

    func arr(_ service: String, _ method: String, _ path: String, _ body: Any? = nil) async -> Reply {
        let name = service.uppercased().replacingOccurrences(of: "/", with: "__")
        let key = simulator.environment(name + (service.contains("/") ? "__" : "_") + "API_KEY")
        return await call(method, "/\(service)/api/v3\(path)", body, headers: ["x-api-key": key])
    }

    func jellyfin(_ method: String, _ path: String, _ body: Any? = nil) async -> Reply {
        let key = simulator.environment("JELLYFIN_API_KEY")
        return await call(
            method, "/jellyfin\(path)", body, headers: ["authorization": "MediaBrowser Token=\"\(key)\""])
    }

    func control(_ method: String, _ path: String, _ body: Any? = nil) async -> Reply {
        await call(method, "/simulator\(path)", body)
    }

    /// Moves the clock on; what is due has happened and its webhooks have arrived when this returns.
    func advance(_ span: String) async { _ = await control("POST", "/clock", ["advance": span]) }

    /// Asks for a title by a step of a scenario; its number in the flow.
    func request(_ media: String = "movie", _ more: [String: Any] = [:]) async -> Int {
        let step = ["do": "request", "media": media].merging(more) { $1 }
        return await control("POST", "/step", step).object.int("title") ?? 0
    }
}

extension Reply {
    /// The records of an *arr's page.
    var records: [[String: Any]] { object["records"] as? [[String: Any]] ?? [] }
    /// The results of a page of Seerr's.
    var results: [[String: Any]] { object["results"] as? [[String: Any]] ?? [] }
}
