/// Writes requested titles, their episodes and files as the *arrs do.
struct ArrJSON {
    let state: FlowState

    func episodeID(_ entry: ArrEntry, _ unit: Int) -> Int { FlowState.episodeID(entry.place, unit) }

    func movie(_ entry: ArrEntry) -> JSON {
        let title = state.title(entry.title)
        let file = entry.files[0]
        let json: JSON = [
            "title": .string(title.name), "originalTitle": .string(title.name),
            "originalLanguage": ["id": 1, "name": "English"], "alternateTitles": [], "secondaryYearSourceId": 0,
            "sortTitle": .string(TitleName.sortName(title.name)), "sizeOnDisk": .integer(Int(file?.size ?? 0)),
            "status": "released", "overview": .string(title.overview),
            "inCinemas": .string("\(title.year)-03-01T00:00:00Z"),
            "releaseDate": .string("\(title.year)-06-01T00:00:00Z"),
            "digitalRelease": .string("\(title.year)-06-01T00:00:00Z"), "images": images(entry, title), "website": "",
            "year": .integer(title.year), "youTubeTrailerId": "", "studio": .string(Words.studios[title.number % 6]),
            "path": .string(entry.path), "qualityProfileId": .integer(entry.qualityProfile),
            "hasFile": .bool(file != nil), "movieFileId": .integer(file?.id ?? 0),
            "monitored": .bool(entry.isMonitored),
            "minimumAvailability": "released", "isAvailable": true, "folderName": .string(entry.path),
            "runtime": .integer(title.runtimeMinutes),
            "cleanTitle": .string(title.name.lowercased().filter { $0.isLetter || $0.isNumber }),
            "imdbId": .string(title.imdb), "tmdbId": .integer(title.tmdb), "titleSlug": .string(String(title.tmdb)),
            "rootFolderPath": .string(entry.root), "certification": "PG-13", "genres": ["Drama"], "keywords": [],
            "tags": .numbers(entry.tags), "added": .string(ArrDate.text(entry.added)), "ratings": [:],
            "popularity": 5.5,
            "statistics": [
                "movieFileCount": file == nil ? 0 : 1, "sizeOnDisk": .integer(Int(file?.size ?? 0)),
                "releaseGroups": .texts(file?.release.map { [$0.group] } ?? []),
            ], "id": .integer(entry.id),
        ]
        return json.with("movieFile", file.map { self.file(entry, $0) })
    }

    func series(_ entry: ArrEntry) -> JSON {
        let title = state.title(entry.title)
        let units = Array(title.units)
        let seasons = title.seasons.map { season -> JSON in
            let own = title.units(ofSeasons: [season])
            return [
                "seasonNumber": .integer(season), "monitored": .bool(own.contains { entry.monitored[$0] }),
                "statistics": statistics(entry, title, own),
            ]
        }
        return [
            "title": .string(title.name), "alternateTitles": [], "sortTitle": .string(TitleName.sortName(title.name)),
            "status": "continuing", "ended": false, "overview": .string(title.overview), "network": "Two Herons",
            "airTime": "21:00", "images": images(entry, title), "originalLanguage": ["id": 1, "name": "English"],
            "seasons": .array(seasons), "year": .integer(title.year), "path": .string(entry.path),
            "qualityProfileId": .integer(entry.qualityProfile), "seasonFolder": true,
            "monitored": .bool(entry.isMonitored), "monitorNewItems": "all", "useSceneNumbering": false,
            "runtime": .integer(title.runtimeMinutes), "tvdbId": .integer(title.tvdb ?? 0), "tvRageId": 0,
            "tvMazeId": .integer(90_000 + title.number), "tmdbId": .integer(title.tmdb),
            "firstAired": .string(title.episodes.first.map { ArrDate.text($0.airs) } ?? ""),
            "seriesType": title.isAnime ? "anime" : "standard",
            "cleanTitle": .string(title.name.lowercased().filter { $0.isLetter || $0.isNumber }),
            "imdbId": .string(title.imdb), "titleSlug": .string(title.slug), "rootFolderPath": .string(entry.root),
            "certification": "TV-14", "genres": ["Drama"], "tags": .numbers(entry.tags),
            "added": .string(ArrDate.text(entry.added)), "ratings": ["votes": 10, "value": 7.1],
            "statistics": statistics(entry, title, units).with("seasonCount", number: seasons.count),
            "languageProfileId": 1, "id": .integer(entry.id),
        ]
    }

