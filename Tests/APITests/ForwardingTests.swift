import HTTPServer
import Testing

@testable import API

@Suite("Forwarding headers")
struct ForwardingTests {
    private let forwarding = Forwarding { $0.hasPrefix("10.") }

    private func request(from address: String, _ headers: [(name: String, value: String)]) -> Request {
        Request(
            "GET", path: "/hooks", headers: Headers([("Host", "marquee:8100")] + headers), remoteAddress: address)
    }

    @Test("of strangers change nothing")
    func stranger() {
        let request = request(
            from: "192.0.2.7",
            [
                ("X-Forwarded-For", "127.0.0.1"), ("X-Forwarded-Proto", "https"),
                ("X-Forwarded-Host", "evil.example"),
            ])
        #expect(forwarding.client(request) == "192.0.2.7")
        #expect(forwarding.origin(request) == "http://marquee:8100")
    }

    @Test("of a trusted proxy give scheme, host and the caller")
    func trusted() {
        let request = request(
            from: "10.0.0.2",
            [
                ("X-Forwarded-For", "192.0.2.7"), ("X-Forwarded-Proto", "https"),
                ("X-Forwarded-Host", "media.example"),
            ])
        #expect(forwarding.client(request) == "192.0.2.7")
        #expect(forwarding.origin(request) == "https://media.example")
    }

    @Test("are read right to left: what a caller puts in front is not believed")
    func forged() {
        let request = request(
            from: "10.0.0.2",
            [
                ("X-Forwarded-For", "127.0.0.1, 192.0.2.7"), ("X-Forwarded-For", "10.0.0.3"),
                ("X-Forwarded-Proto", "javascript"), ("X-Forwarded-Host", "evil.example, media.example"),
            ])
        #expect(forwarding.client(request) == "192.0.2.7")
        #expect(forwarding.origin(request) == "http://media.example")
    }

    @Test("that are missing leave the connection's own word")
    func none() {
        let request = request(from: "10.0.0.2", [])
        #expect(forwarding.client(request) == "10.0.0.2")
        #expect(forwarding.origin(request) == "http://marquee:8100")
    }
}
