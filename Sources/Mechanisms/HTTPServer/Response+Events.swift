import Lifecycle

/// Server-sent events as an answer.
extension Response {
    /// A stream of events that lasts until `body` returns, the peer hangs up, or the server stops.
    ///
    /// On a stop the client gets a last comment and the body's task is cancelled. Such answers are never compressed or
    /// cached, and proxies are asked not to buffer them.
    ///
    /// - Parameters:
    ///   - retry: how long clients wait before they connect again.
    ///   - heartbeat: a comment is sent this often, so that proxies keep the connection and dead peers are noticed.
    ///   - mayGoOn: asked before each sign of life; false ends the stream.
    ///   - clock: what the heartbeat is measured with.
    ///   - body: sends the events.
    /// - Returns: the answer, whose stream begins when it is sent.
    public static func events(
        retry: Duration = .seconds(2), heartbeat: Duration = .seconds(12),
        mayGoOn: @escaping @Sendable () async -> Bool = { true },
        clock: any Clock<Duration> = ContinuousClock(),
        _ body: @escaping @Sendable (EventSender) async throws -> Void
    ) -> Response {
        let headers = [
            ("Content-Type", "text/event-stream"), ("Cache-Control", "no-store"), ("X-Accel-Buffering", "no"),
        ]
        return Response(
            200, headers: headers,
            body: .stream { writer in
                let sender = EventSender(writer)
                try await sender.retry(after: retry)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await body(sender) }
                    group.addTask {
                        while true {
                            try await clock.sleep(for: heartbeat)
                            guard await mayGoOn() else { return }
                            try await sender.comment("still here")
                        }
                    }
                    group.addTask {
                        await sender.draining.wait()
                        if !Task.isCancelled { try await sender.comment("the server is stopping") }
                    }
                    defer { group.cancelAll() }
                    try await group.next()  // the first to end ends the stream; the others end by cancellation
                }
            })
    }
}
