import Foundation
import Simulator

/// A simulated stack without a network, and the calls tests make to it.
struct Stack {
    let simulator: Simulator
    let key: String

    init(
        films: Int = 60, series: Int = 20, episodes: Int = 400, seed: UInt64 = 7, isPlain: Bool = false,
        contradictions: Int = 2_000, radarrs: [String] = ["default", "4k"], jellyfin: JellyfinVersion = .v10_11,
        qbittorrent: QBittorrentVersion = .v5_1, torrents: Int = 0, shoko: ShokoVersion = .v5,
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        let plan = LibraryPlan(
            size: LibrarySize(films: films, series: series, episodes: episodes), seed: seed, isPlain: isPlain,
            contradictions: contradictions, radarrInstances: radarrs)
        simulator = Simulator(
            plan, jellyfin: jellyfin,
            stack: StackOptions(qbittorrent: qbittorrent, torrents: torrents, shoko: shoko), clock: clock)
        key = simulator.environment("JELLYFIN_API_KEY")
    }

    /// Calls a service by its whole path: `get("/jellyfin/Items?limit=2")`.
    func get(_ target: String, headers: [String: String] = [:], key: String? = nil) async -> Reply {
        var headers = headers
        if let key { headers["authorization"] = "MediaBrowser Token=\"\(key)\"" }
        return await call("GET", target, headers: headers)
    }

    /// Calls Jellyfin with its API key.
    func jellyfin(_ path: String) async -> Reply { await get("/jellyfin" + path, key: key) }

    /// Calls an *arr with its API key.
    func arr(_ service: String, _ path: String) async -> Reply {
        let name = service.uppercased().replacingOccurrences(of: "/", with: "__")
        let variable = name + (service.contains("/") ? "__" : "_") + "API_KEY"
        return await get("/\(service)/api/v3\(path)", headers: ["x-api-key": simulator.environment(variable)])
    }

    func post(_ target: String, _ body: [String: Any], headers: [String: String] = [:]) async -> Reply {
        let bytes = (try? JSONSerialization.data(withJSONObject: body)).map(Array.init) ?? []
        return await call("POST", target, headers: headers, body: bytes)
    }

    func call(
        _ method: String, _ target: String, headers: [String: String] = [:], body: [UInt8] = [],
        from address: String = "127.0.0.1"
    ) async -> Reply {
        let parts = URLComponents(string: target)
        let segments = (parts?.path ?? "").split(separator: "/").map(String.init)
        let query = (parts?.queryItems ?? []).map { (name: $0.name, value: $0.value ?? "") }
        let call = Call(
            method, segments, query: query, headers: headers.map { (name: $0.key, value: $0.value) }, body: body,
            remoteAddress: address)
        return await Reply(simulator.route(call), simulator)
    }
}

/// What came back, read whole.
struct Reply {
    let status: Int
    let headers: [String: String]
    var bytes: [UInt8] = []
    var isCut = false
    let isRefused: Bool

    init(_ delivery: Delivery, _ simulator: Simulator) async {
        status = delivery.answer.status
        headers = Dictionary(delivery.answer.headers.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        isRefused = delivery.isRefused
        var all: [UInt8] = []
        isCut = !((try? await simulator.send(delivery) { all += $0 }) ?? false)
        bytes = all
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }
    var json: Any? { try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed) }
    var object: [String: Any] { json as? [String: Any] ?? [:] }
    var array: [[String: Any]] { json as? [[String: Any]] ?? [] }
    /// The items of a Jellyfin page.
    var items: [[String: Any]] { object["Items"] as? [[String: Any]] ?? [] }
    var total: Int { object["TotalRecordCount"] as? Int ?? -1 }
    var ids: [String] { items.compactMap { $0["Id"] as? String } }
}

extension [String: Any] {
    func text(_ key: String) -> String? { self[key] as? String }
    func int(_ key: String) -> Int? { self[key] as? Int }
    func object(_ key: String) -> [String: Any] { self[key] as? [String: Any] ?? [:] }
}
