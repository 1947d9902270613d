import Foundation
import Simulator
import Testing

/// A client of the simulated qBittorrent: keeps whatever cookie it is given.
final class QBittorrentSession {
    let stack: Stack
    var cookie: String?
    var fields: [String: String] = [:]

    init(_ stack: Stack) { self.stack = stack }

    /// A client that is logged in.
    static func loggedIn(_ stack: Stack) async -> QBittorrentSession {
        let session = QBittorrentSession(stack)
        let reply = await session.logIn()
        #expect(reply.status == 200 || reply.status == 204)
        #expect(session.cookie != nil)
        return session
    }

    func logIn(password: String? = nil) async -> Reply {
        let password = password ?? stack.simulator.environment("QBITTORRENT_PASSWORD")
        return await post("auth/login", "username=admin&password=\(password)")
    }

    func get(_ path: String) async -> Reply { await call("GET", path, []) }

    func post(_ path: String, _ form: String) async -> Reply { await call("POST", path, Array(form.utf8)) }

    func info(_ query: String = "") async -> [[String: Any]] { await get("torrents/info\(query)").array }

    private func call(_ method: String, _ path: String, _ body: [UInt8]) async -> Reply {
        var headers = fields
        if let cookie { headers["cookie"] = cookie }
        if method == "POST" { headers["content-type"] = "application/x-www-form-urlencoded" }
        let reply = await stack.call(method, "/qbittorrent/api/v2/\(path)", headers: headers, body: body)
        if let set = reply.headers["Set-Cookie"] { cookie = set.split(separator: ";").first.map(String.init) }
        return reply
    }

    func control(_ body: [String: Any]) async {
        #expect(await stack.post("/simulator/services/qbittorrent", body).status == 200)
    }
}
