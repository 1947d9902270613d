import HTTPServer
import Lifecycle

enum Permission: Sendable { case open, member }

/// A server on a free port, started for one test and stopped after it.
struct TestServer {
    let server: HTTPServer
    let port: Int

    func client(receiveBuffer: Int32? = nil) throws -> RawClient {
        try RawClient(port: port, receiveBuffer: receiveBuffer)
    }

    func get(_ path: String, _ fields: String = "") async throws -> RawResponse {
        try await client().get(path, fields)
    }
}

/// What a test wants to decide or be told of.
struct Hooks {
    var authorize: @Sendable (Permission, inout Request) async -> Response? = { _, _ in nil }
    var authorizeUnknown: @Sendable ([Permission], Request) async -> Response? = { _, _ in nil }
    var onError: @Sendable (any Error, Request) -> Response = HTTPServer.plainError
    var onFinish: @Sendable (Finished) -> Void = { _ in }
}

func withServer(
    _ routes: Routes<Permission, Void>, _ options: ServerOptions = ServerOptions(), _ hooks: Hooks = Hooks(),
    _ body: (TestServer) async throws -> Void
) async throws {
    let server = HTTPServer(
        options, routes: routes, authorize: hooks.authorize, authorizeUnknown: hooks.authorizeUnknown,
        onError: hooks.onError, onFinish: hooks.onFinish)
    let port = try await server.start()
    do {
        try await body(TestServer(server: server, port: port))
    } catch {
        await server.stop()
        throw error
    }
    await server.stop()
}

/// `GET /plain`, `POST /hook` (its answer is the length of the body).
func simpleRoutes(bodyLimit: Int = 1000) -> Routes<Permission, Void> {
    var routes = Routes<Permission, Void>()
    routes.get("plain", permission: .open) { _ in .text("hello") }
    routes.post("hook", permission: .open, bodyLimit: bodyLimit) { .text("\($0.body.count)") }
    return routes
}
