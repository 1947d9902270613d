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
    ///   - site: what is answered until `replace`.
    public init(_ options: ServerOptions, _ site: Site) {
        self.options = options
        daemon = Daemon(options, Pipeline(site, compressFrom: options.compressFrom))
    }

    /// Prepares a server with one site for its whole life; see `Site` for the parameters.
    public convenience init<Permission, Doc>(
        _ options: ServerOptions, routes: Routes<Permission, Doc>,
        authorize: @escaping @Sendable (Permission, inout Request) async -> Response?,
        authorizeUnknown: @escaping @Sendable ([Permission], Request) async -> Response? = { _, _ in nil },
        failure: @escaping @Sendable (_ status: Int, _ detail: String, Request) -> Response = HTTPServer.plainFailure,
        onError: @escaping @Sendable (any Error, Request) -> Response = HTTPServer.plainError,
        dress: @escaping @Sendable (Response, Request) -> Response = { response, _ in response },
        onFinish: @escaping @Sendable (Finished) -> Void = { _ in }
    ) {
        self.init(
            options,
            Site(
                routes: routes, authorize: authorize, authorizeUnknown: authorizeUnknown, failure: failure,
                onError: onError, dress: dress, onFinish: onFinish))
    }

    /// Answers later requests with another site; those under way, and open streams, end with the one they began with.
    public func replace(_ site: Site) { daemon.replace(Pipeline(site, compressFrom: options.compressFrom)) }

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
