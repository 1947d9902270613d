/// `/movie/{tmdb}`, `/tv/{tmdb}`, `/tv/{tmdb}/season/{n}`: what TMDB says, with what Seerr knows.
struct SeerrDetails {
    let service: SeerrService
    let view: WorldView

    func answer(_ route: [String], _ call: Call) -> Answer {
        let isFilm = route[0] == "movie"
        guard call.method == "GET", route.count >= 2, let tmdb = Int(route[1]) else { return .seerrNotFound }
        if route.count == 2, let kept = kept(tmdb, isFilm: isFilm) { return .json(kept) }
        return service.engine.with { state in
            guard let title = state.titles.first(where: { $0.tmdb == tmdb && $0.isFilm == isFilm }) else {
                return .json(
                    ["message": .string("Unable to retrieve \(isFilm ? "movie" : "series").")], status: 500)
            }
            let writer = SeerrJSON(service: service, state: state)
            switch route.count {
            case 2: return .json(details(title, writer))
            case 4 where route[2] == "season" && !isFilm:
                guard let season = Int(route[3]), title.seasons.contains(season) else { return .seerrNotFound }
                return .json(self.season(title, season))
            default: return .seerrNotFound
            }
        }
    }

    // A title of the library that nobody asked for: TMDB knows it, Seerr has no record of it.
    private func kept(_ tmdb: Int, isFilm: Bool) -> JSON? {
        let isAsked = service.engine.with { state in state.titles.contains { $0.tmdb == tmdb && $0.isFilm == isFilm } }
        guard !isAsked, let title = view.library.title(tmdb: tmdb, isFilm: isFilm) else { return nil }
        let json: JSON = [
            "id": .integer(tmdb), "adult": false, "originalLanguage": "en", "overview": "", "status": "Released",
            "externalIds": [
                "imdbId": title.ids.imdb.map { .string($0) } ?? .null,
                "tvdbId": title.ids.tvdb.map { .integer($0) } ?? .null,
            ], "genres": [], "keywords": [],
        ]
        let date = "\(title.year)-03-01"
        return isFilm
            ? json.with("title", text: title.name).with("releaseDate", text: date)
            : json.with("name", text: title.name).with("firstAirDate", text: date).with("seasons", [])
    }

    private func details(_ title: FlowTitle, _ writer: SeerrJSON) -> JSON {
        let media = writer.media(title.number, withRequests: true)
        var json: JSON = [
            "id": .integer(title.tmdb), "adult": false, "budget": 0, "genres": [["id": 18, "name": "Drama"]],
            "originalLanguage": "en", "overview": .string(title.overview), "popularity": 12.5,
            "posterPath": .string(title.poster), "backdropPath": nil, "status": "Released",
            "externalIds": ["imdbId": .string(title.imdb)], "voteAverage": 7.1, "voteCount": 100,
            "mediaUrl": "", "keywords": title.isAnime ? [["id": 210_024, "name": "anime"]] : [],
        ]
        if title.isFilm {
            json = json.with("title", text: title.name).with("originalTitle", text: title.name)
                .with("releaseDate", text: "\(title.year)-03-01").with("runtime", number: title.runtimeMinutes)
                .with("imdbId", text: title.imdb)
        } else {
            json = json.with("name", text: title.name).with("originalName", text: title.name)
                .with("firstAirDate", text: "\(title.year)-03-01").with("numberOfSeasons", number: title.seasons.count)
                .with("numberOfEpisodes", number: title.episodes.count)
                .with(
                    "externalIds", ["imdbId": .string(title.imdb), "tvdbId": title.tvdb.map { .integer($0) } ?? .null]
                )
                .with("seasons", .array(title.seasons.map { summary(title, $0) }))
        }
        return media == .null ? json : json.with("mediaInfo", media)
    }

    private func summary(_ title: FlowTitle, _ season: Int) -> JSON {
        let units = title.units(ofSeasons: [season])
        return [
            "id": .integer(title.tmdb * 100 + season), "seasonNumber": .integer(season),
            "name": .string("Season \(season)"), "episodeCount": .integer(units.count), "overview": "",
            "airDate": .string(units.first.map { ArrDate.day(title.episodes[$0].airs) } ?? ""),
            "posterPath": .string(title.poster),
        ]
    }

    private func season(_ title: FlowTitle, _ season: Int) -> JSON {
        let episodes = title.units(ofSeasons: [season]).map { unit -> JSON in
            let episode = title.episodes[unit]
            return [
                "id": .integer(title.tmdb * 1_000 + unit), "airDate": .string(ArrDate.day(episode.airs)),
                "episodeNumber": .integer(episode.number), "name": .string(episode.name), "overview": "",
                "productionCode": "", "seasonNumber": .integer(season), "showId": .integer(title.tmdb),
                "stillPath": "", "voteAverage": 7, "voteCount": 3,
            ]
        }
        return summary(title, season).with("episodes", .array(episodes)).with("externalIds", [:])
    }
}

extension FlowTitle {
    /// An invented overview.
    var overview: String {
        let first = number % Words.sentences.count
        return "\(Words.sentences[first])\(Words.sentences[(first + 5) % Words.sentences.count])"
    }

    /// A picture's path at TMDB.
    var poster: String { "/marquee-simulated-\(number).jpg" }
    /// A picture's address.
    var posterURL: String { "https://image.tmdb.org/t/p/w600_and_h900_bestv2\(poster)" }
}
