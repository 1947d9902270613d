import HTTPClient

/// One socket's life, step after step on its own thread.
final class SocketLoop {
    private let link: SocketLink
    private let url: URLParts
    private let options: SocketOptions

    init(_ link: SocketLink, _ url: URLParts, _ options: SocketOptions) {
        self.link = link
        self.url = url
        self.options = options
    }

    private var request: HTTPRequest { link.request }

    func run() {
        do throws(UpstreamError) {
            let deadline = ContinuousClock.now + request.timeout
            let connection = try CurlConnection(request, url, options, bell: link.bell)
            try connect(connection, deadline)
            let rest = try upgrade(connection, deadline)
            let framing = try Framing(connection, link, rest)
            link.opened()
            // Told before the connection is taken down, which may wait for a resolver.
            link.finish(.success(try converse(connection, framing)))
        } catch {
            link.finish(.failure(error))
        }
    }

    private func connect(_ connection: CurlConnection, _ deadline: ContinuousClock.Instant) throws(UpstreamError) {
        while try !connection.advance() {
            try checkOpening(deadline)
            connection.waitWhileConnecting(until: deadline)
        }
    }

    /// Returns what came behind the server's answer: its first frames.
    private func upgrade(
        _ connection: CurlConnection, _ deadline: ContinuousClock.Instant
    ) throws(UpstreamError) -> ArraySlice<UInt8> {
        let upgrade = Upgrade(request, url, userAgent: options.userAgent)
        var unsent = upgrade.question[...]
        while !unsent.isEmpty {
            try checkOpening(deadline)
            let count = try connection.write(unsent)
            unsent = unsent.dropFirst(count)
            if count == 0 { connection.wait(reading: false, writing: true, until: deadline) }
        }
        var answer: [UInt8] = []
        while true {
            try checkOpening(deadline)
            guard let piece = try connection.read(4096) else {
                throw request.failure(.unreachable, cause: "the connection was closed before an answer")
            }
            answer += piece
            if let rest = try upgrade.check(answer) { return rest }
            if piece.isEmpty { connection.wait(reading: true, writing: false, until: deadline) }
        }
    }

    private func checkOpening(_ deadline: ContinuousClock.Instant) throws(UpstreamError) {
        if link.takeOrders().isAbandoned { throw request.failure(.cancelled) }
        if deadline <= .now { throw request.failure(.timedOut(after: request.timeout)) }
    }

    private func converse(
        _ connection: CurlConnection, _ framing: Framing
    ) throws(UpstreamError) -> WebSocketClosure {
        var closeBy: ContinuousClock.Instant?
        while framing.wantsRead || framing.wantsWrite {
            let orders = link.takeOrders()
            if orders.isAbandoned { throw request.failure(.cancelled) }
            for message in orders.messages { try framing.queue(message) }
            if orders.wantsClose, !framing.isClosing { framing.queueClose() }
            try framing.transmit()
            try framing.receive()
            link.reportBacklog(framing.backlog)
            if framing.isClosing {
                let limit = closeBy ?? .now + options.closeTimeout
                closeBy = limit
                if limit <= .now { break }
            }
            guard framing.wantsRead || framing.wantsWrite else { break }
            connection.wait(
                reading: framing.wantsRead && framing.mayRead, writing: framing.wantsWrite, until: closeBy)
        }
        return try framing.verdict()
    }
}
