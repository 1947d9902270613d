/// The bodies of Sonarr's and Radarr's webhooks (upstreams.md §2.2, §3).
struct ArrHookBody {
    let state: FlowState
    let entry: ArrEntry

    init(_ state: FlowState, _ entry: Int) {
        self.state = state
        self.entry = state.entries[entry]
    }

    private var title: FlowTitle { state.title(entry.title) }
    private var isRadarr: Bool { title.isFilm }

    /// The members of every body, then the title.
    func base(_ event: String, filePath: String? = nil) -> JSON {
        let json: JSON = [
            "eventType": .string(event), "instanceName": .string(Self.instanceName(entry.service)),
            "applicationUrl": "",
        ]
        return isRadarr ? json.with("movie", movie(filePath)) : json.with("series", series)
    }

    static func instanceName(_ service: String) -> String {
        let family = service.hasPrefix("radarr") ? "Radarr" : "Sonarr"
        guard let instance = service.split(separator: "/").dropFirst().first else { return family }
        return "\(family) \(instance)"
    }

    private func movie(_ filePath: String?) -> JSON {
        let json: JSON = [
            "id": .integer(entry.id), "title": .string(title.name), "year": .integer(title.year),
            "releaseDate": .string("\(title.year)-06-01"), "folderPath": .string(entry.path),
            "tmdbId": .integer(title.tmdb), "imdbId": .string(title.imdb), "overview": .string(title.overview),
            "genres": ["Drama"], "images": ArrJSON(state: state).images(entry, title), "tags": .texts(labels),
            "originalLanguage": ["id": 1, "name": "English"],
        ]
        return json.with("filePath", text: filePath)
    }

    private var series: JSON {
        [
            "id": .integer(entry.id), "title": .string(title.name), "titleSlug": .string(title.slug),
            "path": .string(entry.path), "tvdbId": .integer(title.tvdb ?? 0),
            "tvMazeId": .integer(90_000 + title.number),
            "tmdbId": .integer(title.tmdb), "imdbId": .string(title.imdb), "type": title.isAnime ? "anime" : "standard",
            "year": .integer(title.year), "genres": ["Drama"], "images": ArrJSON(state: state).images(entry, title),
            "tags": .texts(labels), "originalLanguage": ["id": 1, "name": "English"],
        ]
    }

    private var labels: [String] { entry.tags.map { [1: "demo", 2: "kids", 3: "anime"][$0] ?? "tag" } }

    /// Episodes of these units.
    func episodes(_ units: [Int]) -> JSON {
        .array(
            units.map { unit in
                let episode = title.episodes[unit]
                return [
                    "id": .integer(FlowState.episodeID(entry.place, unit)), "episodeNumber": .integer(episode.number),
                    "seasonNumber": .integer(episode.season), "title": .string(episode.name),
                    "airDate": .string(ArrDate.day(episode.airs)), "airDateUtc": .string(ArrDate.text(episode.airs)),
                    "seriesId": .integer(entry.id), "tvdbId": .integer(episode.tvdb),
                ]
            })
    }

    var remoteMovie: JSON {
        [
            "tmdbId": .integer(title.tmdb), "imdbId": .string(title.imdb), "title": .string(title.name),
            "year": .integer(title.year),
        ]
    }

    /// A film's or episode's file.
    func file(_ file: ArrFile, from source: String? = nil) -> JSON {
        let json: JSON = [
            "id": .integer(file.id), "relativePath": .string(file.relativePath),
            "path": .string("\(entry.path)/\(file.relativePath)"), "quality": .string(file.quality.name),
            "qualityVersion": 1, "size": .integer(Int(file.size)), "dateAdded": .string(ArrDate.text(file.added)),
            "languages": [["id": 1, "name": "English"]],
            "mediaInfo": [
                "audioChannels": 5.1, "audioCodec": "EAC3", "audioLanguages": ["eng"],
                "height": .integer(file.quality.resolution), "width": file.quality.resolution > 1_080 ? 3_840 : 1_920,
                "subtitles": ["eng"], "videoCodec": "x265", "videoDynamicRange": "", "videoDynamicRangeType": "",
            ],
        ]
        return json.with("releaseGroup", text: file.release?.group).with("sceneName", text: file.release?.title)
            .with("sourcePath", text: source).with("indexerFlags", isRadarr ? "0" : nil)
    }

    func grabRelease(_ release: Release) -> JSON {
        [
            "quality": .string(release.quality.name), "qualityVersion": 1, "releaseGroup": .string(release.group),
            "releaseTitle": .string(release.title), "indexer": .string(release.indexer),
            "size": .integer(Int(release.size)), "customFormatScore": 0, "customFormats": [],
            "languages": [["id": 1, "name": "English"]], "indexerFlags": [],
        ]
    }

    func importRelease(_ download: Download) -> JSON {
        let json: JSON = [
            "releaseTitle": .string(download.release.title), "indexer": .string(download.release.indexer),
            "size": .integer(Int(download.release.size)), "indexerFlags": [],
        ]
        return json.with(
            "releaseType", text: isRadarr ? nil : download.units.count > 1 ? "seasonPack" : "singleEpisode")
    }

    /// Which client has a download, and under which id.
    static func client(_ download: Download) -> JSON {
        [
            "downloadClient": "qBittorrent", "downloadClientType": "qBittorrent",
            "downloadId": .string(download.hash.uppercased()),
        ]
    }

    static let formats: JSON = ["customFormats": [], "customFormatScore": 0]

    static let radarrTest: JSON = [
        "applicationUrl": "", "eventType": "Test", "instanceName": "Radarr",
        "movie": [
            "folderPath": "C:\\testpath", "id": 1, "releaseDate": "1970-01-01", "tags": ["test-tag"],
            "title": "Test Title", "tmdbId": 0, "year": 1970,
        ],
        "release": [
            "customFormatScore": 0, "indexer": "Test Indexer", "quality": "Test Quality", "qualityVersion": 1,
            "releaseGroup": "Test Group", "releaseTitle": "Test Title", "size": 9_999_999,
        ], "remoteMovie": ["imdbId": "5678", "title": "Test title", "tmdbId": 1_234, "year": 1_970],
    ]

    static let sonarrTest: JSON = [
        "applicationUrl": "",
        "episodes": [
            ["episodeNumber": 1, "id": 123, "seasonNumber": 1, "seriesId": 0, "title": "Test title", "tvdbId": 0]
        ], "eventType": "Test", "instanceName": "Sonarr",
        "series": [
            "id": 1, "path": "C:\\testpath", "tags": ["test-tag"], "title": "Test Title", "tmdbId": 0, "tvMazeId": 0,
            "tvdbId": 1_234, "type": "standard", "year": 0,
        ],
    ]
}
