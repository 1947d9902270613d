import HTTPClient
import Synchronization
import TestSupport
import Testing

@Suite struct ObservedTransportTests {
    private let clock = ManualClock()
    private let counter = CallCounter()

    private func observed(_ stub: StubTransport) -> (ObservedTransport, @Sendable () -> [HTTPExchange]) {
        let seen = Seen()
        let counter = counter
        let transport = ObservedTransport(stub, clock: clock) { exchange in
            seen.add(exchange)
            counter.count(exchange)
        }
        return (transport, { seen.all })
    }

    private final class Seen: Sendable {
        private let exchanges = Mutex<[HTTPExchange]>([])
        var all: [HTTPExchange] { exchanges.withLock { $0 } }
        func add(_ exchange: HTTPExchange) { exchanges.withLock { $0.append(exchange) } }
    }

    @Test("answers and failures are reported once each, by service, without query")
    func send() async throws {
        let (transport, seen) = observed(
            StubTransport(answers: [
                "GET /a": [.response(HTTPResponse(status: 500, body: [1, 2])), .failure(.unreachable)]
            ]))
        let request = HTTPRequest("GET", "http://h/a?key=canary", service: "sonarr")
        _ = try await transport.send(request)
        _ = await failure { () throws(UpstreamError) in try await transport.send(request) }
        #expect(seen().map(\.status) == [500, nil])
        #expect(seen().map(\.error?.reason) == [nil, .unreachable])
        #expect(seen().map(\.bytes) == [2, 0])
        #expect(seen().allSatisfy { $0.service == "sonarr" && $0.operation == "GET /a" })
        #expect(counter.byService == ["sonarr": 2])
        #expect(counter.total == 2)
    }

    @Test("a stream is reported at its end, with its bytes and its time")
    func stream() async throws {
        let (transport, seen) = observed(
            StubTransport(["GET /a": [HTTPResponse(status: 200, body: Array(repeating: 1, count: 2500))]]))
        let stream = try await transport.stream(HTTPRequest("GET", "/a"))
        _ = try await stream.next()
        #expect(seen().isEmpty)
        clock.advance(by: .seconds(3))
        _ = try await stream.collect()
        stream.cancel()
        #expect(seen().map(\.bytes) == [2500])
        #expect(seen().map(\.duration) == [.seconds(3)])
        #expect(seen().map(\.error) == [nil])
    }

    @Test("a stream that breaks, is cancelled, or is dropped is reported as such")
    func brokenStreams() async throws {
        let (transport, seen) = observed(
            StubTransport(answers: [
                "GET /a": [.broken(HTTPResponse(status: 200, body: [1]), .truncated)],
                "GET /b": [.response(HTTPResponse(status: 200, body: [1]))],
            ]))
        let broken = try await transport.stream(HTTPRequest("GET", "/a"))
        _ = await failure { () throws(UpstreamError) in try await broken.collect() }
        let cancelled = try await transport.stream(HTTPRequest("GET", "/b"))
        cancelled.cancel()
        _ = try await transport.stream(HTTPRequest("GET", "/b"))
        #expect(seen().map(\.error?.reason) == [.truncated, .cancelled, .cancelled])
    }
}
