import HTTPClient
import QBittorrent
import Synchronization
import TestSupport
import Testing

@Suite("qBittorrent login")
struct LoginTests {
    private let right = QBittorrent.Credentials.password(user: "us&er", password: "right")
    private let wrong = QBittorrent.Credentials.password(user: "us&er", password: "wrong")

    private func reason(_ body: () async throws -> Void) async -> UpstreamError? {
        do {
            try await body()
            return nil
        } catch {
            return error as? UpstreamError
        }
    }

    @Test("logs in once and keeps the cookie, whatever its name", arguments: FakeServer.Generation.allCases)
    func keepsSession(generation: FakeServer.Generation) async throws {
        let server = FakeServer(generation)
        let (client, transport) = try server.client(right)
        for _ in 0..<3 { _ = try await client.maindata() }
        #expect(try await client.files("ab").isEmpty)
        #expect(server.logins() == 1 && transport.requests.count == 6)
        #expect(transport.requests.allSatisfy { !$0.url.contains("right") && $0.service == "qbittorrent" })
        #expect(transport.requests.allSatisfy { request in !request.headers.contains { $0.0 == "Referer" } })
    }

    @Test("an ended session costs one login, and everything is read anew", arguments: FakeServer.Generation.allCases)
    func expiry(generation: FakeServer.Generation) async throws {
        let server = FakeServer(generation)
        let (client, transport) = try server.client(right)
        _ = try await client.maindata()
        server.state.withLock { $0.session = nil }
        _ = try await client.maindata()
        #expect(server.logins() == 2)
        let asked = transport.requests.filter { $0.method == "GET" }.map { $0.url.suffix(5) }
        #expect(asked == ["rid=0", "rid=0", "rid=1", "rid=0"])
    }

    @Test("a wrong password is tried once, until the poller comes again", arguments: FakeServer.Generation.allCases)
    func wrongPassword(generation: FakeServer.Generation) async throws {
        let server = FakeServer(generation)
        let (client, _) = try server.client(wrong)
        let error = await reason { _ = try await client.maindata() }
        #expect(error?.reason == .refusedAuth && error?.cause?.contains("wrong user name or password") == true)
        #expect(error.map { "\($0)".contains("wrong\"") || "\($0)".contains("us&er") } == false)
        for _ in 0..<10 {
            #expect(await reason { _ = try await client.files("ab") } == error)
            #expect(await reason { _ = try await client.torrents(hashes: ["ab"]) } == error)
        }
        #expect(server.logins() == 1)
        #expect(await reason { _ = try await client.maindata() } == error)
        #expect(server.logins() == 2)
    }

