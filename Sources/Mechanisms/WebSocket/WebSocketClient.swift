public import HTTPClient

/// Opens WebSockets (RFC 6455): libcurl connects and encrypts, the upgrade is ours, libwslay frames.
///
/// Debian's libcurl has no WebSocket of its own. Each socket has a thread, as the few there are live for days.
public struct WebSocketClient: Sendable {
    let options: SocketOptions

    /// Makes a client; the parameters mean what they mean for `CurlTransport`.
    ///
    /// - Parameters:
    ///   - caFile: PEM file of the authorities to trust; the system's by default.
    ///   - userAgent: such as `marquee/1.2.0`.
    ///   - connectTimeout: for name resolution, connection and TLS.
    ///   - closeTimeout: how long the server may take to answer our closing.
    ///   - rules: addresses that may be called.
    public init(
        caFile: String? = nil, userAgent: String = "marquee", connectTimeout: Duration = .seconds(5),
        closeTimeout: Duration = .seconds(2), rules: OutboundRules = OutboundRules()
    ) {
        options = SocketOptions(
            caFile: caFile, userAgent: userAgent, connectTimeout: connectTimeout, closeTimeout: closeTimeout,
            rules: rules)
    }

    /// Connects and upgrades.
    ///
    /// Of the request count its URL (`ws`, `wss`, `http` or `https`), headers, `timeout` (until the socket is open),
    /// `maxBody` (bytes of the largest message) and `service`.
    /// - Throws: `UpstreamError`: `.refusedAuth` or `.status` for an answer other than 101, `.redirected`, which is never
    ///   followed, `.html`, and `.undecodable` for a server that speaks no WebSocket there.
    public func connect(_ request: HTTPRequest) async throws(UpstreamError) -> WebSocket {
        var request = request
        request.method = "GET"
        if request.url.hasPrefix("ws://") || request.url.hasPrefix("wss://") {
            request.url = "http" + request.url.dropFirst(2)
        }
        let url = try request.checked()
        guard let link = SocketLink(request) else {
            throw request.failure(.unreachable, cause: "no file descriptor is free")
        }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { opener in
                link.attach(opener)
                SocketThread.start(SocketLoop(link, url, options))
            }
        } onCancel: {
            link.abandon()
        }
        try result.get()
        return WebSocket(link)
    }
}

/// What all sockets of one client share.
struct SocketOptions: Sendable {
    let caFile: String?
    let userAgent: String
    let connectTimeout: Duration
    let closeTimeout: Duration
    let rules: OutboundRules
}
