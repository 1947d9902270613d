public import Lifecycle

/// An HTTP/1.1 server: routes with declared permissions, limits, streams, and an orderly end.
///
/// It speaks plain HTTP; TLS ends at a proxy.
public final class HTTPServer: Service {
    private enum State: Sendable {
        case new
        case serving(port: Int)
        case stopped
    }

    /// `http`.
    public let name = "http"
    private let options: ServerOptions
    private let daemon: Daemon
    private let state = Locked(State.new)

    /// Prepares a server; nothing listens yet.
    ///
    /// - Parameters:
    ///   - options: where to listen, and limits.
    ///   - routes: what is answered.
    ///   - authorize: asked before the body is used and the handler called; nil lets the request go on, with the
    ///     identity it may have noted.
    ///   - authorizeUnknown: asked before a 404 or 405 is revealed, with the permissions of the path's other methods
    ///     (none for an unknown path); nil lets it be revealed.
    ///   - failure: renders the server's own refusals: 400, 404, 405, 413, 431, 505. Also called on socket threads, so
    ///     it must not block.
    ///   - onError: renders what a handler threw; for a stream only told of it.
    ///   - onFinish: told of each request once it is answered; it must not block.
    public init<Permission>(
        _ options: ServerOptions, routes: Routes<Permission>,
        authorize: @escaping @Sendable (Permission, inout Request) async -> Response?,
        authorizeUnknown: @escaping @Sendable ([Permission], Request) async -> Response? = { _, _ in nil },
        failure: @escaping @Sendable (_ status: Int, _ detail: String, Request) -> Response = HTTPServer.plainFailure,
        onError: @escaping @Sendable (any Error, Request) -> Response = HTTPServer.plainError,
        onFinish: @escaping @Sendable (Finished) -> Void = { _ in }
    ) {
        let entries = routes.entries
        let erased = entries.map { entry in
            Router.Route(
                method: entry.method, pattern: entry.pattern, parts: entry.parts, bodyLimit: entry.bodyLimit,
                authorize: { await authorize(entry.permission, &$0) }, handler: entry.handler)
        }
        let router = Router(erased) { indices, request in
            await authorizeUnknown(indices.map { entries[$0].permission }, request)
        }
        self.options = options
        daemon = Daemon(
            options,
            Pipeline(
                router: router, authorizeUnknown: { await authorizeUnknown([], $0) }, failure: failure,
                onError: onError, onFinish: onFinish, compressFrom: options.compressFrom))
    }

    /// Listens and serves from now on; a second call changes nothing.
    ///
    /// - Returns: the port, which the system chose when the options say 0.
    /// - Throws: `ServerError`, naming the address.
    @discardableResult
    public func start() async throws -> Int {
        try state.withLock { state in
            switch state {
            case .serving(let port): return port
            case .stopped: throw ServerError(address: "\(options.host):\(options.port)", reason: .alreadyStopped)
            case .new:
                let port = try daemon.start()
                state = .serving(port: port)
                return port
            }
        }
    }

    /// Serves until the shutdown, then drains: see `stop()`.
    public func run(until shutdown: ShutdownSignal) async throws {
        try await start()
        await shutdown.wait()
        await stop()
    }

    /// Closes the listener, lets running requests finish and streams end, cuts what is left after
    /// `ServerOptions.drainTime`, and returns when all sockets are closed.
    public func stop() async {
        let wasServing = state.withLock { state in
            defer { state = .stopped }
            guard case .serving = state else { return false }
            return true
        }
        guard wasServing else { return }
        await daemon.drain(within: options.drainTime)
        let executor = ThreadExecutor(name: "http-stop")  // joins threads: not on the cooperative pool
        defer { executor.stop() }
        await withTaskExecutorPreference(executor) { await self.join() }
    }

    @concurrent
    private func join() async { daemon.stop() }

    /// Plain text naming the trouble.
    public static let plainFailure: @Sendable (Int, String, Request) -> Response = { status, detail, _ in
        .text("\(status): \(detail)\n", status: status)
    }

    /// A plain 500 that tells nothing of the error.
    public static let plainError: @Sendable (any Error, Request) -> Response = { _, request in
        .text("500: something went wrong (\(request.traceID))\n", status: 500)
    }
}
