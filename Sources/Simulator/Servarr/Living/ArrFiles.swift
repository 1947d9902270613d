/// `/moviefile` and `/episodefile` of requested titles.
struct ArrFiles {
    let life: ArrLife

    func answer(_ route: [String], _ call: Call) -> Answer? {
        switch (call.method, route.count) {
        case ("GET", 1): return list(call)
        case ("GET", 2), ("DELETE", 2):
            guard let id = Int(route[1]) else { return .arrNotFound }
            return life.engine.with { state in
                guard let (entry, file) = find(id, state) else { return .arrNotFound }
                guard call.method == "DELETE" else { return .json(ArrJSON(state: state).file(entry, file)) }
                guard state.delete(file: id, of: entry.place) else {
                    return .json(["message": .string("Root folder (\(entry.root)) doesn't exist.")], status: 409)
                }
                return .json([:])
            }
        default: return Answer(405)
        }
    }

    private func list(_ call: Call) -> Answer {
        guard let owner = call.parameter(life.isRadarr ? "movieId" : "seriesId").flatMap({ Int($0) }) else {
            return .json(["message": "seriesId or episodeFileIds must be provided"], status: 400)
        }
        return life.engine.with { state in
            guard let entry = life.entry(owner, state) else { return .json([]) }
            let writer = ArrJSON(state: state)
            return .json(.array(entry.files.values.sorted { $0.id < $1.id }.map { writer.file(entry, $0) }))
        }
    }

    private func find(_ id: Int, _ state: FlowState) -> (ArrEntry, ArrFile)? {
        for entry in life.entries(state) {
            if let file = entry.files.values.first(where: { $0.id == id }) { return (entry, file) }
        }
        return nil
    }
}
