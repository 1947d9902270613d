/// `/command`: what an *arr is told to do; done a second later.
struct ArrCommands {
    let life: ArrLife

    func answer(_ route: [String], _ call: Call) -> Answer {
        switch (call.method, route.count) {
        case ("GET", 1):
            return life.engine.with { state in
                .json(.array(state.commands.filter { $0.service == life.service }.map { json($0, state) }))
            }
        case ("GET", 2):
            return life.engine.with { state in
                guard
                    let command = state.commands.first(where: {
                        $0.service == life.service && String($0.id) == route[1]
                    })
                else { return .arrNotFound }
                return .json(json(command, state))
            }
        case ("POST", 1): return post(call)
        default: return Answer(405)
        }
    }

    private func post(_ call: Call) -> Answer {
        guard let body = JSON(parsing: call.body), let name = body["name"]?.text else {
            return .arrInvalid("name", "'Name' must not be empty.")
        }
        guard Self.names.contains(name) else {
            return .json(["message": .string("Unknown command \(name)"), "description": ""], status: 500)
        }
        return life.engine.with { state in
            carryOut(name, body, &state)
            let command = ArrCommand(
                id: state.commands.count + 1, service: life.service, name: name, body: body, queued: state.now)
            state.commands.append(command)
            return .json(json(command, state), status: 201)
        }
    }

    private func carryOut(_ name: String, _ body: JSON, _ state: inout FlowState) {
        func numbers(_ key: String) -> [Int] { body[key]?.elements?.compactMap(\.whole) ?? [] }
        let entry = (body["seriesId"]?.whole ?? body["movieId"]?.whole).flatMap { life.entry($0, state) }
        var wanted: [(entry: Int, units: [Int])] = []
        switch name {
        case "MoviesSearch":
            wanted = numbers("movieIds").compactMap { life.entry($0, state) }.map { ($0.place, [0]) }
        case "EpisodeSearch":
            for id in numbers("episodeIds") where id >= 2_000_000 {
                let place = (id - 2_000_000) / 1_000
                if state.entries.indices.contains(place) { wanted.append((place, [(id - 2_000_000) % 1_000])) }
            }
        case "SeasonSearch":
            if let entry {
                let season = body["seasonNumber"]?.whole ?? 1
                wanted = [(entry.place, state.title(entry.title).units(ofSeasons: [season]))]
            }
        case "SeriesSearch":
            if let entry { wanted = [(entry.place, Array(state.title(entry.title).units))] }
        case "RefreshMonitoredDownloads":
            for download in state.downloads
            where state.entries[download.entry].service == life.service && download.state == .importBlocked {
                guard state.blocks[state.entries[download.entry].title] == nil else { continue }
                state.downloads[download.number].messages = []
                state.agenda.add(.importing(download: download.number), at: state.now + Ticks.perSecond)
            }
        default: break
        }
        for (place, search) in wanted.enumerated() {
            let seconds = state.draw(state.delays.search, salt: state.salt(state.commands.count, 22 + place))
            state.plan(
                .search(entry: search.entry, units: search.units), after: seconds,
                salt: state.salt(state.commands.count, 40 + place))
        }
    }

    private func json(_ command: ArrCommand, _ state: FlowState) -> JSON {
        let isDone = state.now - command.queued >= Ticks.perSecond
        let json: JSON = [
            "name": .string(command.name), "commandName": .string(command.name),
            "message": isDone ? "Completed" : "", "body": command.body, "priority": "normal",
            "status": isDone ? "completed" : "queued", "result": isDone ? "successful" : "unknown",
            "queued": .string(ArrDate.text(command.queued)), "trigger": "manual",
            "stateChangeTime": .string(ArrDate.text(command.queued)), "sendUpdatesToClient": true,
            "updateScheduledTask": true, "id": .integer(command.id),
        ]
        return isDone
            ? json.with("started", text: ArrDate.text(command.queued)).with("ended", text: ArrDate.text(command.queued))
                .with("duration", text: "00:00:01") : json
    }

    private static let names: Set<String> = [
        "RefreshMovie", "RefreshSeries", "RescanMovie", "RescanSeries", "MoviesSearch", "EpisodeSearch", "SeasonSearch",
        "SeriesSearch", "MissingMoviesSearch", "MissingEpisodeSearch", "RefreshMonitoredDownloads", "RssSync",
        "RenameFiles", "RenameMovie", "RenameSeries", "ProcessMonitoredDownloads", "DownloadedMoviesScan",
        "DownloadedEpisodesScan",
    ]
}

/// A command an *arr was given.
struct ArrCommand: Sendable {
    let id: Int
    let service: String
    let name: String
    let body: JSON
    let queued: Int64
}
