/// Shoko Server: its REST API v3 and its event stream.
struct ShokoService: SimulatedService {
    let name = "shoko"
    let version: ShokoVersion
    let accounts: ShokoAccounts
    let records: ShokoRecords
    let flow: FlowEngine
    let hub: ShokoHub

    init(version: ShokoVersion, library: Library, flow: FlowEngine, clock: any Clock<Duration>) {
        self.version = version
        accounts = ShokoAccounts(dice: library.dice)
        records = ShokoRecords(library)
        self.flow = flow
        hub = ShokoHub(version: version, flow: flow, clock: clock)
    }

    func environment(url: String) -> [String] { ["SHOKO_URL=\(url)", "SHOKO_API_KEY=\(accounts.apiKey)"] }

    func answer(_ call: Call, in view: WorldView) -> Answer {
        let route = call.segments.map { $0.lowercased() }  // ASP.NET routes without regard to case
        switch (call.method, route) {
        case ("POST", ["api", "auth"]): return accounts.isStarting ? .starting : logIn(call)
        case ("GET", ["api", "v3", "init", "status"]): return .json(status)
        case ("GET", ["api", "v3", "init", "version"]): return .json(versions)
        default: break
        }
        if accounts.isStarting { return .starting }
        guard accounts.knows(key(call)) else { return Answer(401) }
        if route == ["signalr", "aggregate"] { return signalR(call) }
        guard route.count >= 3, route[0] == "api", route[1] == "v3" else { return Answer(404) }
        return ShokoREST(service: self, view: view, call: call).answer(Array(route[2...]))
    }

    private func key(_ call: Call) -> String {
        if let key = call.header("apikey") ?? call.parameter("apikey") { return key }
        let parts = (call.header("authorization") ?? "").split(separator: " ")
        return version == .v6 && parts.count == 2 && parts[0].lowercased() == "bearer" ? String(parts[1]) : ""
    }

    private func logIn(_ call: Call) -> Answer {
        guard let body = JSON(parsing: call.body), let user = body["user"]?.text, let device = body["device"]?.text,
            !user.isEmpty, !device.isEmpty
        else { return .text("One or more validation errors occurred.", status: 400) }
        guard let key = accounts.logIn(user, body["pass"]?.text ?? "", device: device) else { return Answer(401) }
        return .json(["apikey": .string(key)])
    }

    private func signalR(_ call: Call) -> Answer {
        guard let handshake = WebSocketHandshake(call) else { return .text("Connection ID required", status: 400) }
        let feeds = call.list("feeds").map { $0.lowercased().filter { $0 != " " } }.filter(version.feeds.contains)
        let hub = hub
        return handshake.answer { peer in await hub.serve(peer, feeds: feeds) }
    }

    private var status: JSON {
        accounts.isStarting
            ? ["State": "Starting", "StartupMessage": "Initializing the database…"]
            : ["State": "Started", "ServerUptime": "01:00:00"]
    }

    private var versions: JSON {
        [
            "Server": [
                "Version": .string(version.number), "ReleaseChannel": .string(version.channel),
                "Commit": "0000000000000000000000000000000000000000", "ReleaseDate": "2025-06-01T00:00:00Z",
            ], "MediaInfo": ["Version": "24.11.0"], "WebUI": ["Version": "2.2.0", "ReleaseChannel": "Stable"],
        ]
    }
}

extension Answer {
    /// What Shoko says before it is ready.
    static let starting = text("The server is starting up. Please try again in a moment.", status: 503)
}
