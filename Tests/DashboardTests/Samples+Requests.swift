import Dashboard

extension Samples {
    static func row(_ id: Int64, _ title: String, _ stage: StageBadge.Stage, _ kind: MediaLabel.Kind = .movie)
        -> RequestsPage.Row
    {
        RequestsPage.Row(
            id: id, title: title, year: 2000 + id % 26, kind: kind, stage: stage,
            origin: id % 2 == 0 ? .librarySync : .request, requestedBy: id % 2 == 0 ? "Library Sync" : "mira",
            updatedAt: noon - id * 3_600_000)
    }

    static func requests() -> RequestsPage.Model {
        var model = RequestsPage.Model()
        var series = row(3, "Mushishi", .syncingLibrary, .tv)
        series.episodes = (7, 12)
        series.quality = "Bluray-1080p"
        var loading = row(4, "The Lives of Others", .downloading)
        loading.progress = transfer(41.5)
        var failed = row(5, "Portrait of a Lady on Fire", .failed)
        failed.attention = trouble(.downloadError, "No space left on device")
        model.rows = [
            row(1, "Violet Evergarden: The Movie", .available), row(2, "The Third Man", .available), series,
            loading, failed,
            row(6, "Bartender", .animeMatching, .tv), row(7, "Stalker", .indexed), row(8, "Yi Yi", .requested),
        ]
        model.total = 10_000
        model.totalIsMinimum = true
        model.next = "OA"
        model.requesters = ["anna", "mira"]
        model.places = ["radarr", "radarr/4k"]
        model.saved = [.init(id: 4, name: "Stuck anime", query: "state=anime_matching&sort=created")]
        model.hidden = [.quality]
        model.filters.whose = .all
        return model
    }

    static func emptyRequests(filtered: Bool) -> RequestsPage.Model {
        var model = RequestsPage.Model()
        if filtered {
            model.filters.kind = .tv
            model.filters.stages = [.failed]
            model.filters.attention = .code(.matchFailed)
            model.filters.requester = "mira"
            model.filters.place = "sonarr/anime"
            model.filters.sort = .title
            model.filters.search = "mushi \"& co\""
        }
        return model
    }

    static func request() -> RequestPage.Model {
        var row = row(10, "COLORFUL STAGE! A Miku Who Can't Sing", .available)
        row.quality = "WEBDL-1080p"
        row.createdAt = noon - 90_000_000
        row.availableAt = noon
        row.links = [
            ("jellyfin", "https://jellyfin.example/web/#/details?id=9f2c"),
            ("radarr", "https://radarr.example/movie/52"),
        ]
        var model = RequestPage.Model(row: row)
        model.originalTitle = "劇場版プロジェクトセカイ 壊れたセカイと歌えないミク"
        model.overview =
            "Ichika is a high school musician who can get into a mysterious place called SEKAI, where she and her "
            + "friends express their innermost emotions through music."
        model.isAnime = true
        model.ids = [
            ("tmdb_id", "1322752"), ("imdb_id", "tt33095008"), ("jellyfin_id", "9f2c41d07be84c0fa5a1d86a9b1f3e77"),
            ("radarr_id", "52"),
        ]
        var entry = Timeline.Entry(
            id: 2, at: noon, service: "jellyfin", event: "found_in_library", text: "", stage: .available)
        entry.duration = 7_380_000
        model.timeline = [
            entry, .init(id: 1, at: noon - 7_380_000, service: "marquee", event: "synced_from_library", text: ""),
        ]
        var undone = ChangesTable.Change(
            field: .init(name: "radarr_id", before: nil, after: "52", source: "radarr"), jobID: 188, at: noon)
        undone.isUndone = true
        model.changes = [
            .init(
                field: .init(
                    name: "jellyfin_id", before: nil, after: "9f2c41d07be84c0fa5a1d86a9b1f3e77", source: "jellyfin"),
                jobID: 191, at: noon), undone,
        ]
        return model
    }
}
