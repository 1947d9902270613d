import HTTPClient
import Testing

@Suite(.timeLimit(.minutes(2))) struct StreamTests {
    private let transport = CurlTransport()

    /// Sends `blocks` times 256 KiB, each block filled with its number.
    fileprivate static func bulkServer(_ blocks: Int) throws -> RawServer {
        try RawServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(blocks * 262_144)\r\n\r\n")
            for number in 0..<blocks {
                let block = [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 262_144)
                guard connection.write(block) else { return }
            }
        }
    }

    @Test("the head arrives before the body does")
    func head() async throws {
        let gate = Gate()
        let server = try RawServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.write("HTTP/1.1 200 OK\r\nX-One: 1\r\nContent-Length: 4\r\n\r\n")
            gate.wait()
            connection.write("body")
        }
        defer { server.stop() }
        let stream = try await transport.stream(HTTPRequest("GET", server.url))
        #expect(stream.headers["x-one"] == "1")
        gate.open()
        #expect(try await stream.collect() == Array("body".utf8))
        #expect(try await stream.next() == nil)
        #expect(try await stream.next() == nil)
    }

    @Test("200 MB pass through in order, in pieces of at most 128 KiB")
    func bulk() async throws {
        let server = try Self.bulkServer(800)
        defer { server.stop() }
        let stream = try await transport.stream(HTTPRequest("GET", server.url))
        var count = 0
        var largest = 0
        while let piece = try await stream.next() {
            largest = max(largest, piece.count)
            #expect(piece.first == UInt8(truncatingIfNeeded: count / 262_144))
            #expect(piece.last == UInt8(truncatingIfNeeded: (count + piece.count - 1) / 262_144))
            count += piece.count
        }
        #expect(count == 800 * 262_144)
        #expect(largest <= 131_072)
    }

    @Test(
        "200 MB for a slow reader leave memory flat",
        .enabled(if: !Memory.isSanitized, "sanitizers keep memory of their own"))
    func memory() async throws {
        // In a process of its own: the peak is the kernel's, and other tests run here at the same time.
        await #expect(processExitsWith: .success) {
            let server = try StreamTests.bulkServer(800)
            let stream = try await CurlTransport().stream(HTTPRequest("GET", server.url))
            _ = try await stream.next()
            let before = Memory.peakKilobytes
            var count = 0
            while let piece = try await stream.next() {
                count += piece.count
                for _ in 0..<20 { await Task.yield() }
            }
            let growth = Memory.peakKilobytes - before
            precondition(count > 200_000_000 && before > 0 && growth < 4096, "\(count) bytes, \(growth) kB")
        }
    }

    @Test("a reader that stops holds the sender back, for longer than a stall may last, and loses nothing")
    func backPressure() async throws {
        let server = try Self.bulkServer(400)
        defer { server.stop() }
        let request = HTTPRequest("GET", server.url, stallTimeout: .milliseconds(200))
        let stream = try await transport.stream(request)
        let first = try #require(try await stream.next())
        try await Self.passTime(.milliseconds(600))
        let before = server.sentCount
        try await Self.passTime(.milliseconds(200))
        #expect(server.sentCount == before)
        #expect(before < 16 << 20)  // the rest is the kernel's socket buffers
        var count = first.count
        while let piece = try await stream.next() { count += piece.count }
        #expect(count == 400 * 262_144)
    }

    @Test("a sender that falls silent ends the stream after its stall timeout")
    func stall() async throws {
        let server = try RawServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")
            connection.waitForHangUp()
        }
        defer { server.stop() }
        let request = HTTPRequest("GET", server.url, stallTimeout: .milliseconds(100))
        let stream = try await transport.stream(request)
        #expect(try await stream.next() == Array("abc".utf8))
        let error = await failure { () throws(UpstreamError) in try await stream.next() }
        #expect(error?.reason == .timedOut(after: .milliseconds(100)))
    }

    @Test("a slow reader gets every inflated byte of a body that expands 159 times")
    func inflated() async throws {
        let body = GzipFixture.zeros(20_000_000)
        let server = try RawServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(body.count)\r\n\r\n")
            connection.write(body)
        }
        defer { server.stop() }
        let stream = try await transport.stream(HTTPRequest("GET", server.url))
        var count = 0
        while let piece = try await stream.next() {
            count += piece.count
            await Task.yield()
        }
        #expect(count == 20_000_000)
    }

    @Test("streams and small calls of one host do not hold each other up")
    func sideBySide() async throws {
        let server = try RawServer { connection in
            while let request = connection.readRequest() {
                guard request.path == "/bulk" else {
                    connection.write("small".ok)
                    continue
                }
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n")
                connection.write([UInt8](repeating: 1, count: 50_000_000))
            }
        }
        defer { server.stop() }
        let resting = try await transport.stream(HTTPRequest("GET", server.url + "/bulk"))
        for _ in 0..<20 {
            #expect(try await transport.send(HTTPRequest("GET", server.url + "/small")).text == "small")
        }
        #expect(try await resting.collect().count == 50_000_000)
    }

    /// Lets real time go by: a call that nobody answers ends after just that time.
    private static func passTime(_ duration: Duration) async throws {
        let silent = try RawServer { $0.waitForHangUp() }
        defer { silent.stop() }
        let request = HTTPRequest("GET", silent.url, timeout: duration)
        let error = await failure { () throws(UpstreamError) in try await CurlTransport().send(request) }
        #expect(error?.reason == .timedOut(after: duration))
    }
}
