/// `/episode` of requested series; the library's own are elsewhere.
struct ArrEpisodes {
    let life: ArrLife

    func answer(_ route: [String], _ call: Call) -> Answer? {
        switch (call.method, route.count) {
        case ("PUT", 2) where route[1] == "monitor": return monitor(call)
        case ("GET", 2): return one(route[1])
        case ("GET", 1):
            if call.parameter("episodeIds") != nil { return byID(call) }
            guard let id = call.parameter("seriesId").flatMap({ Int($0) }), id >= 1_000_000 else { return nil }
            return list(id, call)
        default: return Answer(405)
        }
    }

    private func list(_ id: Int, _ call: Call) -> Answer {
        let season = call.parameter("seasonNumber").flatMap { Int($0) }
        let withFile = call.flag("includeEpisodeFile") ?? false
        return life.engine.with { state in
            guard let entry = life.entry(id, state) else { return .json([]) }
            let title = state.title(entry.title)
            let units = season.map { title.units(ofSeasons: [$0]) } ?? Array(title.units)
            let writer = ArrJSON(state: state)
            return .json(.array(units.map { writer.episode(entry, $0, withFile: withFile) }))
        }
    }

    private func byID(_ call: Call) -> Answer {
        life.engine.with { state in
            let found = call.list("episodeIds").compactMap { Int($0) }.compactMap { place($0, state) }
            return .json(.array(found.map { ArrJSON(state: state).episode($0.0, $0.1) }))
        }
    }

    private func one(_ id: String) -> Answer {
        life.engine.with { state in
            guard let (entry, unit) = Int(id).flatMap({ place($0, state) }) else { return .arrNotFound }
            return .json(ArrJSON(state: state).episode(entry, unit, withFile: true))
        }
    }

    private func monitor(_ call: Call) -> Answer {
        guard let body = JSON(parsing: call.body), let ids = body["episodeIds"]?.elements?.compactMap(\.whole) else {
            return .arrInvalid("episodeIds", "'Episode Ids' must not be empty.")
        }
        return life.engine.with { state in
            var changed: [JSON] = []
            for id in ids {
                guard let (entry, unit) = place(id, state) else { continue }
                state.entries[entry.place].monitored[unit] = body["monitored"]?.isTrue ?? true
                changed.append(ArrJSON(state: state).episode(state.entries[entry.place], unit))
            }
            return .json(.array(changed), status: 202)
        }
    }

    private func place(_ id: Int, _ state: FlowState) -> (ArrEntry, Int)? {
        let (entry, unit) = ((id - 2_000_000) / 1_000, (id - 2_000_000) % 1_000)
        guard id >= 2_000_000, state.entries.indices.contains(entry), state.entries[entry].service == life.service,
            !state.entries[entry].isDeleted, state.entries[entry].monitored.indices.contains(unit)
        else { return nil }
        return (state.entries[entry], unit)
    }
}
