import HTTPServer
import Lifecycle
import TestSupport
import Testing

/// Requests with random faults, from fixed seeds: the same ones on every run.
@Suite("A request with random faults", .timeLimit(.minutes(2)))
struct RequestFuzzTests {
    private static let whole = [
        "GET /plain HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\nX-A: b\r\n\r\n",
        "POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabcde",
        "POST /hook HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n3;a=b\r\nxyz\r\n0\r\n\r\n",
        "GET /a/%2e%2e/b?c=d%20e&f HTTP/1.1\r\nHost: x\r\nCookie: a=b; c=d\r\nIf-None-Match: \"x\"\r\n\r\n",
    ]
    private static let tokens = [
        "\r\n", "\n", "\r", "\0", ":", " ", "\t", "%", "%00", "0", "-1", "ffffffffffffffff", "Content-Length: 3\r\n",
        "Transfer-Encoding: chunked\r\n", "Host: y\r\n", "HTTP/9.9", "\u{FF}", "GET / HTTP/1.1\r\n\r\n", ",",
    ]

    private static func faulty(_ random: inout SeededRandom) -> [UInt8] {
        var bytes = Array(random.pick(whole).utf8)
        for _ in 0...random.below(3) {
            let at = random.below(bytes.count)
            switch random.below(5) {
            case 0: bytes[at] ^= 1 << UInt8(random.below(8))
            case 1: bytes[at] = UInt8(random.below(256))
            case 2: bytes.removeSubrange(at..<min(bytes.count, at + 1 + random.below(8)))
            case 3: bytes.insert(contentsOf: random.pick(tokens).utf8, at: at)
            default: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + random.below(20))], at: at)
            }
            if bytes.isEmpty { bytes = [0] }
        }
        return bytes
    }

    @Test("gets a proper answer or a closed connection, and harms nobody else", arguments: 0..<4)
    func faults(seed: Int) async throws {
        var options = ServerOptions()
        options.limits.headerTime = .milliseconds(300)
        options.limits.bodyTime = .milliseconds(600)
        options.limits.idleTime = .seconds(1)
        let hooks = Hooks(onError: { error, request in
            Issue.record("a handler saw \(error)")
            return HTTPServer.plainError(error, request)
        })
        var random = SeededRandom(seed: UInt64(seed))
        let requests = (0..<150).map { _ in Self.faulty(&random) }
        try await withServer(simpleRoutes(), options, hooks) { (server) async throws in
            let statuses = await mapBounded(requests, width: 16) { request -> Int? in
                let client = try server.client()
                try await client.send(request)
                return try? await client.response().status
            }
            // 400 and more are refusals; 5xx would be a fault of our own, but for an unknown version or coding.
            let known: Set = [200, 400, 404, 405, 408, 411, 413, 414, 431, 501, 505]
            var answered = 0
            for (request, status) in zip(requests, statuses) {
                guard let status = try? status.get() else { continue }
                answered += 1
                #expect(
                    known.contains(status),
                    "\(status) for \(String(reflecting: String(decoding: request, as: UTF8.self)))")
            }
            #expect(answered > 75)
            #expect(try await server.get("/plain").text == "hello")
        }
    }
}
