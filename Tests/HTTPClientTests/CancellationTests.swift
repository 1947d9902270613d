import HTTPClient
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct CancellationTests {
    /// Answers `/quick`; keeps everyone else waiting and counts them.
    private static func silentServer(_ crowd: Crowd) throws -> RawServer {
        try RawServer { connection in
            while let request = connection.readRequest() {
                guard request.path == "/quick" else {
                    crowd.enter()
                    connection.waitForHangUp()
                    crowd.leave()
                    return
                }
                connection.write("quick".ok)
            }
        }
    }

    @Test("cancelling the task ends the transfer, not only the waiting")
    func running() async throws {
        let crowd = Crowd()
        let server = try Self.silentServer(crowd)
        defer { server.stop() }
        let url = server.url
        let transport = CurlTransport()
        let call = Task {
            await failure { () throws(UpstreamError) in try await transport.send(HTTPRequest("GET", url)) }
        }
        await eventually("the call arrives") { crowd.now == 1 }
        call.cancel()
        #expect(await call.value?.reason == .cancelled)
        await eventually("the connection is closed") { crowd.now == 0 }
    }

    @Test("a cancelled call in the queue leaves it, and the next gets its place")
    func queued() async throws {
        let crowd = Crowd()
        let server = try Self.silentServer(crowd)
        defer { server.stop() }
        let url = server.url
        let transport = CurlTransport(perHost: 1)
        let first = Task {
            await failure { () throws(UpstreamError) in try await transport.send(HTTPRequest("GET", url)) }
        }
        await eventually("the first call arrives") { crowd.now == 1 }
        let second = Task {
            await failure { () throws(UpstreamError) in try await transport.send(HTTPRequest("GET", url)) }
        }
        let third = Task { try await transport.send(HTTPRequest("GET", url + "/quick")).text }
        second.cancel()
        let secondReason = await second.value?.reason
        #expect(secondReason == .cancelled)
        #expect(crowd.most == 1)
        first.cancel()
        let firstReason = await first.value?.reason
        #expect(firstReason == .cancelled)
        #expect(try await third.value == "quick")
    }

    @Test("a task cancelled before it calls sends nothing")
    func before() async throws {
        let server = try RawServer.answering { _ in "x".ok }
        defer { server.stop() }
        let url = server.url
        let transport = CurlTransport()
        let call = Task {
            await eventually("cancelled") { Task.isCancelled }
            return await failure { () throws(UpstreamError) in try await transport.stream(HTTPRequest("GET", url)) }
        }
        call.cancel()
        #expect(await call.value?.reason == .cancelled)
        #expect(server.connectionCount == 0)
    }

    @Test("cancelling a reader, a stream, or dropping it ends the transfer", arguments: ["task", "stream", "drop"])
    func stream(way: String) async throws {
        let crowd = Crowd()
        let server = try RawServer { connection in
            guard connection.readRequest() != nil else { return }
            crowd.enter()
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")
            connection.waitForHangUp()
            crowd.leave()
        }
        defer { server.stop() }
        let transport = CurlTransport()
        var stream: HTTPStream? = try await transport.stream(HTTPRequest("GET", server.url))
        #expect(try await stream?.next() == Array("abc".utf8))
        switch way {
        case "task":
            let held = try #require(stream)
            let reader = Task { await failure { () throws(UpstreamError) in try await held.next() } }
            reader.cancel()
            #expect(await reader.value?.reason == .cancelled)
        case "stream":
            let held = try #require(stream)
            held.cancel()
            held.cancel()
            #expect(await failure { () throws(UpstreamError) in try await held.next() }?.reason == .cancelled)
        default: stream = nil
        }
        await eventually("the connection is closed") { crowd.now == 0 }
    }

    @Test("a stream goes on when nobody else holds its transport")
    func outliving() async throws {
        let gate = Gate()
        let server = try RawServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\na")
            gate.wait()
            connection.write("bc")
        }
        defer { server.stop() }
        let stream = try await CurlTransport().stream(HTTPRequest("GET", server.url))
        gate.open()
        #expect(try await stream.collect() == Array("abc".utf8))
    }
}
