/// Everything a server answers: its routes, who may take them, and how refusals look.
public struct Site: Sendable {
    let router: Router
    let authorizeUnknown: @Sendable (Request) async -> Response?
    let failure: @Sendable (Int, String, Request) -> Response
    let onError: @Sendable (any Error, Request) -> Response
    let dress: @Sendable (Response, Request) -> Response
    let onFinish: @Sendable (Finished) -> Void

    /// - Parameters:
    ///   - routes: what is answered.
    ///   - authorize: asked before the body is used and the handler called; nil lets the request go on, with the
    ///     identity it may have noted.
    ///   - authorizeUnknown: asked before a 404 or 405 is revealed, with the permissions of the path's other methods
    ///     (none for an unknown path); nil lets it be revealed.
    ///   - failure: renders the server's own refusals: 400, 404, 405, 413, 431, 505. Also called on socket threads, so
    ///     it must not block.
    ///   - onError: renders what a handler threw; for a stream only told of it.
    ///   - dress: may change every answer before it goes out, also refusals; it must not block.
    ///   - onFinish: told of each request once it is answered; it must not block.
    public init<Permission, Doc>(
        routes: Routes<Permission, Doc>,
        authorize: @escaping @Sendable (Permission, inout Request) async -> Response?,
        authorizeUnknown: @escaping @Sendable ([Permission], Request) async -> Response? = { _, _ in nil },
        failure: @escaping @Sendable (_ status: Int, _ detail: String, Request) -> Response = HTTPServer.plainFailure,
        onError: @escaping @Sendable (any Error, Request) -> Response = HTTPServer.plainError,
        dress: @escaping @Sendable (Response, Request) -> Response = { response, _ in response },
        onFinish: @escaping @Sendable (Finished) -> Void = { _ in }
    ) {
        let entries = routes.entries
        let erased = entries.map { entry in
            Router.Route(
                method: entry.method, pattern: entry.pattern, parts: entry.parts, bodyLimit: entry.bodyLimit,
                authorize: { await authorize(entry.permission, &$0) }, handler: entry.handler)
        }
        router = Router(erased) { indices, request in
            await authorizeUnknown(indices.map { entries[$0].permission }, request)
        }
        self.authorizeUnknown = { await authorizeUnknown([], $0) }
        self.failure = failure
        self.onError = onError
        self.dress = dress
        self.onFinish = onFinish
    }
}
