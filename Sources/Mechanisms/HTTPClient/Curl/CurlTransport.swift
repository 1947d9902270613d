/// Carries requests with libcurl, on one thread of its own.
///
/// Calls to one host beyond `perHost` wait in line. Connections are kept and reused; each is only ever made to an address
/// that the rules allow. Redirects of GET and HEAD are followed to the same scheme, host and port, three times at most.
public final class CurlTransport: HTTPTransport {
    private let mailbox = CurlMailbox()

    /// Starts the thread; it ends when the transport and its last stream are gone.
    ///
    /// - Parameters:
    ///   - perHost: calls to one scheme, host and port at a time.
    ///   - caFile: PEM file of the authorities to trust; the system's by default.
    ///   - userAgent: such as `marquee/1.2.0`.
    ///   - connectTimeout: for name resolution, connection and TLS.
    ///   - rules: addresses that may be called.
    public init(
        perHost: Int = 4, caFile: String? = nil, userAgent: String = "marquee",
        connectTimeout: Duration = .seconds(5), rules: OutboundRules = OutboundRules()
    ) {
        CurlThread.start(
            mailbox,
            CurlConfiguration(
                perHost: perHost, caFile: caFile, userAgent: userAgent, connectTimeout: connectTimeout, rules: rules))
    }

    deinit { mailbox.close() }

    public func send(_ request: HTTPRequest) async throws(UpstreamError) -> HTTPResponse {
        let sink = WholeBody(limit: request.maxBody)
        let transfer = Transfer(request, try request.checked(), sink)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                sink.attach(waiter)
                mailbox.post(.start(transfer))
            }
        } onCancel: {
            cancel(transfer)
        }
        return try result.get()
    }

    public func stream(_ request: HTTPRequest) async throws(UpstreamError) -> HTTPStream {
        let pipe = BodyPipe()
        let transfer = Transfer(request, try request.checked(), pipe)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                pipe.attach(waiter)
                mailbox.post(.start(transfer))
            }
        } onCancel: {
            cancel(transfer)
        }
        let head = try result.get()
        // The closures hold the transport, so the thread lives as long as the stream.
        let next: HTTPStream.Pull = { () async throws(UpstreamError) -> [UInt8]? in
            try await self.next(transfer, pipe)
        }
        return HTTPStream(status: head.status, headers: head.headers, next: next) { self.cancel(transfer) }
    }

    private func next(_ transfer: Transfer, _ pipe: BodyPipe) async throws(UpstreamError) -> [UInt8]? {
        if Task.isCancelled { cancel(transfer) }
        if transfer.isCancelled { throw transfer.request.failure(.cancelled) }
        let resume = { self.mailbox.post(.resume(transfer)) }
        if let ready = pipe.takeNow(resume: resume) { return try ready.get() }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { reader in pipe.wait(reader, resume: resume) }
        } onCancel: {
            cancel(transfer)
        }
        return try result.get()
    }

    private func cancel(_ transfer: Transfer) {
        transfer.markCancelled()
        mailbox.post(.cancel(transfer))
    }
}
