/// What of a Radarr or Sonarr moves: requested titles, queue, history, commands, notifications.
struct ArrLife: Sendable {
    let service: String
    let application: ServarrService.Application
    let engine: FlowEngine

    var isRadarr: Bool { application == .radarr }

    /// Answers what concerns requested titles and the moving parts; nil leaves the call to the library.
    func answer(_ route: [String], _ call: Call) -> Answer? {
        switch (call.method, route.first ?? "", route.count) {
        case ("GET", "queue", 1): return ArrQueue(life: self).list(call)
        case ("GET", "queue", 2) where route[1] == "status": return ArrQueue(life: self).status
        case ("GET", "queue", 2) where route[1] == "details": return ArrQueue(life: self).details(call)
        case ("DELETE", "queue", 2): return ArrQueue(life: self).delete(route[1], call)
        case ("GET", "history", _): return ArrHistoryList(life: self).answer(route, call)
        case ("GET", "wanted", 2) where route[1] == "missing": return ArrMissing(life: self).list(call)
        case ("GET", "release", 1): return ArrReleases(life: self).list(call)
        case (_, "command", _): return ArrCommands(life: self).answer(route, call)
        case (_, "notification", _): return ArrNotifications(life: self).answer(route, call)
        case (_, "exclusions", _) where isRadarr, (_, "importlistexclusion", _) where !isRadarr:
            return ArrSettings(life: self).exclusions(Array(route.dropFirst()), call)
        case ("GET", "config", 2) where route[1] == "mediamanagement",
            ("PUT", "config", 2) where route[1] == "mediamanagement":
            return ArrSettings(life: self).mediaManagement(call)
        case (_, "movie", _) where isRadarr: return ArrTitles(life: self).answer(route, call)
        case (_, "series", _) where !isRadarr: return ArrTitles(life: self).answer(route, call)
        case (_, "moviefile", _) where isRadarr: return ArrFiles(life: self).answer(route, call)
        case (_, "episodefile", _) where !isRadarr: return ArrFiles(life: self).answer(route, call)
        case (_, "episode", _) where !isRadarr: return ArrEpisodes(life: self).answer(route, call)
        default: return nil
        }
    }

    /// The entry with an id of this *arr.
    func entry(_ id: Int, _ state: FlowState) -> ArrEntry? {
        state.entries.first { $0.service == service && $0.id == id && !$0.isDeleted }
    }

    /// The entries of this *arr.
    func entries(_ state: FlowState) -> [ArrEntry] {
        state.entries.filter { $0.service == service && !$0.isDeleted }
    }

    func writer(_ state: FlowState) -> ArrJSON { ArrJSON(state: state) }

    /// One page of records, as the *arrs lay them out.
    static func page(_ records: [JSON], _ call: Call, sortKey: String, direction: String) -> Answer {
        let page = max(1, call.parameter("page").flatMap { Int($0) } ?? 1)
        let size = max(1, call.parameter("pageSize").flatMap { Int($0) } ?? 10)
        let shown = records.dropFirst((page - 1) * size).prefix(size)
        return .json([
            "page": .integer(page), "pageSize": .integer(size),
            "sortKey": .string(call.parameter("sortKey") ?? sortKey),
            "sortDirection": .string(call.parameter("sortDirection") ?? direction),
            "totalRecords": .integer(records.count), "records": .array(Array(shown)),
        ])
    }
}
