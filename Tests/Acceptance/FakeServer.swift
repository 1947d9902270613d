import Foundation
import HTTPServer
import Synchronization

/// Plays every service that Marquee reads, each below a path of its own, from one `FakeWorld`.
final class FakeServer: Sendable {
    private let state = Mutex(FakeWorld())
    private let server = Mutex<HTTPServer?>(nil)
    private let port = Mutex(0)
    /// The event streams Marquee has opened to the played Shoko.
    let shoko = FakeShokoLinks()

    static func start() async throws -> FakeServer {
        let fake = FakeServer()
        var routes = Routes<Bool, Void>()
        let answer: Routes<Bool, Void>.Handler = { fake.answer($0) }
        for method in ["GET", "POST"] {
            let (a, b, c, d, e, f) = (
                PathPart.named("a"), PathPart.named("b"), PathPart.named("c"), PathPart.named("d"),
                PathPart.named("e"), PathPart.named("f")
            )
            routes.on(method, a, b, permission: true, answer)
            routes.on(method, a, b, c, permission: true, answer)
            routes.on(method, a, b, c, d, permission: true, answer)
            routes.on(method, a, b, c, d, e, permission: true, answer)
            routes.on(method, a, b, c, d, e, f, permission: true, answer)
            routes.on(method, a, b, c, d, e, f, .named("g"), permission: true, answer)
        }
        let server = HTTPServer(ServerOptions(), routes: routes, authorize: { _, _ in nil })
        let port = try await server.start()
        fake.port.withLock { $0 = port }
        fake.server.withLock { $0 = server }
        return fake
    }

    func stop() async {
        let running = server.withLock { server in
            defer { server = nil }
            return server
        }
        await running?.stop()
    }

    /// Reads or changes what the services answer.
    @discardableResult
    func world<Result: Sendable>(_ work: (inout FakeWorld) throws -> Result) rethrows -> Result {
        try state.withLock { try work(&$0) }
    }

    /// The settings that lead a Marquee here, without Shoko.
    var settings: [String: String] {
        let base = "http://127.0.0.1:\(port.withLock { $0 })"
        var settings = ["QBITTORRENT_URL": base + "/qbittorrent"]
        for service in ["jellyfin", "radarr", "sonarr", "jellyseerr"] {
            settings[service.uppercased() + "_URL"] = "\(base)/\(service)"
            settings[service.uppercased() + "_API_KEY"] = "key-of-\(service)-0123456789"
        }
        settings["JELLYFIN_PUBLIC_BASE_URL"] = "https://media.example"
        return settings
    }

    /// The settings of a second Radarr or Sonarr, kept for another quality.
    func settings(of instance: String, beside service: String) -> [String: String] {
        let name = "\(service.uppercased())__\(instance.uppercased())__"
        return [
            name + "URL": "http://127.0.0.1:\(port.withLock { $0 })/\(service)\(instance)",
            name + "API_KEY": "key-of-\(service)-\(instance)-0123456789",
        ]
    }

    /// The settings that lead to the played Shoko; it is configured only where a test is about anime.
    var shokoURL: String { "http://127.0.0.1:\(port.withLock { $0 })/shoko" }

    private func answer(_ request: Request) -> Response {
        if request.segments.dropFirst() == ["signalr", "aggregate"] {
            let isRefused = state.withLock { $0.faults["shoko/signalr/aggregate"] != nil }
            return isRefused ? .text("broken", status: 503) : shoko.accept(request)
        }
        let service = request.segments[0]
        let path = request.segments.dropFirst().joined(separator: "/")
        return state.withLock { world in
            world.calls.append(
                FakeWorld.Call(
                    service: service, method: request.method, path: path,
                    body: String(decoding: request.body, as: UTF8.self), key: request.headers["X-Api-Key"]))
            switch world.faults["\(service)/\(path)"] ?? world.faults[service] {
            case .status(let status): return Response.text("broken", status: status)
            case .webPage: return Response.html(Array("<!doctype html><title>Login</title>".utf8))
            case nil: break
            }
            return switch service {
            case "jellyfin": world.jellyfin(request, path)
            case "jellyseerr": world.seerr(request, path)
            case "qbittorrent": world.qbittorrent(request, path)
            case "radarr", "radarr4k", "sonarr", "sonarr4k": world.arr(service, request, path)
            case "shoko": world.shoko(request, path)
            default: Response.text("not played", status: 404)
            }
        }
    }
}

extension Response {
    static func json(_ value: JSON, status: Int = 200) -> Response { .json(Array(value.text.utf8), status: status) }
}
