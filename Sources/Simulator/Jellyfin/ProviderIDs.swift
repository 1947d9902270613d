/// The provider ids a service shows for a title: the true ones, or as odd as the title is.
struct ProviderIDs {
    /// What Jellyfin holds, in the order it writes them.
    static func jellyfin(_ title: Title, _ override: Override?) -> [(key: String, value: String)] {
        var ids = generated(title)
        for (provider, value) in (override?.providerIDs["jellyfin"] ?? [:]).sorted(by: { $0.key < $1.key }) {
            let place = ids.firstIndex { $0.key.lowercased() == provider }
            switch (place, value) {
            case (let place?, let value?): ids[place].value = value
            case (let place?, nil): ids.remove(at: place)
            case (nil, let value?): ids.append((canonical(provider), value))
            case (nil, nil): break
            }
        }
        return ids
    }

    private static func generated(_ title: Title) -> [(key: String, value: String)] {
        let odd = title.odd
        if odd.contains(.withoutIDs) { return [] }
        if odd.contains(.anidbOnly) { return title.ids.anidb.map { [("AniDB", String($0))] } ?? [] }
        var ids: [(key: String, value: String)] = [("Tmdb", String(title.ids.tmdb))]
        if let imdb = odd.contains(.crossedIDs) ? neighbour(title) : title.ids.imdb { ids.append(("Imdb", imdb)) }
        if let tvdb = title.ids.tvdb {
            // Contradiction: the number of the first episode in place of the series'.
            ids.append(("Tvdb", String(odd.contains(.episodeID) ? Title.episodeTVDB(title, place: 0) : tvdb)))
        }
        if let anidb = title.ids.anidb { ids.append(("AniDB", String(anidb))) }
        if odd.contains(.blankedID) { ids[0].value = " \(ids[0].value) " }
        if odd.contains(.emptyID) { ids[0].value = "" }
        if odd.contains(.wrongCaseID), ids.count > 1 { ids[1].key = ids[1].key.uppercased() }
        return ids
    }

    /// Contradiction: the IMDb number of the next film.
    private static func neighbour(_ title: Title) -> String? {
        Title.Identifiers(
            number: title.number + 1, kind: .movie, ordinal: title.ordinal + 1, odd: .otherIMDbInArr, isPlain: false,
            dice: title.dice
        ).imdb
    }

    private static func canonical(_ provider: String) -> String {
        ["tmdb": "Tmdb", "imdb": "Imdb", "tvdb": "Tvdb", "anidb": "AniDB"][provider] ?? provider
    }
}

extension Title {
    /// The TVDB number of an episode, by its place in the series.
    static func episodeTVDB(_ title: Title, place: Int) -> Int { 10_000_000 + title.ordinal * 2_000 + place }
}
