/// qBittorrent's Web API v2: logins, torrents, and the partial updates of `sync/maindata`.
struct QBittorrentService: SimulatedService {
    let name = "qbittorrent"
    let version: QBittorrentVersion
    let sessions: QBittorrentSessions
    let client: TorrentClient

    init(_ options: StackOptions, dice: Dice, flow: FlowEngine) {
        version = options.qbittorrent
        sessions = QBittorrentSessions(dice: dice)
        client = TorrentClient(StaticTorrents(count: options.torrents ?? 0, dice: dice), flow, version: version)
    }

    func environment(url: String) -> [String] {
        [
            "QBITTORRENT_URL=\(url)", "QBITTORRENT_USERNAME=\(sessions.username)",
            "QBITTORRENT_PASSWORD=\(sessions.password)",
        ]
    }

    /// Remarks beside the environment: the key, where there is one.
    var notes: [String] { version.takesKeysAndBasic ? ["# qbittorrent api key \(sessions.apiKey)"] : [] }

    func answer(_ call: Call, in view: WorldView) -> Answer {
        // A posted call has its parameters in the form, and only there.
        var call = call
        if call.method == "POST" { call.query = Form(call).fields }
        let caller: Caller
        do {
            caller = try identify(call)
        } catch {
            return error.answer
        }
        guard call.segments.count == 4, call.segments[0] == "api", call.segments[1] == "v2" else { return .noSuchCall }
        let (scope, action) = (call.segments[2], call.segments[3])
        if scope == "auth" { return authenticate(action, call, caller) }
        guard let session = caller.session else { return .forbidden }
        var answer = self.answer(scope, action, call, session)
        if let cookie = caller.newCookie { answer.headers.append(cookie) }
        return answer
    }

    private func answer(_ scope: String, _ action: String, _ call: Call, _ session: String) -> Answer {
        switch (scope, action) {
        case ("app", "version"): return .words(version.number)
        case ("app", "webapiVersion"): return .words(version.api)
        case ("app", "defaultSavePath"): return .words("/downloads")
        case ("app", "preferences"): return .plainJSON(preferences)
        case ("sync", "maindata"):
            let rid = call.parameter("rid").flatMap { Int($0) } ?? 0
            return sessions.mainData(for: session, rid: rid, of: client)
        case ("torrents", _): return torrents(action, call)
        default: return .noSuchCall
        }
    }

    private var preferences: JSON {
        [
            "save_path": "/downloads", "temp_path_enabled": false, "max_ratio_enabled": false, "max_ratio": -1,
            "max_seeding_time_enabled": false, "max_seeding_time": -1, "queueing_enabled": true,
            "web_ui_port": 8_080, "web_ui_username": .string(sessions.username), "bypass_local_auth": false,
        ]
    }
}

extension Answer {
    /// qBittorrent's answers, in its words.
    static let forbidden = words("Forbidden", status: 403)
    static let noSuchCall = words("Not Found", status: 404)
    static let crossSite = words("Unauthorized", status: 401)

    static func words(_ text: String, status: Int = 200) -> Answer {
        Answer(status, type: "text/plain; charset=UTF-8", .bytes(Array(text.utf8)))
    }

    static func plainJSON(_ value: JSON) -> Answer { Answer(200, type: "application/json", .bytes(value.bytes)) }
}
