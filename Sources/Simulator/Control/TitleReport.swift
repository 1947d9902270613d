/// The truth about a title: its own values, and its view in every service.
struct TitleReport {
    let title: Title
    let view: WorldView

    var json: JSON {
        var identifiers = [JSON.Member(name: "tmdb", value: .integer(title.ids.tmdb))]
        if let imdb = title.ids.imdb { identifiers.append(JSON.Member(name: "imdb", value: .string(imdb))) }
        if let tvdb = title.ids.tvdb { identifiers.append(JSON.Member(name: "tvdb", value: .integer(tvdb))) }
        if let anidb = title.ids.anidb { identifiers.append(JSON.Member(name: "anidb", value: .integer(anidb))) }
        return [
            "number": .integer(title.number), "kind": .string(title.kind.rawValue), "title": .string(title.name),
            "year": .integer(title.year), "odd": .array(title.odd.names.map { .string($0) }),
            "is_anime": .bool(title.isAnime), "ids": .object(identifiers), "services": .object(services),
        ]
    }

    private var services: [JSON.Member] {
        var members = [JSON.Member(name: "jellyfin", value: .array(jellyfin))]
        if title.kind == .movie {
            for instance in view.library.plan.radarrInstances {
                let name = instance == "default" ? "radarr" : "radarr/\(instance)"
                let entries = RadarrLibrary(service: name, view: view).entryIDs(of: title)
                members.append(JSON.Member(name: name, value: .array(entries.map { arr($0, name) })))
            }
        } else {
            let entries = SonarrLibrary(service: "sonarr", view: view).entryIDs(of: title)
            members.append(JSON.Member(name: "sonarr", value: .array(entries.map { arr($0, "sonarr") })))
        }
        return members
    }

    private var jellyfin: [JSON] {
        let catalogue = JellyfinCatalogue(view)
        let ids = ProviderIDs.jellyfin(title, view.overrides[title.number])
        return catalogue.items(of: title).map { item in
            let isCopy = item.kind == .copy
            let file = MediaFile(title, name: title.name, copy: isCopy, generation: view.generation(title.number))
            var path = JSONText()
            title.kind == .movie ? file.writePath(0, &path) : file.writeFolder(&path)
            let isStub = title.odd.contains(.stub)
            return [
                "id": .string(catalogue.id(item)), "library": .string(JellyfinFolder.all[file.folder].name),
                "path": isStub ? .null : .string(String(decoding: path.bytes, as: UTF8.self)),
                "media_sources": .integer(
                    title.kind == .series || isStub ? 0 : title.odd.contains(.twoSources) && !isCopy ? 2 : 1),
                "provider_ids": .object(ids.map { JSON.Member(name: $0.key, value: .string($0.value)) }),
            ]
        }
    }

    private func arr(_ id: Int, _ service: String) -> JSON {
        let ids = ArrIDs(title, service: service, view: view)
        return [
            "id": .integer(id), "has_file": .bool(title.holding.hasFiles), "tmdb": .string(ids.tmdb),
            "imdb": ids.imdb.map { .string($0) } ?? .null, "tvdb": .string(ids.tvdb),
        ]
    }
}
