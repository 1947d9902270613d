/// The films one Radarr holds.
struct RadarrLibrary: Sendable {
    let service: String
    let view: WorldView

    private var is4K: Bool { service == "radarr/4k" }
    private var films: Int { view.library.plan.size.films }

    func answer(_ route: [String], _ call: Call) -> Answer {
        guard route.first == "movie", route.count <= 2 else { return .arrNotFound }
        let hasLocalCovers = !(call.flag("excludeLocalCovers") ?? false)
        if route.count == 2 {
            guard let id = Int(route[1]), let number = number(ofID: id) else { return .arrNotFound }
            var out = JSONText()
            write(number, id: id, localCovers: true, &out, ArrTwist())
            return Answer(200, type: "application/json; charset=utf-8", .bytes(out.bytes))
        }
        if let wanted = call.parameter("tmdbId") {
            guard let tmdb = Int(wanted) else { return .arrInvalid("tmdbId", "The value '\(wanted)' is not valid.") }
            let living = living.filter { view.flow.title(view.flow.entries[-$0 - 1].title).tmdb == tmdb }
            return listing(
                entries().filter { ids($0).tmdb == String(tmdb) } + living, hasLocalCovers, call.twists)
        }
        return listing(entries() + living, hasLocalCovers, call.twists)
    }

    /// How many films are listed.
    var count: Int { entries().count + living.count }

    // Requested films: minus their place, minus one.
    private var living: [Int] {
        view.flow.entries.filter { $0.service == service && !$0.isDeleted }.map { -$0.place - 1 }
    }

    /// The ids under which a title is listed: none, one, or two (a contradiction).
    func entryIDs(of title: Title) -> [Int] {
        guard title.kind == .movie, view.lists(title, in: service) else { return [] }
        let isDoubled = title.odd.contains(.doubledInArr) && !is4K
        return isDoubled ? [title.number + 1, films + title.number + 1] : [title.number + 1]
    }

    /// The library's film with an id here.
    func titleNumber(ofID id: Int) -> Int? { number(ofID: id).map { $0 % films } }

    // An entry is its id minus one; from `films` on, the second entries of doubled films.
    private func entries() -> [Int] {
        var found: [Int] = []
        var doubled: [Int] = []
        for number in 0..<films {
            let ids = entryIDs(of: view.title(number))
            if let first = ids.first { found.append(first - 1) }
            if ids.count > 1 { doubled.append(ids[1] - 1) }
        }
        return found + doubled
    }

    private func number(ofID id: Int) -> Int? {
        guard id > 0, films > 0, id <= 2 * films else { return nil }
        let number = (id - 1) % films
        return entryIDs(of: view.title(number)).contains(id) ? id - 1 : nil
    }

    private func ids(_ entry: Int) -> ArrIDs { ArrIDs(view.title(entry % films), service: service, view: view) }

    private func listing(_ entries: [Int], _ hasLocalCovers: Bool, _ twists: [ListingTwist]) -> Answer {
        ArrListing.stream(entries, twists) { entry, out, twist in
            if entry < 0 {
                ArrJSON(state: view.flow).movie(view.flow.entries[-entry - 1]).write(to: &out)
            } else {
                write(entry, id: entry + 1, localCovers: hasLocalCovers, &out, twist)
            }
        }
    }

    private func write(_ entry: Int, id: Int, localCovers: Bool, _ out: inout JSONText, _ twist: ArrTwist) {
        let title = view.title(entry % films)
        let writer = MovieWriter(
            title: title, ids: ArrIDs(title, service: service, view: view), is4K: is4K,
            generation: view.generation(title.number))
        writer.write(id: id, localCovers: localCovers, &out, twist)
    }
}
