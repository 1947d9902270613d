import HTTPServer
import Lifecycle

/// Hands every request of a port, whatever its path, to the simulator.
enum ServerRoutes {
    /// Paths of up to eight parts, in the three methods the services know.
    static func all(_ simulator: Simulator, _ mount: Mount) -> Routes<Void, Void> {
        var routes = Routes<Void, Void>()
        let (a, b, c, d) = (PathPart.named("a"), PathPart.named("b"), PathPart.named("c"), PathPart.named("d"))
        let (e, f, g, h) = (PathPart.named("e"), PathPart.named("f"), PathPart.named("g"), PathPart.named("h"))
        let handle: @Sendable (Request) async throws -> Response = { await response(to: $0, from: simulator, mount) }
        for method in ["GET", "POST", "PUT", "DELETE"] {
            routes.on(method, permission: (), handle)
            routes.on(method, a, permission: (), handle)
            routes.on(method, a, b, permission: (), handle)
            routes.on(method, a, b, c, permission: (), handle)
            routes.on(method, a, b, c, d, permission: (), handle)
            routes.on(method, a, b, c, d, e, permission: (), handle)
            routes.on(method, a, b, c, d, e, f, permission: (), handle)
            routes.on(method, a, b, c, d, e, f, g, permission: (), handle)
            routes.on(method, a, b, c, d, e, f, g, h, permission: (), handle)
        }
        return routes
    }

    private static func response(to request: Request, from simulator: Simulator, _ mount: Mount) async -> Response {
        let call = Call(
            request.method, request.segments, query: request.query.parameters,
            headers: request.headers.fields.map { (name: $0.name.lowercased(), value: $0.value) }, body: request.body,
            remoteAddress: request.remoteAddress)
        let delivery = await simulator.answer(call, at: mount)
        // libmicrohttpd takes no status below 100 and closes the connection: nothing is answered.
        guard !delivery.isRefused else { return Response(0) }
        let headers = delivery.answer.headers.map { ($0.name, $0.value) }
        if case .socket(let talk) = delivery.answer.body {
            return Response(
                delivery.answer.status, headers: headers,
                body: .upgrade { connection in
                    let peer = WebSocketPeer(connection)
                    let stopping = Task {
                        await connection.draining.wait()
                        await peer.close(.goingAway)
                    }
                    await talk(peer)
                    stopping.cancel()
                })
        }
        if case .bytes(let bytes) = delivery.answer.body, delivery.isWhole {
            return Response(delivery.answer.status, headers: headers, body: bytes.isEmpty ? .empty : .bytes(bytes))
        }
        return Response(
            delivery.answer.status, headers: headers,
            body: .stream { writer in
                let isWhole = try await simulator.send(delivery) { try await writer.write($0) }
                if !isWhole {
                    // What was written must leave before the connection breaks.
                    try await simulator.pauseBeforeBreak()
                    throw BrokenOnPurpose()
                }
            })
    }
}

/// Ends a body in its middle, because a fault says so.
private struct BrokenOnPurpose: Error {}
