import Foundation
import Testing

/// Who may send webhooks (security.md §7).
@Suite(.timeLimit(.minutes(20))) struct HookSecretTests {
    private let body = #"{"eventType":"Test"}"#

    private func make(_ stack: FakeStack, _ sender: String) async throws -> String {
        let answer = try await stack.server.call("POST", "/hooks/\(sender)/secret")
        #expect(answer.status == 201, "\(answer.text)")
        return try #require((answer["header"] as? [String: String])?["value"])
    }

    private func send(_ stack: FakeStack, to sender: String, _ headers: [(String, String)]) async throws -> Int {
        try await stack.post(sender, body, headers: headers).status
    }

    private func send(_ stack: FakeStack, to sender: String, _ secret: String) async throws -> Int {
        try await send(stack, to: sender, [("X-Marquee-Token", secret)])
    }

    @Test("each instance has its own, in any of the places senders can put it, and nowhere else")
    func places() async throws {
        try await FakeStack.run(["MARQUEE_WEBHOOK_TOKEN": ""], repeats: false) { stack in
            #expect(try await send(stack, to: "radarr", []) == 401)
            let secret = try await make(stack, "radarr/default")
            let basic = Data("marquee:\(secret)".utf8).base64EncodedString()
            let authorizations = [secret, "Bearer \(secret)", "Basic \(basic)"]
            for value in authorizations {
                #expect(try await send(stack, to: "radarr", [("Authorization", value)]) == 202)
            }
            #expect(try await send(stack, to: "radarr", secret) == 202)
            #expect(try await send(stack, to: "radarr/default", secret) == 202)
            #expect(try await send(stack, to: "radarr?token=\(secret)", []) == 202)
            for other in ["sonarr", "radarr/4k", "nothing"] {
                #expect(try await send(stack, to: other, secret) == 401)
                #expect(try await send(stack, to: "\(other)?token=\(secret)", []) == 401)
            }
            #expect(try await send(stack, to: "radarr", "wrong") == 401)
            let seerr = try await make(stack, "seerr/default")
            #expect(try await send(stack, to: "overseerr", seerr) == 202)
            #expect(try await stack.server.call("GET", "/api/requests?token=\(secret)").status == 200)
            let shown = try await stack.server.get("/hooks").text
            for secret in [secret, seerr] {
                #expect(!shown.contains(secret) && !stack.server.program.log.contains(secret))
            }
            let metrics = try await stack.server.get("/metrics").text
            #expect(metrics.split(separator: "\n").contains { $0.contains("/hooks/radarr") && $0.contains("401") })
        }
    }

    @Test("a refused webhook's body is not read")
    func unread() async throws {
        try await FakeStack.run(["MARQUEE_WEBHOOK_TOKEN": ""], repeats: false) { stack in
            let answer = try await stack.post("radarr", "no json", headers: [("X-Marquee-Token", "wrong")])
            #expect(answer.status == 401)
            #expect(try await stack.server.get("/api/inbox").int("total") == 0)
        }
    }

    @Test("a new secret is valid beside the old one until it is heard, also across a restart")
    func rotation() async throws {
        try await FakeStack.run(["MARQUEE_WEBHOOK_TOKEN": ""], repeats: false) { stack in
            let old = try await make(stack, "sonarr/default")
            #expect(try await send(stack, to: "sonarr", old) == 202)
            let new = try await make(stack, "sonarr/default")
            await stack.crash()
            try await stack.restart()
            #expect(try await send(stack, to: "sonarr", old) == 202)
            #expect(try await send(stack, to: "sonarr", new) == 202)
            #expect(try await send(stack, to: "sonarr", old) == 401)
            #expect(try await send(stack, to: "sonarr", new) == 202)
        }
    }

    @Test("MARQUEE_WEBHOOK_TOKEN is the one for all, and no other is made")
    func configured() async throws {
        try await FakeStack.run(repeats: false) { stack in
            let answer = try await stack.server.call("POST", "/hooks/radarr/default/secret")
            #expect(answer.status == 409)
            for sender in ["radarr", "sonarr/anime", "jellyfin"] {
                #expect(try await send(stack, to: sender, FakeStack.hookToken) == 202)
            }
        }
    }

    @Test("the address to paste is the one the caller used, by a trusted proxy's word too")
    func address() async throws {
        try await FakeStack.run(["MARQUEE_TRUSTED_PROXIES": "127.0.0.0/8"], repeats: false) { stack in
            let answer = try await stack.server.call(
                "GET", "/hooks",
                headers: [("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "media.example")])
            #expect(answer.text.contains("\"https://media.example/hooks/radarr\""))
        }
        try await FakeStack.run(repeats: false) { stack in
            let answer = try await stack.server.call("GET", "/hooks", headers: [("X-Forwarded-Proto", "https")])
            #expect(answer.text.contains("\"\(stack.server.url)/hooks/radarr\""))
        }
    }
}
