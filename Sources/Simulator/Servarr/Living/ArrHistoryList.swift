/// `/history` in pages, newest first, and `/history/since`, oldest first.
struct ArrHistoryList {
    let life: ArrLife

    func answer(_ route: [String], _ call: Call) -> Answer {
        switch route.count {
        case 1: return list(call)
        case 2 where route[1] == "since": return since(call)
        case 2 where route[1] == (life.isRadarr ? "movie" : "series"): return since(call)
        default: return .arrNotFound
        }
    }

    private func list(_ call: Call) -> Answer {
        var kinds: [Int]?
        if let texts = call.parameter("eventType").map({ _ in call.list("eventType") }) {
            // The filter takes numbers only, although records carry names.
            kinds = texts.compactMap { Int($0) }
            guard kinds?.count == texts.count else {
                return .arrInvalid("eventType", "The value '\(texts.joined(separator: ","))' is not valid.")
            }
        }
        return life.engine.with { state in
            let records = state.history.filter { record in
                guard record.service == life.service, !state.entries[record.entry].isDeleted else { return false }
                if let kinds, !kinds.contains(number(record.kind)) { return false }
                if let wanted = call.parameter("downloadId"), wanted.lowercased() != record.hash { return false }
                if let wanted = call.parameter("episodeId"),
                    wanted != String(FlowState.episodeID(record.entry, record.unit))
                {
                    return false
                }
                return true
            }
            let isAscending = call.parameter("sortDirection")?.lowercased() == "ascending"
            let ordered = isAscending ? records : records.reversed()
            return ArrLife.page(
                ordered.map { json($0, call, state) }, call, sortKey: "date", direction: "descending")
        }
    }

    private func since(_ call: Call) -> Answer {
        let from = call.parameter("date").flatMap { Ticks.parse($0) } ?? Int64.min
        let owner = (call.parameter("movieId") ?? call.parameter("seriesId")).flatMap { Int($0) }
        let kind = call.parameter("eventType")
        return life.engine.with { state in
            let records = state.history.filter { record in
                guard record.service == life.service, record.date >= from, !state.entries[record.entry].isDeleted else {
                    return false
                }
                if let owner, state.entries[record.entry].id != owner { return false }
                guard let kind else { return true }
                return kind == String(number(record.kind)) || kind.lowercased() == record.kind.rawValue.lowercased()
            }
            return .json(.array(records.map { json($0, call, state) }))
        }
    }

    private func number(_ kind: ArrHistory.Kind) -> Int {
        switch kind {
        case .grabbed: 1
        case .downloadFolderImported: 3
        case .downloadFailed: 4
        case .episodeFileDeleted: 5
        case .episodeFileRenamed, .movieFileDeleted: 6
        case .downloadIgnored: life.isRadarr ? 9 : 7
        case .movieFileRenamed: 8
        }
    }

    private func json(_ record: ArrHistory, _ call: Call, _ state: FlowState) -> JSON {
        let entry = state.entries[record.entry]
        let writer = life.writer(state)
        var json: JSON = [
            "sourceTitle": .string(record.sourceTitle), "languages": [["id": 1, "name": "English"]],
            "quality": ArrJSON.quality(record.quality), "customFormats": [], "customFormatScore": 0,
            "qualityCutoffNotMet": false, "date": .string(ArrDate.text(record.date)),
            "eventType": .string(record.kind.rawValue),
            "data": .object(record.data.map { JSON.Member(name: $0.name, value: .string($0.value)) }),
            "id": .integer(record.id),
        ]
        json = json.with("downloadId", text: record.hash?.uppercased())
        if life.isRadarr {
            json = json.with("movieId", number: entry.id)
            return call.flag("includeMovie") ?? false ? json.with("movie", writer.movie(entry)) : json
        }
        json = json.with("seriesId", number: entry.id).with("episodeId", number: writer.episodeID(entry, record.unit))
        if call.flag("includeSeries") ?? false { json = json.with("series", writer.series(entry)) }
        if call.flag("includeEpisode") ?? false { json = json.with("episode", writer.episode(entry, record.unit)) }
        return json
    }
}
