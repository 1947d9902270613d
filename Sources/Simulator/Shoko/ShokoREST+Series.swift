extension ShokoREST {
    /// Every series: of the library, then of the flow.
    var allSeries: [FlowShokoSeries] {
        service.records.titles.map { service.records.series(view.title($0)) } + service.flow.shokoSeries
    }

    /// The calls below `Series`.
    func series(_ rest: [String]) -> Answer {
        if rest.isEmpty { return listed() }
        if rest.count == 3, rest[0] == "anidb", rest[2] == "series" {
            return found(allSeries.first { $0.anidbAnime == Int(rest[1]) }.map(writer.series))
        }
        guard let id = Int(rest[0]), let series = one(id) else { return found(nil) }
        switch rest.dropFirst() {
        case []: return .json(writer.series(series))
        case ["episode"]: return episodes(series)
        case ["tmdb", "movie"]: return .json(series.isFilm ? [writer.tmdb(series)] : [])
        case ["tmdb", "show"]: return .json(series.isFilm ? [] : [writer.tmdb(series)])
        default: return Answer(404)
        }
    }

    private func one(_ id: Int) -> FlowShokoSeries? {
        service.records.series(id, view) ?? service.flow.shokoSeries.first { $0.seriesID == id }
    }

    private func listed() -> Answer {
        var all = allSeries
        if let start = call.parameter("startsWith"), !start.isEmpty {
            all.removeAll { !$0.name.lowercased().hasPrefix(start.lowercased()) }
        }
        return page(all.sorted { $0.name < $1.name }, writer.series)
    }

    private func episodes(_ series: FlowShokoSeries) -> Answer {
        var all = series.episodes
        if call.flag("includeMissing") != true { all.removeAll { $0.fileID == nil } }
        return page(all) { writer.episode($0, of: series, file: $0.fileID.flatMap(file)) }
    }

    /// Pages are numbered from 1; a size of 0 means all, above 100 is refused.
    func page<Element>(_ all: [Element], _ body: (Element) -> JSON) -> Answer {
        let size = call.parameter("pageSize").flatMap { Int($0) } ?? 50
        let number = call.parameter("page").flatMap { Int($0) } ?? 1
        guard (0...100).contains(size) else {
            return .text("The field pageSize must be between 0 and 100.", status: 400)
        }
        guard number >= 1 else { return .text("The field page must be at least 1.", status: 400) }
        let chosen = size == 0 ? all[...] : all.dropFirst((number - 1) * size).prefix(size)
        return .json(["Total": .integer(all.count), "List": .array(chosen.map(body))])
    }
}