    @Test("a refused login is not tried again for a while, whoever comes: five refusals would be a ban")
    func noLoop() async throws {
        let server = FakeServer(.classic)
        let (client, _) = try server.client(wrong, loginPause: .seconds(900))
        let error = await reason { _ = try await client.maindata() }
        #expect(error?.reason == .refusedAuth)
        for _ in 0..<10 { #expect(await reason { _ = try await client.maindata() } == error) }
        #expect(server.logins() == 1)
    }

    @Test("a corrected password is taken at the poller's next call, for all calls")
    func corrected() async throws {
        let server = FakeServer(.classic)
        let (client, _) = try server.client(right)
        server.state.withLock { $0.password = "other" }
        #expect(await reason { _ = try await client.maindata() } != nil)
        server.state.withLock { $0.password = "right" }
        #expect(await reason { _ = try await client.files("ab") } != nil)
        _ = try await client.maindata()
        _ = try await client.files("ab")
        #expect(server.logins() == 2)
    }

    @Test("a ban is named", arguments: FakeServer.Generation.allCases)
    func ban(generation: FakeServer.Generation) async throws {
        let server = FakeServer(generation)
        server.state.withLock { $0.failures = 5 }
        let (client, _) = try server.client(right)
        let error = await reason { _ = try await client.maindata() }
        #expect(error?.reason == .refusedAuth && error?.cause?.contains("banned") == true && server.logins() == 1)
    }

    @Test("an API key needs no login; a wrong one is named and tried once a call")
    func apiKey() async throws {
        let server = FakeServer(.modern)
        let (client, _) = try server.client(.apiKey(FakeServer.key))
        _ = try await client.maindata()
        let (stranger, transport) = try server.client(.apiKey("qbt_x"))
        let error = await reason { _ = try await stranger.maindata() }
        #expect(error?.reason == .refusedAuth && error?.cause == "wrong API key")
        #expect(transport.requests.count == 1 && server.logins() == 0)
        #expect(error.map { "\($0)".contains("qbt_x") } == false)
    }

    @Test("a whitelisted address needs no credentials; without the whitelist their lack is named")
    func bypass() async throws {
        let server = FakeServer(.classic)
        server.state.withLock { $0.isBypassed = true }
        let (open, _) = try server.client(.none)
        _ = try await open.maindata()
        let (tolerant, _) = try server.client(wrong)
        _ = try await tolerant.maindata()
        server.state.withLock { $0.isBypassed = false }
        let error = await reason { _ = try await open.maindata() }
        #expect(error?.reason == .refusedAuth && error?.cause?.contains("set user and password") == true)
        #expect(server.logins() == 0)
    }

    @Test("a login whose cookie gets lost is not repeated for ever")
    func lostCookie() async throws {
        let transport = StubTransport { request in
            request.method == "POST"
                ? .response(HTTPResponse(status: 200, body: Array("Ok.".utf8))) : .response(HTTPResponse(status: 403))
        }
        let client = QBittorrent(base: try BaseURL("http://qbt.test"), credentials: right, transport: transport)
        let error = await reason { _ = try await client.maindata() }
        #expect(error?.reason == .refusedAuth && transport.requests.count == 3)
    }

    @Test(
        "what is not qBittorrent is named",
        arguments: [
            (200, "<html>", UpstreamError.Reason.html), (200, "Welcome to nginx", .undecodable(field: "login")),
            (404, "", .status(404)), (502, "<html>", .status(502)),
        ])
    func strangers(status: Int, body: String, reason wanted: UpstreamError.Reason) async throws {
        let transport = StubTransport { request in
            .response(
                request.method == "POST"
                    ? HTTPResponse(status: status, body: Array(body.utf8)) : HTTPResponse(status: 403))
        }
        let client = QBittorrent(base: try BaseURL("http://qbt.test"), credentials: right, transport: transport)
        #expect(await reason { _ = try await client.maindata() }?.reason == wanted)
    }

    @Test("the check of Host and Origin is told apart from a wrong password")
    func hostCheck() async throws {
        let transport = StubTransport { _ in .response(HTTPResponse(status: 401)) }
        let client = QBittorrent(base: try BaseURL("http://qbt.test"), credentials: right, transport: transport)
        let error = await reason { _ = try await client.maindata() }
        #expect(error?.reason == .refusedAuth && error?.cause?.contains("Host") == true)
        #expect(transport.requests.count == 1)
    }

    @Test("calls at the same time share one login")
    func together() async throws {
        let server = FakeServer(.modern)
        let (client, _) = try server.client(right)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { _ = try await client.files("ab") } }
            for _ in 0..<4 { group.addTask { _ = try await client.maindata() } }
            try await group.waitForAll()
        }
        #expect(server.logins() == 1)
    }

    @Test("tells its version")
    func version() async throws {
        let (client, _) = try FakeServer(.classic).client(right)
        let version = try await client.version()
        #expect(version.version == "v5.1.4" && version.webAPI == "2.11.4")
        let page = StubTransport { _ in .response(HTTPResponse(status: 200, body: Array("<!doctype html>".utf8))) }
        let stranger = QBittorrent(base: try BaseURL("http://qbt.test"), credentials: .none, transport: page)
        #expect(await reason { _ = try await stranger.version() }?.reason == .html)
    }

    @Test("credentials never describe themselves")
    func secrets() {
        for credentials in [right, .apiKey("qbt_x")] {
            var text = "\(credentials)" + String(reflecting: credentials)
            dump(credentials, to: &text)
            #expect(!text.contains("right") && !text.contains("qbt_x"))
        }
    }
}
