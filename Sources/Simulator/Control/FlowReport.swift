/// The truth about every requested title: what each service has of it.
struct FlowReport {
    let state: FlowState

    var json: JSON {
        ["now": .string(ArrDate.text(state.now)), "titles": .array(state.titles.map { title($0) })]
    }

    private func title(_ title: FlowTitle) -> JSON {
        let ids: JSON = ["tmdb": .integer(title.tmdb), "imdb": .string(title.imdb)]
        let requests = state.requests.filter { $0.title == title.number && !$0.isDeleted }
        let services = ["seerr", "radarr", "radarr/4k", "sonarr", "qbittorrent", "shoko", "jellyfin"]
        return [
            "number": .integer(title.number), "kind": title.isFilm ? "movie" : "series",
            "is_anime": .bool(title.isAnime), "title": .string(title.name), "year": .integer(title.year),
            "ids": ids.with("tvdb", number: title.tvdb).with("anidb", number: title.anidb),
            "requests": .array(
                requests.map { request in
                    [
                        "id": .integer(request.id), "status": .string("\(request.status)"),
                        "is_4k": .bool(request.is4K), "seasons": .numbers(request.seasons),
                    ]
                }),
            "arr": .array(
                state.entries.filter { $0.title == title.number && !$0.isDeleted }.map { entry in
                    ["service": .string(entry.service), "id": .integer(entry.id), "path": .string(entry.path)]
                }),
            "downloads": .array(
                state.downloads.filter { state.entries[$0.entry].title == title.number }.map { download in
                    [
                        "hash": .string(download.hash), "state": .string(download.state.rawValue),
                        "phase": .string(download.phase.rawValue), "units": .numbers(download.units),
                    ]
                }),
            "jellyfin": .array(
                state.items.filter { $0.title == title.number && !$0.isGone }.map { item in
                    [
                        "id": .string(state.itemID(item.slot)), "kind": .string("\(item.kind)"),
                        "unit": .integer(item.unit), "path": .string(item.path), "has_ids": .bool(item.hasIDs),
                        "is_virtual": .bool(item.isVirtual), "is_stub": .bool(item.isStub),
                    ]
                }),
            "states": .object(
                services.map { service in
                    JSON.Member(
                        name: service, value: .texts(state.states(of: title.number, in: service).sorted()))
                }),
        ]
    }
}
