import Foundation
import HTTPClient
import HTTPServer
import Testing

/// Known incidents of other programs, replayed against the settings, their tests and the first start (security.md §11).
@Suite(.timeLimit(.minutes(20)))
struct IncidentsSettingsTests {
    private static func bare(_ stack: Stack, _ more: [String: String] = [:]) async throws -> Server {
        try await Server.start(
            ["MARQUEE_DATA_DIR": stack.folder + "/data", "MARQUEE_BIND": "127.0.0.1:0"].merging(more) { _, new in new })
    }

    private static func test(_ server: Server, _ url: String) async throws -> Answer {
        try await server.call(
            "POST", "/api/settings/radarr/test", body: "{\"url\": \"\(url)\", \"api_key\": \"canary-of-the-test\"}")
    }

    @Test("Tautulli CVE-2026-31804, CVE-2026-43986, Movary CVE-2026-40348: Test as SSRF")
    func probing() async throws {
        let stack = try await Stack.start("films=1,series=0")
        let server = try await Self.bare(stack)
        for address in [
            "http://169.254.169.254/latest/meta-data", "http://[::ffff:169.254.169.254]", "http://0.0.0.0:1",
            "http://[fe80::1]", "http://224.0.0.1",
        ] {
            let answer = try await Self.test(server, address)
            #expect(answer["ok"] as? Bool == false, "\(address)")
            #expect(answer["code"] as? String == "forbidden_address", "\(address): \(answer.text)")
        }
        for address in ["file:///etc/passwd", "gopher://127.0.0.1:70", "http://user:pass@127.0.0.1"] {
            let answer = try await Self.test(server, address)
            #expect(answer.status == 422, "\(address): \(answer.text)")
            #expect(!answer.text.contains("root:") && !answer.text.contains("pass@"))
        }
    }

    @Test("Tautulli CVE-2026-31804, CVE-2026-43986, Movary CVE-2026-40348: a Test led elsewhere by a redirect")
    func redirected() async throws {
        let stack = try await Stack.start("films=1,series=0")
        let server = try await Self.bare(stack)
        let inner = try await PlainListener.start(.text("inner secret"))
        let outer = try await PlainListener.start(
            Response(302, headers: [("Location", inner.url + "/api/v3/system/status")], body: .bytes([])))
        let answer = try await Self.test(server, outer.url)
        #expect(answer["code"] as? String == "redirected", "\(answer.text)")
        #expect(inner.paths.isEmpty)
        #expect(!answer.text.contains("inner secret"))
        #expect(outer.paths.count == 1)
        await inner.stop()
        await outer.stop()
    }

    @Test("Tautulli CVE-2026-31804: a Test shows nothing of what answered, and Marquee's own port is not called")
    func body() async throws {
        let stack = try await Stack.start("films=1,series=0")
        let server = try await Self.bare(stack)
        let inner = try await PlainListener.start(.text("inner secret"))
        let answer = try await Self.test(server, inner.url)
        #expect(answer["ok"] as? Bool == false)
        #expect(!answer.text.contains("inner secret") && !answer.text.contains("canary-of-the-test"))
        #expect(try await Self.test(server, server.url)["code"] as? String == "forbidden_address")
        await inner.stop()
    }

    @Test("Seerr CVE-2026-27792, CVE-2026-27793: a user on the settings and the pages of the settings")
    func users() async throws {
        let stack = try await Stack.start("films=1,series=0")
        let server = try await stack.serve()
        _ = try await SignedIn.of(server, "admin")
        let user = try await SignedIn.of(server, "user1")
        for path in [
            "/api/settings", "/api/settings/jellyfin", "/settings", "/settings/keys", "/settings/audit",
            "/settings/about",
        ] {
            #expect(try await server.call("GET", path, headers: [user.cookie]).status == 403, "\(path)")
            #expect(try await server.get(path).isShutOut, "\(path) as nobody")
        }
        let change = try await server.call(
            "PUT", "/api/settings/jellyfin?untested=true", body: #"{"url": null}"#, headers: user.all)
        #expect(change.status == 403)
        let test = try await server.call("POST", "/api/settings/radarr/test", body: "{}", headers: user.all)
        #expect(test.status == 403)
    }

    @Test("Huntarr review: set-up reopened, key disclosure through the settings")
    func setUp() async throws {
        let stack = try await Stack.start("films=1,series=0")
        let server = try await stack.serve()
        let admin = try await SignedIn.of(server, "admin")
        #expect(!server.program.log.contains("set-up code"), "somebody can sign in already")
        let entered = try await server.call("POST", "/api/auth/login", body: #"{"code": "0000-0000-0000-0000-0000"}"#)
        #expect(entered.status == 401 || entered.status == 404)
        let settings = try await server.call("GET", "/api/settings", headers: [admin.cookie])
        #expect(settings.status == 200)
        for (name, value) in stack.services where name.hasSuffix("_KEY") || name.hasSuffix("_PASSWORD") {
            #expect(!settings.text.contains(value), "\(name)")
        }
        for path in ["/settings", "/settings/webhooks", "/settings/about", "/settings/audit"] {
            let page = try await server.call("GET", path, headers: [admin.cookie])
            for (name, value) in stack.services where name.hasSuffix("_KEY") || name.hasSuffix("_PASSWORD") {
                #expect(!page.text.contains(value), "\(path): \(name)")
            }
        }
    }
}
