import Dashboard
import HTML

extension Samples {
    /// The states of the Library page, by the name of their snapshot.
    static let library: [(name: String, model: LibraryPage.Model)] = [
        ("empty", LibraryPage.Model()),
        ("running", with { $0.running = running() }),
        (
            "plan",
            with {
                var report = report(job(dryRun: true))
                report.planState = .applicable
                $0.report = report
                $0.plan = plan()
                $0.findings = findings()
            }
        ),
        (
            "applied",
            with {
                var job = job(192, .librarySync, .partial)
                job.canUndo = true
                job.planOf = 191
                $0.report = report(job)
                $0.plan = plan(applied: true)
                $0.nextSyncAt = noon + 3_600_000
                $0.lastUpdate = .init(job: Samples.job(180, .metadataUpdate), counters: [])
            }
        ),
        (
            "failed",
            with {
                var job = job(193, .librarySync, .failed)
                job.error =
                    "Jellyfin at http://jellyfin:8096 refused the connection. Check the address in the settings."
                $0.report = RunReport.Model(job: job)
                $0.lastSync = lastSync(.failed)
                $0.notice = Notice(.attention, title: "A sync is already running.", text: "Job #190.")
            }
        ),
        (
            "undone",
            with {
                var job = job(194, .librarySync)
                job.undoOf = 192
                var report = RunReport.Model(job: job)
                report.undone = (reverted: 44, kept: 1)
                $0.report = report
            }
        ),
        (
            "findings",
            with {
                $0.findings = findings()
                $0.openPlan = job(191, .librarySync, .succeeded, dryRun: true)
            }
        ),
    ]

    private static func with(_ change: (inout LibraryPage.Model) -> Void) -> LibraryPage.Model {
        var model = LibraryPage.Model()
        model.lastSync = lastSync()
        change(&model)
        return model
    }

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
        model.rows = [
            row(1, "Violet Evergarden: The Movie", .available), row(2, "The Third Man", .available), series,
            row(4, "The Lives of Others", .downloading), row(5, "Portrait of a Lady on Fire", .failed),
            row(6, "Bartender", .animeMatching, .tv), row(7, "Stalker", .indexed), row(8, "Yi Yi", .requested),
        ]
        model.total = 10_000
        model.totalIsMinimum = true
        model.next = "OA"
        return model
    }

    static func emptyRequests(filtered: Bool) -> RequestsPage.Model {
        var model = RequestsPage.Model()
        if filtered {
            model.filters.kind = .tv
            model.filters.stage = .failed
            model.filters.search = "mushi \"& co\""
        }
        return model
    }

    static func request() -> RequestPage.Model {
        var row = row(10, "COLORFUL STAGE! A Miku Who Can't Sing", .available)
        row.quality = "WEBDL-1080p"
        var model = RequestPage.Model(row: row, createdAt: noon - 90_000_000)
        model.originalTitle = "劇場版プロジェクトセカイ 壊れたセカイと歌えないミク"
        model.overview =
            "Ichika is a high school musician who can get into a mysterious place called SEKAI, where she and her "
            + "friends express their innermost emotions through music."
        model.isAnime = true
        model.availableAt = noon
        model.ids = [
            ("tmdb_id", "1322752"), ("imdb_id", "tt33095008"), ("jellyfin_id", "9f2c41d07be84c0fa5a1d86a9b1f3e77"),
            ("radarr_id", "52"),
        ]
        model.links = [
            ("jellyfin", "https://jellyfin.example/web/#/details?id=9f2c"),
            ("radarr", "https://radarr.example/movie/52"),
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

    /// Every whole page in every state.
    static func pages(_ page: PageContext = PageContext()) -> [(name: String, page: Markup)] {
        var pages = library.map { sample in
            ("library-\(sample.name)", whole(sample.model, page))
        }
        pages += [
            ("requests", RequestsPage(requests(), page).whole(jobs: [running()], version: 4711)),
            ("requests-empty", RequestsPage(emptyRequests(filtered: false), page).whole(jobs: [], version: 1)),
            ("requests-no-match", RequestsPage(emptyRequests(filtered: true), page).whole(jobs: [], version: 1)),
            ("request", RequestPage(request(), page).whole(jobs: [], version: 4711)),
            ("error-404", ErrorPage(.init(status: 404, traceID: "5f0c9d11"), page).whole),
            (
                "error-502",
                ErrorPage(.init(status: 502, detail: "Jellyfin is not answering.", traceID: "5f0c9d12"), page).whole
            ),
        ]
        return pages
    }

    static func whole(_ model: LibraryPage.Model, _ page: PageContext) -> Markup {
        LibraryPage(model, page).whole(jobs: [model.running].compactMap(\.self), version: 4711)
    }
}
