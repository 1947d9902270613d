import HTTPServer
import Synchronization

/// A server that ought never to be called, and notes when it is.
final class PlainListener: Sendable {
    private let server: HTTPServer
    private let calls: Calls
    let port: Int

    private final class Calls: Sendable {
        let paths = Mutex<[String]>([])
    }

    /// Answers every path with `response`.
    static func start(_ response: Response = .text("caught")) async throws -> PlainListener {
        var routes = Routes<Bool, Void>()
        let calls = Calls()
        let handler: Routes<Bool, Void>.Handler = { request in
            calls.paths.withLock { $0.append(request.path) }
            return response
        }
        let parts = ["a", "b", "c", "d", "e"].map { PathPart.named($0) }
        routes.get(permission: true, handler)
        routes.get(parts[0], permission: true, handler)
        routes.get(parts[0], parts[1], permission: true, handler)
        routes.get(parts[0], parts[1], parts[2], permission: true, handler)
        routes.get(parts[0], parts[1], parts[2], parts[3], permission: true, handler)
        let server = HTTPServer(ServerOptions(), routes: routes, authorize: { _, _ in nil })
        return PlainListener(server, calls, try await server.start())
    }

    private init(_ server: HTTPServer, _ calls: Calls, _ port: Int) {
        (self.server, self.calls, self.port) = (server, calls, port)
    }

    var url: String { "http://127.0.0.1:\(port)" }
    var paths: [String] { calls.paths.withLock { $0 } }

    func stop() async { await server.stop() }
}