    private func statistics(_ entry: ArrEntry, _ title: FlowTitle, _ units: [Int]) -> JSON {
        let files = units.compactMap { entry.files[$0] }
        let counted = units.filter {
            entry.files[$0] != nil || (entry.monitored[$0] && title.episodes[$0].airs <= state.now)
        }
        return [
            "episodeFileCount": .integer(files.count), "episodeCount": .integer(counted.count),
            "totalEpisodeCount": .integer(units.count),
            "sizeOnDisk": .integer(files.reduce(0) { $0 + Int($1.size) }), "releaseGroups": [],
            "percentOfEpisodes": .number(
                counted.isEmpty ? 0 : Double(files.count * 1_000 / counted.count) / 10),
        ]
    }

    func episode(_ entry: ArrEntry, _ unit: Int, withFile: Bool = false) -> JSON {
        let title = state.title(entry.title)
        let episode = title.episodes[unit]
        let file = entry.files[unit]
        let json: JSON = [
            "seriesId": .integer(entry.id), "tvdbId": .integer(episode.tvdb), "episodeFileId": .integer(file?.id ?? 0),
            "seasonNumber": .integer(episode.season), "episodeNumber": .integer(episode.number),
            "title": .string(episode.name), "airDate": .string(ArrDate.day(episode.airs)),
            "airDateUtc": .string(ArrDate.text(episode.airs)), "runtime": .integer(title.runtimeMinutes),
            "hasFile": .bool(file != nil), "monitored": .bool(entry.monitored[unit]),
            "unverifiedSceneNumbering": false, "id": .integer(episodeID(entry, unit)),
        ]
        return json.with("absoluteEpisodeNumber", number: title.isAnime ? unit + 1 : nil)
            .with("episodeFile", withFile ? file.map { self.file(entry, $0) } : nil)
    }

    /// A file of `/moviefile` or `/episodefile`.
    func file(_ entry: ArrEntry, _ file: ArrFile) -> JSON {
        let title = state.title(entry.title)
        let json: JSON = [
            "relativePath": .string(file.relativePath), "path": .string("\(entry.path)/\(file.relativePath)"),
            "size": .integer(Int(file.size)), "dateAdded": .string(ArrDate.text(file.added)),
            "languages": [["id": 1, "name": "English"]], "quality": Self.quality(file.quality), "customFormats": [],
            "customFormatScore": 0, "indexerFlags": 0, "mediaInfo": Self.mediaInfo(file.quality),
            "qualityCutoffNotMet": false, "id": .integer(file.id),
        ]
        let named = json.with("sceneName", text: file.release?.title).with("releaseGroup", text: file.release?.group)
        guard !title.isFilm else {
            return named.with("movieId", number: entry.id).with("edition", text: "")
        }
        return named.with("seriesId", number: entry.id)
            .with("seasonNumber", number: title.episodes[file.units.first ?? 0].season)
            .with("releaseType", text: "singleEpisode")
    }

    func images(_ entry: ArrEntry, _ title: FlowTitle) -> JSON {
        [
            [
                "coverType": "poster", "url": .string("/MediaCover/\(entry.id)/poster.jpg"),
                "remoteUrl": .string(title.posterURL),
            ]
        ]
    }

    static func quality(_ quality: FlowQuality) -> JSON {
        [
            "quality": [
                "id": .integer(quality.id), "name": .string(quality.name), "source": .string(quality.source),
                "resolution": .integer(quality.resolution),
            ], "revision": ["version": 1, "real": 0, "isRepack": false],
        ]
    }

    static func mediaInfo(_ quality: FlowQuality) -> JSON {
        [
            "audioBitrate": 640_000, "audioChannels": 5.1, "audioCodec": "EAC3", "audioLanguages": "eng",
            "audioStreamCount": 1, "videoBitDepth": 10, "videoBitrate": 0, "videoCodec": "x265", "videoFps": 23.976,
            "videoDynamicRange": "", "videoDynamicRangeType": "",
            "resolution": quality.resolution > 1_080 ? "3840x2160" : "1920x1080", "runTime": "47:03",
            "scanType": "Progressive", "subtitles": "eng",
        ]
    }
}

extension FlowState {
    /// Sonarr's number of an episode.
    static func episodeID(_ entry: Int, _ unit: Int) -> Int { 2_000_000 + entry * 1_000 + unit }
}
