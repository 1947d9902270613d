extension QBittorrentService: ControlledService {
    /// `{"action":"end_sessions"|"restart"|"full_update"|"ban"|"unban"|"hosts"}`.
    func control(_ body: JSON) throws(OptionError) -> JSON {
        switch body["action"]?.text {
        case "end_sessions": sessions.endAll()
        case "restart", "unban": sessions.endAll(lifting: true)
        case "full_update": sessions.forgetWhatWasSent()
        case "ban": sessions.ban(body["address"]?.text ?? "127.0.0.1")
        case "hosts":
            guard let hosts = body["hosts"]?.elements?.compactMap(\.text), !hosts.isEmpty else {
                throw OptionError("hosts needs a list of names, or [\"*\"]")
            }
            sessions.hosts = hosts
        default: throw OptionError("action must be one of end_sessions, restart, full_update, ban, unban, hosts")
        }
        return state
    }

    var state: JSON {
        [
            "version": .string(version.number), "sessions": .integer(sessions.count),
            "torrents": .integer(client.torrents.count),
        ]
    }

    func reset() {
        sessions.reset()
        client.still.reset()
    }
}
