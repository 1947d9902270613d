/// The series one Sonarr holds.
struct SonarrLibrary: Sendable {
    let service: String
    let view: WorldView

    private var films: Int { view.library.plan.size.films }
    private var series: Int { view.library.plan.size.series }

    func answer(_ route: [String], _ call: Call) -> Answer {
        switch (route.first, route.count) {
        case ("series", 1):
            if let wanted = call.parameter("tvdbId") {
                guard let tvdb = Int(wanted) else {
                    return .arrInvalid("tvdbId", "The value '\(wanted)' is not valid.")
                }
                let living = living.filter { view.flow.title(view.flow.entries[-$0 - 1].title).tvdb == tvdb }
                return listing(entries().filter { ids($0).tvdb == String(tvdb) } + living, call.twists)
            }
            return listing(entries() + living, call.twists)
        case ("series", 2):
            guard let id = Int(route[1]), let entry = entry(ofID: id) else { return .arrNotFound }
            var out = JSONText()
            writer(entry).write(id: id, &out, ArrTwist())
            return Answer(200, type: "application/json; charset=utf-8", .bytes(out.bytes))
        case ("episode", 1): return episodes(call)
        default: return .arrNotFound
        }
    }

    /// How many series are listed.
    var count: Int { entries().count + living.count }

    // Requested series: minus their place, minus one.
    private var living: [Int] {
        view.flow.entries.filter { $0.service == service && !$0.isDeleted }.map { -$0.place - 1 }
    }

    /// The ids under which a title is listed: none, one, or two (a contradiction).
    func entryIDs(of title: Title) -> [Int] {
        guard title.kind == .series, view.lists(title, in: service) else { return [] }
        return title.odd.contains(.doubledInArr)
            ? [title.ordinal + 1, series + title.ordinal + 1] : [title.ordinal + 1]
    }

    /// The library's series with an id here.
    func titleNumber(ofID id: Int) -> Int? { entry(ofID: id).map { films + $0 % series } }

    // An entry is its id minus one; from `series` on, the second entries of doubled series.
    private func entries() -> [Int] {
        let all = (0..<series).map { entryIDs(of: view.title(films + $0)) }
        return all.compactMap { $0.first.map { $0 - 1 } } + all.compactMap { $0.count > 1 ? $0[1] - 1 : nil }
    }

    private func entry(ofID id: Int) -> Int? {
        guard id > 0, series > 0, id <= 2 * series else { return nil }
        let title = view.title(films + (id - 1) % series)
        return entryIDs(of: title).contains(id) ? id - 1 : nil
    }

    private func ids(_ entry: Int) -> ArrIDs {
        ArrIDs(view.title(films + entry % series), service: service, view: view)
    }

    private func writer(_ entry: Int) -> SeriesWriter {
        let title = view.title(films + entry % series)
        return SeriesWriter(
            title: title, ids: ArrIDs(title, service: service, view: view),
            layout: view.library.seasons(ofSeries: title.ordinal),
            episodeStart: Int(view.library.episodeStarts[title.ordinal]), generation: view.generation(title.number))
    }

    private func listing(_ entries: [Int], _ twists: [ListingTwist]) -> Answer {
        ArrListing.stream(entries, twists) { entry, out, twist in
            if entry < 0 {
                ArrJSON(state: view.flow).series(view.flow.entries[-entry - 1]).write(to: &out)
            } else {
                writer(entry).write(id: entry + 1, &out, twist)
            }
        }
    }

    private func episodes(_ call: Call) -> Answer {
        guard let text = call.parameter("seriesId") else {
            return .json(["message": "seriesId or episodeIds must be provided"], status: 400)
        }
        guard let id = Int(text), let entry = entry(ofID: id) else { return .json([]) }
        let writer = writer(entry)
        let season = call.parameter("seasonNumber").flatMap { Int($0) }
        let places = season.map { Array(writer.layout.places(ofSeason: $0)) } ?? Array(0..<writer.layout.episodes)
        return ArrListing.stream(places, call.twists) { place, out, _ in
            writer.writeEpisode(place, seriesID: id, &out)
        }
    }
}
