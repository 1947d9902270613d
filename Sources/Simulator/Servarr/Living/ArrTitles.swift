/// `/movie` and `/series` of requested titles: one, added, edited, deleted.
///
/// Lists and the library's own are elsewhere.
struct ArrTitles {
    let life: ArrLife

    func answer(_ route: [String], _ call: Call) -> Answer? {
        if call.method == "POST" && route.count == 1 { return add(call) }
        guard route.count == 2, let id = Int(route[1]) else { return nil }
        let place = life.engine.with { life.entry(id, $0)?.place }
        guard let place else { return id >= 1_000_000 ? .arrNotFound : nil }
        switch call.method {
        case "GET": break
        case "PUT": edit(place, call)
        case "DELETE":
            let files = call.flag("deleteFiles") ?? false
            // Each program knows its own name for it, and passes over the other's.
            let excluding = call.flag(life.isRadarr ? "addImportExclusion" : "addImportListExclusion") ?? false
            life.engine.with { $0.delete(entry: place, files: files, excluding: excluding) }
            return .json([:])
        default: return Answer(405)
        }
        return .json(life.engine.with { json($0.entries[place], $0) }, status: call.method == "PUT" ? 202 : 200)
    }

    private func json(_ entry: ArrEntry, _ state: FlowState) -> JSON {
        life.isRadarr ? ArrJSON(state: state).movie(entry) : ArrJSON(state: state).series(entry)
    }

    private func edit(_ place: Int, _ call: Call) {
        guard let body = JSON(parsing: call.body) else { return }
        life.engine.with { set(place, as: body, &$0) }
    }

    private func set(_ place: Int, as body: JSON, _ state: inout FlowState) {
        if let monitored = body["monitored"] {
            state.entries[place].isMonitored = monitored.isTrue
            if life.isRadarr { state.entries[place].monitored = [monitored.isTrue] }
        }
        if let profile = body["qualityProfileId"]?.whole { state.entries[place].qualityProfile = profile }
        if let tags = body["tags"]?.elements { state.entries[place].tags = tags.compactMap(\.whole) }
        let own = state.title(state.entries[place].title)
        let series = state.entries[place]
        for season in body["seasons"]?.elements ?? [] {
            guard let number = season["seasonNumber"]?.whole, let isWanted = season["monitored"] else { continue }
            let units = own.units(ofSeasons: [number])
            // Only a flag that changed is passed on to the season's episodes.
            if units.contains(where: { series.monitored[$0] }) == isWanted.isTrue { continue }
            for unit in units { state.entries[place].monitored[unit] = isWanted.isTrue }
        }
    }

    /// The folder a body names: its own path, else the title's folder below the root it names.
    private func settle(_ place: Int, as body: JSON, _ state: inout FlowState) {
        if let path = body["path"]?.text, let slash = path.lastIndex(of: "/"), slash > path.startIndex {
            state.entries[place].root = String(path[..<slash])
            state.entries[place].folder = String(path[path.index(after: slash)...])
        } else if let root = body["rootFolderPath"]?.text, !root.isEmpty {
            state.entries[place].root = root.hasSuffix("/") ? String(root.dropLast()) : root
        }
    }

    private func add(_ call: Call) -> Answer {
        guard let body = JSON(parsing: call.body) else { return .arrInvalid("", "The body is not JSON.") }
        let key = life.isRadarr ? "tmdbId" : "tvdbId"
        guard let id = body[key]?.whole, id > 0 else { return .arrInvalid(key, "'\(key)' must be greater than 0.") }
        guard body["rootFolderPath"]?.text != nil || body["path"]?.text != nil else {
            return .arrInvalid("Path", "'Path' must not be empty.")
        }
        return life.engine.with { state in
            var wish = FlowWish(isFilm: life.isRadarr, name: body["title"]?.text, year: body["year"]?.whole)
            wish.isAnime = body["seriesType"]?.text == "anime"
            if life.isRadarr { wish.tmdb = id } else { wish.tvdb = id }
            let known = life.isRadarr ? nil : state.titles.first { $0.tvdb == id }?.number
            let title = state.title(known ?? state.title(for: wish))
            guard !life.entries(state).contains(where: { $0.title == title.number }) else {
                return .arrInvalid(
                    key == "tmdbId" ? "TmdbId" : "TvdbId",
                    life.isRadarr ? "This movie has already been added" : "This series has already been added")
            }
            let place = state.entry(for: title, in: life.service, wanted: Array(title.units))
            set(place, as: body, &state)
            settle(place, as: body, &state)
            state.rescan(place)
            let options = body["addOptions"]
            if options?["searchForMovie"]?.isTrue ?? false || options?["searchForMissingEpisodes"]?.isTrue ?? false {
                state.plan(.search(entry: place, units: Array(title.units)), after: 5, salt: state.salt(place, 23))
            }
            return .json(json(state.entries[place], state), status: 201)
        }
    }
}
