import HTTPClient
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct RetryingTransportTests {
    private let clock = ManualClock()

    private func retrying(_ answers: [StubTransport.Answer], millis: Int64 = 0) -> (RetryingTransport, StubTransport) {
        let stub = StubTransport(answers: ["GET /a": answers, "POST /a": answers, "HEAD /a": answers])
        return (RetryingTransport(stub, clock: clock, wallMillis: { millis }), stub)
    }

    private static func status(_ status: Int, _ headers: HTTPHeaders = [:]) -> StubTransport.Answer {
        .response(HTTPResponse(status: status, headers: headers, body: [1]))
    }

    @Test("passing failures are tried again after their delays", arguments: [429, 502, 503, 504])
    func retried(status: Int) async throws {
        let (transport, stub) = retrying([Self.status(status), .failure(.unreachable), Self.status(200)])
        let call = Task { try await transport.send(HTTPRequest("GET", "/a")).status }
        await clock.waitForSleepers()
        clock.advance(by: .milliseconds(199))
        #expect(stub.requests.count == 1)
        clock.advance(by: .milliseconds(1))
        await clock.waitForSleepers()
        #expect(stub.requests.count == 2)
        clock.advance(by: .seconds(1))
        #expect(try await call.value == 200)
        #expect(stub.requests.count == 3)
    }

    @Test("after the last try the answer is returned as it is")
    func exhausted() async throws {
        let (transport, stub) = retrying([Self.status(503)])
        let call = Task { try await transport.send(HTTPRequest("HEAD", "/a")).status }
        for _ in 0..<2 {
            await clock.waitForSleepers()
            clock.advance(by: .seconds(1))
        }
        #expect(try await call.value == 503)
        #expect(stub.requests.count == 3)
    }

    @Test("a request that must not be sent twice is sent once")
    func once() async throws {
        let (transport, stub) = retrying([.failure(.timedOut(after: .seconds(1))), Self.status(200)])
        var request = HTTPRequest("GET", "/a")
        request.isRetried = false
        let once = request
        _ = await failure { () throws(UpstreamError) in try await transport.send(once) }
        #expect(stub.requests.count == 1)
    }

    @Test("the last failure is thrown")
    func exhaustedFailure() async throws {
        let (transport, _) = retrying([.failure(.timedOut(after: .seconds(1)))])
        let call = Task {
            await failure { () throws(UpstreamError) in try await transport.stream(HTTPRequest("GET", "/a")) }
        }
        for _ in 0..<2 {
            await clock.waitForSleepers()
            clock.advance(by: .seconds(1))
        }
        #expect(await call.value?.reason == .timedOut(after: .seconds(1)))
    }

    @Test("other answers and failures are final", arguments: [400, 401, 404, 500, 501])
    func final(status: Int) async throws {
        let (transport, stub) = retrying([Self.status(status)])
        #expect(try await transport.send(HTTPRequest("GET", "/a")).status == status)
        #expect(stub.requests.count == 1)
    }

    @Test(
        "cancellation, refusals and broken bodies are not repeated",
        arguments: [
            UpstreamError.Reason.cancelled, .truncated, .tooLarge(limit: 1), .redirected(to: "x"), .invalid("x"),
        ])
    func finalFailures(reason: UpstreamError.Reason) async throws {
        let (transport, stub) = retrying([.failure(reason)])
        let error = await failure { () throws(UpstreamError) in try await transport.send(HTTPRequest("GET", "/a")) }
        #expect(error?.reason == reason)
        #expect(stub.requests.count == 1)
    }

    @Test("what changes something is never sent twice")
    func post() async throws {
        let (transport, stub) = retrying([Self.status(503)])
        #expect(try await transport.send(HTTPRequest("POST", "/a")).status == 503)
        #expect(try await transport.stream(HTTPRequest("POST", "/a")).status == 503)
        #expect(stub.requests.count == 2)
    }

    @Test(
        "Retry-After is honoured in seconds and as a date, up to the cap, and never shortens a delay",
        arguments: [
            ("7", 7000), ("Sun, 06 Nov 1994 08:49:37 GMT", 10_000), ("3600", 30_000), ("0", 200), ("-5", 200),
            ("soon", 200), ("99999999999999999999", 200), ("Sun, 06 Nov 1994 08:49:00 GMT", 200),
        ])
    func retryAfter(value: String, waitMillis: Int) async throws {
        let (transport, stub) = retrying(
            [Self.status(503, ["Retry-After": value]), Self.status(200)], millis: 784_111_767_000)
        let call = Task { try await transport.send(HTTPRequest("GET", "/a")).status }
        await clock.waitForSleepers()
        clock.advance(by: .milliseconds(waitMillis - 1))
        #expect(stub.requests.count == 1)
        clock.advance(by: .milliseconds(1))
        #expect(try await call.value == 200)
    }

    @Test("cancelling ends the waiting, and nothing more is sent")
    func cancelled() async throws {
        let (transport, stub) = retrying([Self.status(503)])
        let call = Task {
            await failure { () throws(UpstreamError) in try await transport.send(HTTPRequest("GET", "/a")) }
        }
        await clock.waitForSleepers()
        call.cancel()
        #expect(await call.value?.reason == .cancelled)
        #expect(stub.requests.count == 1)
    }

    @Test("a stream is repeated before its head is out, never after")
    func stream() async throws {
        let broken = StubTransport.Answer.broken(HTTPResponse(status: 200, body: [1, 2, 3]), .truncated)
        let (transport, stub) = retrying([Self.status(503), broken])
        let call = Task { try await transport.stream(HTTPRequest("GET", "/a")) }
        await clock.waitForSleepers()
        clock.advance(by: .seconds(1))
        let stream = try await call.value
        #expect(try await stream.next() == [1, 2, 3])
        #expect(await failure { () throws(UpstreamError) in try await stream.next() }?.reason == .truncated)
        #expect(stub.requests.count == 2)
    }
}
