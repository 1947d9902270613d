import HTTPClient
import Testing

@testable import WebSocket

@Suite struct UpgradeTests {
    private static let key = "dGhlIHNhbXBsZSBub25jZQ=="
    private static let nonce = Array("the sample nonce".utf8)
    private static let good = """
        HTTP/1.1 101 Switching Protocols\r
        Upgrade: WebSocket\r
        Connection: keep-alive, Upgrade\r
        Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r
        \r

        """

    private func upgrade(
        _ url: String = "http://host:8111/base/signalr?feeds=a,b", headers: [(String, String)] = []
    ) throws -> Upgrade {
        let request = HTTPRequest("GET", url, headers: headers)
        return try Upgrade(request, request.checked(), userAgent: "marquee/1", nonce: Self.nonce)
    }

    @Test("the key is answered as in the example of RFC 6455")
    func sample() {
        #expect(Upgrade.accept(Self.key) == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
    }

    @Test("the question keeps the base path and the query, and carries the caller's headers")
    func question() throws {
        let text = try String(decoding: upgrade(headers: [("apikey", "k-1")]).question, as: UTF8.self)
        #expect(
            text == """
                GET /base/signalr?feeds=a,b HTTP/1.1\r
                Host: host:8111\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: \(Self.key)\r
                User-Agent: marquee/1\r
                apikey: k-1\r
                \r

                """)
    }

    @Test(
        "host and target are well formed for every kind of URL",
        arguments: [
            ("http://host", "/", "host"), ("http://host?a=b", "/?a=b", "host"), ("https://host:443/x#f", "/x", "host"),
            ("http://[::1]:81/x", "/x", "[::1]:81"), ("http://HOST:80/X?", "/X", "host"),
        ])
    func targets(url: String, target: String, host: String) throws {
        let lines = try String(decoding: upgrade(url).question, as: UTF8.self).split(separator: "\r\n")
        #expect(lines[0].dropLast(9).drop { $0 != "/" }.prefix(target.count) == target)
        #expect(lines[1] == "Host: \(host)")
    }

    @Test("an answer in pieces is judged when its head is whole, and what follows is kept")
    func pieces() throws {
        let upgrade = try upgrade()
        let whole = Array(Self.good.utf8) + [0x81, 0x01, 0x41]
        for cut in 0..<Self.good.utf8.count {
            #expect(try upgrade.check(Array(whole[..<cut])) == nil)
        }
        #expect(try upgrade.check(whole).map { Array($0) } == [0x81, 0x01, 0x41])
    }

    @Test(
        "an answer that does not switch to what was asked for is refused",
        arguments: [
            ("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "s3pPLMBiTxaQ9kYGzzhZRbK+xOp="),
            ("Upgrade: WebSocket", "Upgrade: h2c"), ("keep-alive, Upgrade", "keep-alive"),
            ("Connection: keep-alive, Upgrade\r\n", ""),
            ("Upgrade: WebSocket", "Upgrade: websocket\r\nSec-WebSocket-Extensions: permessage-deflate"),
            ("Upgrade: WebSocket", "Upgrade: websocket\r\nSec-WebSocket-Protocol: json"),
            ("HTTP/1.1 101", "SSH-2.0 101"), ("101 Switching Protocols", "200 OK"),
        ])
    func wrong(part: String, replacement: String) throws {
        let answer = Self.good.replacing(part, with: replacement)
        let error = try #require(throws: UpstreamError.self) { try self.upgrade().check(Array(answer.utf8)) }
        guard case .undecodable = error.reason else {
            Issue.record("refused as \(error.reason)")
            return
        }
    }

    @Test(
        "a refusal says what the person must act on",
        arguments: [
            ("401 Unauthorized", "", UpstreamError.Reason.refusedAuth), ("503 Starting", "", .status(503)),
            ("404 Not Found", "", .status(404)),
            ("307 Moved", "Location: https://host/base/?apikey=secret\r\n", .redirected(to: "https://host/base/")),
            ("200 OK", "Content-Type: text/html; charset=utf-8\r\n", .html),
        ])
    func refusals(status: String, headers: String, reason: UpstreamError.Reason) throws {
        let answer = "HTTP/1.1 \(status)\r\n\(headers)Content-Length: 0\r\n\r\n"
        let error = try #require(throws: UpstreamError.self) { try self.upgrade().check(Array(answer.utf8)) }
        #expect(error.reason == reason)
        #expect(!"\(error)".contains("secret"))
    }

    @Test("a head without end is given up")
    func endless() throws {
        let head = "HTTP/1.1 101 X\r\n" + String(repeating: "a: b\r\n", count: 12_000)
        #expect(throws: UpstreamError.self) { try self.upgrade().check(Array(head.utf8)) }
    }
}
