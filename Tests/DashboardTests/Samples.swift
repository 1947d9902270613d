import Dashboard

/// Models of every state a page can be in, with fixed times and ids.
enum Samples {
    /// That is 2026-11-20 09:41:03.120 UTC.
    static let noon: Int64 = 1_795_167_663_120

    static func job(
        _ id: Int64 = 191, _ kind: JobModel.Kind = .librarySync, _ state: JobModel.State = .succeeded,
        dryRun: Bool = false
    ) -> JobModel {
        var job = JobModel(
            id: id, kind: kind, state: state, isDryRun: dryRun, startedBy: "admin", createdAt: noon - 4000)
        job.startedAt = noon - 3900
        job.version = 4711
        if state.isFinal { job.finishedAt = noon }
        return job
    }

    static func running(_ phase: JobModel.Phase = .gather, dryRun: Bool = true) -> JobModel {
        var job = job(191, .librarySync, .running, dryRun: dryRun)
        job.phase = phase
        job.done = 3200
        job.total = 5000
        job.rate = 1834.4
        job.etaSeconds = 2
        job.canCancel = true
        job.counters = [(.scanned, 3200), (.added, 412), (.updated, 37), (.skipped, 2750), (.errors, 1)]
        return job
    }

    static let counters: [(counter: JobModel.Counter, value: Int64)] = [
        (.scanned, 1270), (.added, 42), (.updated, 3), (.skipped, 1224), (.errors, 1), (.conflicts, 3), (.drift, 2),
        (.becameAvailable, 1),
    ]

    static func report(_ job: JobModel) -> RunReport.Model {
        var report = RunReport.Model(job: job)
        report.counters = counters
        report.skipped = [(.unchanged, 1203), (.sameMedium, 14), (.conflict, 2), (.quarantined, 4), (.noMedia, 1)]
        report.itemErrors = [
            .init(item: "jellyfin:9f2c41", title: "Broken Item", detail: "ProductionYear is not a number")
        ]
        report.warnings = [
            .init(
                service: "sonarr", code: "upstream_unreachable",
                detail: "Synced without Sonarr ids; the next run fills them."),
            .init(service: "jellyfin", code: "no_provider_id", detail: "2 added titles have no provider id."),
        ]
        report.durationMilliseconds = 2140
        report.upstreamCalls = 7
        return report
    }

    static func plan(applied: Bool = false) -> PlanTable.Model {
        var plan = PlanTable.Model(jobID: 191, isApplied: applied)
        plan.counts = [(.add, 42), (.fill, 3), (.conflict, 3), (.quarantined, 4), (.drift, 2)]
        var added = PlanTable.Entry(
            action: .add, requestID: nil, kind: .movie, title: "Violet Evergarden: The Movie", year: 2020)
        added.fields = [
            .init(name: "jellyfin_id", before: nil, after: "9f2c41d07be84c0fa5a1d86a9b1f3e77", source: "jellyfin"),
            .init(name: "tmdb_id", before: nil, after: "533514", source: "jellyfin"),
            .init(name: "radarr_id", before: nil, after: "52", source: "radarr", evidence: "by TMDB"),
            .init(
                name: "available_at", before: nil, after: "2024-03-02T18:11:00.000Z", source: "radarr",
                evidence: "import date"),
        ]
        var filled = PlanTable.Entry(
            action: .fill, requestID: 10, kind: .movie, title: "COLORFUL STAGE! A Miku Who Can't Sing", year: 2025)
        filled.fields = [
            .init(name: "jellyfin_id", before: nil, after: "abc12300000000000000000000000000", source: "jellyfin"),
            .init(
                name: "overview", before: nil,
                after:
                    "Ichika is a high school musician who can get into a mysterious place called SEKAI, where she and "
                    + "her friends express their innermost emotions through music.", source: "jellyfin"),
        ]
        filled.conflicts = [.init(name: "year", stored: "2025", found: "2024", source: "jellyfin")]
        var conflict = PlanTable.Entry(action: .conflict, requestID: 12, kind: .tv, title: "Bartender", year: 2006)
        conflict.fields = [.init(name: "state", before: "importing", after: "available", source: "jellyfin")]
        conflict.conflicts = [.init(name: "tvdb_id", stored: "79604", found: "421069", source: "sonarr")]
        var quarantined = PlanTable.Entry(
            action: .quarantined, requestID: nil, kind: .movie, title: "Twin Pines Mall", year: 1985)
        quarantined.reason = "contradiction"
        var drifted = PlanTable.Entry(action: .drift, requestID: 31, kind: .tv, title: "Mushishi", year: 2005)
        drifted.drift = .itemMissing
        plan.entries = [added, filled, conflict, quarantined, drifted]
        plan.next = "MTkxOjIwMA"
        return plan
    }

    static func findings() -> FindingsList.Model {
        var contradiction = Finding(id: 7, kind: .contradiction, title: "Twin Pines Mall", since: noon)
        var left = Finding.Candidate(
            choice: "use_a", source: "jellyfin", title: "Twin Pines Mall", year: 1985, kind: .movie)
        left.facts = [
            ("tmdb_id", "105"), ("imdb_id", "tt0088763"), ("jellyfin_id", "9f2c41d07be84c0fa5a1d86a9b1f3e77"),
        ]
        left.differing = ["imdb_id"]
        left.path = "/media/movies/Twin Pines Mall (1985)/Twin Pines Mall.mkv"
        left.link = "https://jellyfin.example/web/#/details?id=9f2c"
        var right = Finding.Candidate(
            choice: "use_b", source: "radarr", title: "Lone Pine Mall", year: 1986, kind: .movie)
        right.facts = [("tmdb_id", "105"), ("imdb_id", "tt0088764"), ("radarr_id", "52")]
        right.differing = ["imdb_id"]
        right.path = "/data/movies/Lone Pine Mall (1986)"
        right.link = "https://radarr.example/movie/105"
        right.requestID = 12
        contradiction.candidates = [left, right]
        contradiction.choices = [.keepApart, .ignore, .ignoreAlways]
        contradiction.detail = "TMDB 105 is Twin Pines Mall, IMDb tt0088764 is Lone Pine Mall."
        var replaced = Finding(id: 9, kind: .itemReplaced, title: "Mushishi", since: noon - 86_400_000)
        replaced.choices = [.adopt, .ignore]
        var model = FindingsList.Model()
        model.findings = [contradiction, replaced]
        model.total = 14
        model.next = "OQ"
        return model
    }

    static func lastSync(_ state: JobModel.State = .succeeded) -> LibraryPage.LastRun {
        var job = job(188, .librarySync, state)
        job.startedBy = "the schedule"
        if state == .failed { job.error = "Jellyfin at http://jellyfin:8096 refused the connection." }
        return .init(job: job, counters: state == .failed ? [] : Array(counters.prefix(5)))
    }
}
