import Foundation
import Simulator
import Testing

@Suite("qBittorrent lets in and refuses")
struct QBittorrentAccessTests {
    private func session(_ version: QBittorrentVersion) -> QBittorrentSession {
        QBittorrentSession(Stack(qbittorrent: version, torrents: 3))
    }

    @Test("by words and SID up to 5.1", arguments: [QBittorrentVersion.v4_6, .v5_1])
    func oldLogin(version: QBittorrentVersion) async {
        let session = session(version)
        let wrong = await session.logIn(password: "wrong")
        #expect(wrong.status == 200 && wrong.text == "Fails." && session.cookie == nil)
        #expect(await session.get("app/version").status == 403)
        let right = await session.logIn()
        #expect(right.status == 200 && right.text == "Ok.")
        #expect(session.cookie?.hasPrefix("SID=") == true)
        #expect(await session.get("app/version").text.hasPrefix("v\(version.rawValue)."))
    }

    @Test("by status and a cookie named after its port from 5.2 on")
    func newLogin() async {
        let session = session(.v5_2)
        #expect(await session.logIn(password: "wrong").status == 401)
        let right = await session.logIn()
        #expect(right.status == 204 && right.bytes.isEmpty)
        #expect(session.cookie?.hasPrefix("QBT_SID_8080=") == true)
        #expect(await session.get("app/webapiVersion").text == "2.15.1")
        // Whoever is in stays in and gets no second session.
        let kept = session.cookie
        #expect(await session.logIn(password: "wrong").status == 204)
        #expect(session.cookie == kept)
    }

    @Test("with the API key, without a session and without a ban, from 5.2 on")
    func apiKey() async throws {
        let session = session(.v5_2)
        let options = try ServeOptions(["--qbittorrent-version", "5.2", "--port", "0"])
        let key = try await APIKey.printed(by: SimulatorServer(options))
        #expect(key.hasPrefix("qbt_") && key.utf8.count == 32)
        // The same seed as the stack's would give the same key; this one is another's.
        session.fields = ["authorization": "Bearer \(key)"]
        for _ in 0..<6 { #expect(await session.get("app/version").status == 403) }
        let same = QBittorrentSession(Stack(seed: options.plan.seed, qbittorrent: .v5_2, torrents: 3))
        same.fields = ["authorization": "Bearer \(key)", "origin": "http://evil.example", "host": "x:1"]
        #expect(await same.info().count == 3)
        #expect(await same.post("auth/login", "username=admin&password=x").status == 403)
        #expect(same.cookie == nil)
        same.fields["authorization"] = nil
        #expect(await same.get("app/version").status == 401)
    }

    @Test("with Basic credentials, which begin a session, from 5.2 on")
    func basic() async {
        let session = session(.v5_2)
        let password = session.stack.simulator.environment("QBITTORRENT_PASSWORD")
        session.fields = ["authorization": "Basic " + Data("admin:\(password)".utf8).base64EncodedString()]
        #expect(await session.info().count == 3)
        session.fields = [:]
        #expect(await session.info().count == 3)
        session.cookie = nil
        session.fields = ["authorization": "Basic " + Data("admin:no".utf8).base64EncodedString()]
        for _ in 0..<5 { #expect(await session.get("app/version").status == 401) }
        #expect(await session.get("app/version").status == 403)
    }

    @Test("nobody from an address with five wrong passwords, until it restarts", arguments: QBittorrentVersion.allCases)
    func ban(version: QBittorrentVersion) async {
        let session = session(version)
        for _ in 0..<5 { #expect(await session.logIn(password: "wrong").status != 403) }
        let banned = await session.logIn()
        #expect(banned.status == 403 && banned.text.contains("banned"))
        let body = Array("username=admin&password=\(session.stack.simulator.environment("QBITTORRENT_PASSWORD"))".utf8)
        let elsewhere = await session.stack.call(
            "POST", "/qbittorrent/api/v2/auth/login", body: body, from: "127.0.0.9")
        #expect(elsewhere.status == 200 || elsewhere.status == 204)
        await session.control(["action": "restart"])
        #expect(await session.logIn().status != 403)
        #expect(await session.info().count == 3)
    }

    @Test("a right password forgives the wrong ones before it")
    func forgiven() async {
        let session = session(.v5_1)
        for _ in 0..<3 {
            for _ in 0..<4 { #expect(await session.logIn(password: "wrong").text == "Fails.") }
            #expect(await session.logIn().text == "Ok.")
            session.cookie = nil
        }
    }

    @Test("no more after a session has ended", arguments: QBittorrentVersion.allCases)
    func ended(version: QBittorrentVersion) async {
        let session = await QBittorrentSession.loggedIn(Stack(qbittorrent: version, torrents: 3))
        #expect(await session.info().count == 3)
        await session.control(["action": "end_sessions"])
        let refused = await session.get("torrents/info")
        #expect(refused.status == 403 && refused.text == "Forbidden")
        session.cookie = nil
        _ = await session.logIn()
        #expect(await session.get("auth/logout").status == 405)
        #expect(await session.post("auth/logout", "").status == 200)
        #expect(await session.get("torrents/info").status == 403)
    }

    @Test(
        "no page of another host or port, and no other name for itself",
        arguments: [
            (["host": "box:8080", "origin": "https://box:8080"], 200), (["host": "box:8080"], 200),
            (["host": "box:8080", "referer": "http://box:8080/a/b"], 200),
            (["host": "box:8080", "origin": "http://box"], 401),
            (["host": "box:8080", "origin": "http://box:81"], 401),
            (["host": "box:8080", "referer": "http://evil.example:8080/"], 401),
            (["host": "inner", "x-forwarded-host": "box", "origin": "https://box"], 200),
        ])
    func crossSite(fields: [String: String], status: Int) async {
        let session = await QBittorrentSession.loggedIn(Stack(torrents: 1))
        session.fields = fields
        #expect(await session.get("app/version").status == status)
    }

    @Test("only the names it is told to answer to")
    func hosts() async {
        let session = await QBittorrentSession.loggedIn(Stack(torrents: 1))
        await session.control(["action": "hosts", "hosts": ["qbt.example"]])
        for (host, status) in [("qbt.example:8080", 200), ("other.example", 401), ("127.0.0.1:1234", 200)] {
            session.fields = ["host": host]
            #expect(await session.get("app/version").status == status)
        }
    }
}

/// What a started simulator prints of the key.
enum APIKey {
    static func printed(by server: SimulatorServer) async throws -> String {
        let lines = try await server.start()
        await server.stop()
        let mark = "# qbittorrent api key "
        return lines.first { $0.hasPrefix(mark) }.map { String($0.dropFirst(mark.utf8.count)) } ?? ""
    }
}
