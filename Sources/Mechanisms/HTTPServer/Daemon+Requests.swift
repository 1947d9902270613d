import CMicroHTTPD
import Lifecycle

/// The life of one request, on libmicrohttpd's threads.
extension Daemon {
    /// A refused body is read and dropped up to this many bytes, so that an honest client gets to see the answer.
    private static var bytesDroppedPolitely: Int { 1 << 20 }

    /// The header is complete: checks it and finds the route.
    func begin(_ exchange: Exchange, _ line: RequestLine, on connection: OpaquePointer) -> Bool {
        let head = HeadReader(options.limits, line, targetBytes: exchange.rawTarget?.utf8.count ?? 0)
        unsafe head.read(connection)
        let method = unsafe String(cString: line.method)
        var request = Request(
            method, path: "", headers: head.headers, remoteAddress: exchange.connection.remoteAddress)
        let target = exchange.rawTarget.flatMap {
            Target($0, host: head.headers["Host"], basePath: options.basePath, unprefixed: options.unprefixed)
        }
        if let fault = unsafe head.check.verdict(version: String(cString: line.version)) {
            return unsafe refuse(exchange, request, fault.status, fault.detail, on: connection)
        }
        guard head.isIntact else {
            return unsafe refuse(exchange, request, 400, "the header holds a NUL or a folded field", on: connection)
        }
        guard let target, method.utf8.allSatisfy(HeadCheck.isTokenByte) else {
            return unsafe refuse(exchange, request, 400, "the request line is malformed", on: connection)
        }
        request.path = target.path
        request.segments = target.segments
        request.query = target.query
        let match = target.isServed ? pipeline.match(method, target.segments) : .nothing
        var bodyLimit = 0
        if case .route(let route, _) = match { bodyLimit = route.bodyLimit }
        exchange.accept(Exchange.Call(request: request, match: match, bodyLimit: bodyLimit), expecting: 0)
        if case .route = match, head.check.contentLength > bodyLimit {
            return unsafe refuse(exchange, request, 413, tooLarge(bodyLimit), on: connection)
        }
        if head.check.hasBody {
            exchange.connection.enter(.body(since: .now, received: 0))
            startTask(exchange)  // authorises while the body comes in
        } else {
            exchange.connection.enter(.answering)
        }
        return true
    }

    /// A piece of the body has come.
    func receive(_ bytes: UnsafeRawBufferPointer, _ exchange: Exchange) -> Bool {
        exchange.connection.received(bytes.count)
        let excess = unsafe exchange.receive(bytes)
        guard excess > Self.bytesDroppedPolitely else { return true }
        // No answer can be queued in the middle of a body.
        exchange.connection.sendLastWord("413 Content Too Large")
        return false
    }

    /// The request is read completely, or its answer is ready.
    func advance(_ exchange: Exchange, on connection: OpaquePointer) -> Bool {
        exchange.connection.enter(.answering)
        if exchange.bodyIsTooLarge, let call = exchange.call {
            exchange.refuse(pipeline.refusal(413, tooLarge(call.bodyLimit), call.request))
        }
        switch exchange.advance() {
        case .waiting(let needsTask):
            if needsTask { startTask(exchange) }
            return true
        case .answer(let response):
            if !exchange.goesOn { report(exchange, status: response.status) }
            let closes = draining.isTriggered || exchange.bodyIsTooLarge
            return unsafe Reply.queue(response, stream: exchange.stream, on: connection, closes: closes)
        case .abort:
            return false
        }
    }

    /// Sent, or broken off: nothing touches the connection for this request any more.
    func finish(_ exchange: Exchange) {
        exchange.connection.end()
        exchange.kill()
        if !exchange.goesOn { report(exchange, status: 499) }  // does nothing when it was answered
        active.remove(exchange)
    }

    private func startTask(_ exchange: Exchange) {
        guard let call = exchange.call else { return }
        let task = Task { [self] in
            let response = await pipeline.answer(call.request, call.match) { try await exchange.wholeBody() }
            if case .upgrade(let talk) = response.body { return await self.upgrade(exchange, response, talk) }
            guard case .stream(let produce) = response.body, call.request.method != "HEAD" else {
                return exchange.deliver(response)
            }
            let stream = exchange.makeStream(limit: options.limits.streamBuffer, draining: draining)
            exchange.deliver(response, stream: stream)
            do {
                try await produce(stream)
                stream.end()
            } catch {
                stream.kill()
                if !(error is PeerGone || error is CancellationError) { _ = pipeline.onError(error, call.request) }
            }
            report(exchange, status: response.status)
        }
        exchange.adopt(task)
    }

    /// Lets `talk` have the connection once the 101 is out, and closes it when that is done.
    private func upgrade(
        _ exchange: Exchange, _ response: Response, _ talk: @Sendable (any RawConnection) async throws -> Void
    ) async {
        let upgraded = UpgradedConnection(loop: upgrades, limit: options.limits.streamBuffer, draining: draining)
        exchange.deliver(response, upgrade: upgraded)
        do {
            try await talk(upgraded)
        } catch {
            if let call = exchange.call, !(error is PeerGone || error is CancellationError) {
                _ = pipeline.onError(error, call.request)
            }
        }
        upgraded.close()
        report(exchange, status: response.status)
    }

    /// Answers at once and closes: after a malformed head nobody knows where the next request begins.
    private func refuse(
        _ exchange: Exchange, _ request: Request, _ status: Int, _ detail: String, on connection: OpaquePointer
    ) -> Bool {
        exchange.accept(Exchange.Call(request: request, match: .nothing, bodyLimit: .max), expecting: 0)
        exchange.connection.enter(.answering)
        report(exchange, status: status)
        let response = pipeline.refusal(status, detail, request)
        return unsafe Reply.queue(response, stream: nil, on: connection, closes: true)
    }

    private func report(_ exchange: Exchange, status: Int) {
        guard let call = exchange.call, exchange.claimReport() else { return }
        var pattern: String?
        if case .route(let route, _) = call.match { pattern = route.pattern }
        pipeline.onFinish(
            Finished(
                pattern: pattern, method: call.request.method, path: call.request.path, status: status,
                duration: exchange.began.duration(to: .now), traceID: call.request.traceID,
                remoteAddress: call.request.remoteAddress))
    }

    private func tooLarge(_ limit: Int) -> String { "the body is larger than \(limit) bytes" }
}
