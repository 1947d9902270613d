import HTTPClient
import QBittorrent
import Synchronization
import TestSupport

/// A qBittorrent as far as its login goes, after upstreams.md §4: one session at a time, ban after five failures.
final class FakeServer: Sendable {
    enum Generation: Sendable, CaseIterable {
        /// 4.x to 5.1: 200 with `Ok.` or `Fails.`, cookie `SID`.
        case classic
        /// From 5.2: 204 or 401, cookie named after the port; keys.
        case modern
    }

    struct State {
        var password = "right"
        var session: Int?
        var sessions = 0
        var failures = 0
        var logins = 0
        var isBypassed = false
    }

    static let key = "qbt_0123456789abcdefghijklmnopqr"
    let generation: Generation
    let state = Mutex(State())
    private let body: @Sendable (HTTPRequest) -> HTTPResponse

    init(_ generation: Generation, body: @escaping @Sendable (HTTPRequest) -> HTTPResponse = FakeServer.plain) {
        self.generation = generation
        self.body = body
    }

    var transport: StubTransport { StubTransport { self.answer($0) } }

    func client(
        _ credentials: QBittorrent.Credentials, loginPause: Duration = .zero
    ) throws -> (QBittorrent, StubTransport) {
        let transport = transport
        let base = try BaseURL("http://qbt.test:8080/base")
        return (
            QBittorrent(base: base, credentials: credentials, transport: transport, loginPause: loginPause), transport
        )
    }

    func logins() -> Int { state.withLock { $0.logins } }

    @Sendable static func plain(_ request: HTTPRequest) -> HTTPResponse {
        switch request.operation {
        case "GET /base/api/v2/app/version": HTTPResponse(status: 200, body: Array("v5.1.4".utf8))
        case "GET /base/api/v2/app/webapiVersion": HTTPResponse(status: 200, body: Array("2.11.4".utf8))
        case "GET /base/api/v2/sync/maindata":
            HTTPResponse(status: 200, body: Array(#"{"rid":1,"full_update":true}"#.utf8))
        default: HTTPResponse(status: 200, body: Array("[]".utf8))
        }
    }

    private var cookieName: String { generation == .classic ? "SID" : "QBT_SID_8080" }

    private func answer(_ request: HTTPRequest) -> StubTransport.Answer {
        .response(
            state.withLock { state in
                if request.operation == "POST /base/api/v2/auth/login" { return logIn(request, &state) }
                return isAllowed(request, state) ? body(request) : HTTPResponse(status: 403)
            })
    }

    private func isAllowed(_ request: HTTPRequest, _ state: State) -> Bool {
        if let value = header("Authorization", request) {
            return generation == .modern && value == "Bearer \(Self.key)" && header("Cookie", request) == nil
        }
        if state.isBypassed { return true }
        guard let session = state.session else { return false }
        return header("Cookie", request)?.split(separator: "; ").contains("\(cookieName)=s\(session)") == true
    }

    private func logIn(_ request: HTTPRequest, _ state: inout State) -> HTTPResponse {
        state.logins += 1
        if state.failures >= 5 { return HTTPResponse(status: 403, body: Array("banned".utf8)) }
        let form = String(decoding: request.body ?? [], as: UTF8.self)
        guard form == "username=us%26er&password=\(state.password)" else {
            state.failures += 1
            return generation == .classic
                ? HTTPResponse(status: 200, body: Array("Fails.".utf8)) : HTTPResponse(status: 401)
        }
        state.sessions += 1
        state.session = state.sessions
        let cookie = "\(cookieName)=s\(state.sessions); HttpOnly; SameSite=Strict; path=/"
        return generation == .classic
            ? HTTPResponse(status: 200, headers: ["Set-Cookie": cookie], body: Array("Ok.".utf8))
            : HTTPResponse(status: 204, headers: ["Set-Cookie": cookie])
    }

    private func header(_ name: String, _ request: HTTPRequest) -> String? {
        request.headers.first { $0.0 == name }?.1
    }
}
