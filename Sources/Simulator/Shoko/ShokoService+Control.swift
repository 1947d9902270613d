extension ShokoService: ControlledService {
    private static let actions = [
        "drop", "close", "silence", "speak", "garbage", "send", "starting", "started", "unmount", "mount",
    ]

    /// `{"action":"drop"|"close"|"silence"|"speak"|"garbage"|"send"|"starting"|"started"|"unmount"|"mount"}`.
    func control(_ body: JSON) throws(OptionError) -> JSON {
        switch body["action"]?.text {
        case "drop": hub.order(.drop)
        case "close":
            hub.order(.close(error: body["error"]?.text, allowReconnect: body["allow_reconnect"] == .bool(true)))
        case "silence": hub.isSilent = true
        case "speak": hub.isSilent = false
        case "garbage": hub.order(.raw(Self.garbage))
        case "send":
            guard let target = body["target"]?.text, let arguments = body["arguments"], arguments.elements != nil else {
                throw OptionError("send needs target (text) and arguments (a list)")
            }
            hub.order(.invoke(target: target, arguments: arguments))
        case "starting": accounts.isStarting = true
        case "started": accounts.isStarting = false
        case "unmount": records.mount(try Self.folder(body), false)
        case "mount": records.mount(try Self.folder(body), true)
        default: throw OptionError("action must be one of \(Self.actions.joined(separator: ", "))")
        }
        return state
    }

    /// A record that is no JSON, one of no known type, one cut short, and an invocation without its target.
    private static let garbage = Array(
        "<html>502</html>\u{1E}{\"type\":99}\u{1E}{\"type\":1,\"target\u{1E}{\"type\":1}\u{1E}".utf8)

    private static func folder(_ body: JSON) throws(OptionError) -> Int {
        guard let folder = body["folder"]?.int, ShokoRecords.folders.contains(where: { $0.id == folder }) else {
            throw OptionError(
                "folder must be one of \(ShokoRecords.folders.map { String($0.id) }.joined(separator: ", "))")
        }
        return folder
    }

    var state: JSON {
        [
            "version": .string(version.number), "series": .integer(records.titles.count + flow.shokoSeries.count),
            "sockets": .integer(hub.count), "silent": .bool(hub.isSilent), "starting": .bool(accounts.isStarting),
        ]
    }

    func reset() {
        accounts.reset()
        records.reset()
        hub.reset()
    }
}
